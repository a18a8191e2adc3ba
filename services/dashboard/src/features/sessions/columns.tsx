/** How one session reads in a row. */
import { Link } from "@tanstack/react-router";
import type { Session } from "../../api/types";
import { EntityChip, UserChip } from "../../components/entity-chip";
import { DeviceIcon } from "../../components/icons";
import type { ListColumn } from "../../components/listing/column";
import { Missing } from "../../components/missing";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { count, duration } from "../../lib/format";
import { strings } from "../../strings";
import { sessions as text } from "../../strings/sessions";
import "./sessions.css";

const heads = text.columns;

export const sessionKey = ({ user, number }: Session): string => `${user.user_id} ${number}`;

export const sessionColumns: readonly ListColumn<Session>[] = [
  { key: "start", name: heads.began, width: "112px", phone: "side", cell: (row) => <Began session={row} /> },
  { key: "user", name: heads.user, width: "minmax(180px, 1.5fr)", phone: "main", cell: ({ user }) => <UserChip userId={user.user_id} email={user.email} score={user.trust_score} band={user.band} /> },
  { key: "length", name: heads.length, width: "96px", numeric: true, phone: "end", cell: (row) => duration(row.seconds) },
  { key: "device", name: heads.device, width: "minmax(150px, 1.3fr)", cell: (row) => <FirstDevice session={row} /> },
  { key: "country", name: heads.country, width: "minmax(90px, 0.8fr)", cell: ({ country }) => country ? <EntityChip kind="countries" id={country} icon={false} /> : <Missing why={strings.missing.country} /> },
  { key: "address", name: heads.address, width: "minmax(130px, 1fr)", phone: "below", cell: (row) => <FirstAddress session={row} /> },
  { key: "events", name: heads.events, width: "70px", numeric: true, cell: (row) => count(row.events) },
  { key: "alerts", name: heads.alerts, width: "70px", numeric: true, cell: ({ alerts }) => alerts > 0 ? <Tag meaning="bad">{count(alerts)}</Tag> : <span className="muted">0</span> },
];

function Began({ session: { user, number, started_at: start } }: { session: Session }) {
  return (
    <Link to="/sessions/$userId/$number" params={{ userId: user.user_id, number: String(number) }} className="list__open muted">
      <TimeAgo iso={start} /><span className="visually-hidden">, {text.open(number)}</span>
    </Link>
  );
}

function FirstDevice({ session: { device, devices } }: { session: Session }) {
  if (!device) return <Missing why={text.noDevice} />;
  return (
    <span className="session__first">
      <DeviceIcon kind={device.kind} /><bdi className="ellipsis" title={device.label}>{device.label}</bdi>
      {devices > 1 && <Tag meaning="warn" title={text.moreDevices(devices)}>{text.more(devices - 1)}</Tag>}
    </span>
  );
}

function FirstAddress({ session: { ip, addresses } }: { session: Session }) {
  return (
    <span className="session__first">
      <EntityChip kind="addresses" id={ip} icon={false} />
      {addresses > 1 && <Tag meaning="warn" title={text.moreAddresses(addresses)}>{text.more(addresses - 1)}</Tag>}
    </span>
  );
}
