/** A condition with its words coloured. */
import type { ReactNode } from "react";
import { celTokens } from "./cel";

export function CelText({ text }: { text: string }) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { kind, from, to } of celTokens(text)) {
    parts.push(text.slice(at, from), <span key={from} className={`cel-${kind}`}>{text.slice(from, to)}</span>);
    at = to;
  }
  return <code className="cel">{parts}{text.slice(at)}</code>;
}
