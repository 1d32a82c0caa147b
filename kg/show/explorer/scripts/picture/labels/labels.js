// Names in the picture: the weightiest first, each where it hides no other, and none where there is no room.

import { importance } from "../../graph/ranking.js";
import { camera } from "../camera.js";
import { pen, picture } from "../canvas.js";
import { writeLabel } from "./lettering.js";
import { blockDisc, placeLabel } from "./names.js";
import { writePredicate } from "./predicates.js";
import { Room } from "./room.js";

const LABEL_SPACE = 4500; // square pixels of the picture for each name in it
const FIRST_LABELS = 14;
const CROWD = 400; // from so many things on, names may lie on small discs

/** Write the names, and return what is taken by them and where each stands. */
export function drawLabels(drawn, ink, near, edges) {
  const [names, discs] = [new Room(), new Room()];
  for (const entity of drawn) if (!near.item || near.entities.has(entity)) blockDisc(discs, entity, drawn.length > CROWD);
  const placed = new Map();
  const most = (picture.width * picture.height) / LABEL_SPACE;
  for (const entity of near.item ? weightiestFirst(near) : drawn) {
    if (placed.size >= most) break;
    const label = placeLabel(names, discs, entity, near.item === entity, placed.size < FIRST_LABELS);
    if (label) placed.set(entity, label);
  }
  pen.lineJoin = "round";
  for (const label of placed.values()) writeLabel(label, ink);
  const told = near.item ? near.edges : !picture.moving && edges.length < 60 && camera.zoom > 1.4 ? edges : [];
  for (const edge of told) writePredicate(names, discs, edge, ink);
  return { names, discs, placed };
}

/** What is chosen itself, then the weightiest of what belongs to it. */
function weightiestFirst({ item, entities }) {
  return [...entities].sort((a, b) => (b === item) - (a === item) || importance(b) - importance(a));
}

/** Name what is pointed at, between the names that stand there already. */
export function labelPointed(ink, near) {
  const { names, discs, placed } = picture.labels;
  const room = new Room(names);
  for (const entity of weightiestFirst(near)) {
    const label = placed.get(entity) ?? placeLabel(room, discs, entity, false, true);
    if (label) writeLabel(label, ink);
  }
  for (const edge of near.edges) writePredicate(room, discs, edge, ink);
}
