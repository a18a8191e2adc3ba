/** How a list is shown: which columns, how high the rows, how times are written. */
import { TIME_STYLES, timeStyle, ZONE_CHOICES, zoneChoice } from "../../lib/clock";
import { useStore } from "../../lib/store";
import { listing as text } from "../../strings/listing";
import { ColumnsIcon } from "../icons";
import { Menu, MenuItem, MenuLabel, MenuLine, MenuSwitch } from "../menu";
import { columnChoice, DENSITIES, density, type ListColumn, shownColumns } from "./column";

export function ViewMenu<Row>({ list, columns }: { list: string; columns: readonly ListColumn<Row>[] }) {
  const choice = columnChoice(list);
  const shown = shownColumns(columns, useStore(choice)).map(({ key }) => key);
  const shownDensity = useStore(density);
  const shownStyle = useStore(timeStyle);
  const shownZone = useStore(zoneChoice);
  const toggle = (key: string, on: boolean) => choice.set(on ? [...shown, key] : shown.filter((other) => other !== key));
  return (
    <Menu trigger={<button type="button" className="button"><ColumnsIcon />{text.view}</button>}>
      <MenuLabel>{text.density}</MenuLabel>
      {DENSITIES.map((value) => (
        <MenuSwitch key={value} on={value === shownDensity} onChange={() => density.set(value)}>{text.densities[value]}</MenuSwitch>
      ))}
      <MenuLine />
      <MenuLabel>{text.times}</MenuLabel>
      {TIME_STYLES.map((style) => (
        <MenuSwitch key={style} on={style === shownStyle} onChange={() => timeStyle.set(style)}>{text.timeStyles[style]}</MenuSwitch>
      ))}
      {ZONE_CHOICES.map((one) => (
        <MenuSwitch key={one} on={one === shownZone} onChange={() => zoneChoice.set(one)}>{text.zones[one]}</MenuSwitch>
      ))}
      <MenuLine />
      <MenuLabel>{text.columns}</MenuLabel>
      {columns.filter(({ name }) => name !== "").map(({ key, name }) => (
        <MenuSwitch key={key} on={shown.includes(key)} onChange={(on) => toggle(key, on)}>{name}</MenuSwitch>
      ))}
      <MenuItem onSelect={() => choice.set(null)}>{text.reset}</MenuItem>
    </Menu>
  );
}
