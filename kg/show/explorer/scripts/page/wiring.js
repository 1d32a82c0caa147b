// Buttons and keys of the page as a whole: views, language, theme, Escape and "/".

import { renderCounts } from "../controls/counts.js";
import { renderFilters, toggleFilters, wide } from "../controls/filters.js";
import { renderList, showMore } from "../controls/list.js";
import { query } from "../controls/search.js";
import { renderPeriod } from "../controls/timeline.js";
import { showView } from "../controls/views.js";
import { byId } from "../elements/elements.js";
import { chooseNothing } from "../graph/selection.js";
import { renderPanel } from "../panel/panel.js";
import { canvas } from "../picture/canvas.js";
import { redraw, resize } from "../picture/drawing.js";
import { isDark } from "../picture/ink.js";
import { language, sayAll, speak } from "../words/language.js";
import { remember } from "../words/memory.js";
import { openAddressed } from "./address.js";

function setLanguage(chosen) {
  speak(chosen);
  sayAll();
  renderFilters();
  renderPeriod();
  renderCounts();
  renderList();
  renderPanel();
  redraw();
}

export function wirePage() {
  byId("show-graph").addEventListener("click", () => showView("graph"));
  byId("show-list").addEventListener("click", () => showView("list"));
  byId("more-facts").addEventListener("click", showMore);
  byId("language").addEventListener("click", () => setLanguage(language === "de" ? "en" : "de"));
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", document.documentElement.dataset.theme);
    redraw();
  });
  for (const link of document.querySelectorAll(".skip")) {
    link.addEventListener("click", (event) => {
      event.preventDefault(); // in a page inside another the address would be that of the outer one
      const view = link.id === "skip-to-facts" ? "list" : "graph";
      showView(view);
      (view === "list" ? byId("list") : canvas).focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (byId("filters").contains(document.activeElement) || (!wide.matches && document.body.classList.contains("filtering"))) toggleFilters(false);
      else chooseNothing();
    } else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      query.focus();
    }
  });
  new ResizeObserver(resize).observe(canvas);
  addEventListener("hashchange", openAddressed);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
}
