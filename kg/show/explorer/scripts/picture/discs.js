// Things: a disc each in the colour of its type, and a ring around what is chosen.

import { types } from "../graph/data.js";
import { camera, radius, toScreen } from "./camera.js";
import { pen, picture } from "./canvas.js";

export function drawNodes(entities, ink, near) {
  const groups = new Map();
  for (const entity of entities) {
    const key = `${near.item && !near.entities.has(entity) ? 0.18 : 1} ${types.get(entity.type).color}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(entity);
  }
  for (const [key, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [alpha, color] = key.split(" ");
    pen.fillStyle = ink.paper;
    if (camera.zoom > 0.5) for (const entity of group) drawDisc(entity, 1.5); // a rim that parts it from edges
    pen.globalAlpha = Number(alpha);
    pen.fillStyle = color;
    for (const entity of group) drawDisc(entity, 0);
    pen.globalAlpha = 1;
  }
  if (near.item && !near.item.claims) drawRing(near.item, ink.ink);
}

/** Each disc is a path of its own: for one path of thousands of discs a browser looks for where they cross. */
function drawDisc(entity, margin) {
  const [x, y] = toScreen(entity.x, entity.y);
  const r = radius(entity) + margin;
  if (x < -r || y < -r || x > picture.width + r || y > picture.height + r) return;
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fill();
}

function drawRing(entity, color) {
  const [x, y] = toScreen(entity.x, entity.y);
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(x, y, radius(entity) + 3, 0, 2 * Math.PI);
  pen.stroke();
}
