/** Packs to start from. Each works as it is; the checker and its tests say so. */
import type { rules as text } from "../../../strings/rules";

export type TemplateName = keyof typeof text.templates;
export const TEMPLATES: readonly TemplateName[] = ["spraying", "bonus", "bots", "policy", "empty"];

export function isTemplate(name?: string): name is TemplateName {
  return TEMPLATES.some((known) => known === name);
}

/** The first id of an own rule that is free. */
export function freeId(taken: ReadonlySet<string>): string {
  for (let number = 1; number < 1_000; number++) {
    const id = `X${String(number).padStart(2, "0")}`;
    if (!taken.has(id)) return id;
  }
  return "X999";
}

export function templateText(name: TemplateName, id: string): string {
  return texts[name].replaceAll("X00", id);
}

const texts: Readonly<Record<TemplateName, string>> = {
  spraying: `family: Own rules
windows:
  # Counted for each address, over the last hour.
  own_failures: { count: event.type == "account_login_fail", by: address, over: 1h }
  own_users_failing: { distinct: user, where: event.type == "account_login_fail", by: address, over: 1h }
rules:
  - id: X00
    name: One address guesses at many accounts
    explanation: Many accounts fail to sign in from one address within an hour.
    when: event.type == "account_login_fail" && own_users_failing >= 10 && own_failures >= 20
    scope: event
    reason: "{own_users_failing} accounts failed from {address.country} within an hour"
    tags: [credential-stuffing, attack.t1110.003]
    tests:
      - name: fires on a spray
        given: { event.type: account_login_fail, own_users_failing: 10, own_failures: 20 }
        fires: true
      - name: stays silent for an office
        given: { event.type: account_login_fail, own_users_failing: 3, own_failures: 20 }
        fires: false
`,
  bonus: `family: Own rules
windows:
  own_voucher_uses: { count: has(custom.voucher), by: custom.voucher, over: 7d }
rules:
  - id: X00
    name: A voucher used again and again
    explanation: The same voucher comes with many events. The product sends it as a field of its own.
    when: has(custom.voucher) && own_voucher_uses >= 20
    scope: event
    reason: "Voucher {custom.voucher} was used {own_voucher_uses} times within a week"
    tags: [promo-abuse]
    tests:
      - name: fires when it is used often
        given: { custom.voucher: SPRING, own_voucher_uses: 20 }
        fires: true
      - name: stays silent at first
        given: { custom.voucher: SPRING, own_voucher_uses: 2 }
        fires: false
`,
  bots: `family: Own rules
rules:
  - id: X00
    name: New account from a data centre
    explanation: The account is younger than a day and is used from a data centre.
    when: user.account_age_days < 1 && user.has_used_hosting && user.event_count >= 20
    scope: user
    reason: "{user.event_count} events from a data centre on the first day"
    tags: [automation]
    needs: [hosting]
    tests:
      - name: fires for a busy new account
        given: { user.account_age_days: 0, user.has_used_hosting: true, user.event_count: 50 }
        fires: true
      - name: stays silent for an old account
        given: { user.account_age_days: 90, user.has_used_hosting: true, user.event_count: 50 }
        fires: false
`,
  policy: `family: Own policies
windows:
  own_login_failures: { count: event.type == "account_login_fail", by: address, over: 10m }
policies:
  - id: second_factor
    name: A second factor while somebody guesses
    event_types: [account_login]
    when: own_login_failures >= 5 || score.trust < 40
    verdict: challenge
    reason: "{own_login_failures} failures from this address, trust {score.trust}"
    tests:
      - name: many failures
        given: { event.type: account_login, own_login_failures: 5, score.trust: 90 }
        fires: true
      - name: few failures, good trust
        given: { event.type: account_login, own_login_failures: 1, score.trust: 90 }
        fires: false
`,
  empty: `family: Own rules
rules:
  - id: X00
    name: What it catches, in a few words
    explanation: Why that is worth a look.
    when: event.type == "account_login"
    scope: event
    reason: Signed in
    tests:
      - name: fires on a login
        given: { event.type: account_login }
        fires: true
      - name: stays silent on a page view
        given: { event.type: page_view }
        fires: false
`,
};
