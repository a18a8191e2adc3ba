/** The ledger as an equation: what the gateways accepted, and the places where it is now. */
import { useQuery } from "@tanstack/react-query";
import { ledgerQuery } from "../../api/queries";
import type { Ledger } from "../../api/types";
import { Bone, Failure, Loading } from "../../components/states";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { count } from "../../lib/format";
import { logbook } from "../../strings/logbook";
import { missingOf, PARTS } from "./equation";

const text = logbook.ledger;

export function LedgerTab() {
  const query = useQuery(ledgerQuery);
  return (
    <section className="card ledger" aria-labelledby="ledger">
      <h2 id="ledger">{text.title}</h2>
      <p className="muted small">{text.lead}</p>
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} shownSince={query.data && query.dataUpdatedAt} />}
      {query.data ? <Equation ledger={query.data} /> : query.isPending && <><Loading /><Bone size="l" /></>}
    </section>
  );
}

function Equation({ ledger }: { ledger: Ledger }) {
  const missing = missingOf(ledger);
  const why = ledger.balanced ? text.balancedWhy : missing < 0 ? text.surplusWhy(-missing) : text.unbalancedWhy(missing);
  return (
    <>
      <p className="ledger__verdict" role="status">
        <Tag meaning={ledger.balanced ? "good" : "warn"}>{ledger.balanced ? text.balanced : text.unbalanced}</Tag> {why}
      </p>
      <ol className="ledger__sum">
        <Term sign="" name={text.accepted} means={text.acceptedMeans} value={ledger.accepted} />
        {PARTS.map((part, at) => {
          const [name, means] = text.parts[part];
          return <Term key={part} sign={at === 0 ? "=" : "+"} name={name} means={means} value={ledger[part]} />;
        })}
      </ol>
      {ledger.unconfirmed > 0 && <p className="small">{text.unconfirmed(ledger.unconfirmed)}</p>}
      <p className="muted small">{text.asOf} <TimeAgo iso={ledger.as_of} /> {text.refreshed}</p>
    </>
  );
}

const SPOKEN: Readonly<Record<string, string>> = { "=": text.equals, "+": text.plus };

function Term({ sign, name, means, value }: { sign: string; name: string; means: string; value: number }) {
  return (
    <li className="ledger__term">
      <span className="ledger__sign"><span aria-hidden="true">{sign}</span><span className="visually-hidden">{SPOKEN[sign]}</span></span>
      <span className="ledger__value numeric">{count(value)}</span>
      <span><strong>{name}</strong> <span className="muted small">{means}</span></span>
    </li>
  );
}
