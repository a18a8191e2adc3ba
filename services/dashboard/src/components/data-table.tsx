/** A table of any length: rows have one height, only those near the window exist, the page itself scrolls. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useNarrow } from "../lib/hooks";
import { Bone, Loading } from "./states";
import "./data-table.css";

export interface Column<Row> {
  key: string;
  /** A header in words; sortable columns pass a button. */
  head: ReactNode;
  sorted?: "ascending" | "descending" | "none";
  cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  /** Picks the column widths in the feature's CSS. */
  layout: string;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string;
}

const ROW_HEIGHT = 36;
const ROW_HEIGHT_STACKED = 68;
const SKELETON_ROWS = 12;

export function DataTable<Row>({ layout, caption, columns, rows, rowKey, rowClass }: DataTableProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  const narrow = useNarrow();

  // What stands above the table may grow (a notice) or wrap; the virtualiser must know where rows begin.
  useLayoutEffect(() => {
    const measure = () => setOffset((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (narrow ? ROW_HEIGHT_STACKED : ROW_HEIGHT),
    getItemKey: (index) => (rows[index] ? rowKey(rows[index]) : index),
    overscan: 12,
    scrollMargin: offset,
  });
  useLayoutEffect(() => virtualizer.measure(), [narrow, virtualizer]);

  return (
    <div className={`table table--${layout}`} role="table" aria-label={caption} aria-rowcount={rows.length + 1}>
      <Head columns={columns} />
      <div ref={body} className="table__body" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className={`table__row ${rowClass?.(row) ?? ""}`}
              style={{ transform: `translateY(${item.start - offset}px)` }}
            >
              {columns.map((column) => (
                <div key={column.key} role="cell" className={`table__cell table__cell--${column.key}`}>
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <div className="table__head" role="rowgroup">
      <div className="table__headrow" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <div
            key={column.key}
            role="columnheader"
            aria-sort={column.sorted}
            className={`table__headcell table__cell--${column.key}`}
          >
            {column.head}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The frame of a table whose rows are on their way: same header, same row height. */
export function TableSkeleton<Row>({ layout, columns }: { layout: string; columns: readonly Column<Row>[] }) {
  return (
    <div className={`table table--${layout}`} aria-busy="true">
      <Loading />
      <div aria-hidden="true">
        <div className="table__head">
          <div className="table__headrow">
            {columns.map((column) => (
              <div key={column.key} className={`table__headcell table__cell--${column.key}`}>
                {typeof column.head === "string" ? column.head : <Bone size="s" />}
              </div>
            ))}
          </div>
        </div>
        {Array.from({ length: SKELETON_ROWS }, (_, index) => (
          <div key={index} className="table__row table__row--still">
            {columns.map((column) => (
              <div key={column.key} className={`table__cell table__cell--${column.key}`}>
                <Bone size={column.key === "what" || column.key === "why" ? "l" : "s"} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
