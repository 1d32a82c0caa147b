// Names in the picture: the weightiest first, each where it hides no other, and none where there is no room.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const LONGEST_LABEL = 34;
const FIRST_LABELS = 14;
const LINE = 13; // pixels from line to line of what an edge says
const CROWD = 400; // from so many things on, names may lie on small discs
const widths = new Map();

function short(text) {
  const letters = [...text];
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join("").trimEnd()}…` : text;
}

function widthOf(text, size) {
  if (!widths.has(text)) {
    pen.font = `500 100px ${FONT}`;
    widths.set(text, pen.measureText(text).width / 100);
  }
  return widths.get(text) * size;
}

/** The boxes that are taken; a label asks for room before it is written. */
class Room {
  #cells = new Map();
  #outer;

  /** A room in which the boxes of an outer one are in the way too. */
  constructor(outer = null) {
    this.#outer = outer;
  }

  static *#touched({ left, top, right, bottom }) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x++) {
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y++) yield `${x} ${y}`;
    }
  }

  /** What the boxes in the way weigh together, 0 where there is none. */
  overlaps(box) {
    const found = new Set();
    for (const cell of Room.#touched(box)) {
      for (const other of this.#cells.get(cell) ?? []) {
        if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) found.add(other);
      }
    }
    return [...found].reduce((sum, other) => sum + other.weight, this.#outer?.overlaps(box) ?? 0);
  }

  take(box) {
    for (const cell of Room.#touched(box)) {
      if (!this.#cells.has(cell)) this.#cells.set(cell, []);
      this.#cells.get(cell).push(box);
    }
  }
}

/** Write the names, and return what is taken by them and where each stands. */
function drawLabels(drawn, ink, near, edges) {
  const [names, discs] = [new Room(), new Room()];
  for (const entity of drawn) if (!near.item || near.entities.has(entity)) blockDisc(discs, entity, drawn.length > CROWD);
  const placed = new Map();
  const most = (picture.width * picture.height) / LABEL_SPACE;
  for (const entity of near.item ? weightiestFirst(near) : drawn) {
    if (placed.size >= most) break;
    const label = placeLabel(names, discs, entity, near.item === entity, placed.size < FIRST_LABELS);
    if (label) placed.set(entity, label);
  }
  pen.lineJoin = "round";
  for (const label of placed.values()) writeLabel(label, ink);
  const told = near.item ? near.facts : !picture.moving && edges.length < 60 && camera.zoom > 1.4 ? edges : [];
  for (const fact of told) writePredicate(names, discs, fact, ink);
  return { names, discs, placed };
}

/** What is chosen itself, then the weightiest of what belongs to it. */
function weightiestFirst({ item, entities }) {
  return [...entities].sort((a, b) => (b === item) - (a === item) || importance(b) - importance(a));
}

/** Name what is pointed at, between the names that stand there already. */
function labelPointed(ink, near) {
  const { names, discs, placed } = picture.labels;
  const room = new Room(names);
  for (const entity of weightiestFirst(near)) {
    const label = placed.get(entity) ?? placeLabel(room, discs, entity, false, true);
    if (label) writeLabel(label, ink);
  }
  for (const fact of near.facts) writePredicate(room, discs, fact, ink);
}

/** Discs are not written over, but for small ones in a crowd. */
function blockDisc(discs, entity, crowded) {
  const r = radius(entity);
  const [x, y] = toScreen(entity.x, entity.y);
  if ((crowded && r < 5) || x < -r || y < -r || x > picture.width + r || y > picture.height + r) return;
  discs.take({ ...boxAround(x, y, 2 * r, 2 * r), weight: 1 + importance(entity) });
}

/** Where a name fits around its disc: below, above, at its sides or corners. The first ones may hide a few discs. */
function placeLabel(names, discs, entity, chosen, first) {
  const [x, y] = toScreen(entity.x, entity.y);
  if (x < 0 || y < 0 || x > picture.width || y > picture.height) return null;
  const text = short(entity.label);
  const size = chosen ? 15 : Math.min(11 + Math.sqrt(importance(entity)) / 2.2, 16);
  const [width, r] = [widthOf(text, size) + 6, radius(entity) + (chosen ? 5 : 2)];
  const [beside, aside, over, up] = [r + width / 2, r * 0.7 + width / 2, r + size * 0.6, r * 0.7 + size * 0.5];
  const places = [
    [0, over], [0, -over], [beside, 0], [-beside, 0], [aside, up], [-aside, up], [aside, -up], [-aside, -up],
  ].map(([dx, dy]) => boxAround(x + dx, y + dy, width, size * 1.2));
  const open = places.filter((box) => inPicture(box) && !names.overlaps(box)).map((box) => [discs.overlaps(box), box]);
  const [hides, box] = open.reduce((best, next) => (next[0] < best[0] ? next : best), [Infinity, chosen ? places[0] : null]);
  if (!box || (hides && !first)) return null;
  names.take({ ...box, weight: 1 });
  const quiet = isCommon(entity);
  return { text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, size, weight: chosen ? 700 : 500, quiet };
}

const boxAround = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });
const inPicture = (box) => box.left >= 2 && box.right <= picture.width - 2 && box.top >= 2 && box.bottom <= picture.height - 2;

function writeLabel({ text, x, y, size, weight, quiet, color }, ink) {
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.strokeStyle = ink.paper;
  pen.lineWidth = 3.5;
  pen.strokeText(text, x, y);
  pen.fillStyle = color ?? (quiet ? ink.quiet : ink.ink);
  pen.fillText(text, x, y);
}

/** What an edge says, near its middle, where there is room along it; that of a chosen one in any case. What keeps it
 * from being plainly so stands below, "(geplant, laut Jan Weidenfeld)", or the modality alone where room is short. */
function writePredicate(names, discs, fact, ink) {
  const brief = fact.modality === "asserted" ? [] : [say(`modality.${fact.modality}`)];
  const reserves = [...new Set([reserveText(fact), ...brief])];
  const tries = reserves.map((reserve) => [short(predicateText(fact)), ...(reserve ? [`(${short(reserve)})`] : [])]);
  const lines = tries.find((some) => roomFor(names, discs, fact, some)) ?? (shown.fact === fact ? tries[0] : null);
  if (!lines) return;
  const box = roomFor(names, discs, fact, lines) ?? boxesOn(fact, lines)[0];
  names.take({ ...box, weight: 1 });
  const color = fact.stance === "direct" ? ink.quiet : mixed(COLORS[fact.stance], ink.ink);
  for (const [row, text] of lines.entries()) {
    const y = box.top + 1.5 + LINE * (row + 0.5);
    writeLabel({ text, x: (box.left + box.right) / 2, y, size: 11, weight: 400, color }, ink);
  }
}

function roomFor(names, discs, fact, lines) {
  const [x1, y1] = toScreen(fact.subject.x, fact.subject.y);
  const [x2, y2] = toScreen(fact.object.x, fact.object.y);
  if (Math.hypot(x2 - x1, y2 - y1) < widest(lines) * 0.8) return null;
  return boxesOn(fact, lines).find((box) => !names.overlaps(box) && !discs.overlaps(box));
}

/** Where some lines may stand on an edge, best first; of a denied one beside its cross. */
function boxesOn(fact, lines) {
  const places = fact.stance === "denied" ? [0.66, 0.34, 0.75, 0.25] : [0.5, 0.6, 0.4, 0.7, 0.3];
  const [width, height] = [widest(lines), 3 + LINE * lines.length];
  return places.map((t) => pointOn(fact, t)).map(({ x, y }) => boxAround(...toScreen(x, y), width, height));
}

const widest = (lines) => Math.max(...lines.map((text) => widthOf(text, 11))) + 6;

/** A colour of an edge as one can read it: half of it is ink. */
function mixed(hex, ink) {
  const parts = ink.match(/\d+/g).map(Number);
  const half = [1, 3, 5].map((at, place) => Math.round((parseInt(hex.slice(at, at + 2), 16) + parts[place]) / 2));
  return `rgb(${half.join(" ")})`;
}
