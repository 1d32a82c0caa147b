// What belongs to a thing or a fact: the edges that are brought out with it, and their ends.

import { seen } from "./filter.js";

/** What is chosen or pointed at, with all that belongs to it. */
export function broughtOut(item) {
  const facts = new Set(item ? edgesOf(item) : []);
  const entities = new Set([...facts].flatMap((fact) => [fact.subject, fact.object]));
  if (item) entities.add(item.claims ? item.subject : item);
  return { item, facts, entities };
}

/** The edges of what is chosen that the filters leave; an edge that is chosen itself is shown in spite of them. */
function edgesOf(item) {
  if (item.claims) return item.linking ? [item] : [];
  return [...item.asSubject, ...item.asObject].filter((fact) => fact.linking && seen.shown.has(fact));
}
