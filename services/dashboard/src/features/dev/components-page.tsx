/** In development: every part the pages are made of, in every state, to look at in both themes. */
import { useState } from "react";
import { CopyButton } from "../../components/copy-button";
import { EntityChip, UserChip } from "../../components/entity-chip";
import { Fact, Facts } from "../../components/facts";
import { Menu, MenuItem, MenuLabel, MenuLine, MenuSwitch } from "../../components/menu";
import { Missing } from "../../components/missing";
import { RangePicker } from "../../components/range-picker";
import { Score } from "../../components/score";
import { Segmented } from "../../components/segmented";
import { SeriesPlot } from "../../components/series-plot";
import { Bone, Empty, Failure } from "../../components/states";
import { Tag } from "../../components/tag";
import { TimeAgo, TimeExact } from "../../components/time";
import { ApiError } from "../../api/problem";
import { KINDS } from "../../lib/kinds";
import { say } from "../../lib/toasts";
import "./dev.css";

const HOUR_MS = 3_600_000;
const times = Array.from({ length: 24 }, (_, hour) => Date.parse("2026-01-01T00:00:00Z") + hour * HOUR_MS);
const wave = (height: number, phase: number) => times.map((_, index) => Math.round(height * (1 + Math.sin(index / 3 + phase))));

export function ComponentsPage() {
  const [on, setOn] = useState(true);
  const [choice, setChoice] = useState("b");
  return (
    <div className="stack">
      <h1>Components</h1>
      <Part name="Scores and tags">
        {[0, 32, 33, 66, 67, 99].map((score) => <Score key={score} score={score} worded />)}
        <Score score={null} />
        {(["plain", "good", "notice", "warn", "bad"] as const).map((meaning) => <Tag key={meaning} meaning={meaning}>{meaning}</Tag>)}
      </Part>
      <Part name="Chips">
        <UserChip userId="u-1" email="ada@example.test" score={12} />
        <UserChip userId={`u-${"long".repeat(20)}`} />
        {KINDS.map((kind) => <EntityChip key={kind} kind={kind} id={kind === "countries" ? "NG" : kind} />)}
      </Part>
      <Part name="Controls">
        <button type="button" className="button" onClick={() => say("Blocked u-1", { undo: async () => undefined })}>Notice with undo</button>
        <button type="button" className="button button--primary" onClick={() => say("It did not work", { bad: true })}>Bad notice</button>
        <Segmented label="Choice" value={choice} options={[{ value: "a", label: "First" }, { value: "b", label: "Second" }]} onChange={setChoice} />
        <Menu trigger={<button type="button" className="button">Menu</button>}>
          <MenuLabel>Actions</MenuLabel>
          <MenuItem onSelect={() => say("Chosen")}>Ordinary</MenuItem>
          <MenuSwitch on={on} onChange={setOn}>A switch</MenuSwitch>
          <MenuLine />
          <MenuItem grave onSelect={() => say("Gone", { bad: true })}>Cannot be undone</MenuItem>
        </Menu>
        <RangePicker comparable />
        <CopyButton text="copied" what="this" />
      </Part>
      <Part name="Facts">
        <Facts>
          <Fact name="Exact"><TimeExact iso="2026-01-01T00:00:00Z" /></Fact>
          <Fact name="Ago"><TimeAgo iso="2026-01-01T00:00:00Z" /></Fact>
          <Fact name="Not there"><Missing why="Nobody sent it" /></Fact>
          <Fact name="On its way"><Bone size="l" /></Fact>
        </Facts>
      </Part>
      <Part name="Chart">
        <SeriesPlot label="Columns" shape="columns" times={times} zone="UTC" onBrush={(from, to) => say(`${from} to ${to}`)}
          series={[{ label: "Normal", tone: "normal", values: wave(40, 0) }, { label: "Alert", tone: "alert", values: wave(6, 2) }, { label: "Normal", tone: "muted", values: wave(30, 1), before: true }]} />
        <SeriesPlot label="Lines" shape="lines" times={times} zone="UTC" series={[{ label: "Trust", tone: "accent", values: wave(40, 1) }]} />
      </Part>
      <Part name="Nothing and failure">
        <Empty title="Nothing yet" hint="It appears with the first event." />
        <Failure error={new ApiError("away")} onRetry={() => say("Retried")} shownSince={times[0]} />
      </Part>
    </div>
  );
}

function Part({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <section className="card devpart">
      <h2>{name}</h2>
      <div className="devpart__row">{children}</div>
    </section>
  );
}
