// Hands on the picture: drag it or a thing in it, wheel and pinch, a click or a tap, and the keys that do the same.

import { byId, make } from "../elements/elements.js";
import { seen } from "../graph/filter.js";
import { choose, chooseFact, chooseNothing, shown } from "../graph/selection.js";
import { renderPanel } from "../panel/panel.js";
import { radius, toWorld } from "../picture/camera.js";
import { canvas, picture } from "../picture/canvas.js";
import { put } from "../picture/curves.js";
import { redraw, redrawMoving } from "../picture/drawing.js";
import { fit, panBy, zoomBy } from "../picture/movement.js";
import { towards, under } from "../picture/pointing.js";
import { factText, marksText, typeText } from "../words/phrases.js";

const fingers = new Map();
let travelled = 0;
let held = null; // the thing under the only finger, and how far from its middle the finger is
const TAP = 6; // pixels that a finger may stray and still tap
const REACH = { mouse: 5, touch: 14 };
const GRASP = { mouse: 2, touch: 8, least: 3 }; // a thing with a smaller disc is not meant: the picture is dragged

const local = (event) => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

export function wireGestures() {
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (!fingers.size) travelled = 0;
    release();
    fingers.set(event.pointerId, local(event));
    if (fingers.size === 1 && event.button === 0) grasp(event);
  });
  canvas.addEventListener("pointermove", moved);
  canvas.addEventListener("pointerup", (event) => {
    const tapped = fingers.size === 1 && travelled < TAP;
    fingers.delete(event.pointerId);
    release();
    if (tapped && event.button === 0) tap(event);
  });
  canvas.addEventListener("pointercancel", (event) => {
    fingers.delete(event.pointerId);
    release();
  });
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)), ...local(event));
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => zoomBy(1.8, ...local(event)));
  canvas.addEventListener("keydown", pressed);
  byId("larger").addEventListener("click", () => zoomBy(1.4));
  byId("smaller").addEventListener("click", () => zoomBy(1 / 1.4));
  byId("whole").addEventListener("click", () => fit(seen.entities));
}

export function moved(event) {
  const [x, y] = local(event);
  if (!fingers.has(event.pointerId)) return hover(under(x, y, REACH.mouse), x, y);
  const before = [...fingers.values()];
  const [oldX, oldY] = fingers.get(event.pointerId);
  fingers.set(event.pointerId, [x, y]);
  travelled += Math.hypot(x - oldX, y - oldY);
  if (fingers.size === 1 && travelled >= TAP) held ? drag(x, y) : panBy(x - oldX, y - oldY);
  if (fingers.size === 2) pinch(before, [...fingers.values()]);
}

/** Take hold of the thing under a finger; it moves once the finger does. */
function grasp(event) {
  const [x, y] = local(event);
  const found = under(x, y, event.pointerType === "mouse" ? GRASP.mouse : GRASP.touch);
  if (!found || found.claims || radius(found) < GRASP.least) return;
  const [wx, wy] = toWorld(x, y);
  held = { entity: found, dx: found.x - wx, dy: found.y - wy };
}

function drag(x, y) {
  cancelAnimationFrame(picture.flight);
  hover(null);
  shown.hovered = held.entity; // its edges and its name are drawn even where there are too many to draw all
  const [wx, wy] = toWorld(x, y);
  put(held.entity, wx + held.dx, wy + held.dy);
  redrawMoving();
}

function release() {
  if (held && shown.hovered === held.entity && travelled >= TAP) {
    shown.hovered = null;
    redraw();
  }
  held = null;
}

function pinch([a, b], [c, d]) {
  const middle = [(c[0] + d[0]) / 2, (c[1] + d[1]) / 2];
  panBy(middle[0] - (a[0] + b[0]) / 2, middle[1] - (a[1] + b[1]) / 2);
  zoomBy(Math.hypot(c[0] - d[0], c[1] - d[1]) / (Math.hypot(a[0] - b[0], a[1] - b[1]) || 1), ...middle);
}

function tap(event) {
  const found = under(...local(event), event.pointerType === "mouse" ? REACH.mouse : REACH.touch);
  hover(null);
  if (!found) return chooseNothing();
  if (found.claims) chooseFact(found);
  else choose(found);
}

function hover(found, x, y) {
  if (shown.hovered !== found) {
    shown.hovered = found;
    canvas.style.cursor = found ? "pointer" : "";
    redraw(false);
  }
  const tip = byId("tip");
  tip.hidden = !found;
  if (!found) return;
  tip.replaceChildren(...(found.claims
    ? [make("b", {}, factText(found)), make("span", { class: "quiet" }, marksText(found))]
    : [make("b", {}, found.label), make("span", { class: "quiet" }, found.description ?? typeText(found))]));
  tip.style.left = `${Math.min(x + 14, picture.width - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(y + 14, picture.height - tip.offsetHeight - 8)}px`;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in ARROWS) {
    const [dx, dy] = ARROWS[event.key];
    if (event.shiftKey) panBy(-60 * dx, -60 * dy);
    else step(dx, dy);
  } else if (event.key === "+") zoomBy(1.4);
  else if (event.key === "-") zoomBy(1 / 1.4);
  else if (event.key === "0") fit(seen.entities);
  else if (event.key === "Enter" && (shown.entity || shown.fact)) renderPanel(true);
  else return;
  event.preventDefault();
}

/** Go to the next thing in a direction, from the weightiest one at first. */
function step(dx, dy) {
  const next = shown.entity?.placed ? towards(shown.entity, dx, dy) : seen.entities[0];
  if (next) choose(next);
}
