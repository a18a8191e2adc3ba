/** Who needs a look: every user with the score, why, and when last seen. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { usersQuery } from "../../api/queries";
import { DataTable, TableSkeleton } from "../../components/data-table";
import { Empty, Failure } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { strings } from "../../strings";
import { userColumns } from "./columns";
import { FilterBar } from "./filter-bar";
import { DEFAULT_SORT, isFiltered, type Sort, userFilter } from "./search";
import "./users.css";

const route = getRouteApi("/shell/users");
const text = strings.users;

export function UsersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(usersQuery(userFilter(search)));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const sort = search.sort ?? DEFAULT_SORT;
  const columns = useMemo(() => {
    const onSort = (next: Sort) => void navigate({ search: (previous) => ({ ...previous, sort: next }), resetScroll: false });
    return userColumns(sort, onSort);
  }, [sort, navigate]);
  useTitle(text.title);

  return (
    <>
      <header className="page__head">
        <h1>{text.title}</h1>
        <p className="muted small" role="status">{query.data && text.shown(rows.length, !query.hasNextPage)}</p>
      </header>
      <FilterBar search={search} />
      <div className={query.isPlaceholderData ? "users users--changing" : "users"}>
        {query.isPending ? (
          <TableSkeleton layout="users" columns={columns} />
        ) : rows.length > 0 ? (
          <DataTable layout="users" caption={text.caption} columns={columns} rows={rows} rowKey={(user) => user.user_id} />
        ) : query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <NoUsers filtered={isFiltered(search)} />
        )}
      </div>
      {query.hasNextPage && (
        <div className="users__more">
          <button type="button" className="button" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {query.isFetchingNextPage ? text.moreBusy : text.more}
          </button>
        </div>
      )}
    </>
  );
}

function NoUsers({ filtered }: { filtered: boolean }) {
  if (!filtered) return <Empty title={text.empty} hint={text.emptyTry} />;
  return (
    <Empty
      title={text.emptyFiltered}
      hint={text.emptyFilteredTry}
      action={<Link to="/users" className="button">{text.clear}</Link>}
    />
  );
}
