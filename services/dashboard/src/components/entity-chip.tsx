/** A thing or a user, wherever one is named: its kind, its name, and the way to its page. */
import { Link } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { countryName } from "../lib/format";
import { isKind, type Kind, kindName } from "../lib/kinds";
import { strings } from "../strings";
import {
  AddressIcon, DeviceIcon, FieldIcon, GlobeIcon, MailIcon, NetworkIcon, PaymentIcon, PhoneIcon, ResourceIcon, UsersIcon,
} from "./icons";
import { Score } from "./score";
import "./entity-chip.css";

const desktop = () => <DeviceIcon kind="desktop" />;
const ICONS: Record<Kind, ComponentType> = {
  addresses: AddressIcon, networks: NetworkIcon, countries: GlobeIcon, devices: desktop, "user-agents": desktop, resources: ResourceIcon,
  "email-domains": MailIcon, emails: MailIcon, phones: PhoneIcon, fields: FieldIcon, payments: PaymentIcon,
};

interface EntityChipProps {
  kind: Kind;
  /** Key or id, as the API takes it in a path. */
  id: string;
  label?: string | null;
  /** As the link that covers its row. */
  covers?: boolean;
  icon?: boolean;
}

export function EntityChip({ kind, id, label, covers = false, icon = true }: EntityChipProps) {
  const Icon = ICONS[kind];
  const words = label ?? (kind === "countries" ? countryName(id) : id);
  const mono = ["addresses", "phones", "resources"].includes(kind) ? "mono" : "";
  return (
    <Link to="/$kind/$key" params={{ kind, key: id }} className={`chip ${covers ? "list__open" : "list__above"}`} title={words}>
      {icon && <span className="chip__icon"><Icon /></span>}
      <span className="visually-hidden">{kindName(kind)} </span>
      <bdi className={`ellipsis ${mono}`}>{words}</bdi>
    </Link>
  );
}

interface UserChipProps {
  userId: string;
  email?: string | null;
  name?: string | null;
  score?: number | null;
  band?: string | null;
  covers?: boolean;
}

export function UserChip({ userId, email, name, score, band, covers = false }: UserChipProps) {
  const words = email || name || userId;
  return (
    <span className="chip">
      {score === undefined ? <span className="chip__icon"><UsersIcon /></span> : <Score score={score} band={band} />}
      <Link to="/users/$userId" params={{ userId }} className={`ellipsis ${covers ? "list__open" : "list__above chip__link"}`} title={words}>
        <span className="visually-hidden">{strings.user.one} </span><bdi>{words}</bdi>
      </Link>
    </span>
  );
}

/** Nodes of graphs, results of searches: whatever kind the server names. */
export function AnyChip({ kind, id, label }: { kind: string; id: string; label?: string | null }) {
  if (kind === "users") return <UserChip userId={id} email={label} />;
  return isKind(kind) ? <EntityChip kind={kind} id={id} label={label} /> : <bdi>{label ?? id}</bdi>;
}
