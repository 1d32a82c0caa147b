// The panel: an overview, the card of a thing, or a fact with its sentences.

import { byId } from "../elements/elements.js";
import { shown } from "../graph/selection.js";
import { card } from "./card.js";
import { factView } from "./fact.js";
import { overview } from "./overview.js";

export const panel = byId("panel");

/** Show what is chosen. `focus` tells to take the keyboard along. */
export function renderPanel(focus = false) {
  const parts = shown.fact ? factView(shown.fact) : shown.entity ? card(shown.entity) : overview();
  panel.replaceChildren(...parts.filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("chosen", Boolean(shown.fact || shown.entity));
  if (focus) panel.querySelector("h2").focus();
}
