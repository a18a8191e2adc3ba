/** The time zone of the tenant. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { meQuery } from "../../api/queries";
import { useMay } from "../../lib/may";
import { say } from "../../lib/toasts";
import { settings } from "../../strings/settings";
import { Choice, SettingsForm } from "./form";
import { settingsQuery } from "./queries";
import { Waiting } from "./waiting";

const text = settings.general;

/** The browser leaves UTC out, and the zone in use may be one it does not know. */
const zonesWith = (current: string) => [...new Set(["UTC", current, ...Intl.supportedValuesOf("timeZone")])];

export function General() {
  const query = useQuery(settingsQuery);
  return query.data ? <ZoneForm key={query.data.time_zone} current={query.data.time_zone} /> : <Waiting query={query} />;
}

function ZoneForm({ current }: { current: string }) {
  const queryClient = useQueryClient();
  const may = useMay("settings");
  const [chosen, setChosen] = useState(current);
  const zones = zonesWith(current);
  const change = async (zone: string) => {
    await answer(api.PATCH("/api/v1/settings", { body: { time_zone: zone } }));
    await Promise.all([settingsQuery, meQuery].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })));
  };
  const save = async () => {
    await change(chosen);
    say(text.done(chosen), { undo: async () => { await change(current); say(text.back(current)); } });
  };
  return (
    <SettingsForm label={settings.sections.general} submit={settings.save} may={may} onSubmit={save}>
      <Choice label={text.zone} hint={text.zoneHint} value={chosen} onChange={setChosen}>
        {zones.map((zone) => <option key={zone} value={zone}>{zone}</option>)}
      </Choice>
    </SettingsForm>
  );
}
