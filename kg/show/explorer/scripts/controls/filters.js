// Filters, which are the legend too: each choice stands beside the colour or the line that it has in the picture.

import { byId, make } from "../elements/elements.js";
import { dot, line } from "../elements/samples.js";
import { data, entities, facts, types } from "../graph/data.js";
import { filter, openFilter, seen } from "../graph/filter.js";
import { extremes } from "../graph/numbers.js";
import { resize } from "../picture/drawing.js";
import { fit } from "../picture/movement.js";
import { language, say } from "../words/language.js";
import { filtered } from "./filtering.js";
import { renderTimeline } from "./timeline.js";

export const wide = matchMedia("(min-width: 1100px)"); // as in the style sheet: from here on the filters cover nothing

const total = (facts, test) => facts.reduce((sum, fact) => sum + (test(fact) ? 1 : 0), 0);

export function renderFilters() {
  const inUse = [...types.keys()].map((type) => [type, entities.filter((entity) => entity.type === type).length]);
  choices("types", inUse, (type) => types.get(type)[language], (type) => dot(type));
  const modalities = data.modalities.map(({ name }) => [name, total(facts, (fact) => fact.modality === name)]);
  choices("modality", modalities, (name) => say(`modality.${name}`), (name) => line(name === "asserted" ? "direct" : "open", name));
  const polarities = ["positive", "negative"].map((name) => [name, total(facts, (fact) => fact.polarity === name)]);
  choices("polarity", polarities, (name) => say(`polarity.${name}`), (name) => line(name === "negative" ? "denied" : "direct", "asserted"));
  const voices = ["author", "quoted"].map((name) => [name, total(facts, (fact) => fact.voice === name)]);
  choices("voice", voices, (name) => say(`voice.${name}`), (name) => line(name === "quoted" ? "claimed" : "direct", "asserted"));
  const most = Math.max(1, extremes(facts.map((fact) => fact.weight))[1]);
  byId("weight").max = most;
  byId("weight-filter").hidden = most < 2;
  const unsure = facts.filter((fact) => fact.stance === "unsure").map((fact) => fact.confidence);
  byId("sure-filter").hidden = !unsure.length;
  byId("sure").min = Math.min(Math.round(100 * data.sure) - 1, Math.floor(100 * extremes(unsure)[0]));
  byId("sure").max = Math.round(100 * data.sure);
  showSure();
  byId("loose-filter").hidden = entities.every((entity) => entity.links || !entity.placed);
}

/** How surely what is unsure has to be read to be seen: at the right end, as it begins, none of it is. */
function showSure() {
  const percent = Math.round(100 * filter.sure);
  byId("sure").value = percent;
  byId("sure-value").value = filter.sure < data.sure ? `${percent}` : say("filter.none");
}

/** Write the choices of one filter; a choice that nothing has is left out, and one alone is no choice. */
function choices(name, counts, label, sample) {
  const field = byId(name);
  const inUse = counts.filter(([, count]) => count);
  field.hidden = inUse.length < 2;
  field.replaceChildren(field.querySelector("legend"));
  for (const [value, count] of inUse) {
    const box = make("input", { type: "checkbox", change: () => {
      if (box.checked) filter[name].add(value);
      else filter[name].delete(value);
      filtered();
    } });
    box.checked = filter[name].has(value);
    field.append(make("label", { class: "choice" }, box, sample(value), make("span", {}, label(value)),
      make("span", { class: "count" }, count.toLocaleString(language))));
  }
}

function resetFilters() {
  Object.assign(filter, openFilter(), { basis: filter.basis });
  byId("weight").value = 1;
  byId("weight-value").value = "1";
  byId("loose").checked = false;
  byId("undated").checked = true;
  renderFilters();
  renderTimeline();
  filtered();
}

export function wireFilters() {
  byId("weight").addEventListener("input", () => {
    filter.weight = Number(byId("weight").value);
    byId("weight-value").value = byId("weight").value;
    filtered();
  });
  byId("sure").addEventListener("input", () => {
    filter.sure = Number(byId("sure").value) / 100;
    showSure();
    filtered();
  });
  byId("loose").addEventListener("change", () => {
    filter.loose = byId("loose").checked;
    filtered();
    fit(seen.entities);
  });
  byId("reset").addEventListener("click", resetFilters);
  byId("show-filters").addEventListener("click", () => toggleFilters());
  byId("close-filters").addEventListener("click", () => toggleFilters(false));
}

export function toggleFilters(open = !document.body.classList.contains("filtering")) {
  document.body.classList.toggle("filtering", open);
  byId("show-filters").setAttribute("aria-expanded", open);
  if (!open && byId("filters").contains(document.activeElement)) byId("show-filters").focus();
  resize();
}
