import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { compactCount, count, countryName } from "../../lib/format";
import { things as text } from "../../strings/things";
import type { WorldMapProps } from "../world-map";
import { Bone, Empty, Failure } from "../states";
import { HEIGHT, type Shape, shapesQuery, WIDTH } from "./shapes";
import { type Step, stepOf, stepsOf } from "./steps";

export function Map({ values, label, onChoose, unit }: WorldMapProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const query = useQuery(shapesQuery);
  const steps = useMemo(() => stepsOf(Object.values(values)), [values]);
  const ranked = useMemo(() => Object.entries(values).filter(([, value]) => value > 0).toSorted(([, a], [, b]) => b - a), [values]);
  if (ranked.length === 0) return <Empty title={text.map.none} hint={text.map.noneTry} />;
  return (
    <figure className="worldmap" aria-label={label}>
      <div className="worldmap__sheet">
        {query.data ? <Outlines shapes={query.data} values={values} steps={steps} pointed={pointed} onPoint={setPointed} onChoose={onChoose} />
          : query.isError ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <div className="worldmap__blank"><Bone size="l" /></div>}
        <Legend steps={steps} unit={unit} readout={pointed === null ? null : text.map.readout(countryName(pointed), count(values[pointed] ?? 0), unit)} />
      </div>
      <ol className="worldmap__list" aria-label={text.map.list(label)}>
        {ranked.map(([code, value]) => (
          <li key={code}>
            <button type="button" onClick={() => onChoose(code)} onMouseEnter={() => setPointed(code)} onMouseLeave={() => setPointed(null)} onFocus={() => setPointed(code)} onBlur={() => setPointed(null)}>
              <span className={`worldmap__key worldmap__step--${stepOf(value, steps)}`} />
              <span className="ellipsis" title={countryName(code)}>{countryName(code)}</span>
              <span className="worldmap__value" title={count(value)}>{compactCount(value)}<span className="visually-hidden"> {unit}</span></span>
            </button>
          </li>
        ))}
      </ol>
    </figure>
  );
}

interface OutlinesProps {
  shapes: readonly Shape[];
  values: Readonly<Record<string, number>>;
  steps: readonly Step[];
  pointed: string | null;
  onPoint: (code: string | null) => void;
  onChoose: (code: string) => void;
}

/** For the pointer; whoever uses the keyboard or a reader has the list beside it, with the same countries. */
function Outlines({ shapes, values, steps, pointed, onPoint, onChoose }: OutlinesProps) {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="worldmap__svg" aria-hidden="true" onMouseLeave={() => onPoint(null)}>
      {shapes.map(({ code, name, path }) => {
        const value = code === undefined ? 0 : (values[code] ?? 0);
        const choose = code !== undefined && value > 0 ? () => onChoose(code) : undefined;
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <path key={name} d={path} onClick={choose} onMouseEnter={() => onPoint(code ?? null)}
            className={`worldmap__country worldmap__step--${stepOf(value, steps)} ${choose ? "worldmap__country--door" : ""} ${code !== undefined && code === pointed ? "is-pointed" : ""}`} />
        );
      })}
    </svg>
  );
}

function Legend({ steps, unit, readout }: { steps: readonly Step[]; unit: string; readout: string | null }) {
  return (
    <div className="worldmap__foot small muted">
      <ul className="worldmap__legend" aria-label={text.map.legend(unit)}>
        {steps.map(({ from, to }, index) => (
          <li key={from}><span className={`worldmap__key worldmap__step--${index + 1}`} />{from === to ? compactCount(from) : text.map.span(compactCount(from), compactCount(to))}</li>
        ))}
      </ul>
      <span className="worldmap__readout">{readout ?? text.map.hint}</span>
    </div>
  );
}
