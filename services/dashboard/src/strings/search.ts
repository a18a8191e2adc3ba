export const search = {
  title: "Search",
  placeholder: "A user, address, network, device, rule… or a place to go",
  places: "Go to",
  users: "Users",
  rules: "Rules",
  events: "Events",
  sessions: "Sessions",
  close: "Close the search",
  busy: "Searching…",
  nothing: (words: string) => `Nothing begins with “${words}”. Try an e-mail, an id, an address or the number of a network.`,
  failed: "The search did not work. It tries again as you type.",
  session: (user: string, number: number) => `Session ${number} of ${user}`,
};
