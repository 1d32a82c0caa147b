// What is chosen or pointed at, and what was chosen before.

export const shown = { entity: null, fact: null, hovered: null };
export const trail = []; // what was chosen before, to come back to it

// What is done when something is chosen, and when nothing is any more. The page sets it: the panel lets one choose,
// and is itself drawn anew for what is chosen, so that neither can import the other.
const follow = { chosen: null, closed: null };

/** Have `chosen(focus, back)` and `closed()` called from now on; `back` tells that one came back to it. */
export function followSelection(chosen, closed) {
  Object.assign(follow, { chosen, closed });
}

/** Choose a thing: its card opens and the picture turns to it. `focus` tells to take the keyboard along. */
export function choose(entity, focus = false) {
  leave(entity);
  Object.assign(shown, { entity, fact: null });
  follow.chosen(focus, false);
}

export function chooseFact(fact, focus = false) {
  leave(fact);
  Object.assign(shown, { entity: null, fact });
  follow.chosen(focus, false);
}

/** Keep what was chosen before the next one, to come back to it. */
function leave(next) {
  const before = shown.fact ?? shown.entity;
  if (before && before !== next) trail.push(before);
}

export function goBack() {
  const before = trail.pop();
  Object.assign(shown, before.claims ? { entity: null, fact: before } : { entity: before, fact: null });
  follow.chosen(true, true);
}

/** Choose nothing any more, and forget the way there. */
export function chooseNothing() {
  trail.length = 0;
  Object.assign(shown, { entity: null, fact: null });
  follow.closed();
}
