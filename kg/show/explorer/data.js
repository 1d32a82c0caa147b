// The graph as the page holds it: entities and facts that know each other, and how names are compared.

const data = JSON.parse(document.getElementById("data").textContent);
const { entities, facts, documents, sentences, predicates } = data;
const types = new Map(data.types.map((type) => [type.name, type]));

for (const [index, entity] of entities.entries()) {
  Object.assign(entity, { index, asSubject: [], asObject: [], within: [], asSpeaker: [], links: 0 });
}

/** Who contains what: "Huawei" is named inside "Komponenten von Huawei". */
const containing = entities.map(() => []);
for (const entity of entities) for (const part of entity.parts ?? []) containing[part].push(entity);

for (const [index, fact] of facts.entries()) {
  fact.index = index;
  fact.polarity ??= "positive";
  fact.modality ??= "asserted";
  fact.stance ??= "direct";
  fact.weight ??= 1;
  fact.subject = entities[fact.subject];
  fact.object = fact.object === undefined ? null : entities[fact.object];
  fact.speaker = fact.speaker === undefined ? null : entities[fact.speaker];
  fact.voice = fact.speaker ? "quoted" : "author";
  fact.linking = fact.object !== null && fact.object !== fact.subject;
  fact.documents = [...new Set(fact.claims.map((claim) => sentences[claim.sentence].document))];
  fact.subject.asSubject.push(fact);
  if (fact.linking) fact.object.asObject.push(fact);
  if (fact.speaker) fact.speaker.asSpeaker.push(fact);
  if (fact.linking) for (const end of [fact.subject, fact.object]) end.links += fact.weight;
}
for (const [part, wholes] of containing.entries()) {
  const own = new Set([...entities[part].asSubject, ...entities[part].asObject]);
  const found = wholes.flatMap((whole) => [...whole.asSubject, ...whole.asObject]);
  entities[part].within = [...new Set(found)].filter((fact) => !own.has(fact));
}

/** Entities from the one that most hangs on to the least. */
const ranked = [...entities].sort((a, b) => importance(b) - importance(a) || (a.id < b.id ? -1 : 1));

/** Whether it is no name but a common noun: "Risiken", "Sprecher". */
function isCommon(entity) {
  return entity.type === "Concept" || entity.type === "Role";
}

function importance(entity) {
  const named = isCommon(entity) ? 0.5 : 1;
  return named * (entity.links + 2 * entity.documents + 0.25 * entity.mentions);
}

/** The least and the greatest of some numbers, however many there are. */
function extremes(numbers) {
  return numbers.reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)], [Infinity, -Infinity]);
}

function byWeight(a, b) {
  return b.weight - a.weight || b.claims.length - a.claims.length || a.index - b.index;
}

/** A name for comparison: no case, no accents; "ß" is "ss". */
function folded(name) {
  return name.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[\s_]+/g, " ").trim();
}

/** The ways one may type a name: "Jörg" is found as Jorg and as Joerg. */
function spellings(name) {
  const lower = name.toLowerCase().normalize("NFC");
  const spelt = lower.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue");
  return [...new Set([folded(lower), folded(spelt)])];
}

const names = ranked.map((entity) => ({
  entity,
  names: [entity.label, ...(entity.aliases ?? [])].map((text) => ({ text, spellings: spellings(text) })),
}));

/** The entities that a query may mean, best first, each with the name that fits: whole names, then beginnings, then parts. */
function search(query, limit) {
  const wanted = spellings(query);
  if (!wanted[0]) return [];
  const hits = [];
  for (const [rank, { entity, names: called }] of names.entries()) {
    const [fit, name] = called.map(({ text, spellings: known }) => [fitness(known, wanted), text]).sort((a, b) => a[0] - b[0])[0];
    if (fit < Infinity) hits.push({ entity, name, fit, rank });
  }
  return hits.sort((a, b) => a.fit - b.fit || a.rank - b.rank).slice(0, limit);
}

function fitness(known, wanted) {
  let best = Infinity;
  for (const name of known) {
    for (const query of wanted) {
      const at = name.indexOf(query);
      if (at < 0) continue;
      const word = at === 0 || /[^\p{L}\p{N}]/u.test(name[at - 1]);
      best = Math.min(best, name === query ? 0 : word ? 1 : 2);
    }
  }
  return best;
}
