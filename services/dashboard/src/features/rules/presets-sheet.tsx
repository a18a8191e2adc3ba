/** The built-in presets. Choosing one joins the draft, whose preview says what it would do. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Sheet } from "../../components/sheet";
import { Bone, Failure, Loading } from "../../components/states";
import { Tag } from "../../components/tag";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { rules as text } from "../../strings/rules";
import { draft, withPreset } from "./draft";
import { presetsQuery } from "./queries";
import type { RuleSet } from "./types";

const words = text.presetSheet;

export function PresetsSheet({ current, onClose }: { current: RuleSet; onClose: () => void }) {
  const presets = useQuery(presetsQuery);
  const may = useMay("rules");
  const own = Object.keys(current.content.weights ?? {}).length;
  const [drops, setDrops] = useState(false);
  const choose = (name: string | null) => {
    draft.set(withPreset(draft.get(), current.version, name, drops));
    say(words.chosen(name === null ? words.none : text.presetName(name)));
    onClose();
  };
  return (
    <Sheet kind="centre" title={words.title} label={words.title} closeLabel={words.close} onClose={onClose}>
      <p className="muted small">{words.lead}</p>
      {may && own > 0 && (
        <label className="presets__drop"><input type="checkbox" checked={drops} onChange={(event) => setDrops(event.target.checked)} /> {words.drop(own)}</label>
      )}
      {presets.isPending ? <p><Loading /><Bone size="l" /></p> : presets.isError ? <Failure error={presets.error} onRetry={() => void presets.refetch()} /> : (
        <ul className="presets">
          {presets.data.items.map(({ name, description, weights }) => (
            <Preset key={name} name={text.presetName(name)} hint={description} count={Object.keys(weights).length} inUse={current.content.preset === name} onUse={may ? () => choose(name) : undefined} />
          ))}
          <Preset name={words.none} hint={words.noneHint} inUse={(current.content.preset ?? null) === null} onUse={may ? () => choose(null) : undefined} />
        </ul>
      )}
    </Sheet>
  );
}

interface PresetProps {
  name: string;
  hint: string;
  count?: number;
  inUse: boolean;
  onUse?: () => void;
}

function Preset({ name, hint, count, inUse, onUse }: PresetProps) {
  return (
    <li className="presets__one">
      <div>
        <p><strong>{name}</strong> {inUse && <Tag meaning="good">{words.inUse}</Tag>}</p>
        <p className="muted small">{hint} {count !== undefined && `${words.weighing(count)}.`}</p>
      </div>
      {onUse && <button type="button" className="button" onClick={onUse} aria-label={`${words.choose} ${name}`}>{words.choose}</button>}
    </li>
  );
}
