/** A trust score: the number, its band as a shape and, where there is room, as a word. Never colour alone. */
import { type Band, bandOf } from "../lib/band";
import { strings } from "../strings";
import { Missing } from "./missing";
import "./score.css";

const SHAPES: Record<Band, string> = {
  low: "M0.5 1.5h9L5 8.5Z",
  medium: "M1.5 1.5h7v7h-7Z",
  high: "M0.5 8.5h9L5 1.5Z",
};

interface ScoreProps {
  score?: number | null;
  band?: string | null;
  /** Shows the band word beside the number. */
  worded?: boolean;
}

export function Score({ score, band: named, worded = false }: ScoreProps) {
  const band = bandOf(score, named);
  if (typeof score !== "number" || band === null) return <Missing why={strings.missing.score} />;
  return (
    <span className={`score score--${band}`} title={strings.scoreTitle(score, strings.band[band])}>
      <BandMark band={band} />
      <span className="score__number">{score}</span>
      <span className={worded ? "score__word" : "visually-hidden"}> {strings.band[band]}</span>
    </span>
  );
}

export function BandMark({ band }: { band: Band }) {
  return (
    <svg className="score__mark" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <path d={SHAPES[band]} fill="currentColor" />
    </svg>
  );
}
