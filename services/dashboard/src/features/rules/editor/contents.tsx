/** What is in the pack, as the checker understands it, and how its tests went. */
import { rules as strings } from "../../../strings/rules";
import { readPack } from "../pack";
import type { PackCheck } from "../types";

const text = strings.editor;

interface ContentsProps {
  pack: string;
  check?: PackCheck;
  isFresh: boolean;
  onGo: (from: number) => void;
}

export function Contents({ pack, check, isFresh, onGo }: ContentsProps) {
  const { windows, rules, policies } = readPack(pack);
  const tests = [...rules, ...policies].reduce((sum, one) => sum + one.tests.length, 0);
  const failed = check?.failed_tests.length ?? 0;
  const entries = [
    ...windows.map(({ name, from }) => ({ kind: text.window, id: name, name: "", from })),
    ...rules.map(({ id, name, from }) => ({ kind: text.rule, id, name, from })),
    ...policies.map(({ id, name, from }) => ({ kind: text.policy, id, name, from })),
  ];
  if (entries.length === 0) return null;
  return (
    <section aria-label={text.contents}>
      <h2 className="editor__title">{text.contents}</h2>
      <ul className="contents">
        {entries.map(({ kind, id, name, from }, at) => (
          <li key={at}>
            <button type="button" className="contents__go" onClick={() => onGo(from)}>
              <span className="muted small contents__kind">{kind}</span> <bdi className="mono">{id}</bdi> <bdi className="ellipsis">{name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {isFresh && check?.faults.length === 0 && (
        <p className={`small ${failed > 0 ? "bad" : "muted"}`}>{failed > 0 ? text.testsFail(failed, tests) : text.testsPass(tests)} · {text.cost(check.cost)}</p>
      )}
    </section>
  );
}
