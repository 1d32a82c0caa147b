// What belongs to a thing or a fact: the edges that are brought out with it, and their ends.

import { seen } from "./filter.js";

/** What is chosen or pointed at, with all that belongs to it; nothing where the picture has nothing of it. */
export function broughtOut(item) {
  const edges = new Set(item ? edgesOf(item) : []);
  const own = item ? [item.claims ? item.subject : item].filter(({ placed }) => placed) : [];
  const entities = new Set([...own, ...[...edges].flatMap(({ source, target }) => [source, target])]);
  return { item: entities.size ? item : null, edges, entities };
}

/** The edges of what is chosen that the filters leave; a fact that is chosen itself is shown in spite of them. */
function edgesOf(item) {
  return item.claims ? item.edges : item.edges.filter((edge) => seen.linked.has(edge));
}
