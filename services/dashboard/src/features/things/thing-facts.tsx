import { Link } from "@tanstack/react-router";
import type { Entity } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import { Fact, Facts } from "../../components/facts";
import { Missing } from "../../components/missing";
import { TimeExact } from "../../components/time";
import { count } from "../../lib/format";
import { isKind, type Kind } from "../../lib/kinds";
import { things as text } from "../../strings/things";
import { hasCountry, hasUsers, parentOf } from "./traits";

const heads = text.columns;
/** Filters of Activity that name a thing of the kind. */
const EVENT_FILTERS: Partial<Record<Kind, string>> = { addresses: "ip", countries: "country" };

export function ThingFacts({ kind, thing }: { kind: Kind; thing: Entity }) {
  const parent = parentOf(kind);
  const filter = EVENT_FILTERS[kind];
  return (
    <aside className="card thing__side" aria-label={text.facts}>
      <h2>{text.facts}</h2>
      <Facts>
        {kind === "networks" && <Fact name={heads.number}><bdi className="mono">{thing.key}</bdi></Fact>}
        {kind === "countries" && <Fact name={heads.code}><span className="mono">{thing.key}</span></Fact>}
        {(kind === "fields" || kind === "devices") && <Fact name={heads.key}><bdi className="mono">{thing.key}</bdi></Fact>}
        {kind === "user-agents" && <Fact name={heads.system}>{thing.label ? <bdi>{thing.label}</bdi> : <Missing why={text.noSystem} />}</Fact>}
        {parent && <Fact name={parent === "networks" ? heads.network : heads.domain}><Parent thing={thing} kind={parent} /></Fact>}
        {hasCountry(kind) && <Fact name={heads.country}>{thing.country ? <EntityChip kind="countries" id={thing.country} icon={false} /> : <Missing why={text.noCountry} />}</Fact>}
        <Fact name={heads.firstSeen}><TimeExact iso={thing.first_seen} /></Fact>
        <Fact name={heads.lastSeen}><TimeExact iso={thing.last_seen} /></Fact>
        <Fact name={heads.users}>{!hasUsers(kind) ? <Missing why={text.notCounted} /> : thing.users_capped ? <span title={text.cappedTitle}>{text.capped(thing.users)}</span> : count(thing.users)}</Fact>
        <Fact name={heads.events}>{count(thing.events)}</Fact>
        <Fact name={heads.edits}>{count(thing.edits)}</Fact>
        <Fact name={heads.alerts}>{count(thing.alerts)}</Fact>
      </Facts>
      {filter !== undefined && <p className="small thing__more"><Link to="/activity" search={{ [filter]: thing.key }}>{text.filterEvents}</Link></p>}
      {kind === "fields" && <p className="small thing__more"><Link to="/field-history" search={{ field: thing.key }}>{text.toHistory}</Link></p>}
    </aside>
  );
}

function Parent({ thing: { parent }, kind }: { thing: Entity; kind: Kind }) {
  if (parent && isKind(parent.kind)) return <EntityChip kind={parent.kind} id={parent.key} label={parent.label ?? parent.key} icon={false} />;
  return <Missing why={text.noParent[kind === "networks" ? "networks" : "email-domains"]} />;
}
