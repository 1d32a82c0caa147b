// How edges look: a colour for each stance, dashes for each modality.

import { data } from "../graph/data.js";

export const DASHES = {
  asserted: [], planned: [9, 5], possible: [2, 4], required: [9, 4, 2, 4], reported: [4, 5], disputed: [12, 3, 2, 3, 2, 3],
};
export const COLORS = Object.fromEntries(data.stances.map(({ name, color }) => [name, color]));
