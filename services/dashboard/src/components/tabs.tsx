/** Parts of a page, one at a time; which one is in the URL. */
import { Link } from "@tanstack/react-router";
import "./tabs.css";

/** A tab is another search of the same path. */
const ACTIVE = { exact: true, includeSearch: true, explicitUndefined: true } as const;

interface TabsProps {
  label: string;
  tabs: readonly { key: string; name: string; count?: string }[];
  /** The first tab is the page itself and has no parameter. */
  active: string;
  /** The parameter of the URL. */
  parameter?: string;
}

export function Tabs({ label, tabs, active, parameter = "tab" }: TabsProps) {
  const first = tabs[0]?.key;
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ key, name, count }) => (
        <Link key={key} to="." className="tabs__tab" aria-current={key === active ? "page" : undefined} resetScroll={false} activeOptions={ACTIVE}
          search={(previous) => ({ ...previous, [parameter]: key === first ? undefined : key, event: undefined })}>
          {name}{count !== undefined && <span className="tabs__count">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The tab that the URL names, or the first. */
export function activeTab(tabs: readonly { key: string }[], named: string | undefined): string {
  return (tabs.find(({ key }) => key === named) ?? tabs[0])?.key ?? "";
}
