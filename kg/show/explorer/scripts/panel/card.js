// The card of a thing: its names, and its facts by the part that it plays in them.

import { make, webLink } from "../elements/elements.js";
import { dot } from "../elements/samples.js";
import { entities } from "../graph/data.js";
import { seen } from "../graph/filter.js";
import { byWeight } from "../graph/ranking.js";
import { say } from "../words/language.js";
import { typeText } from "../words/phrases.js";
import { factRow, ROWS, thing } from "./rows.js";
import { bar, heading } from "./titles.js";

export function card(entity) {
  const mentions = entity.mentions === 1 ? say("counts.mention") : say("counts.mentions", entity.mentions);
  const inTexts = entity.documents === 1 ? say("counts.inDocument") : say("counts.inDocuments", entity.documents);
  const rows = [
    ["card.also", entity.aliases && [entity.aliases.join(", ")]],
    ["card.description", entity.description && [entity.description]],
    ["card.names", entity.parts?.map((part) => thing(entities[part]))],
    ["card.sameAs", entity.sameAs?.flatMap((address) => [webLink(address, address.replace(/^https?:\/\//, "")), make("br")])],
  ].filter(([, values]) => values);
  const groups = [
    group("card.asSubject", entity.asSubject, entity),
    group("card.asObject", entity.asObject, entity),
    group("card.asRole", entity.asRole, entity),
    group("card.within", entity.within, entity),
    group("card.asSpeaker", entity.asSpeaker, entity),
  ].flat();
  return [
    bar(heading(entity.label)),
    make("p", { class: "kind" }, dot(entity.type), `${typeText(entity)} · ${mentions} ${inTexts}`),
    rows.length ? make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, ...value)])) : "",
    ...(groups.length ? groups : [make("p", { class: "hint" }, say("card.noFacts"))]),
  ];
}

/** The facts of one part that an entity plays in them, weightiest first; none where there are none. */
function group(title, all, entity) {
  if (!all.length) return [];
  const found = all.filter((fact) => seen.shown.has(fact)).sort(byWeight);
  const rows = make("ul", { class: "facts" }, ...found.slice(0, ROWS).map((fact) => factRow(fact, entity)));
  const more = found.length > ROWS && make("button", { type: "button", class: "more", click: () => {
    rows.append(...found.slice(ROWS).map((fact) => factRow(fact, entity)));
    rows.children[ROWS].querySelector("button").focus();
    more.remove();
  } }, say("card.more", found.length - ROWS));
  const hidden = all.length - found.length;
  return [
    make("h3", {}, say(title), make("span", { class: "quiet" }, ` ${all.length}`)),
    rows,
    more || "",
    hidden ? make("p", { class: "quiet" }, say("card.hidden", hidden)) : "",
  ].filter(Boolean);
}
