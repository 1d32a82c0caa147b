// How names are compared, and which things a query may mean: "joerg" and "jorg" find "Jörg".

import { ranked } from "./ranking.js";

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
export function search(query, limit) {
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
