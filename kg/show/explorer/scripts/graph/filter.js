// What is to be seen: filters by type, modality, polarity, voice, weight and time, and what they leave.

import { data, facts, types } from "./data.js";
import { stretches } from "./dates.js";
import { byWeight, ranked } from "./ranking.js";

/** A filter that leaves out nothing but things without a link, and facts that may be misread. */
export const openFilter = () => ({
  types: new Set(types.keys()),
  modality: new Set(data.modalities.map(({ name }) => name)),
  polarity: new Set(["positive", "negative"]),
  voice: new Set(["author", "quoted"]),
  weight: 1,
  sure: data.sure,
  loose: false,
  basis: "published",
  from: -Infinity,
  until: Infinity,
  undated: true,
});

export const filter = openFilter();
export const seen = { entities: [], facts: [], links: [] };

function inTime(fact) {
  const found = stretches(fact, filter.basis);
  if (!found.length) return filter.undated;
  return found.some(([first, last]) => first <= filter.until && last >= filter.from);
}

/** Whether a fact is read surely, or the slider, once moved, asks for one read so unsurely. */
function isShownAsRead(fact) {
  return fact.stance !== "unsure" || (filter.sure < data.sure && fact.confidence >= filter.sure);
}

function passes(fact) {
  return (
    filter.modality.has(fact.modality) && filter.polarity.has(fact.polarity) && filter.voice.has(fact.voice) &&
    fact.weight >= filter.weight && isShownAsRead(fact) && filter.types.has(fact.subject.type) &&
    (!fact.object || filter.types.has(fact.object.type)) && inTime(fact)
  );
}

/** Work out what the filters leave. A thing without a link is drawn where one asks for it. */
export function applyFilter() {
  seen.facts = facts.filter(passes);
  seen.links = [...seen.facts].sort(byWeight).flatMap((fact) => fact.edges).filter(({ target }) => filter.types.has(target.type));
  const linked = new Set(seen.links.flatMap(({ source, target }) => [source, target]));
  seen.entities = ranked.filter((entity) => entity.placed && (linked.has(entity) || (filter.loose && filter.types.has(entity.type))));
  seen.drawn = new Set(seen.entities);
  seen.shown = new Set(seen.facts);
  seen.linked = new Set(seen.links);
}
