// The picture: drawn anew only when something has changed, in less detail while it moves.

import { seen } from "../graph/filter.js";
import { broughtOut } from "../graph/near.js";
import { shown } from "../graph/selection.js";
import { camera, toWorld, whole } from "./camera.js";
import { canvas, pen, picture } from "./canvas.js";
import { drawNodes } from "./discs.js";
import { drawEdges } from "./edges.js";
import { readInk } from "./ink.js";
import { drawLabels, labelPointed } from "./labels/labels.js";

const kept = document.createElement("canvas"); // the picture without what is pointed at
const MANY_EDGES = 1500; // from this many in view on, arrows and dashes are left out
const MOST_MOVING = 3000; // and so many at most are drawn while the picture moves
const STILL = 140; // milliseconds without movement after which everything is drawn in full

/** Ask for a new picture, or for what is pointed at on the one there is; several wishes before a frame are one. */
export function redraw(whole = true) {
  picture.stale ||= whole;
  if (picture.asked) return;
  picture.asked = true;
  requestAnimationFrame(() => {
    picture.asked = false;
    if (picture.stale) draw();
    else drawKept();
  });
}

/** Redraw while something moves: in less detail, and in full once it is still. */
export function redrawMoving() {
  picture.moving = picture.moved = true;
  clearTimeout(picture.settled);
  picture.settled = setTimeout(() => {
    picture.moving = false;
    redraw();
  }, STILL);
  redraw();
}

export function resize() {
  const box = canvas.getBoundingClientRect();
  if (!box.width || !box.height) return;
  const dense = Math.min(devicePixelRatio || 1, 2);
  [picture.width, picture.height] = [box.width, box.height];
  [canvas.width, canvas.height] = [Math.round(box.width * dense), Math.round(box.height * dense)];
  pen.setTransform(dense, 0, 0, dense, 0, 0);
  // A frame in another page may get its size late: until something moves, all is in sight.
  if (!picture.moved) Object.assign(camera, whole(seen.entities));
  draw();
}

export function draw() {
  const ink = readInk();
  pen.globalAlpha = 1;
  pen.fillStyle = ink.paper;
  pen.fillRect(0, 0, picture.width, picture.height);
  const near = broughtOut(shown.fact ?? shown.entity);
  const edges = seen.links.filter(inView);
  const plain = edges.length > MANY_EDGES;
  const rest = edges.filter((edge) => !near.edges.has(edge));
  if (picture.moving) rest.length = Math.min(rest.length, MOST_MOVING);
  // The more edges cross, the fainter each has to be for the whole to be seen.
  const alpha = plain ? Math.max(0.12, 0.3 * Math.sqrt(MANY_EDGES / edges.length)) : 0.75;
  drawEdges(rest, near.item ? Math.min(alpha, 0.12) : alpha, plain);
  drawEdges([...near.edges], 1, false);
  const drawn = [...seen.entities, ...[...near.entities].filter((entity) => !seen.drawn.has(entity))];
  drawNodes(drawn, ink, near);
  picture.labels = drawLabels(drawn, ink, near, edges);
  picture.stale = picture.moving;
  if (!picture.stale) keep();
  drawPointed(ink);
}

function keep() {
  [kept.width, kept.height] = [canvas.width, canvas.height];
  kept.getContext("2d").drawImage(canvas, 0, 0);
}

function drawKept() {
  pen.drawImage(kept, 0, 0, picture.width, picture.height);
  drawPointed(readInk());
}

/** What is pointed at lies over the rest: that costs little, however large the graph. */
function drawPointed(ink) {
  if (!shown.hovered) return;
  const near = broughtOut(shown.hovered);
  drawEdges([...near.edges], 1, false);
  drawNodes([...near.entities], ink, near);
  labelPointed(ink, near);
}

function inView(edge) {
  const [left, top] = toWorld(0, 0);
  const [right, bottom] = toWorld(picture.width, picture.height);
  const { source, target, bendX, bendY } = edge;
  return (
    Math.max(source.x, target.x, bendX) >= left && Math.min(source.x, target.x, bendX) <= right &&
    Math.max(source.y, target.y, bendY) >= top && Math.min(source.y, target.y, bendY) <= bottom
  );
}
