// Things and facts as buttons that open them.

import { make } from "../elements/elements.js";
import { dot, line } from "../elements/samples.js";
import { choose, chooseFact } from "../graph/selection.js";
import { say } from "../words/language.js";
import { marksText, objectText, periodText, predicateText, typeText } from "../words/phrases.js";

export const ROWS = 40; // facts of a group that a card shows at first

/** A thing as a button that opens its card. */
export function thing(entity, described = false) {
  const name = make("span", {}, entity.label);
  if (described) name.append(" ", make("span", { class: "quiet" }, entity.description ?? typeText(entity)));
  return make("button", { class: "thing", type: "button", click: () => choose(entity, true) }, dot(entity.type), name);
}

/** A fact as a button that opens its sentences; the entity whose card it stands on is not named again. */
export function factRow(fact, entity = null) {
  const said = make("span", { class: "said" });
  if (fact.subject !== entity) said.append(make("b", {}, fact.subject.label), " ");
  said.append(make("span", { class: "predicate" }, predicateText(fact)));
  if (objectText(fact) && (fact.object === null || fact.object !== entity)) said.append(" ", make("b", {}, objectText(fact)));
  for (const role of fact.roles) said.append(role.preposition ? ` ${role.preposition} ` : " ", make("b", {}, role.entity?.label ?? role.value));
  const about = [marksText(fact, entity), fact.weight > 1 ? say("counts.inDocuments", fact.weight) : "", periodText(fact)].filter(Boolean);
  const beside = about.length ? make("span", { class: "quiet" }, about.join(" · ")) : "";
  return make("li", {}, make("button", { type: "button", class: "row", click: () => chooseFact(fact, true) },
    line(fact.stance, fact.modality), make("span", {}, said, beside)));
}
