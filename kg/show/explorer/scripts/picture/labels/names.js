// The name of a thing: where it fits around its disc.

import { importance, isCommon } from "../../graph/ranking.js";
import { radius, toScreen } from "../camera.js";
import { picture } from "../canvas.js";
import { short, widthOf } from "./lettering.js";
import { boxAround } from "./room.js";

/** Discs are not written over, but for small ones in a crowd. */
export function blockDisc(discs, entity, crowded) {
  const r = radius(entity);
  const [x, y] = toScreen(entity.x, entity.y);
  if ((crowded && r < 5) || x < -r || y < -r || x > picture.width + r || y > picture.height + r) return;
  discs.take({ ...boxAround(x, y, 2 * r, 2 * r), weight: 1 + importance(entity) });
}

/** Where a name fits around its disc: below, above, at its sides or corners. The first ones may hide a few discs. */
export function placeLabel(names, discs, entity, chosen, first) {
  const [x, y] = toScreen(entity.x, entity.y);
  if (x < 0 || y < 0 || x > picture.width || y > picture.height) return null;
  const text = short(entity.label);
  const size = chosen ? 15 : Math.min(11 + Math.sqrt(importance(entity)) / 2.2, 16);
  const [width, r] = [widthOf(text, size) + 6, radius(entity) + (chosen ? 5 : 2)];
  const [beside, aside, over, up] = [r + width / 2, r * 0.7 + width / 2, r + size * 0.6, r * 0.7 + size * 0.5];
  const places = [
    [0, over], [0, -over], [beside, 0], [-beside, 0], [aside, up], [-aside, up], [aside, -up], [-aside, -up],
  ].map(([dx, dy]) => boxAround(x + dx, y + dy, width, size * 1.2));
  const open = places.filter((box) => inPicture(box) && !names.overlaps(box)).map((box) => [discs.overlaps(box), box]);
  const [hides, box] = open.reduce((best, next) => (next[0] < best[0] ? next : best), [Infinity, chosen ? places[0] : null]);
  if (!box || (hides && !first)) return null;
  names.take({ ...box, weight: 1 });
  const quiet = isCommon(entity);
  return { text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, size, weight: chosen ? 700 : 500, quiet };
}

const inPicture = (box) => box.left >= 2 && box.right <= picture.width - 2 && box.top >= 2 && box.bottom <= picture.height - 2;
