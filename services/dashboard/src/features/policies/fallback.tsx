/** What decides when no policy matches, in the same order the server goes through it. */
import { Link } from "@tanstack/react-router";
import { policies as strings } from "../../strings/policies";
import { Verdict } from "../rules/effect";
import type { RuleSetContent } from "../rules/types";

const text = strings.fallback;
const REVIEW_DEFAULT = 33;

export function Fallback({ content }: { content: RuleSetContent }) {
  const { review = REVIEW_DEFAULT, block = null } = content.thresholds ?? {};
  const steps = [
    { what: text.denied, verdict: "deny" },
    { what: text.allowed, verdict: "allow" },
    ...(block === null ? [] : [{ what: text.block(block), verdict: "deny" }]),
    { what: text.review(review), verdict: "review" },
    { what: text.rest, verdict: "allow" },
  ];
  return (
    <section className="page__section" aria-label={text.title}>
      <h2>{text.title}</h2>
      <ol className="fallback">
        {steps.map(({ what, verdict }) => <li key={what}><span>{what}</span> <Verdict verdict={verdict} /></li>)}
      </ol>
      <p className="small"><Link to="/rules">{text.change}</Link></p>
    </section>
  );
}
