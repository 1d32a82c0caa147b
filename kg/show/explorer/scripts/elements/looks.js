// How edges look: a colour for each stance, dashes for each modality.

import { data } from "../graph/data.js";

export const DASHES = Object.fromEntries(data.modalities.map(({ name, dashes }) => [name, dashes]));
const UNSURE = [1, 4]; // dots: perhaps misread

/** The dashes of a fact that stands so. */
export const dashesOf = (stance, modality) => (stance === "unsure" ? UNSURE : DASHES[modality]);
export const COLORS = Object.fromEntries(data.stances.map(({ name, color }) => [name, color]));
