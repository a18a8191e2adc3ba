/** A policy's condition as a sentence, with what cannot be said as code. */
import { CelText } from "../rules/cel-text";
import { sentence } from "./sentence";

export function Words({ when }: { when: string }) {
  const phrases = sentence(when);
  const isTight = (at: number) => phrases[at]?.text === "(" || phrases[at + 1]?.text === ")";
  return phrases.map(({ kind, text }, at) => (
    <span key={at} className={`policy__${kind}`}>{kind === "code" ? <CelText text={text} /> : <bdi>{text}</bdi>}{isTight(at) ? "" : " "}</span>
  ));
}
