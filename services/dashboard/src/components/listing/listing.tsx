/** A list of any length as a page shows it: filters, columns, order, export, selection, and every honest state. */
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo } from "react";
import { compactCount } from "../../lib/format";
import { useStore } from "../../lib/store";
import { useUrl } from "../../lib/url";
import { listing as text } from "../../strings/listing";
import { Empty, Failure } from "../states";
import { columnChoice, type ListColumn, shownColumns } from "./column";
import { ExportMenu } from "./export-menu";
import type { FilterField } from "./fields";
import { FilterBar } from "./filter-bar";
import { useSelection } from "./selection";
import { Table, TableSkeleton } from "./table";
import { ViewMenu } from "./view-menu";
import { ViewsMenu } from "./views-menu";

export interface Page<Row> {
  items: Row[];
  next_cursor?: string | null;
  total?: number | null;
  total_capped?: boolean;
}

export interface ListingProps<Row> {
  /** Under this name the reader's choice of columns and the saved views are kept. */
  name: string;
  label: string;
  columns: readonly ListColumn<Row>[];
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string;
  fields?: readonly FilterField[];
  searchable?: boolean;
  placeholder?: string;
  /** The order without `sort` in the URL; without it nothing sorts. */
  sort?: string;
  /** Path of the API with the filters in force; without it there is no export. */
  exportPath?: string;
  empty: { title: string; hint: string; action?: ReactNode };
  /** Further controls of the toolbar. */
  tools?: ReactNode;
  /** Actions on the rows selected; `done` clears the selection. */
  renderBulk?: (keys: string[], done: () => void) => ReactNode;
  /** A list within a page has neither filters nor views in the URL. */
  plain?: boolean;
}

export function Listing<Row>(props: ListingProps<Row>) {
  const { name, label, columns, query, rowKey, rowClass, fields = [], sort, renderBulk, plain = false } = props;
  const [search, change] = useUrl();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const shown = shownColumns(columns, useStore(columnChoice(name)));
  const selection = useSelection();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const sorting = sort === undefined ? undefined : { value: search["sort"] ?? sort, onChange: (value: string) => change({ sort: value === sort ? undefined : value }, { step: true }) };
  const filtered = !plain && [...fields.map(({ key }) => key), "q"].some((key) => search[key] !== undefined);
  const clear = () => change(Object.fromEntries(["q", ...fields.map(({ key }) => key)].map((key) => [key, undefined])), { step: true });

  return (
    <section className={query.isPlaceholderData ? "listing listing--changing" : "listing"} aria-label={label}>
      {!plain && <Toolbar {...props} rows={rows.length} />}
      {query.isPending ? <TableSkeleton columns={shown} />
        : rows.length > 0 ? (
          <Table label={label} columns={shown} rows={rows} rowKey={rowKey} rowClass={rowClass} sorting={sorting} selection={renderBulk && selection} onEnd={onEnd} />
        ) : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} />
        : filtered ? <Empty title={text.emptyFiltered} hint={text.emptyFilteredTry} action={<button type="button" className="button" onClick={clear}>{text.clear}</button>} />
        : <Empty {...props.empty} />}
      {hasNextPage && (
        <div className="list__more">
          <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{isFetchingNextPage ? text.moreBusy : text.more}</button>
        </div>
      )}
      {renderBulk && selection.size > 0 && (
        <div className="bulk" role="toolbar" aria-label={text.selected(selection.size)}>
          <span className="bulk__count">{text.selected(selection.size)}</span>
          {renderBulk(selection.keys(), () => selection.set([]))}
          <button type="button" className="button button--quiet" onClick={() => selection.set([])}>{text.unselect}</button>
        </div>
      )}
    </section>
  );
}

function Toolbar<Row>({ name, columns, query, fields = [], searchable = true, placeholder, exportPath, tools, rows }: ListingProps<Row> & { rows: number }) {
  return (
    <div className="toolbar">
      {(searchable || fields.length > 0) && <FilterBar fields={fields} searchable={searchable} placeholder={placeholder} />}
      {tools}
      <span className="toolbar__count" role="status">{query.data && countOf(query.data.pages[0], rows, query.hasNextPage)}</span>
      <div className="toolbar__end">
        <ViewsMenu page={name} />
        <ViewMenu list={name} columns={columns} />
        {exportPath !== undefined && <ExportMenu path={exportPath} name={name} />}
      </div>
    </div>
  );
}

function countOf<Row>(first: Page<Row> | undefined, rows: number, more: boolean): string {
  const total = first?.total;
  if (typeof total !== "number") return text.rows(rows, !more);
  const all = first?.total_capped ? text.totalCapped(total) : compactCount(total);
  return more ? text.of(compactCount(rows), all) : all;
}
