// How much there is, and how much of it the filters leave.

import { byId } from "../elements/elements.js";
import { documents, entities, facts, undrawn } from "../graph/data.js";
import { seen } from "../graph/filter.js";
import { counted, language, say } from "../words/language.js";

export function renderCounts() {
  byId("counts").textContent = seen.facts.length < facts.length
    ? say("counts.some", seen.facts.length.toLocaleString(language), facts.length.toLocaleString(language))
    : [
        counted(entities.length, "counts.entity", "counts.entities"),
        counted(facts.length, "counts.fact", "counts.facts"),
        counted(documents.length, "counts.document", "counts.documents"),
        ...undrawn ? [say("counts.undrawn", undrawn.toLocaleString(language))] : [],
      ].join(" · ");
}
