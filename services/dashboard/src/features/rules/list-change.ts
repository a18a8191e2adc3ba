/** Values that came to a list of words and that left it. */
export function listChange(change: unknown): { added: string[]; removed: string[] } {
  return { added: valuesOf(change, "added"), removed: valuesOf(change, "removed") };
}

// The API document describes these entries as those of the blocklist; what is sent has a value and a comment.
function valuesOf(change: unknown, side: string): string[] {
  if (typeof change !== "object" || change === null) return [];
  const entries: unknown = Object.entries(change).find(([key]) => key === side)?.[1];
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("value" in entry)) return [];
    return typeof entry.value === "string" ? [entry.value] : [];
  });
}
