/** Who needs a look: every user with the score, why, and how people stand to it. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { rulesQuery } from "../../api/queries";
import type { UserSummary } from "../../api/types";
import { DecideMenu } from "../../components/decide-menu";
import type { FilterField } from "../../components/listing/fields";
import { Listing } from "../../components/listing/listing";
import { BANDS } from "../../lib/band";
import type { Subject } from "../../lib/deciding";
import { useTitle } from "../../lib/hooks";
import { useUrl } from "../../lib/url";
import { strings } from "../../strings";
import { users as text } from "../../strings/users";
import { userColumns } from "./columns";
import { NewUsers } from "./new-users";
import { DEFAULT_SORT, userFilter, usersPath, usersQuery } from "./queries";
import "./users.css";

const rowKey = (user: UserSummary) => user.user_id;

export function UsersPage() {
  const [search] = useUrl();
  const filter = userFilter(search);
  const query = useInfiniteQuery(usersQuery(filter));
  const fields = useFields();
  useTitle(text.title);
  const subjectsOf = (keys: readonly string[]): Subject[] => {
    const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
    return keys.map((key) => ({ kind: "users", key, label: rows.find((user) => user.user_id === key)?.email || key }));
  };
  return (
    <>
      <header className="page__head"><h1>{text.title}</h1></header>
      <NewUsers />
      <Listing name="users" label={text.caption} columns={userColumns} query={query} rowKey={rowKey} fields={fields} sort={DEFAULT_SORT}
        placeholder={text.searchPlaceholder} exportPath={usersPath(filter)} empty={{ title: text.empty, hint: text.emptyTry }}
        renderBulk={(keys, done) => <DecideMenu subjects={subjectsOf(keys)} actions={["review", "block", "allow", "watch", "clear"]} onDone={done} />} />
    </>
  );
}

function useFields(): readonly FilterField[] {
  const rules = useQuery(rulesQuery).data?.items;
  return useMemo(() => [
    { key: "band", name: text.fields.band, options: BANDS.map((band) => ({ value: band, label: strings.bandTrust[band] })) },
    { key: "status", name: text.fields.status, options: Object.entries(text.statuses).map(([value, label]) => ({ value, label })) },
    { key: "rule", name: text.fields.rule, options: rules?.map((rule) => ({ value: rule.rule_id, label: text.ruleOption(rule.rule_id, rule.name) })) },
    { key: "country", name: text.fields.country, example: "NG" },
    { key: "min_score", name: text.fields.minScore, example: "0" },
    { key: "max_score", name: text.fields.maxScore, example: "32" },
    { key: "seen_from", name: text.fields.seenFrom, example: "2026-01-31" },
    { key: "seen_to", name: text.fields.seenTo, example: "2026-01-31" },
    { key: "since_from", name: text.fields.sinceFrom, example: "2026-01-31" },
    { key: "since_to", name: text.fields.sinceTo, example: "2026-01-31" },
  ], [rules]);
}
