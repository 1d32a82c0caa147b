// The query page: an editor that knows the terms of the graph, ready questions, and answers as table, graph and file.

import { drawNet, linksOf, linksOfRows } from "./net.js";

const TEXTS = {
  de: {
    title: "Den Graphen fragen", explorer: "Graph ansehen", ready: "Fertige Fragen", run: "Fragen", table: "Tabelle",
    graph: "Graph", keys: "(Strg+Enter fragt, Strg+Leertaste ergänzt)", other: "English", choose: "– wählen –",
    rows: (n) => (n === 1 ? "1 Zeile" : `${n} Zeilen`), triples: (n) => `${n} Tripel`,
    unknown: (name, near) => `. Im Graphen gibt es kein ${name}${near.length ? ` (gemeint: ${near.join(" oder ")}?)` : ""}`,
    cut: (n) => `, nur die ersten ${n}`, busy: "…", yes: "ja", no: "nein", lost: "Der Server antwortet nicht.",
    save: (format) => `Als ${format} speichern`,
  },
  en: {
    title: "Ask the graph", explorer: "See the graph", ready: "Ready questions", run: "Ask", table: "Table",
    graph: "Graph", keys: "(Ctrl+Enter asks, Ctrl+Space completes)", other: "Deutsch", choose: "– choose –",
    rows: (n) => (n === 1 ? "1 row" : `${n} rows`), triples: (n) => `${n} triples`,
    unknown: (name, near) => `. The graph has no ${name}${near.length ? ` (did you mean ${near.join(" or ")}?)` : ""}`,
    cut: (n) => `, only the first ${n}`, busy: "…", yes: "yes", no: "no", lost: "The server does not answer.",
    save: (format) => `Save as ${format}`,
  },
};
const FILES = {
  rows: { CSV: ["text/csv", "csv"], JSON: ["application/sparql-results+json", "json"] },
  graph: { Turtle: ["text/turtle", "ttl"], JSON: ["application/ld+json", "jsonld"] },
};
const ASK_FOR = "application/sparql-results+json, application/n-triples;q=0.9";
const MOST_CHOICES = 40;

const at = (id) => document.getElementById(id);
const editor = at("query");
let language = navigator.language.startsWith("de") ? "de" : "en";
let switched = false;
let site;
let answer = null;
let view = "table";
let round = 0;

async function start() {
  site = await (await fetch("site.json")).json();
  say();
  const asked = decodeURIComponent(location.hash.slice(1));
  editor.value = asked || site.ready[0].sparql;
  at("ready").selectedIndex = 1 + site.ready.findIndex((ready) => ready.sparql === editor.value);
  if (asked) run();
}



function say() {
  const texts = TEXTS[language];
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = texts[node.dataset.text];
  at("language").textContent = texts.other;
  at("language").lang = language === "de" ? "en" : "de";
  const chosen = at("ready").selectedIndex;
  at("ready").replaceChildren(
    new Option(texts.choose, ""),
    ...site.ready.map((ready) => new Option(ready[language], ready.name)),
  );
  at("ready").selectedIndex = Math.max(chosen, 0);
  show();
}



function send(query, accept) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return fetch("sparql", { method: "POST", headers, body: query });
}

async function run() {
  const mine = ++round;
  const query = editor.value;
  history.replaceState(null, "", `#${encodeURIComponent(query)}`);
  answer = { kind: "busy" };
  show();
  const found = await ask(query);
  if (mine !== round) return;
  answer = found;
  show();
}

async function ask(query) {
  let response;
  try {
    response = await send(query, ASK_FOR);
  } catch {
    return { kind: "error", message: TEXTS[language].lost };
  }
  if (!response.ok) return { kind: "error", message: (await response.text()).trim() };
  const cut = response.headers.get("KG-Truncated");
  const unknown = parseUnknown(response.headers.get("KG-Unknown"));
  if (response.headers.get("Content-Type").startsWith("application/n-triples")) {
    return { kind: "graph", query, cut, unknown, triples: parseTriples(await response.text()) };
  }
  const found = await response.json();
  if ("boolean" in found) return { kind: "truth", query, cut, unknown, truth: found.boolean };
  return { kind: "rows", query, cut, unknown, names: found.head.vars, rows: found.results.bindings };
}

