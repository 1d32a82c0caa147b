// A fact with the sentences that say it.

import { make } from "../elements/elements.js";
import { line } from "../elements/samples.js";
import { documents, sentences } from "../graph/data.js";
import { seen } from "../graph/filter.js";
import { byWeight } from "../graph/ranking.js";
import { say } from "../words/language.js";
import { periodText, predicateText } from "../words/phrases.js";
import { factRow, ROWS, thing } from "./rows.js";
import { source } from "./sources.js";
import { bar, heading } from "./titles.js";

export function factView(fact) {
  const object = fact.object || fact.literal ? end(fact.object, fact.literal) : "";
  const statement = make("div", { class: "statement" },
    thing(fact.subject),
    make("p", { class: "predicate" }, line(fact.stance, fact.modality), make("strong", {}, predicateText(fact))),
    object);
  const rows = [
    ...fact.roles.map((role) => [say(`role.${role.role}`), make("span", {}, role.preposition ? `${role.preposition} ` : "", end(role.entity, role.value))]),
    [say("filter.polarity"), say(`polarity.${fact.polarity}`)],
    [say("filter.modality"), say(`modality.${fact.modality}`)],
    [say("filter.voice"), fact.speaker ? thing(fact.speaker) : say("voice.author")],
    [say("timeline.title"), periodText(fact)],
    [say("fact.confidence"), confidenceText(fact)],
    [say("fact.risk"), fact.risk >= 0.005 ? percent(fact.risk) : ""],
  ].filter(([, value]) => value);
  const between = new Set(fact.edges.flatMap((edge) => edge.group.map((other) => other.fact)));
  const others = [...between].filter((other) => other !== fact && seen.shown.has(other)).sort(byWeight);
  return [
    bar(heading(say("fact.title"))),
    statement,
    make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("h3", {}, say("fact.evidence"), make("span", { class: "quiet" }, ` ${fact.claims.length}`)),
    make("p", { class: "key" }, ...partsOf(fact).map((part) => make("mark", { class: part }, say(`fact.${part}`)))),
    ...fact.claims.map((claim) => evidence(claim)),
    ...(others.length ? [make("h3", {}, say("fact.others")), make("ul", { class: "facts" }, ...others.slice(0, ROWS).map((other) => factRow(other)))] : []),
  ];
}

/** "74 %, vielleicht falsch gelesen"; nothing where somebody wrote the fact down. */
function confidenceText({ confidence, unsure }) {
  return unsure ? `${percent(confidence)}, ${say("fact.unsure")}` : confidence < 1 ? percent(confidence) : "";
}

const percent = (share) => `${Math.round(100 * share)} %`;

/** Who or what takes part: a thing as a button, a text as it is. */
function end(entity, text) {
  return entity ? thing(entity) : make("span", { class: "literal" }, text);
}

/** The parts of a fact that its sentences may have marked. */
function partsOf(fact) {
  const object = fact.object || fact.literal ? ["object"] : [];
  return ["subject", "cue", ...object, ...(fact.roles.length ? ["role"] : [])];
}

/** A sentence with its marked parts, and where it stands. */
function evidence(claim) {
  const { text, document } = sentences[claim.sentence];
  const quote = make("blockquote", { lang: "de" });
  let at = 0;
  for (const [start, end, part] of claim.marks) {
    const isRole = !["subject", "cue", "object"].includes(part);
    const title = isRole ? say(`role.${part}`) : say(`fact.${part}`);
    quote.append(text.slice(at, start), make("mark", { class: isRole ? "role" : part, title }, text.slice(start, end)));
    at = end;
  }
  quote.append(text.slice(at));
  const beside = [claim.speaker ? say("fact.said", claim.speaker) : "", claim.time ? say("fact.time", claim.time) : ""].filter(Boolean);
  return make("figure", {}, quote, make("figcaption", {},
    beside.length ? make("p", {}, beside.join(" · ")) : "",
    make("p", {}, ...source(documents[document]))));
}
