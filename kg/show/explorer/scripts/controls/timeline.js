// The timeline: how many facts there are in each stretch of time, and two handles that say which of them count.

import { byId, make } from "../elements/elements.js";
import { facts } from "../graph/data.js";
import { DAY, stretches } from "../graph/dates.js";
import { filter } from "../graph/filter.js";
import { extremes } from "../graph/numbers.js";
import { say } from "../words/language.js";
import { dateText } from "../words/phrases.js";
import { filtered } from "./filtering.js";

const MOST_BARS = 60;
const timeline = { starts: [], ends: [], dated: { published: [], valid: [] } };

export function wireTimeline() {
  for (const basis of ["published", "valid"]) {
    timeline.dated[basis] = facts.map((fact) => stretches(fact, basis)).filter((found) => found.length);
  }
  if (!timeline.dated.published.length) filter.basis = "valid";
  byId("basis").value = filter.basis;
  byId("basis").addEventListener("change", () => {
    filter.basis = byId("basis").value;
    Object.assign(filter, { from: -Infinity, until: Infinity });
    renderTimeline();
    filtered();
  });
  byId("undated").addEventListener("change", () => {
    filter.undated = byId("undated").checked;
    filtered();
  });
  for (const id of ["from", "until"]) byId(id).addEventListener("input", () => slid(id));
}

/** Cut the time there is into days, months or years, as many as fit, and draw a bar for each. */
export function renderTimeline() {
  const found = timeline.dated[filter.basis];
  byId("timeline").hidden = !Object.values(timeline.dated).some((dated) => dated.length);
  const ends = found.flat(2).filter(Number.isFinite);
  Object.assign(timeline, ends.length ? cut(...extremes(ends)) : { starts: [], ends: [] });
  const counts = timeline.starts.map((start, bar) =>
    found.filter((spans) => spans.some(([first, last]) => first <= timeline.ends[bar] && last >= start)).length);
  const most = Math.max(1, extremes(counts)[1]);
  byId("bars").replaceChildren(...counts.map((count) => {
    const bar = make("div", {});
    bar.style.height = `${count ? Math.max(8, (100 * count) / most) : 0}%`;
    return bar;
  }));
  for (const id of ["from", "until"]) byId(id).max = Math.max(0, counts.length - 1);
  byId("from").value = 0;
  byId("until").value = counts.length - 1;
  for (const id of ["from", "until"]) byId(id).disabled = counts.length < 2;
  renderPeriod();
}

function cut(first, last) {
  const [begin, end] = [new Date(first * DAY), new Date(last * DAY)];
  const months = 12 * (end.getUTCFullYear() - begin.getUTCFullYear()) + end.getUTCMonth() - begin.getUTCMonth() + 1;
  const starts = [];
  if (last - first < MOST_BARS) for (let day = first; day <= last; day++) starts.push(day);
  else if (months <= MOST_BARS) {
    for (let month = 0; month < months; month++) starts.push(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + month) / DAY);
  } else {
    const step = Math.ceil(months / 12 / MOST_BARS);
    for (let year = begin.getUTCFullYear(); year <= end.getUTCFullYear(); year += step) starts.push(Date.UTC(year, 0) / DAY);
  }
  return { starts, ends: [...starts.slice(1).map((start) => start - 1), last] };
}

/** A handle was moved: the other one gives way. */
function slid(id) {
  const [from, until] = [Number(byId("from").value), Number(byId("until").value)];
  if (from > until) byId(id === "from" ? "until" : "from").value = byId(id).value;
  const [first, last] = [Number(byId("from").value), Number(byId("until").value)];
  filter.from = first === 0 ? -Infinity : timeline.starts[first];
  filter.until = last === timeline.starts.length - 1 ? Infinity : timeline.ends[last];
  renderPeriod();
  filtered();
}

export function renderPeriod() {
  const [first, last] = [Number(byId("from").value), Number(byId("until").value)];
  for (const [bar, element] of [...byId("bars").children].entries()) element.classList.toggle("out", bar < first || bar > last);
  if (!timeline.starts.length) return void (byId("period").value = say("fact.undated"));
  const [from, until] = [dayText(timeline.starts[first]), dayText(timeline.ends[last])];
  byId("period").value = from === until ? from : `${from} – ${until}`;
  byId("from").setAttribute("aria-valuetext", from);
  byId("until").setAttribute("aria-valuetext", until);
}

/** A day as precisely as the bars are: whole months and years go by their names. */
function dayText(day) {
  const date = new Date(day * DAY);
  const iso = date.toISOString().slice(0, 10);
  const width = timeline.ends[0] - timeline.starts[0];
  if (width > 31) return iso.slice(0, 4);
  return dateText(width > 0 ? iso.slice(0, 7) : iso, "short");
}
