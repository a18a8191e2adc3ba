/** Can this account be trusted, and why (not)? */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ApiError } from "../../api/problem";
import { userQuery } from "../../api/queries";
import { BackIcon } from "../../components/icons";
import { Empty, Failure, Loading } from "../../components/states";
import { useTitle } from "../../lib/hooks";
import { strings } from "../../strings";
import { Account } from "./account";
import { Counters } from "./counters";
import { Devices } from "./devices";
import { Header, HeaderSkeleton } from "./header";
import { NotEvaluated, Noticed, Reasons } from "./reasons";
import { UserEvents } from "./user-events";
import "./user.css";

const route = getRouteApi("/shell/users/$userId");
const text = strings.user;

export function UserPage() {
  const { userId } = route.useParams();
  const query = useQuery(userQuery(userId));
  const user = query.data;
  useTitle(user?.email ?? userId);
  const unknown = query.error instanceof ApiError && query.error.kind === "not-found";

  return (
    <>
      <Link to="/users" className="user__back"><BackIcon />{text.back}</Link>
      {unknown && (
        <Empty whole title={text.notFound} hint={text.notFoundTry} action={<Link to="/users" className="button">{text.toUsers}</Link>} />
      )}
      {query.isPending && <Loading />}
      {!user && !unknown && <HeaderSkeleton userId={userId} waiting={query.isPending} />}
      {!user && !unknown && query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {user && !unknown && (
        <>
          <Header user={user} />
          <div className="user">
            <div className="user__why">
              <Reasons hits={user.hits} />
              <Noticed hits={user.hits} />
              <NotEvaluated rules={user.not_evaluated} />
            </div>
            <aside className="user__side" aria-label={text.facts}>
              <Counters counters={user.counters} />
              <Account user={user} />
              <Devices devices={user.devices} />
            </aside>
            <UserEvents key={userId} userId={userId} />
          </div>
        </>
      )}
    </>
  );
}
