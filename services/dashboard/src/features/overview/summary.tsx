/** The answer in one sentence, and whether every event is accounted for. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { ledgerQuery } from "../../api/queries";
import type { Ledger } from "../../api/types";
import { Bone } from "../../components/states";
import type { Range } from "../../lib/range";
import { overview as text } from "../../strings/overview";
import { accountedFor } from "../activity/ledger";
import { reviewCountsQuery } from "../shell/nav";
import { findingDoor } from "./doors";
import { findings } from "./findings";
import type { Kpis } from "./queries";

export function spanBefore({ name }: Range): string {
  return name === null || name === "all" || name === "90d" ? text.before.custom : text.before[name];
}

export function Summary({ kpis, range }: { kpis?: Kpis; range: Range }) {
  const waiting = useQuery(reviewCountsQuery).data?.open;
  const ledger = useQuery(ledgerQuery);
  const found = kpis ? findings({ kpis, waiting, ledger: ledger.data, before: spanBefore(range) }) : [];
  return (
    <section className="overview__answer" aria-label={text.state}>
      <p className="overview__sentence" aria-busy={kpis === undefined}>
        {kpis === undefined ? <><span className="visually-hidden">{text.looking}</span><Bone size="l" /></> : found.length === 0 ? text.calm
          : found.map(({ kind, words }, index) => (
            <Fragment key={kind}>
              {index > 0 && "; "}
              <Link {...findingDoor(kind, range)}>{index === 0 ? words.charAt(0).toUpperCase() + words.slice(1) : words}</Link>
              {index === found.length - 1 && "."}
            </Fragment>
          ))}
      </p>
      <p className="muted small overview__ledger">
        {ledger.data ? <Link to="/activity" search={{ sheet: "ledger" }} className="muted">{ledgerLine(ledger.data)}</Link>
          : ledger.isError ? text.ledger.failed : <Bone size="m" />}
      </p>
    </section>
  );
}

function ledgerLine(ledger: Ledger): string {
  if (!ledger.balanced) return text.ledger.off(Math.abs(ledger.accepted - accountedFor(ledger)));
  const all = text.ledger.all(ledger.accepted);
  return ledger.in_flight > 0 ? `${all}; ${text.ledger.onTheWay(ledger.in_flight)}` : all;
}