function parseUnknown(header) {
  return (header ?? "").split(", ").filter(Boolean).map((names) => names.split(" ").map(decodeURIComponent));
}

function parseTriples(text) {
  const term = /<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/g;
  return text.split("\n").filter(Boolean).map((line) =>
    [...line.matchAll(term)].slice(0, 3).map((found) => {
      if (found[1] !== undefined) return { type: "uri", value: unescaped(found[1]) };
      if (found[2]) return { type: "bnode", value: found[2] };
      return { type: "literal", value: unescaped(found[3]), "xml:lang": found[4] };
    }));
}

function unescaped(text) {
  const plain = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
  return text.replace(/\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)/g, (_, four, eight, one) =>
    one ? plain[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16)));
}

async function save(format) {
  const [type, suffix] = FILES[answer.kind === "graph" ? "graph" : "rows"][format];
  const response = await send(answer.query, type);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `kg.${suffix}`;
  link.click();
  URL.revokeObjectURL(link.href);
}



function show() {
  const texts = TEXTS[language];
  const kind = answer?.kind;
  const status = at("status");
  status.classList.toggle("bad", kind === "error");
  const cut = answer?.cut ? texts.cut(answer.cut) : "";
  status.textContent =
    { busy: texts.busy, error: answer?.message, truth: answer?.truth ? texts.yes : texts.no,
      rows: kind === "rows" ? texts.rows(answer.rows.length) + cut : "",
      graph: kind === "graph" ? texts.triples(answer.triples.length) + cut : "" }[kind] ?? "";
  for (const [name, ...near] of answer?.unknown ?? []) status.textContent += texts.unknown(name, near);
  const drawn = kind === "rows" || kind === "graph";
  at("table").hidden = !drawn || view !== "table";
  at("net").toggleAttribute("hidden", !drawn || view !== "graph");
  at("as-table").setAttribute("aria-pressed", view === "table");
  at("as-graph").setAttribute("aria-pressed", view === "graph");
  at("downloads").replaceChildren(...(drawn || kind === "truth" ? downloads() : []));
  if (!drawn) return;
  if (view === "table") at("table").replaceChildren(table());
  else drawNet(at("net"), kind === "graph" ? linksOf(answer.triples, shorten, language) : linksOfRows(answer, shorten));
}

function downloads() {
  return Object.keys(FILES[answer.kind === "graph" ? "graph" : "rows"]).map((format) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = format;
    button.title = TEXTS[language].save(format);
    button.addEventListener("click", () => save(format));
    return button;
  });
}

function table() {
  const graph = answer.kind === "graph";
  const head = graph ? ["s", "p", "o"] : answer.names;
  const rows = graph ? answer.triples : answer.rows.map((row) => answer.names.map((name) => row[name]));
  const found = document.createElement("table");
  const top = found.createTHead().insertRow();
  for (const name of head) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    top.append(cell);
  }
  const body = found.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const term of row) line.insertCell().append(shown(term));
  }
  return found;
}

function shown(term) {
  if (!term) return "";
  if (term.type !== "uri") return typeof term.value === "string" ? term.value : JSON.stringify(term.value);
  const link = document.createElement("a");
  link.textContent = shorten(term.value);
  if (/^https?:/.test(term.value)) link.href = linkOf(term.value);
  return link;
}

