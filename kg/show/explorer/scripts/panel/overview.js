// What the panel shows while nothing is chosen: the weightiest things, and the documents.

import { make } from "../elements/elements.js";
import { documents } from "../graph/data.js";
import { isCommon, ranked } from "../graph/ranking.js";
import { counted, say } from "../words/language.js";
import { ROWS, thing } from "./rows.js";
import { source } from "./sources.js";
import { heading } from "./titles.js";

export function overview() {
  const top = ranked.filter((entity) => entity.links && !isCommon(entity)).slice(0, 12);
  return [
    heading(say("overview.title")),
    make("p", { class: "hint" }, say("overview.hint")),
    make("ul", { class: "things" }, ...top.map((entity) => make("li", {}, thing(entity, true)))),
    make("h3", {}, say("overview.documents")),
    make("ul", { class: "documents" }, ...documents.slice(0, ROWS).map((document) => make("li", {}, ...source(document)))),
    documents.length > ROWS ? make("p", { class: "quiet" }, `… ${counted(documents.length, "counts.document", "counts.documents")}`) : "",
  ];
}
