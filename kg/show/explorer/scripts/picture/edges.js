// Edges: lines with dashes and arrows, and a cross on what is denied.

import { COLORS, dashesOf } from "../elements/looks.js";
import { camera, radius, toScreen } from "./camera.js";
import { pen, picture } from "./canvas.js";
import { pointOn } from "./curves.js";

/** Edges of one look are one path: thousands of them cost a few strokes. */
export function drawEdges(edges, alpha, plain) {
  const looks = new Map();
  for (const edge of edges) {
    const look = `${edge.fact.stance} ${edge.fact.modality} ${Math.min(edge.fact.weight, 4)}`;
    if (!looks.has(look)) looks.set(look, []);
    looks.get(look).push(edge);
  }
  for (const group of looks.values()) {
    const [{ fact: { stance, modality, weight } }] = group;
    pen.strokeStyle = pen.fillStyle = COLORS[stance];
    pen.globalAlpha = stance === "unsure" ? alpha / 2 : alpha;
    pen.lineWidth = plain ? 0.7 : 0.9 + 0.5 * Math.min(weight, 4);
    pen.setLineDash(plain || picture.moving ? [] : dashesOf(stance, modality));
    pen.beginPath();
    for (const edge of group) traceEdge(edge, plain);
    pen.stroke();
    if (plain) continue;
    pen.setLineDash([]);
    pen.beginPath();
    for (const edge of group) traceArrow(edge);
    pen.fill();
    if (stance === "denied") for (const edge of group) drawCross(edge);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function traceEdge(edge, plain) {
  const [x1, y1] = toScreen(edge.source.x, edge.source.y);
  const [x2, y2] = toScreen(edge.target.x, edge.target.y);
  pen.moveTo(x1, y1);
  if (plain || edge.straight) pen.lineTo(x2, y2);
  else pen.quadraticCurveTo(...toScreen(edge.bendX, edge.bendY), x2, y2);
}

function traceArrow(edge) {
  const [x, y] = toScreen(edge.target.x, edge.target.y);
  const [fromX, fromY] = edge.straight ? toScreen(edge.source.x, edge.source.y) : toScreen(edge.bendX, edge.bendY);
  const length = Math.hypot(x - fromX, y - fromY);
  const size = Math.min(3 + 3 * camera.zoom, 8);
  const gap = radius(edge.target) + 1;
  if (length < gap + 2 * size) return;
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const [tipX, tipY] = [x - dx * gap, y - dy * gap];
  pen.moveTo(tipX, tipY);
  pen.lineTo(tipX - size * dx - size * 0.45 * dy, tipY - size * dy + size * 0.45 * dx);
  pen.lineTo(tipX - size * dx + size * 0.45 * dy, tipY - size * dy - size * 0.45 * dx);
}

/** A cross on the middle of what is denied, for eyes that see no red. */
function drawCross(edge) {
  const [x, y] = toScreen(...Object.values(pointOn(edge, 0.5)));
  const size = Math.min(2 + 2 * camera.zoom, 5);
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - size, y - size);
  pen.lineTo(x + size, y + size);
  pen.moveTo(x + size, y - size);
  pen.lineTo(x - size, y + size);
  pen.stroke();
}
