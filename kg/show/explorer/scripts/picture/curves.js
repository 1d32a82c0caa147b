// The curves of edges: those between the same two are bent apart.

import { facts } from "../graph/data.js";
import { picture } from "./canvas.js";

const BEND = 16; // how far apart edges between the same two run, in the layout's unit

/** Give every linking fact the middle of its curve; those between the same two are fanned out. */
export function bendEdges() {
  const between = new Map();
  for (const fact of facts) {
    if (!fact.linking) continue;
    const [one, other] = [fact.subject.index, fact.object.index].sort((a, b) => a - b);
    const key = `${one} ${other}`;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(fact);
  }
  for (const group of between.values()) {
    for (const fact of group) fact.group = group;
    bend(group);
  }
}

/** Fan out the facts between the same two. */
function bend(group) {
  for (const [place, fact] of group.entries()) {
    const [one, other] = [fact.subject, fact.object].sort((a, b) => a.index - b.index);
    const [dx, dy] = [other.x - one.x, other.y - one.y];
    const length = Math.hypot(dx, dy) || 1;
    const aside = (place - (group.length - 1) / 2) * Math.min(BEND, length / 3);
    fact.straight = aside === 0;
    // A quadratic curve passes half as far from its chord as its control point stands.
    fact.bendX = (one.x + other.x) / 2 - (2 * aside * dy) / length;
    fact.bendY = (one.y + other.y) / 2 + (2 * aside * dx) / length;
  }
}

/** Put a thing somewhere else, its edges with it; there it stays until the page is loaded again. */
export function put(entity, x, y) {
  Object.assign(entity, { x, y });
  const own = [...entity.asSubject, ...entity.asObject].filter((fact) => fact.linking);
  for (const group of new Set(own.map((fact) => fact.group))) bend(group);
  picture.grid = null;
}

/** A point of an edge, `t` from 0 at the subject to 1 at the object. */
export function pointOn(fact, t) {
  const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return {
    x: a * fact.subject.x + b * fact.bendX + c * fact.object.x,
    y: a * fact.subject.y + b * fact.bendY + c * fact.object.y,
  };
}
