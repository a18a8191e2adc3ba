/** Lists that come page by page, each page naming the next. */
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";

export const PAGE_ROWS = 50;

export interface Place {
  limit: number;
  cursor?: string;
}

interface Page {
  next_cursor?: string | null;
}

/** Options of an endless list; `fetchPage` asks for one page of it. */
export function paged<Answer extends Page>(key: readonly unknown[], fetchPage: (place: Place, signal: AbortSignal) => Promise<Answer>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ signal, pageParam }) => fetchPage({ limit: PAGE_ROWS, ...pageParam }, signal),
    initialPageParam: {} as { cursor?: string },
    getNextPageParam: (page) => (page.next_cursor ? { cursor: page.next_cursor } : undefined),
    placeholderData: keepPreviousData,
  });
}

/** The path of a list with its filters, for exports. */
export function pathOfList(path: string, query: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  }
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
