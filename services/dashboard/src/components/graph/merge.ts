/** Graphs that were walked one after the other, as one. */
import type { Graph } from "../../api/types";

export type GraphNode = Graph["nodes"][number];
export type GraphLink = Graph["links"][number];

export function merged(graphs: readonly Graph[]): { nodes: GraphNode[]; links: GraphLink[]; complete: boolean } {
  const nodes = new Map<string, GraphNode>();
  const links = new Map<string, GraphLink>();
  for (const graph of graphs) {
    for (const node of graph.nodes) if (!nodes.has(node.name)) nodes.set(node.name, node);
    for (const link of graph.links) links.set(`${link.user} ${link.entity}`, link);
  }
  return { nodes: [...nodes.values()], links: [...links.values()], complete: graphs.every(({ complete }) => complete) };
}

/** Things that only one of the users shown was seen with link nobody; they only crowd the picture. */
export function linking(graph: { nodes: readonly GraphNode[]; links: readonly GraphLink[] }): Set<string> {
  const degree = new Map<string, number>();
  for (const { entity } of graph.links) degree.set(entity, (degree.get(entity) ?? 0) + 1);
  return new Set(graph.nodes.filter((node) => node.user || (degree.get(node.name) ?? 0) > 1 || (node.users ?? 0) > 1 || node.depth <= 1).map(({ name }) => name));
}

export function wordsOf(node: GraphNode): string {
  return node.user ? node.user.email || node.user.user_id : (node.entity?.label ?? node.entity?.key ?? node.name);
}
