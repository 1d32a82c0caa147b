// The graph as the page holds it: entities and facts that know each other, and the edges that are drawn of these.

export const data = JSON.parse(document.getElementById("data").textContent);
export const { entities, facts, documents, sentences, predicates, undrawn = 0 } = data;
export const types = new Map(data.types.map((type) => [type.name, type]));

for (const [index, entity] of entities.entries()) {
  const placed = entity.y !== undefined; // what has no place is told of, and not drawn
  const y = placed ? -entity.y : undefined; // the layout's y points upwards
  Object.assign(entity, { index, y, placed, asSubject: [], asObject: [], asRole: [], within: [], asSpeaker: [], edges: [], links: 0 });
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
  fact.confidence ??= 1;
  fact.subject = entities[fact.subject];
  fact.object = fact.object === undefined ? null : entities[fact.object];
  fact.speaker = fact.speaker === undefined ? null : entities[fact.speaker];
  fact.voice = fact.speaker ? "quoted" : "author";
  fact.roles = (fact.roles ?? []).map(({ entity, ...role }) => ({ ...role, entity: entity === undefined ? null : entities[entity] }));
  fact.edges = edgesOf(fact);
  fact.documents = [...new Set(fact.claims.map((claim) => sentences[claim.sentence].document))];
  fact.subject.asSubject.push(fact);
  if (fact.object && fact.object !== fact.subject) fact.object.asObject.push(fact);
  const others = new Set(fact.roles.map(({ entity }) => entity).filter((entity) => entity && entity !== fact.subject && entity !== fact.object));
  for (const entity of others) entity.asRole.push(fact);
  if (fact.speaker) fact.speaker.asSpeaker.push(fact);
  for (const edge of fact.edges) {
    for (const end of [edge.source, edge.target]) {
      end.edges.push(edge);
      end.links += fact.weight;
    }
  }
}

/** What is drawn of a fact: an edge from its subject to its object, one to each thing that has a role in it, and one from
 * who says it to each of these that has a name. An edge through a phrase knows it, and gives way to one that says the same without. */
function edgesOf(fact) {
  const found = [...linksOf(fact)].flatMap(({ begin, entity, preposition = "", spoken = false }) =>
    standFor(begin).flatMap((source) =>
      standFor(entity)
        .filter((target) => target !== source && !(spoken && (source.unnamed || target.unnamed)))
        .map((target) => ({ fact, source, target, begin, preposition, spoken, phrase: target === entity ? "" : entity.label })),
    ),
  );
  const plain = found.filter(({ source, begin, phrase }) => source === begin && !phrase);
  const isTold = (edge) => plain.some(({ source, target }) => source === edge.source && target === edge.target);
  return found.filter((edge) => plain.includes(edge) || !isTold(edge));
}

function* linksOf(fact) {
  const taking = [{ entity: fact.object }, ...fact.roles].filter(({ entity }) => entity);
  for (const { entity, preposition } of taking) yield { begin: fact.subject, entity, preposition };
  if (!fact.speaker || fact.speaker === fact.subject) return;
  for (const entity of new Set([fact.subject, ...taking.map(({ entity }) => entity)]))
    if (entity !== fact.speaker) yield { begin: fact.speaker, entity, spoken: true };
}

/** Who stands in the picture for a thing: itself, or who is named in a phrase that is not drawn. */
function standFor(entity) {
  return entity.placed ? [entity] : (entity.parts ?? []).map((part) => entities[part]).filter(({ placed }) => placed);
}

/** The facts that a thing takes part in. */
export const partIn = (entity) => [...entity.asSubject, ...entity.asObject, ...entity.asRole];

for (const [part, wholes] of containing.entries()) {
  const own = new Set(partIn(entities[part]));
  const found = wholes.flatMap(partIn);
  entities[part].within = [...new Set(found)].filter((fact) => !own.has(fact));
}
