import type { User } from "../../api/types";
import { compactCount, count } from "../../lib/format";
import { strings } from "../../strings";

const text = strings.user;
const NAMES = ["events", "sessions", "devices", "addresses", "countries"] as const;

export function Counters({ counters }: { counters: User["counters"] }) {
  return (
    <section className="card side">
      <h2 className="card__title">{text.counters}</h2>
      <dl className="counters">
        {NAMES.map((name) => {
          const capped = name === "addresses" && counters.addresses_capped;
          return (
            <div key={name}>
              <dt>{text.counter[name]}</dt>
              <dd title={capped ? text.cappedTitle : count(counters[name])}>
                {capped ? text.capped(counters[name]) : compactCount(counters[name])}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
