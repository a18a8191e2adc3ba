/** Kinds that belong together, as tabs over their lists. */
import { Link } from "@tanstack/react-router";
import { type Kind, kindsName } from "../../lib/kinds";
import { fieldHistory } from "../../strings/field-history";
import { things as text } from "../../strings/things";
import "../../components/tabs.css";

type Place = Kind | "field-history";

const FAMILIES: readonly (readonly Place[])[] = [
  ["devices", "user-agents"],
  ["email-domains", "emails", "phones", "payments"],
  ["field-history", "fields"],
];

const nameOf = (place: Place): string => (place === "field-history" ? fieldHistory.title : kindsName(place));

export function Siblings({ of }: { of: Place }) {
  const family = FAMILIES.find((places) => places.includes(of));
  if (!family) return null;
  return (
    <nav className="tabs" aria-label={text.siblings}>
      {family.map((place) => (
        <SiblingLink key={place} place={place} isCurrent={place === of} />
      ))}
    </nav>
  );
}

function SiblingLink({ place, isCurrent }: { place: Place; isCurrent: boolean }) {
  const shared = { className: "tabs__tab", "aria-current": isCurrent ? "page" : undefined } as const;
  if (place === "field-history") return <Link to="/field-history" {...shared}>{nameOf(place)}</Link>;
  return <Link to="/$kind" params={{ kind: place }} {...shared}>{nameOf(place)}</Link>;
}
