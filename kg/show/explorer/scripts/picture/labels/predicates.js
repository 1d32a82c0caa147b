// What an edge says, along it: "beliefern", and below "(geplant)".

import { COLORS } from "../../elements/looks.js";
import { shown } from "../../graph/selection.js";
import { say } from "../../words/language.js";
import { edgeText, reserveText } from "../../words/phrases.js";
import { toScreen } from "../camera.js";
import { pointOn } from "../curves.js";
import { short, widthOf, writeLabel } from "./lettering.js";
import { boxAround } from "./room.js";

const LINE = 13; // pixels from line to line of what an edge says

/** What an edge says, near its middle, where there is room along it; that of a chosen one in any case. What keeps it
 * from being plainly so stands below, "(geplant, laut Jan Weidenfeld)", or the modality alone where room is short. */
export function writePredicate(names, discs, edge, ink) {
  const { fact } = edge;
  const brief = fact.modality === "asserted" ? [] : [say(`modality.${fact.modality}`)];
  const reserves = [...new Set([reserveText(fact), ...brief])];
  const tries = reserves.map((reserve) => [short(edgeText(edge)), ...(reserve ? [`(${short(reserve)})`] : [])]);
  const lines = tries.find((some) => roomFor(names, discs, edge, some)) ?? (shown.fact === fact ? tries[0] : null);
  if (!lines) return;
  const box = roomFor(names, discs, edge, lines) ?? boxesOn(edge, lines)[0];
  names.take({ ...box, weight: 1 });
  const color = fact.stance === "direct" ? ink.quiet : mixed(COLORS[fact.stance], ink.ink);
  for (const [row, text] of lines.entries()) {
    const y = box.top + 1.5 + LINE * (row + 0.5);
    writeLabel({ text, x: (box.left + box.right) / 2, y, size: 11, weight: 400, color }, ink);
  }
}

function roomFor(names, discs, edge, lines) {
  const [x1, y1] = toScreen(edge.source.x, edge.source.y);
  const [x2, y2] = toScreen(edge.target.x, edge.target.y);
  if (Math.hypot(x2 - x1, y2 - y1) < widest(lines) * 0.8) return null;
  return boxesOn(edge, lines).find((box) => !names.overlaps(box) && !discs.overlaps(box));
}

/** Where some lines may stand on an edge, best first; of a denied one beside its cross. */
function boxesOn(edge, lines) {
  const places = edge.fact.stance === "denied" ? [0.66, 0.34, 0.75, 0.25] : [0.5, 0.6, 0.4, 0.7, 0.3];
  const [width, height] = [widest(lines), 3 + LINE * lines.length];
  return places.map((t) => pointOn(edge, t)).map(({ x, y }) => boxAround(...toScreen(x, y), width, height));
}

const widest = (lines) => Math.max(...lines.map((text) => widthOf(text, 11))) + 6;

/** A colour of an edge as one can read it: half of it is ink. */
function mixed(hex, ink) {
  const parts = ink.match(/\d+/g).map(Number);
  const half = [1, 3, 5].map((at, place) => Math.round((parseInt(hex.slice(at, at + 2), 16) + parts[place]) / 2));
  return `rgb(${half.join(" ")})`;
}
