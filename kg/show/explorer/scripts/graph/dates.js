// Dates as days: "2018-01" is 1 to 31 January; which of them a fact belongs to.

import { documents } from "./data.js";

export const DAY = 24 * 60 * 60 * 1000;

/** Whether a date can be placed in time: one that somebody wrote as "im Mai" cannot. */
const isDate = (text) => /^\d{4}(-\d\d){0,2}$/.test(text ?? "");

/** The days of an ISO date of any precision, as numbers: "2018-01" is 1 to 31 January. */
function days(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const first = Date.UTC(year, (month || 1) - 1, day || 1);
  const last = day ? first : month ? Date.UTC(year, month, 0) : Date.UTC(year, 11, 31);
  return [first / DAY, last / DAY];
}

/** The stretches of time that a fact belongs to, by when its texts appeared or by the time that they name. */
export function stretches(fact, basis) {
  if (basis === "published") {
    return fact.documents.map((index) => documents[index].date).filter(isDate).map(days);
  }
  if (!isDate(fact.since) && !isDate(fact.until)) return [];
  return [[isDate(fact.since) ? days(fact.since)[0] : -Infinity, isDate(fact.until) ? days(fact.until)[1] : Infinity]];
}
