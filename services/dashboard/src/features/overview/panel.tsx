/** A short list in a card, with every honest state. */
import type { ReactNode } from "react";
import { Bone, Empty, Failure } from "../../components/states";
// Rows that one link covers.
import "../../components/listing/listing.css";

interface PanelProps {
  title: string;
  /** What the numbers count. */
  unit?: string;
  all?: ReactNode;
  query?: { isPending: boolean; error: unknown; data: unknown; refetch: () => unknown };
  /** Number of rows; nothing while they are on their way. */
  count: number | undefined;
  bones: number;
  none: string;
  noneTry?: string;
  children: ReactNode;
  foot?: ReactNode;
}

export function Panel({ title, unit, all, query, count, bones, none, noneTry, children, foot }: PanelProps) {
  const pending = query ? query.isPending : count === undefined;
  const failed = query !== undefined && !query.isPending && query.data === undefined;
  return (
    <section className="card panel" aria-label={title} aria-busy={pending}>
      <header className="overview__head">
        <h2>{title}</h2>
        {unit !== undefined && <span className="muted small">{unit}</span>}
        {all !== undefined && <span className="small">{all}</span>}
      </header>
      {failed ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : pending ? <ul>{Array.from({ length: bones }, (_, index) => <Row key={index}><Bone size="l" /></Row>)}</ul>
        : count === 0 ? (noneTry === undefined ? <p className="muted small panel__none">{none}</p> : <Empty title={none} hint={noneTry} />)
        : <ul>{children}</ul>}
      {foot !== undefined && <p className="panel__foot">{foot}</p>}
    </section>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <li className="panel__row">{children}</li>;
}
