import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ledgerQuery } from "../../api/queries";
import type { Ledger, Overview } from "../../api/types";
import { Missing } from "../../components/missing";
import { BandMark } from "../../components/score";
import { Bone } from "../../components/states";
import { compactCount, count } from "../../lib/format";
import { strings } from "../../strings";
import { accountedFor } from "./ledger";
import type { Range } from "./search";

const text = strings.activity.tiles;

/** Four numbers, each leading to what is behind it. */
export function Tiles({ overview, failed, hours }: { overview: Overview | undefined; failed: boolean; hours: Range }) {
  const ledgerState = useQuery(ledgerQuery);
  const ledger = ledgerState.data;
  const low = overview?.bands.low ?? 0;
  return (
    <div className="tiles">
      <div className="tile card">
        <Content name={text.events} failed={failed} value={overview && <Amount value={overview.events} />}
          note={text.eventsNote(strings.activity.ranges[hours])} />
      </div>
      <Link to="/users" className="tile card">
        <Content name={text.users} failed={failed} value={overview && <Amount value={overview.users_active} />}
          note={overview && text.usersNote(overview.users_total)} />
      </Link>
      <Link to="/users" search={{ band: "low", sort: "trust_score" }} className="tile card">
        <Content name={text.low} failed={failed} value={overview && <LowAmount value={low} />}
          note={overview && (low === 0 ? text.lowNone : text.lowNote(share(low, overview)))} />
      </Link>
      <Link to="/activity" search={(previous) => ({ ...previous, sheet: "ledger" })} resetScroll={false} className="tile card">
        <Content name={text.ledger} failed={ledgerState.isError} value={ledger && (ledger.balanced ? text.balanced : text.unbalanced)}
          note={ledger && ledgerNote(ledger)} bad={ledger?.balanced === false} />
      </Link>
    </div>
  );
}

interface ContentProps {
  name: string;
  value: ReactNode;
  note: ReactNode;
  /** Whether loading failed; without a value that is then said instead of waited for. */
  failed: boolean;
  bad?: boolean;
}

function Content({ name, value, note, failed, bad = false }: ContentProps) {
  const instead = failed ? <Missing why={strings.missing.failed} /> : <Bone size="m" />;
  return (
    <>
      <span className="tile__name">{name}</span>
      <span className={`tile__value ${bad ? "tile__value--bad" : ""}`}>{value ?? instead}</span>
      <span className="tile__note ellipsis" title={typeof note === "string" ? note : undefined}>{note ?? (failed ? strings.missing.failed : <Bone size="m" />)}</span>
    </>
  );
}

function Amount({ value }: { value: number }) {
  return <span title={count(value)}>{compactCount(value)}</span>;
}

function LowAmount({ value }: { value: number }) {
  return (
    <span className={value > 0 ? "tile__low" : ""}>
      {value > 0 && <BandMark band="low" />}
      <Amount value={value} />
    </span>
  );
}

function share(low: number, { bands }: Overview): string {
  const percent = (100 * low) / Math.max(1, bands.low + bands.medium + bands.high);
  return percent > 0 && percent < 1 ? "<1%" : `${Math.round(percent)}%`;
}

function ledgerNote(ledger: Ledger): string {
  if (ledger.accepted === 0) return text.ledgerEmpty;
  if (!ledger.balanced) return text.ledgerOff(Math.abs(ledger.accepted - accountedFor(ledger)));
  return ledger.in_flight > 0 ? text.ledgerFlight(ledger.in_flight) : text.ledgerAll(ledger.accepted);
}
