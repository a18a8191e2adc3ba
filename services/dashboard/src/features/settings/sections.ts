/** The sections of the settings, and the permission that each is open to. */
import type { ComponentType } from "react";
import type { Permission } from "../../lib/may";
import { settings as text } from "../../strings/settings";
import { Erasures } from "./erasures";
import { General } from "./general";
import { Keys } from "./keys";
import { Members } from "./members";
import { Retention } from "./retention";
import { SignIn } from "./sign-in";
import { Thresholds } from "./thresholds";
import { Tokens } from "./tokens";

interface Section {
  key: keyof typeof text.sections;
  permission: Permission;
  lead: string;
  part: ComponentType;
}

export const SECTIONS = [
  { key: "general", permission: "read", lead: text.general.lead, part: General },
  { key: "thresholds", permission: "read", lead: text.thresholds.lead, part: Thresholds },
  { key: "retention", permission: "read", lead: text.retention.lead, part: Retention },
  { key: "keys", permission: "keys", lead: text.keys.lead, part: Keys },
  { key: "tokens", permission: "keys", lead: text.tokens.lead, part: Tokens },
  { key: "members", permission: "people", lead: text.members.lead, part: Members },
  { key: "sign-in", permission: "read", lead: text.signIn.lead, part: SignIn },
  { key: "erasures", permission: "erase", lead: text.erasures.lead, part: Erasures },
] as const satisfies readonly Section[];
