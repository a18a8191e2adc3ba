import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { rulesQuery } from "../../api/queries";

/** Names of rules by id, for places where only ids are known. */
export function useRuleNames(): ReadonlyMap<string, string> {
  const { data } = useQuery(rulesQuery);
  return useMemo(() => new Map(data?.items.map(({ rule_id: id, name }) => [id, name])), [data]);
}
