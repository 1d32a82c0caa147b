// Words and elements: what the page says in two languages, and how text becomes elements without ever being markup.

const words = JSON.parse(document.getElementById("words").textContent);
const byId = (id) => document.getElementById(id);

function remembered(key) {
  try {
    return localStorage.getItem(`kg-explorer-${key}`);
  } catch {
    return null; // a page in a sandbox has no storage, and starts as if for the first time
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`kg-explorer-${key}`, value);
  } catch {
    return; // as above: nothing is kept
  }
}

let language = remembered("language") === "en" ? "en" : "de";

/** What the page calls something, "filter.types", with a value in place of each {}. */
function say(name, ...values) {
  const [group, key] = name.split(".");
  return values.reduce((text, value) => text.replace("{}", () => value), words[group][key][language]);
}

/** A count with its noun, with the thousands as the language sets them apart. */
function counted(count, one, many) {
  return `${count.toLocaleString(language)} ${say(count === 1 ? one : many)}`;
}

/** A new element: attributes by name, functions as listeners, texts and elements as children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function sayAll() {
  document.documentElement.lang = language;
  document.title = say("page.title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) element.title = say(element.dataset.hint);
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
}

function predicateText(fact) {
  const label = predicates[fact.predicate][language];
  return fact.polarity === "negative" ? say("polarity.not", label) : label;
}

const objectText = (fact) => (fact.object ? fact.object.label : fact.literal);
const factText = (fact) => `${fact.subject.label} – ${predicateText(fact)} – ${objectText(fact)}`;

/** An ISO date as people write it: "12. Januar 2018", "January 2018", or with a short month. */
function dateText(iso, monthForm = "long") {
  const [year, month, day] = iso.split("-").map(Number);
  if (!month) return iso;
  const date = new Date(Date.UTC(year, month - 1, day || 1));
  const form = { timeZone: "UTC", year: "numeric", month: monthForm, ...(day && { day: "numeric" }) };
  return date.toLocaleDateString(language === "de" ? "de-DE" : "en-GB", form);
}

function periodText(fact) {
  if (fact.since === fact.until) return fact.since ? dateText(fact.since) : "";
  const ends = [["fact.from", fact.since], ["fact.until", fact.until]];
  return ends.filter(([, iso]) => iso).map(([name, iso]) => say(name, dateText(iso))).join(" ");
}

/** What kind of thing it is: "Organisation (Unternehmen)". */
function typeText(entity) {
  const type = types.get(entity.type)[language];
  return entity.kind === undefined ? type : `${type} (${data.kinds[entity.kind][language]})`;
}

function dot(type) {
  const mark = make("span", { class: "dot", "aria-hidden": "true" });
  mark.style.background = types.get(type).color;
  return mark;
}

/** A short line in the look of an edge. */
function line(stance, modality) {
  const space = "http://www.w3.org/2000/svg";
  const sample = document.createElementNS(space, "svg");
  for (const [name, value] of [["class", "line"], ["viewBox", "0 0 30 10"], ["aria-hidden", "true"]]) sample.setAttribute(name, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", stance === "denied" ? "M0 5H30M12 2L18 8M18 2L12 8" : "M0 5H30");
  path.setAttribute("stroke", COLORS[stance]);
  path.setAttribute("stroke-dasharray", DASHES[modality].join(" "));
  sample.append(path);
  return sample;
}

/** A link to an address of the web, or its text where it is none: "javascript:" is no place to go to. */
function webLink(address, text = address) {
  const safe = /^https?:\/\//i.test(address);
  return safe ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : document.createTextNode(text);
}
