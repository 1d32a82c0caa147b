// Where everything stands: bent edges for facts between the same two, and a grid that finds what is under the pointer.

const BEND = 16; // how far apart edges between the same two run, in the layout's unit
const CELL = 40;
const LARGEST = { size: Math.max(1, extremes(entities.map((entity) => entity.size))[1]) };
const STEPS = 12; // straight pieces that stand for a bent edge when it is looked for

for (const entity of entities) entity.y = -entity.y; // the layout's y points upwards

/** Give every linking fact the middle of its curve; those between the same two are fanned out. */
function bendEdges() {
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
function put(entity, x, y) {
  Object.assign(entity, { x, y });
  const own = [...entity.asSubject, ...entity.asObject].filter((fact) => fact.linking);
  for (const group of new Set(own.map((fact) => fact.group))) bend(group);
  picture.grid = null;
}

/** A point of an edge, `t` from 0 at the subject to 1 at the object. */
function pointOn(fact, t) {
  const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
  return {
    x: a * fact.subject.x + b * fact.bendX + c * fact.object.x,
    y: a * fact.subject.y + b * fact.bendY + c * fact.object.y,
  };
}

/** What is drawn, by the cells it touches. Made anew when the filters change, and only when somebody points. */
class Grid {
  constructor(nodes, edges) {
    this.nodes = new Map();
    this.edges = new Map();
    for (const entity of nodes) this.#add(this.nodes, entity.x, entity.y, entity);
    for (const fact of edges) {
      const length = Math.hypot(fact.object.x - fact.subject.x, fact.object.y - fact.subject.y);
      const pieces = Math.ceil((2 * length) / CELL) + 2;
      for (let piece = 0; piece <= pieces; piece++) {
        const { x, y } = pointOn(fact, piece / pieces);
        this.#add(this.edges, x, y, fact);
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

  /** The fact whose edge passes the point within `slack`. */
  factAt(x, y, slack) {
    let best = null;
    let least = slack;
    for (const fact of new Set(this.#near(this.edges, x, y, Math.ceil(slack / CELL)))) {
      const away = distance(fact, x, y);
      if (away <= least) [best, least] = [fact, away];
    }
    return best;
  }
}

/** How far a point is from an edge. */
function distance(fact, x, y) {
  let least = Infinity;
  let before = fact.subject;
  const steps = fact.straight ? 1 : STEPS;
  for (let step = 1; step <= steps; step++) {
    const here = pointOn(fact, step / steps);
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

/** The drawn entity nearest to another one in a direction: where an arrow key leads. */
function towards(from, dx, dy) {
  let best = null;
  let least = Infinity;
  for (const entity of seen.entities) {
    const [x, y] = [entity.x - from.x, entity.y - from.y];
    const ahead = x * dx + y * dy;
    if (entity === from || ahead <= 0) continue;
    const aside = Math.abs(x * dy - y * dx);
    if (aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [entity, cost];
  }
  return best;
}

bendEdges();
