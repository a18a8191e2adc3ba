import { TimeExact } from "../../components/time";
import { settings } from "../../strings/settings";
import { Confirm } from "./confirm";
import type { RetentionPreview } from "./queries";

const text = settings.retention;

interface RetentionConfirmProps {
  preview: RetentionPreview;
  /** The kinds whose days change. */
  changed: readonly string[];
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

export function RetentionConfirm({ preview, changed, onConfirm, onClose }: RetentionConfirmProps) {
  const { title, lead, word, go, rows, older } = text.confirm;
  const going = preview.kinds.filter((kind) => changed.includes(kind.kind) && kind.rows > 0);
  return (
    <Confirm title={title} lead={lead} word={word} go={go} onConfirm={onConfirm} onClose={onClose}>
      <ul className="settings__going small">
        {going.map((kind) => (
          <li key={kind.kind}>
            <strong>{rows(text.kinds[kind.kind]?.[0] ?? kind.kind, kind.rows, kind.rows_capped)}</strong>
            {kind.cutoff && <span className="muted"> {older} <TimeExact iso={kind.cutoff} /></span>}
          </li>
        ))}
      </ul>
    </Confirm>
  );
}
