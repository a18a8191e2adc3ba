/** A condition as a sentence: "trust is less than 40 or rule A01 fires". What it cannot say stays as it is written. */
import { strings } from "../../strings";
import { policies as text } from "../../strings/policies";

const { words } = text;

export interface Phrase {
  kind: "phrase" | "joint" | "code";
  text: string;
}

export function sentence(when: string): Phrase[] {
  const parts = split(when.trim());
  if (parts.length > 1) {
    return parts.flatMap(({ joint, text: part }) => [...(joint === null ? [] : [{ kind: "joint" as const, text: joint === "&&" ? words.and : words.or }]), ...grouped(part, parts)]);
  }
  return [clause(parts[0]?.text ?? "")];
}

/** A part in brackets keeps them when it joins otherwise than what is around it. */
function grouped(part: string, around: readonly { joint: string | null }[]): Phrase[] {
  const inner = unwrapped(part);
  if (inner === part) return split(part).length > 1 ? sentence(part) : [clause(part)];
  const joints = new Set(split(inner).map(({ joint }) => joint).filter((joint) => joint !== null));
  const needed = joints.size > 0 && around.some(({ joint }) => joint !== null && !joints.has(joint));
  const said = sentence(inner);
  return needed ? [{ kind: "joint", text: "(" }, ...said, { kind: "joint", text: ")" }] : said;
}

function unwrapped(part: string): string {
  return part.startsWith("(") && closing(part, 0) === part.length - 1 ? part.slice(1, -1).trim() : part;
}

function closing(part: string, open: number): number {
  let depth = 0;
  for (const [at, sign] of outsideTexts(part)) {
    if (at < open) continue;
    if (sign === "(") depth++;
    else if (sign === ")" && --depth === 0) return at;
  }
  return -1;
}

function* outsideTexts(part: string): Generator<[number, string]> {
  let quote: string | null = null;
  for (let at = 0; at < part.length; at++) {
    const sign = part[at] ?? "";
    if (quote !== null) {
      if (sign === "\\") at++;
      else if (sign === quote) quote = null;
    } else if (sign === '"' || sign === "'") quote = sign;
    else yield [at, sign];
  }
}

/** At "or" where there is one, else at "and": "or" binds less. */
function split(when: string): { joint: string | null; text: string }[] {
  const alternatives = splitAt(when, "||");
  return alternatives.length > 1 ? alternatives : splitAt(when, "&&");
}

function splitAt(when: string, joint: string): { joint: string | null; text: string }[] {
  const parts: { joint: string | null; text: string }[] = [];
  let depth = 0;
  let start = 0;
  for (const [at, sign] of outsideTexts(when)) {
    if (sign === "(" || sign === "[") depth++;
    else if (sign === ")" || sign === "]") depth--;
    else if (depth === 0 && at >= start && when.startsWith(joint, at)) {
      parts.push({ joint: parts.length === 0 ? null : joint, text: when.slice(start, at).trim() });
      start = at + joint.length;
    }
  }
  return [...parts, { joint: parts.length === 0 ? null : joint, text: when.slice(start).trim() }];
}

const NAME = "[A-Za-z_][\\w.]*";
const VALUE = `-?\\d+|"[^"]*"|'[^']*'|true|false|${NAME}`;
const HIT = /^["'](\w+)["'] in score\.hits$/;
const ONE_OF = new RegExp(`^(${NAME}) in \\[([^\\]]*)\\]$`);
const COMPARED = new RegExp(`^(${NAME})\\s*(>=|<=|==|!=|>|<)\\s*(${VALUE})$`);
const PLAIN = new RegExp(`^(!?)(${NAME})$`);
const KNOWN = new RegExp(`^has\\((${NAME})\\)$`);

function clause(part: string): Phrase {
  const said = (words_: string): Phrase => ({ kind: "phrase", text: words_ });
  const hit = HIT.exec(part);
  if (hit?.[1]) return said(words.fires(hit[1]));
  const known = KNOWN.exec(part);
  if (known?.[1]) return said(words.known(named(known[1])));
  const oneOf = ONE_OF.exec(part);
  if (oneOf?.[1]) return said(words.operators["=="]?.(named(oneOf[1]), (oneOf[2] ?? "").split(",").map((one) => valued(one.trim())).join(` ${words.or} `)) ?? part);
  const [, name, operator, value] = COMPARED.exec(part) ?? [];
  if (name && operator && value) return said(words.operators[operator]?.(named(name), valued(value)) ?? part);
  const [, not, plain] = PLAIN.exec(part) ?? [];
  if (plain) return said(not === "!" ? words.negated(named(plain)) : named(plain));
  return { kind: "code", text: part };
}

const named = (name: string) => words.names[name] ?? name.split(/[._]/).map((part) => words.parts[part] ?? part).join(" ");

function valued(value: string): string {
  const inner = /^["'](.*)["']$/.exec(value)?.[1];
  return inner === undefined ? (words.names[value] ?? value) : (strings.eventTypes[inner]?.toLowerCase() ?? inner);
}
