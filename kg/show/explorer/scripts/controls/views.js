// The two views of the graph: as a picture and as a list.

import { byId } from "../elements/elements.js";
import { resize } from "../picture/drawing.js";
import { renderList } from "./list.js";

export function showView(name) {
  for (const view of ["graph", "list"]) {
    byId(view).hidden = view !== name;
    byId(`show-${view}`).setAttribute("aria-pressed", String(view === name));
  }
  renderList();
  resize();
}
