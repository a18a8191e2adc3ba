/** Words of the audit log. */
export const auditStrings = {
  title: "Audit log",
  lead: "Who did what, when and from where, newest first. Lines are chained: changing one breaks all after it.",
  verify: "To check the chain, run",
  fields: { action: "Action", actor: "Who" },
  columns: { detail: "What", action: "Action", actor: "Who", address: "From", at: "When", hash: "Hash" },
  ownProgram: "Done by a program of Innerwall, not over the network",
  empty: "Nothing written down here",
  emptyTry: "Lines appear when somebody signs in, decides or changes something. Take filters away to see more.",
} as const;
