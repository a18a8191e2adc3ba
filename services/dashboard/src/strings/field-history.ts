/** Changes of the product's own data: who changed which field from what to what. */
export const fieldHistory = {
  title: "Field history",
  fields: { field: "Field", user: "User id" },
  columns: { when: "When", user: "By", field: "Field", was: "Was", is: "Became", parent: "Part of" },
  wasEmpty: "It was empty before",
  isEmpty: "It is empty now",
  noParent: "The product did not say what the field is part of",
  open: (field: string) => `, ${field}: open the event`,
  none: "No field was changed in this range",
  noneTry: "Changes appear when events of the kind field_edit carry what was changed. Choose a longer range to look further back.",
};
