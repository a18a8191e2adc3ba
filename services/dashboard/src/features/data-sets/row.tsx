import type { components } from "../../api/schema";
import { Tag } from "../../components/tag";
import { useNow } from "../../lib/clock";
import { dataSetsStrings as text } from "../../strings/data-sets";
import { ageInDays, stateOf } from "./age";

const MEANING = { missing: "warn", undated: "plain", old: "warn", current: "good" } as const;

export function DataSetRow({ set }: { set: components["schemas"]["DataSet"] }) {
  const dated = set.published ?? set.built_at ?? null;
  const age = ageInDays(dated, Number(useNow()));
  const state = stateOf(set.is_present, age);
  return (
    <li className="card data-sets__row">
      <div>
        <p><strong>{set.name}</strong> <span className="mono small muted">{set.file}</span></p>
        <p className="small"><bdi>{set.source}</bdi> · {set.licence}</p>
        {set.attribution && <p className="small"><a href={set.attribution.url} rel="noreferrer">{set.attribution.text}</a></p>}
      </div>
      <p className="small">
        {dated?.slice(0, 10) ?? text.noDate}{age !== null && `, ${text.days(age)}`}{" "}
        <Tag meaning={MEANING[state]}>{text[state]}</Tag>{" "}
        {set.is_own && <Tag>{text.own}</Tag>} {set.is_optional && <Tag>{text.optional}</Tag>}
      </p>
    </li>
  );
}
