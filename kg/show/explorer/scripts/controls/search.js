// Search: a box that suggests things as one types, for the mouse, the arrow keys and the screen reader alike.

import { byId, make } from "../elements/elements.js";
import { dot } from "../elements/samples.js";
import { search } from "../graph/names.js";
import { choose } from "../graph/selection.js";
import { say } from "../words/language.js";
import { typeText } from "../words/phrases.js";

const MOST_HITS = 8;
export const query = byId("query");
const suggestions = byId("suggestions");
let hits = [];
let active = -1;

export function wireSearch() {
  query.addEventListener("input", suggest);
  query.addEventListener("focus", suggest);
  query.addEventListener("blur", () => closeSuggestions());
  query.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && hits.length) {
      event.preventDefault();
      activate((active + steps[event.key] + hits.length + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter" && hits.length) take(hits[Math.max(active, 0)].entity);
    else if (event.key === "Escape" && !suggestions.hidden) {
      event.stopPropagation();
      event.preventDefault();
      closeSuggestions();
    }
  });
  // The press would take the focus from the box, and with it the list, before the click.
  suggestions.addEventListener("pointerdown", (event) => event.preventDefault());
}

function suggest() {
  hits = search(query.value, MOST_HITS);
  active = -1;
  suggestions.replaceChildren(...hits.map(({ entity, name }, index) => {
    const alias = name === entity.label ? "" : make("span", { class: "quiet" }, name);
    const about = make("span", { class: "quiet" }, entity.description ?? typeText(entity));
    return make("li", { role: "option", id: `hit-${index}`, "aria-selected": "false", click: () => take(entity) },
      dot(entity.type), make("span", { class: "name" }, entity.label), alias, about);
  }));
  suggestions.hidden = !hits.length;
  query.setAttribute("aria-expanded", String(hits.length > 0));
  query.removeAttribute("aria-activedescendant");
  byId("found").textContent = query.value ? (hits.length ? say("search.found", hits.length) : say("search.nothing")) : "";
}

function activate(index) {
  active = index;
  for (const [place, option] of [...suggestions.children].entries()) option.setAttribute("aria-selected", String(place === index));
  query.setAttribute("aria-activedescendant", `hit-${index}`);
  suggestions.children[index].scrollIntoView({ block: "nearest" });
}

function take(entity) {
  query.value = entity.label;
  closeSuggestions();
  choose(entity, true);
}

function closeSuggestions() {
  hits = [];
  suggestions.hidden = true;
  suggestions.replaceChildren();
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
}
