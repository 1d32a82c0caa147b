// Edges: lines with dashes and arrows, and a cross on what is denied.

import { COLORS, DASHES } from "../elements/looks.js";
import { camera, radius, toScreen } from "./camera.js";
import { pen, picture } from "./canvas.js";
import { pointOn } from "./curves.js";

/** Edges of one look are one path: thousands of them cost a few strokes. */
export function drawEdges(edges, alpha, plain) {
  const looks = new Map();
  for (const fact of edges) {
    const look = `${fact.stance} ${fact.modality} ${Math.min(fact.weight, 4)}`;
    if (!looks.has(look)) looks.set(look, []);
    looks.get(look).push(fact);
  }
  pen.globalAlpha = alpha;
  for (const group of looks.values()) {
    const [{ stance, modality, weight }] = group;
    pen.strokeStyle = pen.fillStyle = COLORS[stance];
    pen.lineWidth = plain ? 0.7 : 0.9 + 0.5 * Math.min(weight, 4);
    pen.setLineDash(plain || picture.moving ? [] : DASHES[modality]);
    pen.beginPath();
    for (const fact of group) traceEdge(fact, plain);
    pen.stroke();
    if (plain) continue;
    pen.setLineDash([]);
    pen.beginPath();
    for (const fact of group) traceArrow(fact);
    pen.fill();
    if (stance === "denied") for (const fact of group) drawCross(fact);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function traceEdge(fact, plain) {
  const [x1, y1] = toScreen(fact.subject.x, fact.subject.y);
  const [x2, y2] = toScreen(fact.object.x, fact.object.y);
  pen.moveTo(x1, y1);
  if (plain || fact.straight) pen.lineTo(x2, y2);
  else pen.quadraticCurveTo(...toScreen(fact.bendX, fact.bendY), x2, y2);
}

function traceArrow(fact) {
  const [x, y] = toScreen(fact.object.x, fact.object.y);
  const [fromX, fromY] = fact.straight ? toScreen(fact.subject.x, fact.subject.y) : toScreen(fact.bendX, fact.bendY);
  const length = Math.hypot(x - fromX, y - fromY);
  const size = Math.min(3 + 3 * camera.zoom, 8);
  const gap = radius(fact.object) + 1;
  if (length < gap + 2 * size) return;
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const [tipX, tipY] = [x - dx * gap, y - dy * gap];
  pen.moveTo(tipX, tipY);
  pen.lineTo(tipX - size * dx - size * 0.45 * dy, tipY - size * dy + size * 0.45 * dx);
  pen.lineTo(tipX - size * dx + size * 0.45 * dy, tipY - size * dy - size * 0.45 * dx);
}

/** A cross on the middle of what is denied, for eyes that see no red. */
function drawCross(fact) {
  const [x, y] = toScreen(...Object.values(pointOn(fact, 0.5)));
  const size = Math.min(2 + 2 * camera.zoom, 5);
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - size, y - size);
  pen.lineTo(x + size, y + size);
  pen.moveTo(x + size, y - size);
  pen.lineTo(x - size, y + size);
  pen.stroke();
}
