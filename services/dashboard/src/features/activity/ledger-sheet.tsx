import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ledgerQuery } from "../../api/queries";
import { Sheet } from "../../components/sheet";
import { Failure, Loading } from "../../components/states";
import { TimeExact } from "../../components/time";
import { count } from "../../lib/format";
import { strings } from "../../strings";
import { activity } from "../../strings/activity";
import { accountedFor, LEDGER_PLACES } from "./ledger";

const text = activity.ledger;

/** The account of events as a sum anyone can check. */
export function LedgerSheet() {
  const navigate = useNavigate();
  const ledger = useQuery(ledgerQuery);
  const close = useCallback(
    () => void navigate({ to: ".", search: (previous) => ({ ...previous, sheet: undefined }), resetScroll: false }),
    [navigate],
  );
  const data = ledger.data;
  return (
    <Sheet kind="centre" label={text.title} title={text.title} closeLabel={strings.help.close} onClose={close}>
      <p className="muted">{text.explain}</p>
      {ledger.isError && !data && <Failure error={ledger.error} onRetry={() => void ledger.refetch()} />}
      {ledger.isPending && <Loading />}
      {data && (
        <>
          <dl className="ledger">
            {LEDGER_PLACES.map((place) => (
              <div key={place}><dt>{text[place]}</dt><dd>{count(data[place])}</dd></div>
            ))}
            <div className="ledger__sum"><dt>{text.sum}</dt><dd>{count(accountedFor(data))}</dd></div>
            <div className="ledger__sum"><dt>{text.accepted}</dt><dd>{count(data.accepted)}</dd></div>
            <div className="muted"><dt>{text.unconfirmed}</dt><dd>{count(data.unconfirmed)}</dd></div>
          </dl>
          <p className="muted small">{text.asOf} <TimeExact iso={data.as_of} /></p>
        </>
      )}
    </Sheet>
  );
}
