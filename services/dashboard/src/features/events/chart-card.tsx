/** The frame of a chart over time, with every honest state; brushing a span makes it the range of the page. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Bone, Empty, Failure } from "../../components/states";
import { useUrl } from "../../lib/url";
import "./chart-card.css";

export const CHART_PX = 180;

export function useBrush() {
  const [, change] = useUrl();
  return (from: number, to: number) => change({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), range: undefined }, { step: true });
}

interface ChartCardProps {
  title: string;
  query: UseQueryResult;
  isEmpty: boolean;
  none: string;
  noneTry: string;
  note?: string;
  children: ReactNode;
}

export function ChartCard({ title, query, isEmpty, none, noneTry, note, children }: ChartCardProps) {
  return (
    <section className="card chartcard" aria-label={title}>
      <header className="chartcard__head">
        <h2>{title}</h2>
        {note !== undefined && !isEmpty && <p className="muted small chartcard__note" title={note}>{note}</p>}
      </header>
      <div className="chartcard__plot">
        {query.isPending ? <Bone size="l" />
          : query.data === undefined ? <Failure error={query.error} onRetry={() => void query.refetch()} />
          : isEmpty ? <Empty title={none} hint={noneTry} /> : children}
      </div>
    </section>
  );
}
