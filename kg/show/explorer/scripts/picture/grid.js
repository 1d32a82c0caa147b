// A grid that finds what is under the pointer.

import { entities } from "../graph/data.js";
import { extremes } from "../graph/numbers.js";
import { pointOn } from "./curves.js";

const CELL = 40;
const LARGEST = { size: Math.max(1, extremes(entities.map((entity) => entity.size ?? 1))[1]) };
const STEPS = 12; // straight pieces that stand for a bent edge when it is looked for

/** What is drawn, by the cells it touches. Made anew when the filters change, and only when somebody points. */
export class Grid {
  constructor(nodes, edges) {
    this.nodes = new Map();
    this.edges = new Map();
    for (const entity of nodes) this.#add(this.nodes, entity.x, entity.y, entity);
    for (const edge of edges) {
      const length = Math.hypot(edge.target.x - edge.source.x, edge.target.y - edge.source.y);
      const pieces = Math.ceil((2 * length) / CELL) + 2;
      for (let piece = 0; piece <= pieces; piece++) {
        const { x, y } = pointOn(edge, piece / pieces);
        this.#add(this.edges, x, y, edge);
      }
    }
  }

  static #key(x, y) {
    return `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
  }

  #add(cells, x, y, item) {
    const key = Grid.#key(x, y);
    const cell = cells.get(key);
    if (!cell) cells.set(key, [item]);
    else if (cell[cell.length - 1] !== item) cell.push(item);
  }

  *#near(cells, x, y, reach) {
    for (let right = -reach; right <= reach; right++) {
      for (let down = -reach; down <= reach; down++) {
        yield* cells.get(Grid.#key(x + right * CELL, y + down * CELL)) ?? [];
      }
    }
  }

  /** The entity nearest to a point among those whose `reach` holds it. */
  entityAt(x, y, reach) {
    let best = null;
    let least = Infinity;
    for (const entity of this.#near(this.nodes, x, y, Math.ceil(reach(LARGEST) / CELL))) {
      const away = Math.hypot(entity.x - x, entity.y - y);
      if (away <= reach(entity) && away < least) [best, least] = [entity, away];
    }
    return best;
  }

  /** The fact of which an edge passes the point within `slack`. */
  factAt(x, y, slack) {
    let best = null;
    let least = slack;
    for (const edge of new Set(this.#near(this.edges, x, y, Math.ceil(slack / CELL)))) {
      const away = distance(edge, x, y);
      if (away <= least) [best, least] = [edge.fact, away];
    }
    return best;
  }
}

/** How far a point is from an edge. */
function distance(edge, x, y) {
  let least = Infinity;
  let before = edge.source;
  const steps = edge.straight ? 1 : STEPS;
  for (let step = 1; step <= steps; step++) {
    const here = pointOn(edge, step / steps);
    least = Math.min(least, toSegment(before, here, x, y));
    before = here;
  }
  return least;
}

function toSegment(a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
}
