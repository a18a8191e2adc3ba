/** The words of a condition, for colouring and for finding what stands at a place. */
export type CelKind = "text" | "number" | "keyword" | "function" | "name" | "operator";

export interface CelToken {
  kind: CelKind;
  from: number;
  to: number;
}

const KEYWORDS = new Set(["true", "false", "in"]);
const TOKEN = /(?<text>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(?<number>\d+)|(?<name>[A-Za-z_][\w.]*)|(?<operator>&&|\|\||[=!<>]=|[-+*/%<>!?:])/g;

export function celTokens(text: string): CelToken[] {
  return [...text.matchAll(TOKEN)].map((found) => {
    const [word] = found;
    return { kind: kindOf(found.groups ?? {}, text.slice(found.index + word.length)), from: found.index, to: found.index + word.length };
  });
}

function kindOf(groups: Readonly<Record<string, string | undefined>>, after: string): CelKind {
  if (groups["text"] !== undefined) return "text";
  if (groups["number"] !== undefined) return "number";
  if (groups["operator"] !== undefined) return "operator";
  if (KEYWORDS.has(groups["name"] ?? "")) return "keyword";
  return /^\s*\(/.test(after) ? "function" : "name";
}
