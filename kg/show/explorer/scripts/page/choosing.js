// What happens when something is chosen, or nothing any more.

import { byId } from "../elements/elements.js";
import { partIn } from "../graph/data.js";
import { broughtOut } from "../graph/near.js";
import { shown } from "../graph/selection.js";
import { panel, renderPanel } from "../panel/panel.js";
import { canvas } from "../picture/canvas.js";
import { redraw, resize } from "../picture/drawing.js";
import { inSight, turnToChosen } from "../picture/movement.js";
import { counted } from "../words/language.js";
import { factText, typeText } from "../words/phrases.js";
import { note } from "./address.js";

/** Show what is chosen now. The picture turns to it where it is out of sight, or where one came from elsewhere. A screen
 * reader is told of it, but for what one comes `back` to. */
export function chosen(focus, back) {
  shown.hovered = null;
  renderPanel(focus);
  note();
  resize();
  const ends = shown.fact ? [...broughtOut(shown.fact).entities] : [shown.entity].filter(({ placed }) => placed);
  if (focus || !ends.every(inSight)) turnToChosen();
  redraw();
  if (!back) byId("told").textContent = shown.fact ? factText(shown.fact) : toldOf(shown.entity);
}

/** What a screen reader is told of a thing that is chosen. */
function toldOf(entity) {
  const about = counted(partIn(entity).length, "counts.fact", "counts.facts");
  return `${entity.label}, ${typeText(entity)}, ${about}`;
}

/** Nothing is chosen any more: the overview is shown, and the keyboard goes to what the panel was opened from. */
export function closed() {
  const inside = panel.contains(document.activeElement);
  renderPanel();
  note();
  resize();
  if (inside) (byId("graph").hidden ? byId("list") : canvas).focus();
}
