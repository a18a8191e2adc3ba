import { Link } from "@tanstack/react-router";
import type { User } from "../../api/types";
import { Fact, Facts } from "../../components/facts";
import { Missing } from "../../components/missing";
import { TimeExact } from "../../components/time";
import { countryName } from "../../lib/format";
import { strings } from "../../strings";

const text = strings.user;
const missing = strings.missing;

export function Account({ user }: { user: User }) {
  const name = user.full_name || [user.first_name, user.last_name].filter(Boolean).join(" ");
  return (
    <section className="card side">
      <h2 className="card__title">{text.facts}</h2>
      <Facts>
        <Fact name={text.email}>{user.email ? <bdi>{user.email}</bdi> : <Missing why={missing.email} />}</Fact>
        <Fact name={text.fullName}>{name ? <bdi>{name}</bdi> : <Missing why={missing.name} />}</Fact>
        <Fact name={text.phone}>{user.phone ? <bdi>{user.phone}</bdi> : <Missing why={missing.phone} />}</Fact>
        <Fact name={text.created}>{user.created_at ? <TimeExact iso={user.created_at} /> : <Missing why={missing.createdAt} />}</Fact>
        <Fact name={text.firstSeen}><TimeExact iso={user.first_seen} /></Fact>
        <Fact name={text.lastSeen}><TimeExact iso={user.last_seen} /></Fact>
        <Fact name={text.lastAddress}>
          {user.last_address ? (
            <Link to="/activity" search={{ ip: user.last_address }} className="mono" title={strings.event.allOfAddress}>{user.last_address}</Link>
          ) : (
            <Missing why={missing.address} />
          )}
        </Fact>
        <Fact name={text.country}>{user.country ? countryName(user.country) : <Missing why={missing.country} />}</Fact>
        <Fact name={text.ruleSet}><span className="mono">{user.rule_set_version}</span></Fact>
      </Facts>
    </section>
  );
}
