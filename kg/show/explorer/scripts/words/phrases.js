// What the page says of facts and things: "nicht: setzt ein", "geplant, laut Jan Weidenfeld", "12. Januar 2018".

import { data, entities, predicates, types } from "../graph/data.js";
import { language, say } from "./language.js";

/** What a fact says of its subject, or an edge of it with its preposition: "übergab an". */
export function predicateText(fact, preposition = "") {
  const label = `${predicates[fact.predicate][language]} ${preposition}`.trimEnd();
  return fact.polarity === "negative" ? say("polarity.not", label) : label;
}

export const objectText = (fact) => (fact.object ? fact.object.label : (fact.literal ?? ""));
export const roleText = ({ preposition, entity, value }) => [preposition, entity ? entity.label : value].filter(Boolean).join(" ");

/** What an edge says: "übergab an", "begrüßte Beschluss der IAEA", "Gouverneursrat der IAEA: begrüßte". */
export function edgeText({ fact, source, begin, preposition, spoken, phrase }) {
  const said = spoken ? say("voice.speaksOf") : predicateText(fact, preposition);
  const label = [said, phrase].filter(Boolean).join(" ");
  return source === begin ? label : `${begin.label}: ${label}`;
}

/** The whole fact: "Henrik Saller – übergab – Schlüssel – an Nele Prinz – in Stade". */
export function factText(fact) {
  const roles = fact.roles.filter((role) => !isTold(fact, role)).map(roleText);
  return [fact.subject.label, predicateText(fact), objectText(fact), ...roles].filter(Boolean).join(" – ");
}

/** Whether the object's phrase says already who has a role: "gemeinsame Aktivitäten mit Huawei" says "mit Huawei". */
function isTold({ object }, { entity, preposition }) {
  return object?.parts?.some((part) => entities[part] === entity) && object.label.split(" ").includes(preposition);
}

/** What keeps a fact from being plainly so, in words. */
export function marksText(fact, entity = null) {
  const denied = fact.polarity === "negative" ? say("polarity.negative") : "";
  return [denied, reserveText(fact, entity)].filter(Boolean).join(", ");
}

/** The same without a denial, which the predicate says by itself: "geplant, laut Jan Weidenfeld". */
export function reserveText(fact, entity = null) {
  const marks = [
    fact.modality === "asserted" ? "" : say(`modality.${fact.modality}`),
    fact.speaker && fact.speaker !== entity ? say("voice.says", fact.speaker.label) : "",
  ];
  return marks.filter(Boolean).join(", ");
}

/** An ISO date as people write it: "12. Januar 2018", "January 2018", or with a short month. */
export function dateText(iso, monthForm = "long") {
  const [year, month, day] = iso.split("-").map(Number);
  if (!month) return iso;
  const date = new Date(Date.UTC(year, month - 1, day || 1));
  const form = { timeZone: "UTC", year: "numeric", month: monthForm, ...(day && { day: "numeric" }) };
  return date.toLocaleDateString(language === "de" ? "de-DE" : "en-GB", form);
}

export function periodText(fact) {
  if (fact.since === fact.until) return fact.since ? dateText(fact.since) : "";
  const ends = [["fact.from", fact.since], ["fact.until", fact.until]];
  return ends.filter(([, iso]) => iso).map(([name, iso]) => say(name, dateText(iso))).join(" ");
}

/** What kind of thing it is: "Organisation (Unternehmen)". */
export function typeText(entity) {
  const type = types.get(entity.type)[language];
  return entity.kind === undefined ? type : `${type} (${data.kinds[entity.kind][language]})`;
}