function linkOf(iri) {
  const path = iri.startsWith(site.base) ? iri.slice(site.base.length) : "";
  const wish = switched ? `?lang=${language}` : "";
  return site.folders.includes(path.split(/[/#]/)[0]) ? `page/${path.replace("#", "%23")}${wish}` : iri;
}

function shorten(iri) {
  let best = "";
  for (const [prefix, space] of Object.entries(site.prefixes)) {
    if (iri.startsWith(space) && space.length > (site.prefixes[best]?.length ?? 0)) best = prefix;
  }
  return best ? `${best}:${iri.slice(site.prefixes[best].length)}` : iri;
}



const choices = at("choices");
let chosen = 0;

function wordBefore() {
  return editor.value.slice(0, editor.selectionStart).match(/[\p{L}\d_.-]*:?[\p{L}\d_.-]*$/u)[0];
}

function fitting(word) {
  const wanted = word.toLowerCase();
  const names = site.terms.map((term) => ({ text: term.name, note: term[language] || term.de || term.en }));
  const prefixes = Object.keys(site.prefixes).map((prefix) => ({ text: `${prefix}:`, note: site.prefixes[prefix] }));
  const all = [...prefixes, ...names].filter((one) => one.text !== word && !one.text.startsWith("<"));
  const begin = all.filter((one) => one.text.toLowerCase().startsWith(wanted));
  const local = all.filter((one) => one.text.toLowerCase().split(":")[1]?.startsWith(wanted));
  const called = wanted.length < 2 ? [] : all.filter((one) => one.note.toLowerCase().includes(wanted));
  return [...new Set([...begin, ...local, ...called])].slice(0, MOST_CHOICES);
}

function offer(always) {
  const word = wordBefore();
  const found = always || word.includes(":") || word.length > 1 ? fitting(word) : [];
  chosen = 0;
  choices.replaceChildren(...found.map((one) => {
    const line = document.createElement("li");
    line.role = "option";
    line.dataset.text = one.text;
    const note = document.createElement("small");
    note.textContent = ` ${one.note}`;
    line.append(one.text, note);
    line.addEventListener("mousedown", (event) => { event.preventDefault(); take(one.text); });
    return line;
  }));
  choices.hidden = !found.length;
  editor.setAttribute("aria-expanded", String(!choices.hidden));
  if (found.length) { place(); mark(); }
}

function place() {
  const before = editor.value.slice(0, editor.selectionStart).split("\n");
  const style = getComputedStyle(editor);
  const line = parseFloat(style.lineHeight);
  const down = before.length * line - editor.scrollTop + parseFloat(style.paddingTop) + 4;
  const letters = before.at(-1).length * parseFloat(style.fontSize) * 0.6;
  choices.style.top = `${editor.offsetTop + Math.min(down, editor.clientHeight)}px`;
  choices.style.left = `${Math.max(0, Math.min(letters, editor.clientWidth - choices.offsetWidth))}px`;
}

function mark() {
  [...choices.children].forEach((line, number) => line.setAttribute("aria-selected", number === chosen));
  choices.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function take(text) {
  const word = wordBefore();
  editor.setRangeText(text, editor.selectionStart - word.length, editor.selectionStart, "end");
  close();
  editor.focus();
}

function close() {
  choices.hidden = true;
  editor.setAttribute("aria-expanded", "false");
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    close();
    run();
  } else if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    offer(true);
  } else if (!choices.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    const count = choices.children.length;
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    mark();
  } else if (!choices.hidden && ["Enter", "Tab"].includes(event.key)) {
    event.preventDefault();
    take(choices.children[chosen].dataset.text);
  } else if (event.key === "Escape") {
    close();
  }
}

editor.addEventListener("keydown", onKey);
editor.addEventListener("input", () => offer(false));
editor.addEventListener("blur", close);
at("run").addEventListener("click", run);
at("as-table").addEventListener("click", () => { view = "table"; show(); });
at("as-graph").addEventListener("click", () => { view = "graph"; show(); });
at("language").addEventListener("click", () => {
  language = language === "de" ? "en" : "de";
  switched = true;
  say();
});
at("ready").addEventListener("change", () => {
  const ready = site.ready[at("ready").selectedIndex - 1];
  if (!ready) return;
  editor.value = ready.sparql;
  run();
});
start();
