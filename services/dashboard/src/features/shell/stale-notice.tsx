/** Says when a refresh failed while good data is still on screen. It floats, so that nothing moves. */
import { type Query, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { Failure } from "../../components/states";

function isStale(query: Query): boolean {
  return query.isActive() && query.state.status === "error" && query.state.data !== undefined;
}

export function StaleNotice() {
  const queryClient = useQueryClient();
  const cache = queryClient.getQueryCache();
  const subscribe = useCallback((listener: () => void) => cache.subscribe(listener), [cache]);
  const stale = useSyncExternalStore(subscribe, () => cache.getAll().find(isStale)?.state);
  if (!stale) return null;
  return (
    <div className="stale">
      <Failure
        error={stale.error}
        shownSince={stale.dataUpdatedAt}
        onRetry={() => void queryClient.refetchQueries({ predicate: isStale })}
      />
    </div>
  );
}
