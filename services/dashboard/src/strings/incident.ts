/** The walk through one real case. */
export const incident = {
  title: "A guided incident",
  lead: "One open case of your own data, step by step. Each step names a page and what to look at there.",
  none: "No case to walk through",
  noneTry: "This needs an open case. A user comes into review when the trust score falls to the threshold, or a policy says so.",
  review: "Review queue",
  who: { title: "Who came into review, and why", words: (name: string, reason: string) => `${name} is here because ${reason}.`, look: "Open the user and read the score at the top: 0 is the worst, 99 the best.", go: "Open the user" },
  why: { title: "What moved the score", look: "Each rule that fired gives a reason in words and the event that caused it. The heaviest weights matter most.", go: "See the event that opened the case", goScores: "See the user's reasons" },
  links: {
    title: "Who else is linked",
    shared: (users: number) => `is used by ${users} users in all.`,
    alone: "No address or device of this user is shared with others, so this case stands alone.",
    look: "Many accounts behind one address or device, all new or all failing, are seldom people.", graph: "See the links as a picture",
  },
  decide: { title: "Decide", look: "Block when you are sure, allow when it is a person with an explanation, or leave a note. Each decision can be undone.", go: "Open the review queue" },
  rule: { title: "Make a rule of it", look: "If the same pattern comes back, describe it once. The editor tries a rule on past users before it counts.", go: "Open the rule editor" },
};
