/** Takes a whole list away as a file: the server streams it, the browser keeps it until it is whole. */
import { ApiError, failureOf, problemOf } from "../api/problem";

export const FORMATS = ["csv", "ndjson"] as const;
export type Format = (typeof FORMATS)[number];
const ACCEPT: Record<Format, string> = { csv: "text/csv", ndjson: "application/x-ndjson" };

/** `path` is that of the list with its filters, such as `/api/v1/users?band=low`. */
export async function download(path: string, format: Format, name: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(path, { headers: { Accept: ACCEPT[format] }, signal }).catch((cause: unknown) => {
    throw failureOf(cause);
  });
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  if (!response.headers.get("content-type")?.startsWith(ACCEPT[format])) throw new ApiError("bad-request", null, response.status);
  save(await response.blob(), `${name}.${format}`);
}

/** One JSON document as a file. */
export async function downloadJson(path: string, name: string): Promise<void> {
  const response = await fetch(path, { headers: { Accept: "application/json" } }).catch((cause: unknown) => {
    throw failureOf(cause);
  });
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  save(await response.blob(), `${name}.json`);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Browsers read the blob after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
