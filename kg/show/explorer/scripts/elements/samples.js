// Samples of what the picture draws, beside words: the dot of a type, the line of an edge.

import { types } from "../graph/data.js";
import { make } from "./elements.js";
import { COLORS, dashesOf } from "./looks.js";

export function dot(type) {
  const mark = make("span", { class: "dot", "aria-hidden": "true" });
  mark.style.background = types.get(type).color;
  return mark;
}

/** A short line in the look of an edge. */
export function line(stance, modality) {
  const space = "http://www.w3.org/2000/svg";
  const sample = document.createElementNS(space, "svg");
  for (const [name, value] of [["class", "line"], ["viewBox", "0 0 30 10"], ["aria-hidden", "true"]]) sample.setAttribute(name, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", stance === "denied" ? "M0 5H30M12 2L18 8M18 2L12 8" : "M0 5H30");
  path.setAttribute("stroke", COLORS[stance]);
  path.setAttribute("stroke-dasharray", dashesOf(stance, modality).join(" "));
  sample.append(path);
  return sample;
}
