/** A pack as its author wrote it: what it holds, in words, and where. Understands the part of YAML that packs use. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@lezer/yaml";

/** A piece of the text, with its place. */
export interface Place {
  from: number;
  to: number;
}

export interface PackTest {
  name: string;
  fires: boolean;
  given: string;
}

interface Judging extends Place {
  id: string;
  name: string;
  when: string;
  reason: string;
  tests: PackTest[];
}

export interface PackPolicy extends Judging {
  verdict: string;
  /** Empty for all. */
  eventTypes: string[];
}

export interface PackWindow extends Place {
  name: string;
  text: string;
}

export interface ReadPack {
  windows: PackWindow[];
  rules: Judging[];
  policies: PackPolicy[];
}

const VALUES = new Set(["Literal", "QuotedLiteral", "BlockLiteral", "FlowSequence", "FlowMapping", "BlockSequence", "BlockMapping"]);
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** Lines of a text that YAML would join with blanks. */
const joined = (text: string) => text.split(/\s*\n\s*/).join(" ").trim();

function blockText(text: string): string {
  const [header = "", ...lines] = text.split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  const body = lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0));
  return body.join(header.startsWith(">") ? " " : "\n").trim();
}

export class PackText {
  constructor(readonly text: string) {}

  slice({ from, to }: Place): string {
    return this.text.slice(from, to);
  }

  scalar(node: SyntaxNode | null): string {
    if (!node) return "";
    const raw = this.slice(node);
    if (node.name === "BlockLiteral") return blockText(raw);
    if (node.name !== "QuotedLiteral") return joined(raw);
    const inner = joined(raw.slice(1, -1));
    return raw.startsWith("'") ? inner.replaceAll("''", "'") : inner.replaceAll(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign);
  }

  pairs(node: SyntaxNode | null): { key: string; pair: SyntaxNode; value: SyntaxNode | null }[] {
    if (!node) return [];
    return children(node).filter(({ name }) => name === "Pair").map((pair) => ({
      key: this.scalar(pair.getChild("Key")), pair, value: children(pair).find(({ name }) => VALUES.has(name)) ?? null,
    }));
  }

  field(node: SyntaxNode, key: string): SyntaxNode | null {
    return this.pairs(node).find((pair) => pair.key === key)?.value ?? null;
  }

  items(node: SyntaxNode | null): SyntaxNode[] {
    if (!node) return [];
    return children(node).filter(({ name }) => name === "Item").flatMap((item) => children(item).filter(({ name }) => VALUES.has(name)));
  }

  root(): SyntaxNode | null {
    const document = parser.parse(this.text).topNode.getChild("Document");
    return document?.getChild("BlockMapping") ?? document?.getChild("FlowMapping") ?? null;
  }
}

function testOf(pack: PackText, node: SyntaxNode): PackTest {
  const given = pack.pairs(pack.field(node, "given")).map(({ key, value }) => `${key}: ${pack.scalar(value)}`);
  return { name: pack.scalar(pack.field(node, "name")), fires: pack.scalar(pack.field(node, "fires")) === "true", given: given.join(", ") };
}

function judgingOf(pack: PackText, node: SyntaxNode): Judging {
  const said = (key: string) => pack.scalar(pack.field(node, key));
  const tests = pack.items(pack.field(node, "tests")).map((test) => testOf(pack, test));
  return { id: said("id"), name: said("name"), when: said("when"), reason: said("reason"), tests, from: node.from, to: node.to };
}

export function readPack(text: string): ReadPack {
  const pack = new PackText(text);
  const root = pack.root();
  if (!root) return { windows: [], rules: [], policies: [] };
  return {
    windows: pack.pairs(pack.field(root, "windows")).map(({ key, pair, value }) => ({
      name: key, from: pair.from, to: pair.to, text: pack.pairs(value).map((part) => `${part.key}: ${pack.scalar(part.value)}`).join(", "),
    })),
    rules: pack.items(pack.field(root, "rules")).map((node) => judgingOf(pack, node)),
    policies: pack.items(pack.field(root, "policies")).map((node) => ({
      ...judgingOf(pack, node), verdict: pack.scalar(pack.field(node, "verdict")),
      eventTypes: pack.items(pack.field(node, "event_types")).map((type) => pack.scalar(type)),
    })),
  };
}

export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
