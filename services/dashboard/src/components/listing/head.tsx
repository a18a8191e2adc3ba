/** The header of a list: names of columns, and how they sort. */
import { strings } from "../../strings";
import { listing as text } from "../../strings/listing";
import { DownIcon, UpIcon } from "../icons";
import type { ListColumn } from "./column";

export interface Sorting {
  /** As the API takes it: `-last_seen`. */
  value: string;
  onChange: (value: string) => void;
}

interface HeadProps<Row> {
  columns: readonly ListColumn<Row>[];
  sorting?: Sorting;
  /** The box that selects all rows. */
  selector?: React.ReactNode;
}

export function Head<Row>({ columns, sorting, selector }: HeadProps<Row>) {
  return (
    <div className="list__head" role="rowgroup">
      <div className="list__headrow" role="row" aria-rowindex={1}>
        {selector && <div role="columnheader" className="list__select">{selector}</div>}
        {columns.map((column) => <HeadCell key={column.key} column={column} sorting={sorting} />)}
      </div>
    </div>
  );
}

function HeadCell<Row>({ column, sorting }: { column: ListColumn<Row>; sorting?: Sorting }) {
  const field = column.sort;
  const order = field === undefined || !sorting ? null : orderOf(field, sorting.value);
  return (
    <div role="columnheader" aria-sort={order ?? undefined} className={`list__headcell ${column.numeric ? "list__numeric" : ""}`}>
      {field === undefined || !sorting ? column.name || <span className="visually-hidden">{strings.dash}</span> : (
        <button type="button" className="list__sort" title={text.sortBy(column.name)}
          onClick={() => sorting.onChange(nextSort(field, sorting.value, column.sortDown ?? false))}>
          {column.name}
          {order === "ascending" && <UpIcon />}
          {order === "descending" && <DownIcon />}
        </button>
      )}
    </div>
  );
}

function orderOf(field: string, sort: string): "ascending" | "descending" | "none" {
  if (sort === field) return "ascending";
  return sort === `-${field}` ? "descending" : "none";
}

/** The first click gives the order one usually looks for, the second its reverse. */
export function nextSort(field: string, current: string, downFirst: boolean): string {
  const first = downFirst ? `-${field}` : field;
  const second = downFirst ? field : `-${field}`;
  return current === first ? second : first;
}
