// The address of the page: it names what is chosen.

import { entities, facts } from "../graph/data.js";
import { choose, chooseFact, shown } from "../graph/selection.js";
import { turnToChosen } from "../picture/movement.js";

/** Put what is chosen into the address, so that one can come back to it or send it. A page inside another has none. */
export function note() {
  if (location.protocol === "about:") return;
  const mark = new URLSearchParams(shown.fact ? { fact: shown.fact.id } : shown.entity ? { entity: shown.entity.id } : {});
  history.replaceState(null, "", shown.fact || shown.entity ? `#${mark}` : location.pathname + location.search);
}

/** Choose what the address names. */
export function openAddressed() {
  const mark = new URLSearchParams(location.hash.slice(1));
  const entity = entities.find((known) => known.id === mark.get("entity"));
  const fact = facts.find((known) => known.id === mark.get("fact"));
  if (fact) chooseFact(fact);
  else if (entity) choose(entity);
  if (fact || entity) turnToChosen();
}
