import type { UserDevice } from "../../api/types";
import { TimeAgo } from "../../components/time";
import { languageName } from "../../lib/format";
import { strings } from "../../strings";

const text = strings.user;

export function Devices({ devices }: { devices: readonly UserDevice[] }) {
  return (
    <section className="card side">
      <h2 className="card__title">{text.devices}</h2>
      {devices.length === 0 && <p className="muted small">{text.noDevices}</p>}
      <ul className="devices">
        {devices.map((device) => (
          <li key={device.device_id}>
            <p className="breakable" title={device.device_id}>{device.label}</p>
            <p className="muted small">
              {device.language && <><span title={device.language}>{languageName(device.language)}</span> · </>}
              {text.deviceSeen} <TimeAgo iso={device.last_seen} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
