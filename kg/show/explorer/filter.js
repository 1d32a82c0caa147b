// What is to be seen: filters by type, modality, polarity, voice, weight and time, and what they leave.

/** A filter that leaves out nothing but things without a link. */
const openFilter = () => ({
  types: new Set(types.keys()),
  modality: new Set(data.modalities),
  polarity: new Set(["positive", "negative"]),
  voice: new Set(["author", "quoted"]),
  weight: 1,
  loose: false,
  basis: "published",
  from: -Infinity,
  until: Infinity,
  undated: true,
});

const filter = openFilter();

const seen = { entities: [], facts: [], links: [] };

/** Whether a date can be placed in time: one that somebody wrote as "im Mai" cannot. */
const isDate = (text) => /^\d{4}(-\d\d){0,2}$/.test(text ?? "");

/** The days of an ISO date of any precision, as numbers: "2018-01" is 1 to 31 January. */
function days(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const first = Date.UTC(year, (month || 1) - 1, day || 1);
  const last = day ? first : month ? Date.UTC(year, month, 0) : Date.UTC(year, 11, 31);
  return [first / DAY, last / DAY];
}

const DAY = 24 * 60 * 60 * 1000;

/** The stretches of time that a fact belongs to, by when its texts appeared or by the time that they name. */
function stretches(fact, basis) {
  if (basis === "published") {
    return fact.documents.map((index) => documents[index].date).filter(isDate).map(days);
  }
  if (!isDate(fact.since) && !isDate(fact.until)) return [];
  return [[isDate(fact.since) ? days(fact.since)[0] : -Infinity, isDate(fact.until) ? days(fact.until)[1] : Infinity]];
}

function inTime(fact) {
  const found = stretches(fact, filter.basis);
  if (!found.length) return filter.undated;
  return found.some(([first, last]) => first <= filter.until && last >= filter.from);
}

function passes(fact) {
  return (
    filter.modality.has(fact.modality) && filter.polarity.has(fact.polarity) && filter.voice.has(fact.voice) &&
    fact.weight >= filter.weight && filter.types.has(fact.subject.type) &&
    (!fact.object || filter.types.has(fact.object.type)) && inTime(fact)
  );
}

/** Work out what the filters leave. A thing without a link is drawn where one asks for it. */
function applyFilter() {
  seen.facts = facts.filter(passes);
  seen.links = seen.facts.filter((fact) => fact.linking).sort(byWeight);
  const linked = new Set(seen.links.flatMap((fact) => [fact.subject, fact.object]));
  seen.entities = ranked.filter((entity) => linked.has(entity) || (filter.loose && filter.types.has(entity.type)));
  seen.drawn = new Set(seen.entities);
  seen.shown = new Set(seen.facts);
}
