// What weighs more: the things and facts that are shown first.

import { entities } from "./data.js";

/** Entities from the one that most hangs on to the least. */
export const ranked = [...entities].sort((a, b) => importance(b) - importance(a) || (a.id < b.id ? -1 : 1));

/** Whether it is no name but a common noun: "Risiken", "Sprecher". */
export function isCommon(entity) {
  return entity.type === "Concept" || entity.type === "Role";
}

export function importance(entity) {
  const named = isCommon(entity) ? 0.5 : 1;
  return named * (entity.links + 2 * entity.documents + 0.25 * entity.mentions);
}

export function byWeight(a, b) {
  return b.weight - a.weight || b.claims.length - a.claims.length || a.index - b.index;
}
