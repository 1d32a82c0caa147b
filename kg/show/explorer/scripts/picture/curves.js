// The curves of edges: those between the same two are bent apart.

import { facts } from "../graph/data.js";
import { picture } from "./canvas.js";

const BEND = 16; // how far apart edges between the same two run, in the layout's unit

/** Give every edge the middle of its curve; those between the same two are fanned out. */
export function bendEdges() {
  const between = new Map();
  for (const edge of facts.flatMap((fact) => fact.edges)) {
    const [one, other] = [edge.source.index, edge.target.index].sort((a, b) => a - b);
    const key = `${one} ${other}`;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(edge);
  }
  for (const group of between.values()) {
    for (const edge of group) edge.group = group;
    bend(group);
  }
}

/** Fan out the edges between the same two. */
function bend(group) {
  for (const [place, edge] of group.entries()) {
    const [one, other] = [edge.source, edge.target].sort((a, b) => a.index - b.index);
    const [dx, dy] = [other.x - one.x, other.y - one.y];
    const length = Math.hypot(dx, dy) || 1;
    const aside = (place - (group.length - 1) / 2) * Math.min(BEND, length / 3);
    edge.straight = aside === 0;
    // A quadratic curve passes half as far from its chord as its control point stands.
    edge.bendX = (one.x + other.x) / 2 - (2 * aside * dy) / length;
    edge.bendY = (one.y + other.y) / 2 + (2 * aside * dx) / length;
  }
}

/** Put a thing somewhere else, its edges with it; there it stays until the page is loaded again. */
export function put(entity, x, y) {
  Object.assign(entity, { x, y });
  for (const group of new Set(entity.edges.map((edge) => edge.group))) bend(group);
  picture.grid = null;
}

/** A point of an edge, `t` from 0 at the subject to 1 at the other end. */
export function pointOn(edge, t) {
  const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return {
    x: a * edge.source.x + b * edge.bendX + c * edge.target.x,
    y: a * edge.source.y + b * edge.bendY + c * edge.target.y,
  };
}
