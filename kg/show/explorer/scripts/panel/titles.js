// The title of what the panel shows, with the ways back and out.

import { make } from "../elements/elements.js";
import { chooseNothing, goBack, trail } from "../graph/selection.js";
import { say } from "../words/language.js";

export function bar(title) {
  const back = trail.length ? make("button", { class: "back", type: "button", click: goBack }, `‹ ${say("page.back")}`) : "";
  const close = make("button", { class: "close", type: "button", "aria-label": say("page.close"), click: chooseNothing }, "×");
  return make("div", { class: "titled" }, back, title, close);
}

export function heading(text) {
  return make("h2", { id: "panel-title", tabindex: "-1" }, text);
}
