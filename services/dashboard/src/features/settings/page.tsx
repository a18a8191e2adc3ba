/** What holds for the whole tenant, section by section; which one is in the path. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { meQuery } from "../../api/queries";
import { Empty, Loading } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { settings as text } from "../../strings/settings";
import { SECTIONS } from "./sections";
import "../../components/decide-dialog.css";
import "./settings.css";

type Section = (typeof SECTIONS)[number];

export function SettingsPage() {
  const { section: named } = useParams({ strict: false });
  const permissions = useQuery(meQuery).data?.permissions;
  const open = SECTIONS.filter(({ permission }) => permissions?.includes(permission));
  const section = SECTIONS.find(({ key }) => key === named) ?? SECTIONS[0];
  useTitle(`${text.sections[section.key]} · ${text.title}`);
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      {permissions === undefined ? <Loading /> : (
        <div className="settings">
          <Sections open={open} current={section.key} />
          {open.includes(section) ? <Part section={section} /> : <Empty title={text.closed} hint={text.closedTry} />}
        </div>
      )}
    </>
  );
}

function Sections({ open, current }: { open: readonly Section[]; current: string }) {
  const nav = useRef<HTMLElement>(null);
  // On phones the sections are a row that may be wider than the page: the current one comes into view.
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>(`[data-section="${current}"]`);
    if (nav.current && link) nav.current.scrollLeft = link.offsetLeft - nav.current.offsetLeft;
  }, [current]);
  return (
    <nav ref={nav} className="settings__nav" aria-label={text.sections.label}>
      {open.map(({ key }) => (
        <Link key={key} to="/settings/{-$section}" params={{ section: key }} className="settings__link" data-section={key} aria-current={key === current ? "page" : undefined}>{text.sections[key]}</Link>
      ))}
    </nav>
  );
}

function Part({ section: { key, lead, part: Content } }: { section: Section }) {
  return (
    <div className="settings__part">
      <h2>{text.sections[key]}</h2>
      <p className="muted small settings__lead">{lead}</p>
      <Content />
    </div>
  );
}
