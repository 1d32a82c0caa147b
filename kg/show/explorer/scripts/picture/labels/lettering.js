// Letters: how wide a text is, and how it is written on the picture.

import { pen } from "../canvas.js";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const LONGEST_LABEL = 34;
const widths = new Map();

export function short(text) {
  const letters = [...text];
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join("").trimEnd()}…` : text;
}

export function widthOf(text, size) {
  if (!widths.has(text)) {
    pen.font = `500 100px ${FONT}`;
    widths.set(text, pen.measureText(text).width / 100);
  }
  return widths.get(text) * size;
}

export function writeLabel({ text, x, y, size, weight, quiet, color }, ink) {
  pen.font = `${weight} ${size}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.strokeStyle = ink.paper;
  pen.lineWidth = 3.5;
  pen.strokeText(text, x, y);
  pen.fillStyle = color ?? (quiet ? ink.quiet : ink.ink);
  pen.fillText(text, x, y);
}
