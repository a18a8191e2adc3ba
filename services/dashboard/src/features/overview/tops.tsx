/** Who and what leads in this range. */
import { Link } from "@tanstack/react-router";
import type { Entity } from "../../api/types";
import type { components } from "../../api/schema";
import { EntityChip, UserChip } from "../../components/entity-chip";
import { compactCount } from "../../lib/format";
import { isKind } from "../../lib/kinds";
import type { Range } from "../../lib/range";
import { overview as text } from "../../strings/overview";
import { type Door, eventsDoor, rangeSearch } from "./doors";
import { Panel, Row } from "./panel";
import type { Tops } from "./queries";

type TopUser = components["schemas"]["TopUser"];

const BONES = 10;
const USER_TOPS = ["users_by_events", "users_by_login_failures", "users_by_addresses"] as const;
const THING_TOPS = ["shared_addresses", "countries_by_users", "resources_by_users"] as const;

function doors(range: Range): Record<keyof Tops, Door> {
  const search = rangeSearch(range);
  return {
    users_by_events: { to: "/users", search },
    users_by_login_failures: eventsDoor(range, { event_type: "account_login_fail" }),
    users_by_addresses: { to: "/users", search },
    shared_addresses: { to: "/addresses", search: { ...search, min_users: "2", sort: "-users" } },
    countries_by_users: { to: "/countries", search: { ...search, sort: "-users" } },
    resources_by_users: { to: "/resources", search: { ...search, sort: "-users" } },
  };
}

export function TopTens({ tops, range }: { tops?: Tops; range: Range }) {
  const to = doors(range);
  const frame = (name: keyof Tops) => ({
    title: text.tops[name].title, unit: text.tops[name].count, bones: BONES, none: text.tops.none,
    all: <Link {...to[name]} aria-label={text.tops.all(text.tops[name].title)}>{text.tops.show}</Link>,
  });
  return (
    <section className="page__section" aria-label={text.tops.title}>
      <h2>{text.tops.title}</h2>
      <div className="overview__tops">
        {USER_TOPS.map((name) => (
          <Panel key={name} {...frame(name)} count={tops?.[name].length}>
            {tops?.[name].map((user) => <UserRow key={user.user_id} user={user} unit={text.tops[name].count} events={eventsOf(name, user, range)} />)}
          </Panel>
        ))}
        {THING_TOPS.map((name) => (
          <Panel key={name} {...frame(name)} count={tops?.[name].length}>
            {tops?.[name].map((thing) => <ThingRow key={thing.id} thing={thing} />)}
          </Panel>
        ))}
      </div>
    </section>
  );
}

/** The events behind the number of a user. */
function eventsOf(name: keyof Tops, user: TopUser, range: Range): Door {
  return eventsDoor(range, { user_id: user.user_id, ...(name === "users_by_login_failures" ? { event_type: "account_login_fail" } : {}) });
}

function UserRow({ user, unit, events }: { user: TopUser; unit: string; events: Door }) {
  return (
    <Row>
      <span className="panel__name"><UserChip userId={user.user_id} email={user.email} score={user.trust_score ?? null} band={user.band} covers /></span>
      <span className="panel__count"><Link {...events} className="list__above" title={text.tops.eventsOf}><span className="visually-hidden">{text.tops.eventsOf} </span>{compactCount(user.count)}<span className="visually-hidden"> {unit}</span></Link></span>
    </Row>
  );
}

function ThingRow({ thing }: { thing: Entity }) {
  return (
    <Row>
      <span className="panel__name">{isKind(thing.kind) ? <EntityChip kind={thing.kind} {...named(thing)} covers /> : <bdi>{thing.key}</bdi>}</span>
      {thing.parent && <span className="panel__why muted small ellipsis"><bdi>{thing.parent.label ?? thing.parent.key}</bdi></span>}
      <span className="panel__count">{compactCount(thing.users)}</span>
    </Row>
  );
}

/** A country is named by its code, which people know. */
function named({ kind, id, key, label }: Entity): { id: string; label?: string } {
  return kind === "countries" ? { id: key } : { id, label: label ?? key };
}
