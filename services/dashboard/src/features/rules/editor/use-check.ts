/** The real checker of the server on what is being written. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useRested } from "../../../lib/hooks";
import { readPack } from "../pack";
import { checkPack, ruleWordsQuery } from "../queries";
import { problemsOf, type Problem } from "./problems";
import type { Vocabulary } from "./vocabulary";

const TYPING_REST_MS = 350;
const NO_PROBLEMS: readonly Problem[] = [];

export function useCheck(text: string) {
  const rested = useRested(text, TYPING_REST_MS);
  const check = useQuery({
    queryKey: ["rules-check", rested],
    queryFn: ({ signal }) => checkPack(rested, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const isFresh = rested === text && check.isSuccess && !check.isPlaceholderData;
  // While newer text is being checked, the problems found last stay where they were.
  const problems = useMemo(() => (check.data && !check.isPlaceholderData ? problemsOf(check.data, rested) : null), [check.data, check.isPlaceholderData, rested]);
  return { found: check.data, problems: problems ?? NO_PROBLEMS, isFresh, failed: check.isError };
}

/** Facts, functions and keys as the server knows them, and the windows that the pack itself makes. */
export function useVocabulary(text: string): Vocabulary {
  const words = useQuery(ruleWordsQuery).data?.words;
  const rested = useRested(text, TYPING_REST_MS);
  const windows = useMemo(() => readPack(rested).windows, [rested]);
  return useMemo(() => ({ words: words ?? [], windows }), [words, windows]);
}
