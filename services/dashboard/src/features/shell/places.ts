/** Where one can go: the navigation, the palette and the keys are made from this. */
import type { ComponentType } from "react";
import type { Permission } from "../../lib/may";
import {
  ActivityIcon, AddressIcon, AuditIcon, DataIcon, DecisionIcon, DeviceIcon, FieldIcon, GlobeIcon, HistoryIcon, ListsIcon, LogbookIcon, MailIcon,
  NetworkIcon, OverviewIcon, PhoneIcon, PolicyIcon, ResourceIcon, ReviewIcon, RulesIcon, SessionIcon, SettingsIcon, UsersIcon,
} from "../../components/icons";
import { strings } from "../../strings";

export interface Place {
  to: string;
  name: string;
  icon: ComponentType;
  /** After "g". */
  key?: string;
  badge?: "open" | "blocked_users";
  permission?: Permission;
  /** Only in the palette; on the page of something else it has its tab. */
  hidden?: boolean;
}

const text = strings.places;
const desktop = () => DeviceIcon({ kind: "desktop" });

export const PLACES: readonly { name: string; places: readonly Place[] }[] = [
  {
    name: text.watch,
    places: [
      { to: "/", name: text.overview, icon: OverviewIcon, key: "o" },
      { to: "/activity", name: text.activity, icon: ActivityIcon, key: "a" },
      { to: "/users", name: text.users, icon: UsersIcon, key: "u" },
      { to: "/sessions", name: text.sessions, icon: SessionIcon, key: "s" },
      { to: "/review", name: text.review, icon: ReviewIcon, key: "r", badge: "open" },
      { to: "/lists", name: text.lists, icon: ListsIcon, key: "l" },
      { to: "/decisions", name: text.decisions, icon: DecisionIcon, key: "d" },
    ],
  },
  {
    name: text.explore,
    places: [
      { to: "/addresses", name: strings.kinds.addresses.many, icon: AddressIcon, key: "i" },
      { to: "/networks", name: strings.kinds.networks.many, icon: NetworkIcon, key: "n" },
      { to: "/countries", name: strings.kinds.countries.many, icon: GlobeIcon, key: "c" },
      { to: "/devices", name: strings.kinds.devices.many, icon: desktop, key: "v" },
      { to: "/resources", name: strings.kinds.resources.many, icon: ResourceIcon, key: "e" },
      { to: "/email-domains", name: strings.kinds["email-domains"].many, icon: MailIcon, key: "m" },
      { to: "/field-history", name: text.fieldHistory, icon: HistoryIcon, key: "f" },
      { to: "/user-agents", name: strings.kinds["user-agents"].many, icon: desktop, hidden: true },
      { to: "/emails", name: strings.kinds.emails.many, icon: MailIcon, hidden: true },
      { to: "/phones", name: strings.kinds.phones.many, icon: PhoneIcon, hidden: true },
      { to: "/fields", name: strings.kinds.fields.many, icon: FieldIcon, hidden: true },
      { to: "/payments", name: strings.kinds.payments.many, icon: DataIcon, hidden: true },
      { to: "/graph", name: text.graph, icon: NetworkIcon, hidden: true },
    ],
  },
  {
    name: text.judge,
    places: [
      { to: "/rules", name: text.rules, icon: RulesIcon, key: "t" },
      { to: "/rules/editor", name: text.editor, icon: RulesIcon, hidden: true, permission: "rules" },
      { to: "/rules/versions", name: text.versions, icon: HistoryIcon, hidden: true },
      { to: "/policies", name: text.policies, icon: PolicyIcon, key: "p" },
    ],
  },
  {
    name: text.operate,
    places: [
      { to: "/logbook", name: text.logbook, icon: LogbookIcon, key: "b" },
      { to: "/data-sets", name: text.dataSets, icon: DataIcon },
      { to: "/audit", name: text.audit, icon: AuditIcon, permission: "audit" },
      { to: "/settings", name: text.settings, icon: SettingsIcon, key: "," },
      { to: "/start", name: text.start, icon: ActivityIcon, hidden: true },
      { to: "/incident", name: text.incident, icon: ReviewIcon, hidden: true },
      { to: "/account", name: strings.shell.account, icon: UsersIcon, hidden: true },
    ],
  },
];
