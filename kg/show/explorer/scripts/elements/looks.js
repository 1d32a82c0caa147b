// How edges look: a colour for each stance, dashes for each modality.

import { data } from "../graph/data.js";

export const DASHES = Object.fromEntries(data.modalities.map(({ name, dashes }) => [name, dashes]));
export const COLORS = Object.fromEntries(data.stances.map(({ name, color }) => [name, color]));
