// The graph as the page holds it: entities and facts that know each other.

export const data = JSON.parse(document.getElementById("data").textContent);
export const { entities, facts, documents, sentences, predicates } = data;
export const types = new Map(data.types.map((type) => [type.name, type]));

for (const [index, entity] of entities.entries()) {
  const y = -entity.y; // the layout's y points upwards
  Object.assign(entity, { index, y, asSubject: [], asObject: [], within: [], asSpeaker: [], links: 0 });
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
