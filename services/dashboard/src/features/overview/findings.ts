/** What deserves a word above the fold. Knows no page. */
import type { Ledger } from "../../api/types";
import { overview as text } from "../../strings/overview";
import { accountedFor } from "../activity/ledger";
import type { Compared, Kpis } from "./queries";

/** Fewer are noise, however they compare. */
const NOTABLE_MIN = 10;
const RATIO_NOTABLE = 2;
/** Less than this share of the events before is a producer that may be down. */
const SHARE_LOW = 0.4;
const FINDINGS_MAX = 3;

export type FindingKind = "ledger" | "waiting" | "login_failures" | "alerts" | "events";

export interface Finding {
  kind: FindingKind;
  words: string;
}

interface Known {
  kpis: Kpis;
  waiting?: number;
  ledger?: Ledger;
  /** "the 24 hours before" */
  before: string;
}

/** The findings of most weight, in the order one would tell them. */
export function findings({ kpis, waiting = 0, ledger, before }: Known): Finding[] {
  const found: Finding[] = [];
  if (ledger && !ledger.balanced) found.push({ kind: "ledger", words: text.findings.unaccounted(Math.abs(ledger.accepted - accountedFor(ledger))) });
  if (waiting > 0) found.push({ kind: "waiting", words: text.findings.waiting(waiting) });
  const failures = kpis.login_failures;
  // A failed sign-in is an alert too; each is told once.
  const others = { now: kpis.alerts.now - failures.now, before: kpis.alerts.before - failures.before };
  for (const [kind, compared] of [["login_failures", failures], ["alerts", others]] as const) {
    const words = rise(text.findings.more[kind], compared, before);
    if (words !== null) found.push({ kind, words });
  }
  const silence = fall(kpis.events, before);
  if (silence !== null) found.push({ kind: "events", words: silence });
  return found.slice(0, FINDINGS_MAX);
}

function rise(what: string, { now, before }: Compared, span: string): string | null {
  if (now < NOTABLE_MIN) return null;
  if (before <= 0) return text.findings.noneBefore(what, now, span);
  return now / before >= RATIO_NOTABLE ? text.findings.timesMore(what, now / before, span) : null;
}

function fall({ now, before }: Compared, span: string): string | null {
  if (before < NOTABLE_MIN || now >= before * SHARE_LOW) return null;
  return now === 0 ? text.findings.silent(span) : text.findings.fell(Math.round(100 * (1 - now / before)), span);
}

/** Beyond this many per cent a factor is easier to grasp. */
const FACTOR_FROM = 3;

/** "up 24 % from 1,000": one number beside that of the time before. */
export function change({ now, before }: Compared): string {
  if (before === 0) return now === 0 ? text.change.none : text.change.noneBefore;
  if (now === before) return text.change.same;
  if (now / before >= FACTOR_FROM) return text.change.times(now / before, before);
  const percent = Math.max(1, Math.round((100 * Math.abs(now - before)) / before));
  return now > before ? text.change.up(percent, before) : text.change.down(percent, before);
}

/** Whether more of it is worse, and it is clearly more. */
export function isRise({ now, before }: Compared): boolean {
  return now >= NOTABLE_MIN && now >= before * RATIO_NOTABLE;
}
