// What is under the pointer, and what lies in the direction of an arrow key.

import { seen } from "../graph/filter.js";
import { camera, radius, toWorld } from "./camera.js";
import { picture } from "./canvas.js";
import { Grid } from "./grid.js";

/** What is under a point of the screen: an entity, else a fact, else null. */
export function under(x, y, slack) {
  picture.grid ??= new Grid(seen.entities, seen.links);
  const [wx, wy] = toWorld(x, y);
  const reach = (entity) => (radius(entity) + slack) / camera.zoom;
  return picture.grid.entityAt(wx, wy, reach) ?? picture.grid.factAt(wx, wy, slack / camera.zoom);
}

/** The drawn entity nearest to another one in a direction: where an arrow key leads. */
export function towards(from, dx, dy) {
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
