/** The filters of Activity, as they are typed. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { rulesQuery } from "../../api/queries";
import type { FilterField } from "../../components/listing/fields";
import { SEVERITY_TYPES } from "../../lib/event-types";
import { strings } from "../../strings";
import { activity } from "../../strings/activity";

const text = activity.fields;
const TYPES = [
  { value: SEVERITY_TYPES.alert, label: text.types.alert },
  { value: SEVERITY_TYPES.editing, label: text.types.editing },
  ...Object.entries(strings.eventTypes).map(([value, label]) => ({ value, label })),
];

export function useEventFields(): readonly FilterField[] {
  const rules = useQuery(rulesQuery).data?.items;
  return useMemo(() => [
    { key: "event_type", name: text.event_type, options: TYPES },
    { key: "ip", name: text.ip, example: "203.0.113.7" },
    { key: "user_id", name: text.user_id },
    { key: "rule", name: text.rule, options: rules?.map((rule) => ({ value: rule.rule_id, label: text.ruleOption(rule.rule_id, rule.name) })) },
    { key: "country", name: text.country, example: "NG" },
    { key: "device", name: text.device },
    { key: "min_risk", name: text.min_risk, example: "66" },
    { key: "http_code", name: text.http_code, example: "404" },
    { key: "url", name: text.url, example: "/login" },
  ], [rules]);
}
