/** Rows of one height, of which only those near the window exist; the page itself scrolls. */
import { useWindowVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useNarrow } from "../../lib/hooks";
import { useShortcuts } from "../../lib/shortcuts";
import { useStore } from "../../lib/store";
import { listing as text } from "../../strings/listing";
import { Bone, Loading } from "../states";
import { density, type ListColumn } from "./column";
import { Head, type Sorting } from "./head";
import type { Selection } from "./selection";
import "./listing.css";

const ROW_PX = { normal: 36, compact: 28 };
const ROW_PX_STACKED = 64;
const SKELETON_ROWS = 12;
const SELECT_TRACK = "28px";

interface TableProps<Row> {
  label: string;
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string;
  sorting?: Sorting;
  selection?: Selection;
  /** Called when the reader comes near the last row. */
  onEnd?: () => void;
}

export function Table<Row>({ label, columns, rows, rowKey, rowClass, sorting, selection, onEnd }: TableProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const shownDensity = useStore(density);
  const rowPx = narrow ? ROW_PX_STACKED : ROW_PX[shownDensity];
  const offset = useOffset(body);
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowPx,
    getItemKey: (index) => keys[index] ?? index,
    overscan: 12,
    scrollMargin: offset,
  });
  useLayoutEffect(() => virtualizer.measure(), [rowPx, virtualizer]);
  const items = virtualizer.getVirtualItems();
  useEnd(items, rows.length, onEnd);
  useRowKeys(body, selection);

  return (
    <div className={`list ${rowPx === ROW_PX.compact ? "list--compact" : ""}`} role="table" aria-label={label} aria-rowcount={rows.length + 1}
      style={{ "--tracks": tracks(columns, selection !== undefined) } as React.CSSProperties}>
      <Head columns={columns} sorting={sorting} selector={selection && <AllBox keys={keys} selection={selection} />} />
      <div ref={body} className="list__body" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          const key = keys[item.index];
          if (row === undefined || key === undefined) return null;
          return (
            <div key={item.key} role="row" aria-rowindex={item.index + 2} data-key={key}
              className={`list__row ${selection?.has(key) ? "is-selected" : ""} ${rowClass?.(row) ?? ""}`}
              style={{ transform: `translateY(${item.start - offset}px)`, height: rowPx }}>
              {selection && <RowBox rowKey={key} selection={selection} />}
              {columns.map((column) => <Cell key={column.key} column={column} row={row} />)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function tracks<Row>(columns: readonly ListColumn<Row>[], selectable: boolean): string {
  return [...(selectable ? [SELECT_TRACK] : []), ...columns.map((column) => column.width)].join(" ");
}

function Cell<Row>({ column, row }: { column: ListColumn<Row>; row: Row }) {
  const place = column.phone === undefined ? "list__cell--off" : `list__cell--${column.phone}`;
  return <div role="cell" className={`list__cell ${place} ${column.numeric ? "list__numeric" : ""}`}>{column.cell(row)}</div>;
}

function RowBox({ rowKey, selection }: { rowKey: string; selection: Selection }) {
  return (
    <div role="cell" className="list__select">
      <input type="checkbox" className="list__box" aria-label={text.select} checked={selection.has(rowKey)} onChange={() => selection.toggle(rowKey)} />
    </div>
  );
}

function AllBox({ keys, selection }: { keys: readonly string[]; selection: Selection }) {
  const all = keys.length > 0 && keys.every((key) => selection.has(key));
  return <input type="checkbox" className="list__box" aria-label={text.selectAll} checked={all} onChange={() => selection.set(all ? [] : keys)} />;
}

/** What stands above the rows may grow or wrap; the virtualiser must know where they begin. */
function useOffset(body: RefObject<HTMLDivElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setOffset((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  return offset;
}

function useEnd(items: readonly VirtualItem[], count: number, onEnd?: () => void): void {
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (count > 0 && last >= count - 1) onEnd?.();
  }, [last, count, onEnd]);
}

/** j and k walk the links of the rows, x selects the row that has the focus. */
function useRowKeys(body: RefObject<HTMLDivElement | null>, selection?: Selection): void {
  const step = (by: 1 | -1) => {
    // A drawer steps by itself.
    if (document.querySelector("dialog[open]")) return;
    const links = [...(body.current?.querySelectorAll<HTMLElement>(".list__open") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement || link.closest(".list__row")?.contains(document.activeElement));
    (at < 0 ? links.find((link) => link.getBoundingClientRect().top > 0) : links[at + by])?.focus();
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    x: selection && (() => {
      const key = document.activeElement?.closest<HTMLElement>(".list__row")?.dataset["key"];
      if (key !== undefined) selection.toggle(key);
    }),
  });
}

/** The frame of a list whose rows are on their way: same header, same row height. */
export function TableSkeleton<Row>({ columns }: { columns: readonly ListColumn<Row>[] }) {
  const compact = useStore(density) === "compact";
  return (
    <div className={`list ${compact ? "list--compact" : ""}`} aria-busy="true" style={{ "--tracks": tracks(columns, false) } as React.CSSProperties}>
      <Loading />
      <div aria-hidden="true">
        <div className="list__head">
          <div className="list__headrow">
            {columns.map((column) => <div key={column.key} className={`list__headcell ${column.numeric ? "list__numeric" : ""}`}>{column.name}</div>)}
          </div>
        </div>
        {Array.from({ length: SKELETON_ROWS }, (_, index) => (
          <div key={index} className="list__row list__row--still">
            {columns.map((column) => (
              <div key={column.key} className={`list__cell ${column.numeric ? "list__numeric" : ""}`}><Bone size={column.phone === "main" ? "l" : "s"} /></div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
