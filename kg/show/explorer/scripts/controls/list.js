// The facts as a list, some more at a time: all that the picture shows, for those who do not see it.

import { byId, make } from "../elements/elements.js";
import { seen } from "../graph/filter.js";
import { byWeight } from "../graph/ranking.js";
import { factRow } from "../panel/rows.js";
import { say } from "../words/language.js";

const PAGE = 200; // facts that the list shows at a time

let listed = PAGE;

/** Show the first facts alone, as when the filters have changed. */
export function startList() {
  listed = PAGE;
}

/** Show as many again, and take the keyboard to the first of them. */
export function showMore() {
  const first = listed;
  listed += PAGE;
  renderList();
  byId("facts").children[first].querySelector("button").focus();
}

export function renderList() {
  if (byId("list").hidden) return;
  const found = [...seen.facts].sort(byWeight);
  byId("facts").replaceChildren(...found.slice(0, listed).map((fact) => factRow(fact)));
  if (!found.length) byId("facts").append(make("li", { class: "hint" }, say("list.nothing")));
  byId("more-facts").hidden = found.length <= listed;
  byId("more-facts").textContent = say("card.more", Math.min(PAGE, found.length - listed));
}
