import { Sheet } from "../../components/sheet";
import { setSingleKeys, singleKeys } from "../../lib/shortcuts";
import { useStore } from "../../lib/store";
import { strings } from "../../strings";
import "./help-sheet.css";

export function HelpSheet({ onClose }: { onClose: () => void }) {
  const on = useStore(singleKeys);
  return (
    <Sheet kind="centre" label={strings.help.title} title={strings.help.title} closeLabel={strings.help.close} onClose={onClose}>
      <dl className="help">
        {strings.help.keys.map(({ keys, does }) => (
          <div key={does} className="help__row">
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="help__switch">
        <input type="checkbox" checked={on} onChange={(event) => setSingleKeys(event.target.checked)} />
        <span>
          {strings.help.single}
          <span className="muted small">{strings.help.singleHint}</span>
        </span>
      </label>
    </Sheet>
  );
}
