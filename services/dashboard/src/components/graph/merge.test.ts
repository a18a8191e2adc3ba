import { expect, it } from "vitest";
import { linking, merged } from "./merge";

const node = (name: string, depth: number, users: number | null = null) => ({
  name, depth, tags: [], truncated: false, users, user: name.startsWith("users/") ? { user_id: name } : null,
  entity: name.startsWith("users/") ? null : { id: name, kind: "devices", key: name },
});
const link = (user: string, entity: string) => ({ user, entity, strength: 1, first_seen: "", last_seen: "" });

it("joins what was walked without repeating anything", () => {
  const first = { nodes: [node("users/a", 0), node("d", 1, 2)], links: [link("users/a", "d")], complete: true };
  const second = { nodes: [node("d", 0, 2), node("users/b", 1)], links: [link("users/a", "d"), link("users/b", "d")], complete: false };
  const both = merged([first, second]);
  expect(both.nodes.map(({ name }) => name)).toEqual(["users/a", "d", "users/b"]);
  expect(both.links).toHaveLength(2);
  expect(both.complete).toBe(false);
});

it("leaves out far things that link nobody", () => {
  const graph = { nodes: [node("users/a", 0), node("near", 1, 1), node("far", 3, 1)], links: [link("users/a", "near")] };
  expect([...linking(graph)]).toEqual(["users/a", "near"]);
});
