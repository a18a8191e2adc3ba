/** Views of a list under a name, kept with the account of the reader. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, finished } from "../../api/client";

const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/me/views", { signal })),
  staleTime: 60_000,
});

export function useViews(page: string) {
  const queryClient = useQueryClient();
  const all = useQuery(viewsQuery);
  const refresh = () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
  return {
    isPending: all.isPending,
    views: all.data?.items.filter((view) => view.page === page) ?? [],
    /** A view of the same name is replaced. */
    save: async (name: string, search: string) => {
      await answer(api.POST("/api/v1/me/views", { body: { page, name, search } }));
      await refresh();
    },
    remove: async (viewId: number) => {
      await finished(api.DELETE("/api/v1/me/views/{view_id}", { params: { path: { view_id: viewId } } }));
      await refresh();
    },
  };
}
