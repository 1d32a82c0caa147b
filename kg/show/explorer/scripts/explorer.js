// The page as a whole: its start. What this module exports is `explorer` in the page, for the console and for tests.

import { filtered } from "./controls/filtering.js";
import { renderFilters, toggleFilters, wide, wireFilters } from "./controls/filters.js";
import { moved, wireGestures } from "./controls/gestures.js";
import { wireSearch } from "./controls/search.js";
import { renderTimeline, wireTimeline } from "./controls/timeline.js";
import { entities, facts } from "./graph/data.js";
import { seen } from "./graph/filter.js";
import { followSelection, shown } from "./graph/selection.js";
import { openAddressed } from "./page/address.js";
import { chosen, closed } from "./page/choosing.js";
import { wirePage } from "./page/wiring.js";
import { renderPanel } from "./panel/panel.js";
import { camera, toScreen, whole } from "./picture/camera.js";
import { canvas, pen, picture } from "./picture/canvas.js";
import { bendEdges, pointOn } from "./picture/curves.js";
import { draw, resize } from "./picture/drawing.js";
import { isDark, readInk } from "./picture/ink.js";
import { short } from "./picture/labels/lettering.js";
import { panBy, zoomBy } from "./picture/movement.js";
import { sayAll } from "./words/language.js";
import { remembered } from "./words/memory.js";

export {
  camera, canvas, draw, entities, facts, isDark, moved, panBy, pen, picture, pointOn, readInk, seen, short,
  shown, toScreen, whole, zoomBy,
};

function start() {
  const theme = remembered("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  bendEdges();
  followSelection(chosen, closed);
  sayAll();
  wirePage();
  wireFilters();
  wireTimeline();
  wireSearch();
  wireGestures();
  renderFilters();
  renderTimeline();
  filtered();
  renderPanel();
  toggleFilters(wide.matches);
  resize();
  openAddressed();
}

start();
