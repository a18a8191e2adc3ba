/** Decisions: about users through their own route, about values through the lists; each can be undone. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { answer, api } from "../api/client";
import { deciding as text } from "../strings/deciding";
import { type Kind, kindName, kindsName } from "./kinds";
import { say } from "./toasts";

export type Action = keyof typeof text.actions;

export interface Subject {
  kind: "users" | Kind;
  /** User id, or the key of the thing. */
  key: string;
  label: string;
}

export interface Wish {
  action: Action;
  reason: string;
  expiresAt?: string;
}

/** What the lists call the kinds of things that can stand on them. */
const LIST_KINDS: Partial<Record<Kind, string>> = {
  addresses: "address", networks: "network", devices: "device", emails: "email", "email-domains": "domain", phones: "phone",
};

export const listKindOf = (kind: Kind): string | undefined => LIST_KINDS[kind];

export const canBeListed = (kind: Subject["kind"]): boolean => kind === "users" || LIST_KINDS[kind] !== undefined;

/** "Block: 3 addresses": decisions about several, all of one kind. */
export function manyWords(action: Action, subjects: readonly Subject[], n = subjects.length): string {
  const kind = subjects[0]?.kind ?? "users";
  const what = kind === "users" ? text.users(n) : (n === 1 ? kindName(kind) : kindsName(kind)).toLowerCase();
  return text.many(text.actions[action].name, n, what);
}

interface Done {
  decisionId: number | null;
  /** What was left alone, because many share it. */
  skipped: readonly { value: string; reason: string }[];
}

async function decideUser(userId: string, { action, reason, expiresAt }: Wish): Promise<Done> {
  const done = await answer(api.POST("/api/v1/users/{user_id}/decisions", {
    params: { path: { user_id: userId } }, body: { action, reason, expires_at: expiresAt, dry_run: false },
  }));
  return { decisionId: done.decision_id ?? null, skipped: done.skipped };
}

async function listValue(kind: Kind, value: string, { action, reason, expiresAt }: Wish): Promise<Done> {
  const done = await answer(api.POST("/api/v1/lists", { body: { list: action, kind: LIST_KINDS[kind] ?? kind, value, reason, expires_at: expiresAt } }));
  return { decisionId: done.decision_id, skipped: [] };
}

export const decideAbout = (subject: Subject, wish: Wish): Promise<Done> =>
  subject.kind === "users" ? decideUser(subject.key, wish) : listValue(subject.kind, subject.key, wish);

export async function undoDecision(decisionId: number): Promise<void> {
  await answer(api.POST("/api/v1/decisions/{decision_id}/undo", { params: { path: { decision_id: decisionId } }, body: { reason: text.undoReason } }));
}

/** Everything that shows how somebody stands. */
const CONCERNED = ["user", "users", "standing", "review", "review-counts", "lists", "decisions", "case", "overview", "user-decisions", "things", "thing", "listed"];

/** Decides, says so with a way back, and has everything concerned read anew. Throws what the server refuses. */
export function useDecide() {
  const queryClient = useQueryClient();
  const refresh = useCallback(
    () => queryClient.invalidateQueries({ predicate: ({ queryKey }) => CONCERNED.includes(String(queryKey[0])) }),
    [queryClient],
  );
  return useCallback(
    async (subjects: readonly Subject[], wish: Wish): Promise<void> => {
      const outcomes = await Promise.allSettled(subjects.map((subject) => decideAbout(subject, wish)));
      const done = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      await refresh();
      if (failed && done.length === 0) throw failed.reason;
      if (failed) say(text.someFailed(outcomes.length - done.length), { bad: true });
      const ids = done.flatMap(({ decisionId }) => (decisionId === null ? [] : [decisionId]));
      const undo = async () => {
        for (const id of ids) await undoDecision(id);
        await refresh();
      };
      const [only] = subjects;
      say(subjects.length === 1 && only ? text.actions[wish.action].done(only.label) : manyWords(wish.action, subjects, done.length), ids.length > 0 ? { undo } : {});
      for (const { value, reason } of done.flatMap(({ skipped }) => skipped).slice(0, 1)) say(text.kept(value, reason));
    },
    [refresh],
  );
}
