/** What producers sent, how it was answered, and whether all of it is accounted for. */
import { RangePicker } from "../../components/range-picker";
import { activeTab, Tabs } from "../../components/tabs";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { logbook as text } from "../../strings/logbook";
import { LedgerTab } from "./ledger";
import { Requests } from "./requests";
import "./logbook.css";

const TABS = [{ key: "requests", name: text.tabs.requests }, { key: "ledger", name: text.tabs.ledger }] as const;

export function LogbookPage() {
  const [search] = useUrl();
  const tab = activeTab(TABS, search["tab"]);
  useTitle(text.title);
  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        {tab === "requests" && <RangePicker />}
      </header>
      <p className="page__lead">{text.lead}</p>
      <Tabs label={text.tabs.label} tabs={TABS} active={tab} />
      {tab === "ledger" ? <LedgerTab /> : <Requests />}
    </>
  );
}
