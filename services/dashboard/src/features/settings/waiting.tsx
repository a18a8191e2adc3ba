import type { UseQueryResult } from "@tanstack/react-query";
import { Bone, Failure, Loading } from "../../components/states";

/** In the place of a form whose values are on their way, or did not come. */
export function Waiting({ query }: { query: Pick<UseQueryResult, "error" | "refetch"> }) {
  if (query.error !== null) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <div className="card setform" aria-busy="true"><Loading /><Bone size="s" /><Bone size="l" /><Bone size="m" /></div>;
}
