/** Decisions in rows, about one user or about everybody. */
import { useQueryClient } from "@tanstack/react-query";
import type { Decision } from "../api/types";
import { undoDecision } from "../lib/deciding";
import type { Kind } from "../lib/kinds";
import { useMay } from "../lib/may";
import { say } from "../lib/toasts";
import { wordsOf } from "../lib/words";
import { decisions as text } from "../strings/decisions";
import { EntityChip, UserChip } from "./entity-chip";
import type { ListColumn } from "./listing/column";
import { Listing, type ListingProps } from "./listing/listing";
import { Missing } from "./missing";
import { Tag } from "./tag";
import { TimeAgo } from "./time";

interface DecisionListProps extends Omit<ListingProps<Decision>, "columns" | "label" | "rowKey"> {
  /** Whether to say about whom; on the page of one user it would repeat. */
  about?: boolean;
}

const rowKey = (decision: Decision) => String(decision.decision_id);

export function DecisionList({ about = true, ...props }: DecisionListProps) {
  return <Listing {...props} label={text.title} columns={about ? all : all.filter(({ key }) => key !== "about")} rowKey={rowKey} />;
}

const MEANINGS: Readonly<Record<string, "bad" | "good" | "notice">> = { block: "bad", allow: "good", watch: "notice" };

/** How a tag about a decision, or about a list of that name, is coloured. */
export const meaningOf = (action: string) => MEANINGS[action] ?? "plain";

const all: readonly ListColumn<Decision>[] = [
  { key: "action", name: text.columns.action, width: "150px", phone: "side", cell: (decision) => <Tag meaning={meaningOf(decision.action)} title={typeof decision.undoes === "number" ? text.undoes(decision.undoes) : undefined}>{text.actions[decision.action] ?? decision.action}</Tag> },
  { key: "about", name: text.columns.about, width: "minmax(180px, 1.4fr)", phone: "main", cell: (decision) => <Value kind={decision.kind} value={decision.value} /> },
  { key: "reason", name: text.columns.reason, width: "minmax(160px, 2fr)", phone: "below", cell: (decision) => <bdi title={decision.reason}>{decision.reason}</bdi> },
  { key: "who", name: text.columns.who, width: "minmax(120px, 1fr)", cell: (decision) => <span title={text.sources[decision.source]}><bdi>{decision.actor}</bdi></span> },
  { key: "until", name: text.columns.until, width: "110px", cell: (decision) => decision.expires_at ? <TimeAgo iso={decision.expires_at} /> : <Missing why={text.forGood} /> },
  { key: "when", name: text.columns.when, width: "104px", numeric: true, phone: "end", cell: (decision) => <span className="muted"><TimeAgo iso={decision.at} /></span> },
  { key: "undo", name: "", width: "72px", cell: (decision) => <Undo decision={decision} /> },
];

/** What the lists call kinds, as pages call them. */
const PAGES: Readonly<Record<string, Kind>> = { address: "addresses", network: "networks", device: "devices", email: "emails", domain: "email-domains", phone: "phones" };

export function Value({ kind, value, covers = false }: { kind: string; value: string; covers?: boolean }) {
  if (kind === "user") return <UserChip userId={value} covers={covers} />;
  const page = PAGES[kind];
  return page ? <EntityChip kind={page} id={value} covers={covers} /> : <bdi className="mono">{value}</bdi>;
}

function Undo({ decision }: { decision: Decision }) {
  const queryClient = useQueryClient();
  const may = useMay("review");
  if (!may || typeof decision.undoes === "number" || decision.source !== "person") return null;
  const undo = async () => {
    try {
      await undoDecision(decision.decision_id);
      say(text.undoneToast);
      await queryClient.invalidateQueries();
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
  };
  return <button type="button" className="button button--quiet list__above" onClick={() => void undo()}>{text.undo}</button>;
}
