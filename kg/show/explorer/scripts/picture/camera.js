// The camera over the scene: where a place of the layout is on the screen, and where it sees all of some things.

import { extremes } from "../graph/numbers.js";
import { picture } from "./canvas.js";

export const camera = { x: 0, y: 0, zoom: 1 };
export const RANGE = [0.05, 12];
const DISC = 0.75; // of the size that the layout keeps free, so that there is room for names
const SMALLEST_DISC = 2.5; // pixels

export const toScreen = (x, y) => [(x - camera.x) * camera.zoom + picture.width / 2, (y - camera.y) * camera.zoom + picture.height / 2];
export const toWorld = (x, y) => [(x - picture.width / 2) / camera.zoom + camera.x, (y - picture.height / 2) / camera.zoom + camera.y];

/** The radius of a disc on the screen; it grows more slowly than what lies between discs, which makes room for words. */
export const radius = (entity) => Math.max(entity.size * DISC * Math.min(camera.zoom, camera.zoom ** 0.6), SMALLEST_DISC);

/** Where the camera sees all of some things, with room for their labels. */
export function whole(items, most = 2.2) {
  if (!items.length) return camera;
  const [left, right] = extremes(items.map((item) => item.x));
  const [top, bottom] = extremes(items.map((item) => item.y));
  const wide = (picture.width - Math.min(160, picture.width / 6)) / (right - left + 1);
  const high = (picture.height - Math.min(100, picture.height / 5)) / (bottom - top + 1);
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(RANGE[0], Math.min(wide, high, most)) };
}
