/** Every problem with its place; choosing one leads there. */
import { Tag } from "../../../components/tag";
import { rules as strings } from "../../../strings/rules";
import type { Problem } from "./problems";

const text = strings.editor;
const MEANINGS = { error: "bad", test: "bad", warning: "warn" } as const;
const NAMES = { error: text.error, test: text.test, warning: text.warning };

interface ProblemListProps {
  problems: readonly Problem[];
  isFresh: boolean;
  failed: boolean;
  onGo: (problem: Problem) => void;
  /** Null when the text may not be changed. */
  onUse: ((problem: Problem) => void) | null;
}

export function ProblemList({ problems, isFresh, failed, onGo, onUse }: ProblemListProps) {
  return (
    <section aria-label={text.problems}>
      <h2 className="editor__title">{text.problems} <span className="muted small" role="status">{failed ? "" : !isFresh ? text.checking : problems.length === 0 ? text.noProblems : text.problemCount(problems.length)}</span></h2>
      {failed && <p className="bad small" role="alert">{text.checkFailed}</p>}
      <ul className="problems">
        {problems.map((problem) => (
          <li key={`${problem.from} ${problem.message}`} className="problems__one">
            <button type="button" className="problems__go" onClick={() => onGo(problem)}>
              <span className="problems__head"><Tag meaning={MEANINGS[problem.severity]}>{NAMES[problem.severity]}</Tag> <span className="muted small">{text.at(problem.line, problem.column)}</span></span>
              <bdi className="breakable">{problem.message}</bdi>
            </button>
            {onUse && problem.suggestion !== null && (
              <button type="button" className="button" onClick={() => onUse(problem)}>{text.use(problem.suggestion)}</button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
