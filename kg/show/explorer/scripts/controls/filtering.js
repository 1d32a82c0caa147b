// What happens when the filters have changed.

import { byId } from "../elements/elements.js";
import { applyFilter, seen } from "../graph/filter.js";
import { shown } from "../graph/selection.js";
import { renderPanel } from "../panel/panel.js";
import { picture } from "../picture/canvas.js";
import { redraw } from "../picture/drawing.js";
import { renderCounts } from "./counts.js";
import { renderList, startList } from "./list.js";

/** The filters have changed: everything that depends on them is done again. */
export function filtered() {
  applyFilter();
  picture.grid = null;
  shown.hovered = null;
  startList();
  renderCounts();
  renderList();
  byId("nothing").hidden = seen.entities.length > 0;
  if (shown.entity || shown.fact) renderPanel();
  redraw();
}
