/** What a typed value looks like. A guess only: the reader may choose another kind, the server checks. */
export const LIST_KINDS = ["user", "address", "prefix", "network", "device", "email", "domain", "phone"] as const;
export type ListKind = (typeof LIST_KINDS)[number];

export function guessKind(typed: string): ListKind {
  const value = typed.trim();
  if (/^as\d+$/i.test(value)) return "network";
  if (/^[\d.]+\/\d{1,2}$|^[0-9a-f:]+\/\d{1,3}$/i.test(value)) return "prefix";
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(value) || (value.includes(":") && /^[0-9a-f:.]+$/i.test(value))) return "address";
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return "email";
  if (/^\+?[\d ()-]{7,}$/.test(value)) return "phone";
  if (/^[0-9a-f]{16}$/i.test(value)) return "device";
  if (/^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(value)) return "domain";
  return "user";
}

export function isListKind(value: string): value is ListKind {
  return LIST_KINDS.some((kind) => kind === value);
}

export interface ImportLine {
  list?: string;
  kind: string;
  value: string;
}

/** "kind,value" or "list,kind,value"; empty lines are left out. What a line means is for the server to say. */
export function importLines(text: string): ImportLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const parts = line.split(",").map((part) => part.trim());
    if (line.trim() === "") return [];
    const [first = "", second = "", third] = parts;
    return third === undefined ? [{ kind: first, value: second }] : [{ list: first, kind: second, value: third }];
  });
}
