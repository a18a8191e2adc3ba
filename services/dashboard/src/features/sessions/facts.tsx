import type { Session } from "../../api/types";
import { EntityChip } from "../../components/entity-chip";
import { Fact, Facts } from "../../components/facts";
import { Missing } from "../../components/missing";
import { TimeExact } from "../../components/time";
import { count, duration } from "../../lib/format";
import { strings } from "../../strings";
import { sessions as text } from "../../strings/sessions";

const heads = text.columns;

export function SessionFacts({ session }: { session: Session }) {
  return (
    <aside className="card session__side" aria-label={text.facts}>
      <h2>{text.facts}</h2>
      <Facts>
        <Fact name={heads.began}><TimeExact iso={session.started_at} /></Fact>
        <Fact name={text.ended}><TimeExact iso={session.ended_at} /></Fact>
        <Fact name={heads.length}>{duration(session.seconds)}</Fact>
        <Fact name={heads.device}>{session.device ? <bdi>{session.device.label}</bdi> : <Missing why={text.noDevice} />}</Fact>
        <Fact name={heads.country}>{session.country ? <EntityChip kind="countries" id={session.country} icon={false} /> : <Missing why={strings.missing.country} />}</Fact>
        <Fact name={heads.address}><EntityChip kind="addresses" id={session.ip} icon={false} /></Fact>
        <Fact name={heads.events}>{count(session.events)}</Fact>
        <Fact name={heads.alerts}>{count(session.alerts)}</Fact>
        <Fact name={text.loginFailures}>{count(session.login_failures)}</Fact>
        <Fact name={text.addresses}>{count(session.addresses)}</Fact>
        <Fact name={text.devices}>{count(session.devices)}</Fact>
      </Facts>
    </aside>
  );
}
