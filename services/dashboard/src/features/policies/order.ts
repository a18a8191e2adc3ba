/** The policies of all packs in the order they are tried, and moving one within its pack. */
import { type PackPolicy, readPack } from "../rules/pack";
import type { RuleSetContent } from "../rules/types";

export interface Ordered {
  pack: string;
  policy: PackPolicy;
  isFirst: boolean;
  isLast: boolean;
}

export function orderedPolicies(content: RuleSetContent): Ordered[] {
  return (content.packs ?? []).flatMap(({ name, text }) => {
    const { policies } = readPack(text);
    return policies.map((policy, at) => ({ pack: name, policy, isFirst: at === 0, isLast: at === policies.length - 1 }));
  });
}

const lineStart = (text: string, at: number) => text.lastIndexOf("\n", at - 1) + 1;

/** The text of the pack with a policy one place up or down; as it was when there is no such place. */
export function moved(text: string, id: string, by: 1 | -1): string {
  const { policies } = readPack(text);
  const at = policies.findIndex((policy) => policy.id === id);
  const [upper, lower] = by === 1 ? [policies[at], policies[at + 1]] : [policies[at - 1], policies[at]];
  if (at < 0 || !upper || !lower) return text;
  const start = lineStart(text, upper.from);
  const middle = lineStart(text, lower.from);
  const end = endOfLine(text, lower.to);
  const blocks = [text.slice(middle, end), text.slice(start, middle)].map((block) => (block.endsWith("\n") ? block : `${block}\n`));
  return text.slice(0, start) + blocks.join("") + text.slice(end);
}

function endOfLine(text: string, at: number): number {
  if (text[at - 1] === "\n") return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
