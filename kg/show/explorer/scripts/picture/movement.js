// How the camera moves: to some things, by a wheel, by a drag.

import { broughtOut } from "../graph/near.js";
import { shown } from "../graph/selection.js";
import { camera, RANGE, toScreen, toWorld, whole } from "./camera.js";
import { picture } from "./canvas.js";
import { redraw, redrawMoving } from "./drawing.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export const fit = (items, most) => fly(whole(items, most));

/** Move the camera to a place, in a quarter of a second where movement is welcome. */
function fly(target) {
  cancelAnimationFrame(picture.flight);
  picture.moved = true;
  if (calm.matches || document.hidden) {
    Object.assign(camera, target);
    return redraw();
  }
  const start = { ...camera };
  let began = null;
  const step = (now) => {
    began ??= now;
    const t = Math.min((now - began) / 250, 1);
    const eased = t * (2 - t);
    for (const key of ["x", "y", "zoom"]) camera[key] = start[key] + (target[key] - start[key]) * eased;
    redrawMoving();
    if (t < 1) picture.flight = requestAnimationFrame(step);
  };
  picture.flight = requestAnimationFrame(step);
}

/** Bring what is chosen, with all that it is linked to, to the middle. */
export function turnToChosen() {
  fit([...broughtOut(shown.fact ?? shown.entity).entities], Math.max(camera.zoom, 4));
}

export function inSight({ x, y }) {
  const [left, top] = toScreen(x, y);
  return left > 30 && top > 30 && left < picture.width - 30 && top < picture.height - 30;
}

/** Zoom so that what is under a point of the screen stays there. */
export function zoomBy(factor, x = picture.width / 2, y = picture.height / 2) {
  cancelAnimationFrame(picture.flight);
  const [wx, wy] = toWorld(x, y);
  camera.zoom = Math.max(RANGE[0], Math.min(camera.zoom * factor, RANGE[1]));
  camera.x = wx - (x - picture.width / 2) / camera.zoom;
  camera.y = wy - (y - picture.height / 2) / camera.zoom;
  redrawMoving();
}

export function panBy(dx, dy) {
  cancelAnimationFrame(picture.flight);
  camera.x -= dx / camera.zoom;
  camera.y -= dy / camera.zoom;
  redrawMoving();
}
