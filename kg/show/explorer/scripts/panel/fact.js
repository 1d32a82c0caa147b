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
  const object = fact.object ? thing(fact.object) : make("span", { class: "literal" }, fact.literal);
  const statement = make("div", { class: "statement" },
    thing(fact.subject),
    make("p", { class: "predicate" }, line(fact.stance, fact.modality), make("strong", {}, predicateText(fact))),
    object);
  const rows = [
    [say("filter.polarity"), say(`polarity.${fact.polarity}`)],
    [say("filter.modality"), say(`modality.${fact.modality}`)],
    [say("filter.voice"), fact.speaker ? thing(fact.speaker) : say("voice.author")],
    [say("timeline.title"), periodText(fact)],
  ].filter(([, value]) => value);
  const others = (fact.group ?? []).filter((other) => other !== fact && seen.shown.has(other)).sort(byWeight);
  return [
    bar(heading(say("fact.title"))),
    statement,
    make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("h3", {}, say("fact.evidence"), make("span", { class: "quiet" }, ` ${fact.claims.length}`)),
    make("p", { class: "key" }, ...["subject", "cue", "object"].map((part) => make("mark", { class: part }, say(`fact.${part}`)))),
    ...fact.claims.map((claim) => evidence(claim)),
    ...(others.length ? [make("h3", {}, say("fact.others")), make("ul", { class: "facts" }, ...others.slice(0, ROWS).map((other) => factRow(other)))] : []),
  ];
}

/** A sentence with its marked parts, and where it stands. */
function evidence(claim) {
  const { text, document } = sentences[claim.sentence];
  const quote = make("blockquote", { lang: "de" });
  let at = 0;
  for (const [start, end, part] of claim.marks) {
    quote.append(text.slice(at, start), make("mark", { class: part, title: say(`fact.${part}`) }, text.slice(start, end)));
    at = end;
  }
  quote.append(text.slice(at));
  const beside = [claim.speaker ? say("fact.said", claim.speaker) : "", claim.time ? say("fact.time", claim.time) : ""].filter(Boolean);
  return make("figure", {}, quote, make("figcaption", {},
    beside.length ? make("p", {}, beside.join(" · ")) : "",
    make("p", {}, ...source(documents[document]))));
}
