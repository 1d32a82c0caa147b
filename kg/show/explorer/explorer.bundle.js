// Made of scripts/*.js by `npm run build` in tests/node: change those.
"use strict";
var explorer = (() => {
  var __defProp = Object.defineProperty;
  var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __hasOwnProp = Object.prototype.hasOwnProperty;
  var __export = (target, all) => {
    for (var name in all)
      __defProp(target, name, { get: all[name], enumerable: true });
  };
  var __copyProps = (to, from, except, desc) => {
    if (from && typeof from === "object" || typeof from === "function") {
      for (let key of __getOwnPropNames(from))
        if (!__hasOwnProp.call(to, key) && key !== except)
          __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
    }
    return to;
  };
  var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

  // scripts/explorer.js
  var explorer_exports = {};
  __export(explorer_exports, {
    camera: () => camera,
    canvas: () => canvas,
    draw: () => draw,
    entities: () => entities,
    facts: () => facts,
    isDark: () => isDark,
    moved: () => moved,
    panBy: () => panBy,
    pen: () => pen,
    picture: () => picture,
    pointOn: () => pointOn,
    readInk: () => readInk,
    seen: () => seen,
    short: () => short,
    shown: () => shown,
    toScreen: () => toScreen,
    whole: () => whole,
    zoomBy: () => zoomBy
  });

  // scripts/elements/elements.js
  var byId = (id) => document.getElementById(id);
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }
  function webLink(address, text = address) {
    const safe = /^https?:\/\//i.test(address);
    return safe ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text) : document.createTextNode(text);
  }

  // scripts/graph/data.js
  var data = JSON.parse(document.getElementById("data").textContent);
  var { entities, facts, documents, sentences, predicates, undrawn = 0 } = data;
  var types = new Map(data.types.map((type) => [type.name, type]));
  for (const [index, entity] of entities.entries()) {
    const placed = entity.y !== void 0;
    const y = placed ? -entity.y : void 0;
    Object.assign(entity, { index, y, placed, asSubject: [], asObject: [], asRole: [], within: [], asSpeaker: [], edges: [], links: 0 });
  }
  var containing = entities.map(() => []);
  for (const entity of entities) for (const part of entity.parts ?? []) containing[part].push(entity);
  for (const [index, fact] of facts.entries()) {
    fact.index = index;
    fact.polarity ??= "positive";
    fact.modality ??= "asserted";
    fact.stance ??= "direct";
    fact.weight ??= 1;
    fact.confidence ??= 1;
    fact.subject = entities[fact.subject];
    fact.object = fact.object === void 0 ? null : entities[fact.object];
    fact.speaker = fact.speaker === void 0 ? null : entities[fact.speaker];
    fact.voice = fact.speaker ? "quoted" : "author";
    fact.roles = (fact.roles ?? []).map(({ entity, ...role }) => ({ ...role, entity: entity === void 0 ? null : entities[entity] }));
    fact.edges = edgesOf(fact);
    fact.documents = [...new Set(fact.claims.map((claim) => sentences[claim.sentence].document))];
    fact.subject.asSubject.push(fact);
    if (fact.object && fact.object !== fact.subject) fact.object.asObject.push(fact);
    const others = new Set(fact.roles.map(({ entity }) => entity).filter((entity) => entity && entity !== fact.subject && entity !== fact.object));
    for (const entity of others) entity.asRole.push(fact);
    if (fact.speaker) fact.speaker.asSpeaker.push(fact);
    for (const edge of fact.edges) {
      for (const end2 of [edge.source, edge.target]) {
        end2.edges.push(edge);
        end2.links += fact.weight;
      }
    }
  }
  function edgesOf(fact) {
    const found = [...linksOf(fact)].flatMap(
      ({ begin, entity, preposition = "", spoken = false }) => standFor(begin).flatMap(
        (source2) => standFor(entity).filter((target) => target !== source2 && !(spoken && (source2.unnamed || target.unnamed))).map((target) => ({ fact, source: source2, target, begin, preposition, spoken, phrase: target === entity ? "" : entity.label }))
      )
    );
    const plain = found.filter(({ source: source2, begin, phrase }) => source2 === begin && !phrase);
    const isTold2 = (edge) => plain.some(({ source: source2, target }) => source2 === edge.source && target === edge.target);
    return found.filter((edge) => plain.includes(edge) || !isTold2(edge));
  }
  function* linksOf(fact) {
    const taking = [{ entity: fact.object }, ...fact.roles].filter(({ entity }) => entity);
    for (const { entity, preposition } of taking) yield { begin: fact.subject, entity, preposition };
    if (!fact.speaker || fact.speaker === fact.subject) return;
    for (const entity of /* @__PURE__ */ new Set([fact.subject, ...taking.map(({ entity: entity2 }) => entity2)]))
      if (entity !== fact.speaker) yield { begin: fact.speaker, entity, spoken: true };
  }
  function standFor(entity) {
    return entity.placed ? [entity] : (entity.parts ?? []).map((part) => entities[part]).filter(({ placed }) => placed);
  }
  var partIn = (entity) => [...entity.asSubject, ...entity.asObject, ...entity.asRole];
  for (const [part, wholes] of containing.entries()) {
    const own = new Set(partIn(entities[part]));
    const found = wholes.flatMap(partIn);
    entities[part].within = [...new Set(found)].filter((fact) => !own.has(fact));
  }

  // scripts/graph/dates.js
  var DAY = 24 * 60 * 60 * 1e3;
  var isDate = (text) => /^\d{4}(-\d\d){0,2}$/.test(text ?? "");
  function days(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    const first = Date.UTC(year, (month || 1) - 1, day || 1);
    const last = day ? first : month ? Date.UTC(year, month, 0) : Date.UTC(year, 11, 31);
    return [first / DAY, last / DAY];
  }
  function stretches(fact, basis) {
    if (basis === "published") {
      return fact.documents.map((index) => documents[index].date).filter(isDate).map(days);
    }
    if (!isDate(fact.since) && !isDate(fact.until)) return [];
    return [[isDate(fact.since) ? days(fact.since)[0] : -Infinity, isDate(fact.until) ? days(fact.until)[1] : Infinity]];
  }

  // scripts/graph/ranking.js
  var ranked = [...entities].sort((a, b) => importance(b) - importance(a) || (a.id < b.id ? -1 : 1));
  function isCommon(entity) {
    return entity.type === "Concept" || entity.type === "Role";
  }
  function importance(entity) {
    const named = isCommon(entity) ? 0.5 : 1;
    return named * (entity.links + 2 * entity.documents + 0.25 * entity.mentions);
  }
  function byWeight(a, b) {
    return b.weight - a.weight || b.claims.length - a.claims.length || a.index - b.index;
  }

  // scripts/graph/filter.js
  var openFilter = () => ({
    types: new Set(types.keys()),
    modality: new Set(data.modalities.map(({ name }) => name)),
    polarity: /* @__PURE__ */ new Set(["positive", "negative"]),
    voice: /* @__PURE__ */ new Set(["author", "quoted"]),
    weight: 1,
    sure: data.sure,
    loose: false,
    basis: "published",
    from: -Infinity,
    until: Infinity,
    undated: true
  });
  var filter = openFilter();
  var seen = { entities: [], facts: [], links: [] };
  function inTime(fact) {
    const found = stretches(fact, filter.basis);
    if (!found.length) return filter.undated;
    return found.some(([first, last]) => first <= filter.until && last >= filter.from);
  }
  function isShownAsRead(fact) {
    return fact.stance !== "unsure" || filter.sure < data.sure && fact.confidence >= filter.sure;
  }
  function passes(fact) {
    return filter.modality.has(fact.modality) && filter.polarity.has(fact.polarity) && filter.voice.has(fact.voice) && fact.weight >= filter.weight && isShownAsRead(fact) && filter.types.has(fact.subject.type) && (!fact.object || filter.types.has(fact.object.type)) && inTime(fact);
  }
  function applyFilter() {
    seen.facts = facts.filter(passes);
    seen.links = [...seen.facts].sort(byWeight).flatMap((fact) => fact.edges).filter(({ target }) => filter.types.has(target.type));
    const linked = new Set(seen.links.flatMap(({ source: source2, target }) => [source2, target]));
    seen.entities = ranked.filter((entity) => entity.placed && (linked.has(entity) || filter.loose && filter.types.has(entity.type)));
    seen.drawn = new Set(seen.entities);
    seen.shown = new Set(seen.facts);
    seen.linked = new Set(seen.links);
  }

  // scripts/graph/selection.js
  var shown = { entity: null, fact: null, hovered: null };
  var trail = [];
  var follow = { chosen: null, closed: null };
  function followSelection(chosen2, closed2) {
    Object.assign(follow, { chosen: chosen2, closed: closed2 });
  }
  function choose(entity, focus = false) {
    leave(entity);
    Object.assign(shown, { entity, fact: null });
    follow.chosen(focus, false);
  }
  function chooseFact(fact, focus = false) {
    leave(fact);
    Object.assign(shown, { entity: null, fact });
    follow.chosen(focus, false);
  }
  function leave(next) {
    const before = shown.fact ?? shown.entity;
    if (before && before !== next) trail.push(before);
  }
  function goBack() {
    const before = trail.pop();
    Object.assign(shown, before.claims ? { entity: null, fact: before } : { entity: before, fact: null });
    follow.chosen(true, true);
  }
  function chooseNothing() {
    trail.length = 0;
    Object.assign(shown, { entity: null, fact: null });
    follow.closed();
  }

  // scripts/elements/looks.js
  var DASHES = Object.fromEntries(data.modalities.map(({ name, dashes }) => [name, dashes]));
  var UNSURE = [1, 4];
  var dashesOf = (stance, modality) => stance === "unsure" ? UNSURE : DASHES[modality];
  var COLORS = Object.fromEntries(data.stances.map(({ name, color }) => [name, color]));

  // scripts/elements/samples.js
  function dot(type) {
    const mark = make("span", { class: "dot", "aria-hidden": "true" });
    mark.style.background = types.get(type).color;
    return mark;
  }
  function line(stance, modality) {
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

  // scripts/words/memory.js
  function remembered(key) {
    try {
      return localStorage.getItem(`kg-explorer-${key}`);
    } catch {
      return null;
    }
  }
  function remember(key, value) {
    try {
      localStorage.setItem(`kg-explorer-${key}`, value);
    } catch {
      return;
    }
  }

  // scripts/words/language.js
  var words = JSON.parse(document.getElementById("words").textContent);
  var language = remembered("language") === "en" ? "en" : "de";
  function speak(chosen2) {
    language = chosen2;
    remember("language", language);
  }
  function say(name, ...values) {
    const [group2, key] = name.split(".");
    return values.reduce((text, value) => text.replace("{}", () => value), words[group2][key][language]);
  }
  function counted(count, one, many) {
    return `${count.toLocaleString(language)} ${say(count === 1 ? one : many)}`;
  }
  function sayAll() {
    document.documentElement.lang = language;
    document.title = say("page.title");
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
    for (const element of document.querySelectorAll("[data-hint]")) element.title = say(element.dataset.hint);
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  }

  // scripts/words/phrases.js
  function predicateText(fact, preposition = "") {
    const label = `${predicates[fact.predicate][language]} ${preposition}`.trimEnd();
    return fact.polarity === "negative" ? say("polarity.not", label) : label;
  }
  var objectText = (fact) => fact.object ? fact.object.label : fact.literal ?? "";
  var roleText = ({ preposition, entity, value }) => [preposition, entity ? entity.label : value].filter(Boolean).join(" ");
  function edgeText({ fact, source: source2, begin, preposition, spoken, phrase }) {
    const said = spoken ? say("voice.speaksOf") : predicateText(fact, preposition);
    const label = [said, phrase].filter(Boolean).join(" ");
    return source2 === begin ? label : `${begin.label}: ${label}`;
  }
  function factText(fact) {
    const roles = fact.roles.filter((role) => !isTold(fact, role)).map(roleText);
    return [fact.subject.label, predicateText(fact), objectText(fact), ...roles].filter(Boolean).join(" – ");
  }
  function isTold({ object }, { entity, preposition }) {
    return object?.parts?.some((part) => entities[part] === entity) && object.label.split(" ").includes(preposition);
  }
  function marksText(fact, entity = null) {
    const denied = fact.polarity === "negative" ? say("polarity.negative") : "";
    return [denied, reserveText(fact, entity)].filter(Boolean).join(", ");
  }
  function reserveText(fact, entity = null) {
    const marks = [
      fact.modality === "asserted" ? "" : say(`modality.${fact.modality}`),
      fact.speaker && fact.speaker !== entity ? say("voice.says", fact.speaker.label) : ""
    ];
    return marks.filter(Boolean).join(", ");
  }
  function dateText(iso, monthForm = "long") {
    const [year, month, day] = iso.split("-").map(Number);
    if (!month) return iso;
    const date = new Date(Date.UTC(year, month - 1, day || 1));
    const form = { timeZone: "UTC", year: "numeric", month: monthForm, ...day && { day: "numeric" } };
    return date.toLocaleDateString(language === "de" ? "de-DE" : "en-GB", form);
  }
  function periodText(fact) {
    if (fact.since === fact.until) return fact.since ? dateText(fact.since) : "";
    const ends = [["fact.from", fact.since], ["fact.until", fact.until]];
    return ends.filter(([, iso]) => iso).map(([name, iso]) => say(name, dateText(iso))).join(" ");
  }
  function typeText(entity) {
    const type = types.get(entity.type)[language];
    return entity.kind === void 0 ? type : `${type} (${data.kinds[entity.kind][language]})`;
  }

  // scripts/panel/rows.js
  var ROWS = 40;
  function thing(entity, described = false) {
    const name = make("span", {}, entity.label);
    if (described) name.append(" ", make("span", { class: "quiet" }, entity.description ?? typeText(entity)));
    return make("button", { class: "thing", type: "button", click: () => choose(entity, true) }, dot(entity.type), name);
  }
  function factRow(fact, entity = null) {
    const said = make("span", { class: "said" });
    if (fact.subject !== entity) said.append(make("b", {}, fact.subject.label), " ");
    said.append(make("span", { class: "predicate" }, predicateText(fact)));
    if (objectText(fact) && (fact.object === null || fact.object !== entity)) said.append(" ", make("b", {}, objectText(fact)));
    for (const role of fact.roles) said.append(role.preposition ? ` ${role.preposition} ` : " ", make("b", {}, role.entity?.label ?? role.value));
    const about = [marksText(fact, entity), fact.weight > 1 ? say("counts.inDocuments", fact.weight) : "", periodText(fact)].filter(Boolean);
    const beside = about.length ? make("span", { class: "quiet" }, about.join(" · ")) : "";
    return make("li", {}, make(
      "button",
      { type: "button", class: "row", click: () => chooseFact(fact, true) },
      line(fact.stance, fact.modality),
      make("span", {}, said, beside)
    ));
  }

  // scripts/panel/titles.js
  function bar(title) {
    const back = trail.length ? make("button", { class: "back", type: "button", click: goBack }, `‹ ${say("page.back")}`) : "";
    const close = make("button", { class: "close", type: "button", "aria-label": say("page.close"), click: chooseNothing }, "×");
    return make("div", { class: "titled" }, back, title, close);
  }
  function heading(text) {
    return make("h2", { id: "panel-title", tabindex: "-1" }, text);
  }

  // scripts/panel/card.js
  function card(entity) {
    const mentions = entity.mentions === 1 ? say("counts.mention") : say("counts.mentions", entity.mentions);
    const inTexts = entity.documents === 1 ? say("counts.inDocument") : say("counts.inDocuments", entity.documents);
    const rows = [
      ["card.also", entity.aliases && [entity.aliases.join(", ")]],
      ["card.description", entity.description && [entity.description]],
      ["card.names", entity.parts?.map((part) => thing(entities[part]))],
      ["card.sameAs", entity.sameAs?.flatMap((address) => [webLink(address, address.replace(/^https?:\/\//, "")), make("br")])]
    ].filter(([, values]) => values);
    const groups = [
      group("card.asSubject", entity.asSubject, entity),
      group("card.asObject", entity.asObject, entity),
      group("card.asRole", entity.asRole, entity),
      group("card.within", entity.within, entity),
      group("card.asSpeaker", entity.asSpeaker, entity)
    ].flat();
    return [
      bar(heading(entity.label)),
      make("p", { class: "kind" }, dot(entity.type), `${typeText(entity)} · ${mentions} ${inTexts}`),
      rows.length ? make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, ...value)])) : "",
      ...groups.length ? groups : [make("p", { class: "hint" }, say("card.noFacts"))]
    ];
  }
  function group(title, all, entity) {
    if (!all.length) return [];
    const found = all.filter((fact) => seen.shown.has(fact)).sort(byWeight);
    const rows = make("ul", { class: "facts" }, ...found.slice(0, ROWS).map((fact) => factRow(fact, entity)));
    const more = found.length > ROWS && make("button", { type: "button", class: "more", click: () => {
      rows.append(...found.slice(ROWS).map((fact) => factRow(fact, entity)));
      rows.children[ROWS].querySelector("button").focus();
      more.remove();
    } }, say("card.more", found.length - ROWS));
    const hidden = all.length - found.length;
    return [
      make("h3", {}, say(title), make("span", { class: "quiet" }, ` ${all.length}`)),
      rows,
      more || "",
      hidden ? make("p", { class: "quiet" }, say("card.hidden", hidden)) : ""
    ].filter(Boolean);
  }

  // scripts/panel/sources.js
  function source(document2) {
    const title = document2.title ?? document2.id;
    const about = [document2.publisher, document2.date ? dateText(document2.date) : say("fact.undated")].filter(Boolean).join(", ");
    return [document2.url ? webLink(document2.url, title) : make("span", {}, title), make("span", { class: "quiet" }, ` ${about}`)];
  }

  // scripts/panel/fact.js
  function factView(fact) {
    const object = fact.object || fact.literal ? end(fact.object, fact.literal) : "";
    const statement = make(
      "div",
      { class: "statement" },
      thing(fact.subject),
      make("p", { class: "predicate" }, line(fact.stance, fact.modality), make("strong", {}, predicateText(fact))),
      object
    );
    const rows = [
      ...fact.roles.map((role) => [say(`role.${role.role}`), make("span", {}, role.preposition ? `${role.preposition} ` : "", end(role.entity, role.value))]),
      [say("filter.polarity"), say(`polarity.${fact.polarity}`)],
      [say("filter.modality"), say(`modality.${fact.modality}`)],
      [say("filter.voice"), fact.speaker ? thing(fact.speaker) : say("voice.author")],
      [say("timeline.title"), periodText(fact)],
      [say("fact.confidence"), confidenceText(fact)],
      [say("fact.risk"), fact.risk >= 5e-3 ? percent(fact.risk) : ""]
    ].filter(([, value]) => value);
    const between = new Set(fact.edges.flatMap((edge) => edge.group.map((other) => other.fact)));
    const others = [...between].filter((other) => other !== fact && seen.shown.has(other)).sort(byWeight);
    return [
      bar(heading(say("fact.title"))),
      statement,
      make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
      make("h3", {}, say("fact.evidence"), make("span", { class: "quiet" }, ` ${fact.claims.length}`)),
      make("p", { class: "key" }, ...partsOf(fact).map((part) => make("mark", { class: part }, say(`fact.${part}`)))),
      ...fact.claims.map((claim) => evidence(claim)),
      ...others.length ? [make("h3", {}, say("fact.others")), make("ul", { class: "facts" }, ...others.slice(0, ROWS).map((other) => factRow(other)))] : []
    ];
  }
  function confidenceText({ confidence, unsure }) {
    return unsure ? `${percent(confidence)}, ${say("fact.unsure")}` : confidence < 1 ? percent(confidence) : "";
  }
  var percent = (share) => `${Math.round(100 * share)} %`;
  function end(entity, text) {
    return entity ? thing(entity) : make("span", { class: "literal" }, text);
  }
  function partsOf(fact) {
    const object = fact.object || fact.literal ? ["object"] : [];
    return ["subject", "cue", ...object, ...fact.roles.length ? ["role"] : []];
  }
  function evidence(claim) {
    const { text, document: document2 } = sentences[claim.sentence];
    const quote = make("blockquote", { lang: "de" });
    let at = 0;
    for (const [start2, end2, part] of claim.marks) {
      const isRole = !["subject", "cue", "object"].includes(part);
      const title = isRole ? say(`role.${part}`) : say(`fact.${part}`);
      quote.append(text.slice(at, start2), make("mark", { class: isRole ? "role" : part, title }, text.slice(start2, end2)));
      at = end2;
    }
    quote.append(text.slice(at));
    const beside = [claim.speaker ? say("fact.said", claim.speaker) : "", claim.time ? say("fact.time", claim.time) : ""].filter(Boolean);
    return make("figure", {}, quote, make(
      "figcaption",
      {},
      beside.length ? make("p", {}, beside.join(" · ")) : "",
      make("p", {}, ...source(documents[document2]))
    ));
  }

  // scripts/panel/overview.js
  function overview() {
    const top = ranked.filter((entity) => entity.links && !isCommon(entity)).slice(0, 12);
    return [
      heading(say("overview.title")),
      make("p", { class: "hint" }, say("overview.hint")),
      make("ul", { class: "things" }, ...top.map((entity) => make("li", {}, thing(entity, true)))),
      make("h3", {}, say("overview.documents")),
      make("ul", { class: "documents" }, ...documents.slice(0, ROWS).map((document2) => make("li", {}, ...source(document2)))),
      documents.length > ROWS ? make("p", { class: "quiet" }, `… ${counted(documents.length, "counts.document", "counts.documents")}`) : ""
    ];
  }

  // scripts/panel/panel.js
  var panel = byId("panel");
  function renderPanel(focus = false) {
    const parts = shown.fact ? factView(shown.fact) : shown.entity ? card(shown.entity) : overview();
    panel.replaceChildren(...parts.filter(Boolean));
    panel.scrollTop = 0;
    document.body.classList.toggle("chosen", Boolean(shown.fact || shown.entity));
    if (focus) panel.querySelector("h2").focus();
  }

  // scripts/picture/canvas.js
  var canvas = document.getElementById("canvas");
  var pen = canvas.getContext("2d");
  var picture = {
    width: 0,
    height: 0,
    asked: false,
    stale: true,
    moving: false,
    moved: false,
    grid: null,
    labels: null,
    settled: 0,
    flight: 0
  };

  // scripts/graph/near.js
  function broughtOut(item) {
    const edges = new Set(item ? edgesOf2(item) : []);
    const own = item ? [item.claims ? item.subject : item].filter(({ placed }) => placed) : [];
    const entities2 = /* @__PURE__ */ new Set([...own, ...[...edges].flatMap(({ source: source2, target }) => [source2, target])]);
    return { item: entities2.size ? item : null, edges, entities: entities2 };
  }
  function edgesOf2(item) {
    return item.claims ? item.edges : item.edges.filter((edge) => seen.linked.has(edge));
  }

  // scripts/graph/numbers.js
  function extremes(numbers) {
    return numbers.reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)], [Infinity, -Infinity]);
  }

  // scripts/picture/camera.js
  var camera = { x: 0, y: 0, zoom: 1 };
  var RANGE = [0.05, 12];
  var DISC = 0.75;
  var SMALLEST_DISC = 2.5;
  var toScreen = (x, y) => [(x - camera.x) * camera.zoom + picture.width / 2, (y - camera.y) * camera.zoom + picture.height / 2];
  var toWorld = (x, y) => [(x - picture.width / 2) / camera.zoom + camera.x, (y - picture.height / 2) / camera.zoom + camera.y];
  var radius = (entity) => Math.max(entity.size * DISC * Math.min(camera.zoom, camera.zoom ** 0.6), SMALLEST_DISC);
  function whole(items, most = 2.2) {
    if (!items.length) return camera;
    const [left, right] = extremes(items.map((item) => item.x));
    const [top, bottom] = extremes(items.map((item) => item.y));
    const wide2 = (picture.width - Math.min(160, picture.width / 6)) / (right - left + 1);
    const high = (picture.height - Math.min(100, picture.height / 5)) / (bottom - top + 1);
    return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(RANGE[0], Math.min(wide2, high, most)) };
  }

  // scripts/picture/discs.js
  function drawNodes(entities2, ink, near) {
    const groups = /* @__PURE__ */ new Map();
    for (const entity of entities2) {
      const key = `${near.item && !near.entities.has(entity) ? 0.18 : 1} ${types.get(entity.type).color}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(entity);
    }
    for (const [key, group2] of [...groups].sort(([a], [b]) => a < b ? -1 : 1)) {
      const [alpha, color] = key.split(" ");
      pen.fillStyle = ink.paper;
      if (camera.zoom > 0.5) for (const entity of group2) drawDisc(entity, 1.5);
      pen.globalAlpha = Number(alpha);
      pen.fillStyle = color;
      for (const entity of group2) drawDisc(entity, 0);
      pen.globalAlpha = 1;
    }
    if (near.item && !near.item.claims) drawRing(near.item, ink.ink);
  }
  function drawDisc(entity, margin) {
    const [x, y] = toScreen(entity.x, entity.y);
    const r = radius(entity) + margin;
    if (x < -r || y < -r || x > picture.width + r || y > picture.height + r) return;
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fill();
  }
  function drawRing(entity, color) {
    const [x, y] = toScreen(entity.x, entity.y);
    pen.strokeStyle = color;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, y, radius(entity) + 3, 0, 2 * Math.PI);
    pen.stroke();
  }

  // scripts/picture/curves.js
  var BEND = 16;
  function bendEdges() {
    const between = /* @__PURE__ */ new Map();
    for (const edge of facts.flatMap((fact) => fact.edges)) {
      const [one, other] = [edge.source.index, edge.target.index].sort((a, b) => a - b);
      const key = `${one} ${other}`;
      if (!between.has(key)) between.set(key, []);
      between.get(key).push(edge);
    }
    for (const group2 of between.values()) {
      for (const edge of group2) edge.group = group2;
      bend(group2);
    }
  }
  function bend(group2) {
    for (const [place, edge] of group2.entries()) {
      const [one, other] = [edge.source, edge.target].sort((a, b) => a.index - b.index);
      const [dx, dy] = [other.x - one.x, other.y - one.y];
      const length = Math.hypot(dx, dy) || 1;
      const aside = (place - (group2.length - 1) / 2) * Math.min(BEND, length / 3);
      edge.straight = aside === 0;
      edge.bendX = (one.x + other.x) / 2 - 2 * aside * dy / length;
      edge.bendY = (one.y + other.y) / 2 + 2 * aside * dx / length;
    }
  }
  function put(entity, x, y) {
    Object.assign(entity, { x, y });
    for (const group2 of new Set(entity.edges.map((edge) => edge.group))) bend(group2);
    picture.grid = null;
  }
  function pointOn(edge, t) {
    const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    return {
      x: a * edge.source.x + b * edge.bendX + c * edge.target.x,
      y: a * edge.source.y + b * edge.bendY + c * edge.target.y
    };
  }

  // scripts/picture/edges.js
  function drawEdges(edges, alpha, plain) {
    const looks = /* @__PURE__ */ new Map();
    for (const edge of edges) {
      const look = `${edge.fact.stance} ${edge.fact.modality} ${Math.min(edge.fact.weight, 4)}`;
      if (!looks.has(look)) looks.set(look, []);
      looks.get(look).push(edge);
    }
    for (const group2 of looks.values()) {
      const [{ fact: { stance, modality, weight } }] = group2;
      pen.strokeStyle = pen.fillStyle = COLORS[stance];
      pen.globalAlpha = stance === "unsure" ? alpha / 2 : alpha;
      pen.lineWidth = plain ? 0.7 : 0.9 + 0.5 * Math.min(weight, 4);
      pen.setLineDash(plain || picture.moving ? [] : dashesOf(stance, modality));
      pen.beginPath();
      for (const edge of group2) traceEdge(edge, plain);
      pen.stroke();
      if (plain) continue;
      pen.setLineDash([]);
      pen.beginPath();
      for (const edge of group2) traceArrow(edge);
      pen.fill();
      if (stance === "denied") for (const edge of group2) drawCross(edge);
    }
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }
  function traceEdge(edge, plain) {
    const [x1, y1] = toScreen(edge.source.x, edge.source.y);
    const [x2, y2] = toScreen(edge.target.x, edge.target.y);
    pen.moveTo(x1, y1);
    if (plain || edge.straight) pen.lineTo(x2, y2);
    else pen.quadraticCurveTo(...toScreen(edge.bendX, edge.bendY), x2, y2);
  }
  function traceArrow(edge) {
    const [x, y] = toScreen(edge.target.x, edge.target.y);
    const [fromX, fromY] = edge.straight ? toScreen(edge.source.x, edge.source.y) : toScreen(edge.bendX, edge.bendY);
    const length = Math.hypot(x - fromX, y - fromY);
    const size = Math.min(3 + 3 * camera.zoom, 8);
    const gap = radius(edge.target) + 1;
    if (length < gap + 2 * size) return;
    const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
    const [tipX, tipY] = [x - dx * gap, y - dy * gap];
    pen.moveTo(tipX, tipY);
    pen.lineTo(tipX - size * dx - size * 0.45 * dy, tipY - size * dy + size * 0.45 * dx);
    pen.lineTo(tipX - size * dx + size * 0.45 * dy, tipY - size * dy - size * 0.45 * dx);
  }
  function drawCross(edge) {
    const [x, y] = toScreen(...Object.values(pointOn(edge, 0.5)));
    const size = Math.min(2 + 2 * camera.zoom, 5);
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(x - size, y - size);
    pen.lineTo(x + size, y + size);
    pen.moveTo(x + size, y - size);
    pen.lineTo(x - size, y + size);
    pen.stroke();
  }

  // scripts/picture/ink.js
  function isDark() {
    const chosen2 = document.documentElement.dataset.theme;
    return chosen2 ? chosen2 === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function readInk() {
    const page = getComputedStyle(document.body);
    return { paper: page.backgroundColor, ink: page.color, quiet: getComputedStyle(document.getElementById("counts")).color };
  }

  // scripts/picture/labels/lettering.js
  var FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
  var LONGEST_LABEL = 34;
  var widths = /* @__PURE__ */ new Map();
  function short(text) {
    const letters = [...text];
    return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join("").trimEnd()}…` : text;
  }
  function widthOf(text, size) {
    if (!widths.has(text)) {
      pen.font = `500 100px ${FONT}`;
      widths.set(text, pen.measureText(text).width / 100);
    }
    return widths.get(text) * size;
  }
  function writeLabel({ text, x, y, size, weight, quiet, color }, ink) {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.strokeStyle = ink.paper;
    pen.lineWidth = 3.5;
    pen.strokeText(text, x, y);
    pen.fillStyle = color ?? (quiet ? ink.quiet : ink.ink);
    pen.fillText(text, x, y);
  }

  // scripts/picture/labels/room.js
  var Room = class _Room {
    #cells = /* @__PURE__ */ new Map();
    #outer;
    /** A room in which the boxes of an outer one are in the way too. */
    constructor(outer = null) {
      this.#outer = outer;
    }
    static *#touched({ left, top, right, bottom }) {
      for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x++) {
        for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y++) yield `${x} ${y}`;
      }
    }
    /** What the boxes in the way weigh together, 0 where there is none. */
    overlaps(box) {
      const found = /* @__PURE__ */ new Set();
      for (const cell of _Room.#touched(box)) {
        for (const other of this.#cells.get(cell) ?? []) {
          if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) found.add(other);
        }
      }
      return [...found].reduce((sum, other) => sum + other.weight, this.#outer?.overlaps(box) ?? 0);
    }
    take(box) {
      for (const cell of _Room.#touched(box)) {
        if (!this.#cells.has(cell)) this.#cells.set(cell, []);
        this.#cells.get(cell).push(box);
      }
    }
  };
  var boxAround = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

  // scripts/picture/labels/names.js
  function blockDisc(discs, entity, crowded) {
    const r = radius(entity);
    const [x, y] = toScreen(entity.x, entity.y);
    if (crowded && r < 5 || x < -r || y < -r || x > picture.width + r || y > picture.height + r) return;
    discs.take({ ...boxAround(x, y, 2 * r, 2 * r), weight: 1 + importance(entity) });
  }
  function placeLabel(names2, discs, entity, chosen2, first) {
    const [x, y] = toScreen(entity.x, entity.y);
    if (x < 0 || y < 0 || x > picture.width || y > picture.height) return null;
    const text = short(entity.label);
    const size = chosen2 ? 15 : Math.min(11 + Math.sqrt(importance(entity)) / 2.2, 16);
    const [width, r] = [widthOf(text, size) + 6, radius(entity) + (chosen2 ? 5 : 2)];
    const [beside, aside, over, up] = [r + width / 2, r * 0.7 + width / 2, r + size * 0.6, r * 0.7 + size * 0.5];
    const places = [
      [0, over],
      [0, -over],
      [beside, 0],
      [-beside, 0],
      [aside, up],
      [-aside, up],
      [aside, -up],
      [-aside, -up]
    ].map(([dx, dy]) => boxAround(x + dx, y + dy, width, size * 1.2));
    const open = places.filter((box2) => inPicture(box2) && !names2.overlaps(box2)).map((box2) => [discs.overlaps(box2), box2]);
    const [hides, box] = open.reduce((best, next) => next[0] < best[0] ? next : best, [Infinity, chosen2 ? places[0] : null]);
    if (!box || hides && !first) return null;
    names2.take({ ...box, weight: 1 });
    const quiet = isCommon(entity);
    return { text, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, size, weight: chosen2 ? 700 : 500, quiet };
  }
  var inPicture = (box) => box.left >= 2 && box.right <= picture.width - 2 && box.top >= 2 && box.bottom <= picture.height - 2;

  // scripts/picture/labels/predicates.js
  var LINE = 13;
  function writePredicate(names2, discs, edge, ink) {
    const { fact } = edge;
    const brief = fact.modality === "asserted" ? [] : [say(`modality.${fact.modality}`)];
    const reserves = [.../* @__PURE__ */ new Set([reserveText(fact), ...brief])];
    const tries = reserves.map((reserve) => [short(edgeText(edge)), ...reserve ? [`(${short(reserve)})`] : []]);
    const lines = tries.find((some) => roomFor(names2, discs, edge, some)) ?? (shown.fact === fact ? tries[0] : null);
    if (!lines) return;
    const box = roomFor(names2, discs, edge, lines) ?? boxesOn(edge, lines)[0];
    names2.take({ ...box, weight: 1 });
    const color = fact.stance === "direct" ? ink.quiet : mixed(COLORS[fact.stance], ink.ink);
    for (const [row, text] of lines.entries()) {
      const y = box.top + 1.5 + LINE * (row + 0.5);
      writeLabel({ text, x: (box.left + box.right) / 2, y, size: 11, weight: 400, color }, ink);
    }
  }
  function roomFor(names2, discs, edge, lines) {
    const [x1, y1] = toScreen(edge.source.x, edge.source.y);
    const [x2, y2] = toScreen(edge.target.x, edge.target.y);
    if (Math.hypot(x2 - x1, y2 - y1) < widest(lines) * 0.8) return null;
    return boxesOn(edge, lines).find((box) => !names2.overlaps(box) && !discs.overlaps(box));
  }
  function boxesOn(edge, lines) {
    const places = edge.fact.stance === "denied" ? [0.66, 0.34, 0.75, 0.25] : [0.5, 0.6, 0.4, 0.7, 0.3];
    const [width, height] = [widest(lines), 3 + LINE * lines.length];
    return places.map((t) => pointOn(edge, t)).map(({ x, y }) => boxAround(...toScreen(x, y), width, height));
  }
  var widest = (lines) => Math.max(...lines.map((text) => widthOf(text, 11))) + 6;
  function mixed(hex, ink) {
    const parts = ink.match(/\d+/g).map(Number);
    const half = [1, 3, 5].map((at, place) => Math.round((parseInt(hex.slice(at, at + 2), 16) + parts[place]) / 2));
    return `rgb(${half.join(" ")})`;
  }

  // scripts/picture/labels/labels.js
  var LABEL_SPACE = 4500;
  var FIRST_LABELS = 14;
  var CROWD = 400;
  function drawLabels(drawn, ink, near, edges) {
    const [names2, discs] = [new Room(), new Room()];
    for (const entity of drawn) if (!near.item || near.entities.has(entity)) blockDisc(discs, entity, drawn.length > CROWD);
    const placed = /* @__PURE__ */ new Map();
    const most = picture.width * picture.height / LABEL_SPACE;
    for (const entity of near.item ? weightiestFirst(near) : drawn) {
      if (placed.size >= most) break;
      const label = placeLabel(names2, discs, entity, near.item === entity, placed.size < FIRST_LABELS);
      if (label) placed.set(entity, label);
    }
    pen.lineJoin = "round";
    for (const label of placed.values()) writeLabel(label, ink);
    const told = near.item ? near.edges : !picture.moving && edges.length < 60 && camera.zoom > 1.4 ? edges : [];
    for (const edge of told) writePredicate(names2, discs, edge, ink);
    return { names: names2, discs, placed };
  }
  function weightiestFirst({ item, entities: entities2 }) {
    return [...entities2].sort((a, b) => (b === item) - (a === item) || importance(b) - importance(a));
  }
  function labelPointed(ink, near) {
    const { names: names2, discs, placed } = picture.labels;
    const room = new Room(names2);
    for (const entity of weightiestFirst(near)) {
      const label = placed.get(entity) ?? placeLabel(room, discs, entity, false, true);
      if (label) writeLabel(label, ink);
    }
    for (const edge of near.edges) writePredicate(room, discs, edge, ink);
  }

  // scripts/picture/drawing.js
  var kept = document.createElement("canvas");
  var MANY_EDGES = 1500;
  var MOST_MOVING = 3e3;
  var STILL = 140;
  function redraw(whole2 = true) {
    picture.stale ||= whole2;
    if (picture.asked) return;
    picture.asked = true;
    requestAnimationFrame(() => {
      picture.asked = false;
      if (picture.stale) draw();
      else drawKept();
    });
  }
  function redrawMoving() {
    picture.moving = picture.moved = true;
    clearTimeout(picture.settled);
    picture.settled = setTimeout(() => {
      picture.moving = false;
      redraw();
    }, STILL);
    redraw();
  }
  function resize() {
    const box = canvas.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const dense = Math.min(devicePixelRatio || 1, 2);
    [picture.width, picture.height] = [box.width, box.height];
    [canvas.width, canvas.height] = [Math.round(box.width * dense), Math.round(box.height * dense)];
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    if (!picture.moved) Object.assign(camera, whole(seen.entities));
    draw();
  }
  function draw() {
    const ink = readInk();
    pen.globalAlpha = 1;
    pen.fillStyle = ink.paper;
    pen.fillRect(0, 0, picture.width, picture.height);
    const near = broughtOut(shown.fact ?? shown.entity);
    const edges = seen.links.filter(inView);
    const plain = edges.length > MANY_EDGES;
    const rest = edges.filter((edge) => !near.edges.has(edge));
    if (picture.moving) rest.length = Math.min(rest.length, MOST_MOVING);
    const alpha = plain ? Math.max(0.12, 0.3 * Math.sqrt(MANY_EDGES / edges.length)) : 0.75;
    drawEdges(rest, near.item ? Math.min(alpha, 0.12) : alpha, plain);
    drawEdges([...near.edges], 1, false);
    const drawn = [...seen.entities, ...[...near.entities].filter((entity) => !seen.drawn.has(entity))];
    drawNodes(drawn, ink, near);
    picture.labels = drawLabels(drawn, ink, near, edges);
    picture.stale = picture.moving;
    if (!picture.stale) keep();
    drawPointed(ink);
  }
  function keep() {
    [kept.width, kept.height] = [canvas.width, canvas.height];
    kept.getContext("2d").drawImage(canvas, 0, 0);
  }
  function drawKept() {
    pen.drawImage(kept, 0, 0, picture.width, picture.height);
    drawPointed(readInk());
  }
  function drawPointed(ink) {
    if (!shown.hovered) return;
    const near = broughtOut(shown.hovered);
    drawEdges([...near.edges], 1, false);
    drawNodes([...near.entities], ink, near);
    labelPointed(ink, near);
  }
  function inView(edge) {
    const [left, top] = toWorld(0, 0);
    const [right, bottom] = toWorld(picture.width, picture.height);
    const { source: source2, target, bendX, bendY } = edge;
    return Math.max(source2.x, target.x, bendX) >= left && Math.min(source2.x, target.x, bendX) <= right && Math.max(source2.y, target.y, bendY) >= top && Math.min(source2.y, target.y, bendY) <= bottom;
  }

  // scripts/controls/counts.js
  function renderCounts() {
    byId("counts").textContent = seen.facts.length < facts.length ? say("counts.some", seen.facts.length.toLocaleString(language), facts.length.toLocaleString(language)) : [
      counted(entities.length, "counts.entity", "counts.entities"),
      counted(facts.length, "counts.fact", "counts.facts"),
      counted(documents.length, "counts.document", "counts.documents"),
      ...undrawn ? [say("counts.undrawn", undrawn.toLocaleString(language))] : []
    ].join(" · ");
  }

  // scripts/controls/list.js
  var PAGE = 200;
  var listed = PAGE;
  function startList() {
    listed = PAGE;
  }
  function showMore() {
    const first = listed;
    listed += PAGE;
    renderList();
    byId("facts").children[first].querySelector("button").focus();
  }
  function renderList() {
    if (byId("list").hidden) return;
    const found = [...seen.facts].sort(byWeight);
    byId("facts").replaceChildren(...found.slice(0, listed).map((fact) => factRow(fact)));
    if (!found.length) byId("facts").append(make("li", { class: "hint" }, say("list.nothing")));
    byId("more-facts").hidden = found.length <= listed;
    byId("more-facts").textContent = say("card.more", Math.min(PAGE, found.length - listed));
  }

  // scripts/controls/filtering.js
  function filtered() {
    applyFilter();
    picture.grid = null;
    shown.hovered = null;
    startList();
    renderCounts();
    renderList();
    byId("nothing").hidden = seen.entities.length > 0;
    if (shown.entity || shown.fact) renderPanel();
    redraw();
  }

  // scripts/picture/movement.js
  var calm = matchMedia("(prefers-reduced-motion: reduce)");
  var fit = (items, most) => fly(whole(items, most));
  function fly(target) {
    cancelAnimationFrame(picture.flight);
    picture.moved = true;
    if (calm.matches || document.hidden) {
      Object.assign(camera, target);
      return redraw();
    }
    const start2 = { ...camera };
    let began = null;
    const step2 = (now) => {
      began ??= now;
      const t = Math.min((now - began) / 250, 1);
      const eased = t * (2 - t);
      for (const key of ["x", "y", "zoom"]) camera[key] = start2[key] + (target[key] - start2[key]) * eased;
      redrawMoving();
      if (t < 1) picture.flight = requestAnimationFrame(step2);
    };
    picture.flight = requestAnimationFrame(step2);
  }
  function turnToChosen() {
    fit([...broughtOut(shown.fact ?? shown.entity).entities], Math.max(camera.zoom, 4));
  }
  function inSight({ x, y }) {
    const [left, top] = toScreen(x, y);
    return left > 30 && top > 30 && left < picture.width - 30 && top < picture.height - 30;
  }
  function zoomBy(factor, x = picture.width / 2, y = picture.height / 2) {
    cancelAnimationFrame(picture.flight);
    const [wx, wy] = toWorld(x, y);
    camera.zoom = Math.max(RANGE[0], Math.min(camera.zoom * factor, RANGE[1]));
    camera.x = wx - (x - picture.width / 2) / camera.zoom;
    camera.y = wy - (y - picture.height / 2) / camera.zoom;
    redrawMoving();
  }
  function panBy(dx, dy) {
    cancelAnimationFrame(picture.flight);
    camera.x -= dx / camera.zoom;
    camera.y -= dy / camera.zoom;
    redrawMoving();
  }

  // scripts/controls/timeline.js
  var MOST_BARS = 60;
  var timeline = { starts: [], ends: [], dated: { published: [], valid: [] } };
  function wireTimeline() {
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
  function renderTimeline() {
    const found = timeline.dated[filter.basis];
    byId("timeline").hidden = !Object.values(timeline.dated).some((dated) => dated.length);
    const ends = found.flat(2).filter(Number.isFinite);
    Object.assign(timeline, ends.length ? cut(...extremes(ends)) : { starts: [], ends: [] });
    const counts = timeline.starts.map((start2, bar2) => found.filter((spans) => spans.some(([first, last]) => first <= timeline.ends[bar2] && last >= start2)).length);
    const most = Math.max(1, extremes(counts)[1]);
    byId("bars").replaceChildren(...counts.map((count) => {
      const bar2 = make("div", {});
      bar2.style.height = `${count ? Math.max(8, 100 * count / most) : 0}%`;
      return bar2;
    }));
    for (const id of ["from", "until"]) byId(id).max = Math.max(0, counts.length - 1);
    byId("from").value = 0;
    byId("until").value = counts.length - 1;
    for (const id of ["from", "until"]) byId(id).disabled = counts.length < 2;
    renderPeriod();
  }
  function cut(first, last) {
    const [begin, end2] = [new Date(first * DAY), new Date(last * DAY)];
    const months = 12 * (end2.getUTCFullYear() - begin.getUTCFullYear()) + end2.getUTCMonth() - begin.getUTCMonth() + 1;
    const starts = [];
    if (last - first < MOST_BARS) for (let day = first; day <= last; day++) starts.push(day);
    else if (months <= MOST_BARS) {
      for (let month = 0; month < months; month++) starts.push(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + month) / DAY);
    } else {
      const step2 = Math.ceil(months / 12 / MOST_BARS);
      for (let year = begin.getUTCFullYear(); year <= end2.getUTCFullYear(); year += step2) starts.push(Date.UTC(year, 0) / DAY);
    }
    return { starts, ends: [...starts.slice(1).map((start2) => start2 - 1), last] };
  }
  function slid(id) {
    const [from, until] = [Number(byId("from").value), Number(byId("until").value)];
    if (from > until) byId(id === "from" ? "until" : "from").value = byId(id).value;
    const [first, last] = [Number(byId("from").value), Number(byId("until").value)];
    filter.from = first === 0 ? -Infinity : timeline.starts[first];
    filter.until = last === timeline.starts.length - 1 ? Infinity : timeline.ends[last];
    renderPeriod();
    filtered();
  }
  function renderPeriod() {
    const [first, last] = [Number(byId("from").value), Number(byId("until").value)];
    for (const [bar2, element] of [...byId("bars").children].entries()) element.classList.toggle("out", bar2 < first || bar2 > last);
    if (!timeline.starts.length) return void (byId("period").value = say("fact.undated"));
    const [from, until] = [dayText(timeline.starts[first]), dayText(timeline.ends[last])];
    byId("period").value = from === until ? from : `${from} – ${until}`;
    byId("from").setAttribute("aria-valuetext", from);
    byId("until").setAttribute("aria-valuetext", until);
  }
  function dayText(day) {
    const date = new Date(day * DAY);
    const iso = date.toISOString().slice(0, 10);
    const width = timeline.ends[0] - timeline.starts[0];
    if (width > 31) return iso.slice(0, 4);
    return dateText(width > 0 ? iso.slice(0, 7) : iso, "short");
  }

  // scripts/controls/filters.js
  var wide = matchMedia("(min-width: 1100px)");
  var total = (facts2, test) => facts2.reduce((sum, fact) => sum + (test(fact) ? 1 : 0), 0);
  function renderFilters() {
    const inUse = [...types.keys()].map((type) => [type, entities.filter((entity) => entity.type === type).length]);
    choices("types", inUse, (type) => types.get(type)[language], (type) => dot(type));
    const modalities = data.modalities.map(({ name }) => [name, total(facts, (fact) => fact.modality === name)]);
    choices("modality", modalities, (name) => say(`modality.${name}`), (name) => line(name === "asserted" ? "direct" : "open", name));
    const polarities = ["positive", "negative"].map((name) => [name, total(facts, (fact) => fact.polarity === name)]);
    choices("polarity", polarities, (name) => say(`polarity.${name}`), (name) => line(name === "negative" ? "denied" : "direct", "asserted"));
    const voices = ["author", "quoted"].map((name) => [name, total(facts, (fact) => fact.voice === name)]);
    choices("voice", voices, (name) => say(`voice.${name}`), (name) => line(name === "quoted" ? "claimed" : "direct", "asserted"));
    const most = Math.max(1, extremes(facts.map((fact) => fact.weight))[1]);
    byId("weight").max = most;
    byId("weight-filter").hidden = most < 2;
    const unsure = facts.filter((fact) => fact.stance === "unsure").map((fact) => fact.confidence);
    byId("sure-filter").hidden = !unsure.length;
    byId("sure").min = Math.min(Math.round(100 * data.sure) - 1, Math.floor(100 * extremes(unsure)[0]));
    byId("sure").max = Math.round(100 * data.sure);
    showSure();
    byId("loose-filter").hidden = entities.every((entity) => entity.links || !entity.placed);
  }
  function showSure() {
    const percent2 = Math.round(100 * filter.sure);
    byId("sure").value = percent2;
    byId("sure-value").value = filter.sure < data.sure ? `${percent2}` : say("filter.none");
  }
  function choices(name, counts, label, sample) {
    const field = byId(name);
    const inUse = counts.filter(([, count]) => count);
    field.hidden = inUse.length < 2;
    field.replaceChildren(field.querySelector("legend"));
    for (const [value, count] of inUse) {
      const box = make("input", { type: "checkbox", change: () => {
        if (box.checked) filter[name].add(value);
        else filter[name].delete(value);
        filtered();
      } });
      box.checked = filter[name].has(value);
      field.append(make(
        "label",
        { class: "choice" },
        box,
        sample(value),
        make("span", {}, label(value)),
        make("span", { class: "count" }, count.toLocaleString(language))
      ));
    }
  }
  function resetFilters() {
    Object.assign(filter, openFilter(), { basis: filter.basis });
    byId("weight").value = 1;
    byId("weight-value").value = "1";
    byId("loose").checked = false;
    byId("undated").checked = true;
    renderFilters();
    renderTimeline();
    filtered();
  }
  function wireFilters() {
    byId("weight").addEventListener("input", () => {
      filter.weight = Number(byId("weight").value);
      byId("weight-value").value = byId("weight").value;
      filtered();
    });
    byId("sure").addEventListener("input", () => {
      filter.sure = Number(byId("sure").value) / 100;
      showSure();
      filtered();
    });
    byId("loose").addEventListener("change", () => {
      filter.loose = byId("loose").checked;
      filtered();
      fit(seen.entities);
    });
    byId("reset").addEventListener("click", resetFilters);
    byId("show-filters").addEventListener("click", () => toggleFilters());
    byId("close-filters").addEventListener("click", () => toggleFilters(false));
  }
  function toggleFilters(open = !document.body.classList.contains("filtering")) {
    document.body.classList.toggle("filtering", open);
    byId("show-filters").setAttribute("aria-expanded", open);
    if (!open && byId("filters").contains(document.activeElement)) byId("show-filters").focus();
    resize();
  }

  // scripts/picture/grid.js
  var CELL = 40;
  var LARGEST = { size: Math.max(1, extremes(entities.map((entity) => entity.size ?? 1))[1]) };
  var STEPS = 12;
  var Grid = class _Grid {
    constructor(nodes, edges) {
      this.nodes = /* @__PURE__ */ new Map();
      this.edges = /* @__PURE__ */ new Map();
      for (const entity of nodes) this.#add(this.nodes, entity.x, entity.y, entity);
      for (const edge of edges) {
        const length = Math.hypot(edge.target.x - edge.source.x, edge.target.y - edge.source.y);
        const pieces = Math.ceil(2 * length / CELL) + 2;
        for (let piece = 0; piece <= pieces; piece++) {
          const { x, y } = pointOn(edge, piece / pieces);
          this.#add(this.edges, x, y, edge);
        }
      }
    }
    static #key(x, y) {
      return `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
    }
    #add(cells, x, y, item) {
      const key = _Grid.#key(x, y);
      const cell = cells.get(key);
      if (!cell) cells.set(key, [item]);
      else if (cell[cell.length - 1] !== item) cell.push(item);
    }
    *#near(cells, x, y, reach) {
      for (let right = -reach; right <= reach; right++) {
        for (let down = -reach; down <= reach; down++) {
          yield* cells.get(_Grid.#key(x + right * CELL, y + down * CELL)) ?? [];
        }
      }
    }
    /** The entity nearest to a point among those whose `reach` holds it. */
    entityAt(x, y, reach) {
      let best = null;
      let least = Infinity;
      for (const entity of this.#near(this.nodes, x, y, Math.ceil(reach(LARGEST) / CELL))) {
        const away = Math.hypot(entity.x - x, entity.y - y);
        if (away <= reach(entity) && away < least) [best, least] = [entity, away];
      }
      return best;
    }
    /** The fact of which an edge passes the point within `slack`. */
    factAt(x, y, slack) {
      let best = null;
      let least = slack;
      for (const edge of new Set(this.#near(this.edges, x, y, Math.ceil(slack / CELL)))) {
        const away = distance(edge, x, y);
        if (away <= least) [best, least] = [edge.fact, away];
      }
      return best;
    }
  };
  function distance(edge, x, y) {
    let least = Infinity;
    let before = edge.source;
    const steps = edge.straight ? 1 : STEPS;
    for (let step2 = 1; step2 <= steps; step2++) {
      const here = pointOn(edge, step2 / steps);
      least = Math.min(least, toSegment(before, here, x, y));
      before = here;
    }
    return least;
  }
  function toSegment(a, b, x, y) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
    const t = Math.max(0, Math.min(1, along));
    return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
  }

  // scripts/picture/pointing.js
  function under(x, y, slack) {
    picture.grid ??= new Grid(seen.entities, seen.links);
    const [wx, wy] = toWorld(x, y);
    const reach = (entity) => (radius(entity) + slack) / camera.zoom;
    return picture.grid.entityAt(wx, wy, reach) ?? picture.grid.factAt(wx, wy, slack / camera.zoom);
  }
  function towards(from, dx, dy) {
    let best = null;
    let least = Infinity;
    for (const entity of seen.entities) {
      const [x, y] = [entity.x - from.x, entity.y - from.y];
      const ahead = x * dx + y * dy;
      if (entity === from || ahead <= 0) continue;
      const aside = Math.abs(x * dy - y * dx);
      if (aside > 2 * ahead) continue;
      const cost = ahead + 2 * aside;
      if (cost < least) [best, least] = [entity, cost];
    }
    return best;
  }

  // scripts/controls/gestures.js
  var fingers = /* @__PURE__ */ new Map();
  var travelled = 0;
  var held = null;
  var TAP = 6;
  var REACH = { mouse: 5, touch: 14 };
  var GRASP = { mouse: 2, touch: 8, least: 3 };
  var local = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  function wireGestures() {
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      if (!fingers.size) travelled = 0;
      release();
      fingers.set(event.pointerId, local(event));
      if (fingers.size === 1 && event.button === 0) grasp(event);
    });
    canvas.addEventListener("pointermove", moved);
    canvas.addEventListener("pointerup", (event) => {
      const tapped = fingers.size === 1 && travelled < TAP;
      fingers.delete(event.pointerId);
      release();
      if (tapped && event.button === 0) tap(event);
    });
    canvas.addEventListener("pointercancel", (event) => {
      fingers.delete(event.pointerId);
      release();
    });
    canvas.addEventListener("pointerleave", () => hover(null));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      zoomBy(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 15e-4)), ...local(event));
    }, { passive: false });
    canvas.addEventListener("dblclick", (event) => zoomBy(1.8, ...local(event)));
    canvas.addEventListener("keydown", pressed);
    byId("larger").addEventListener("click", () => zoomBy(1.4));
    byId("smaller").addEventListener("click", () => zoomBy(1 / 1.4));
    byId("whole").addEventListener("click", () => fit(seen.entities));
  }
  function moved(event) {
    const [x, y] = local(event);
    if (!fingers.has(event.pointerId)) return hover(under(x, y, REACH.mouse), x, y);
    const before = [...fingers.values()];
    const [oldX, oldY] = fingers.get(event.pointerId);
    fingers.set(event.pointerId, [x, y]);
    travelled += Math.hypot(x - oldX, y - oldY);
    if (fingers.size === 1 && travelled >= TAP) held ? drag(x, y) : panBy(x - oldX, y - oldY);
    if (fingers.size === 2) pinch(before, [...fingers.values()]);
  }
  function grasp(event) {
    const [x, y] = local(event);
    const found = under(x, y, event.pointerType === "mouse" ? GRASP.mouse : GRASP.touch);
    if (!found || found.claims || radius(found) < GRASP.least) return;
    const [wx, wy] = toWorld(x, y);
    held = { entity: found, dx: found.x - wx, dy: found.y - wy };
  }
  function drag(x, y) {
    cancelAnimationFrame(picture.flight);
    hover(null);
    shown.hovered = held.entity;
    const [wx, wy] = toWorld(x, y);
    put(held.entity, wx + held.dx, wy + held.dy);
    redrawMoving();
  }
  function release() {
    if (held && shown.hovered === held.entity && travelled >= TAP) {
      shown.hovered = null;
      redraw();
    }
    held = null;
  }
  function pinch([a, b], [c, d]) {
    const middle = [(c[0] + d[0]) / 2, (c[1] + d[1]) / 2];
    panBy(middle[0] - (a[0] + b[0]) / 2, middle[1] - (a[1] + b[1]) / 2);
    zoomBy(Math.hypot(c[0] - d[0], c[1] - d[1]) / (Math.hypot(a[0] - b[0], a[1] - b[1]) || 1), ...middle);
  }
  function tap(event) {
    const found = under(...local(event), event.pointerType === "mouse" ? REACH.mouse : REACH.touch);
    hover(null);
    if (!found) return chooseNothing();
    if (found.claims) chooseFact(found);
    else choose(found);
  }
  function hover(found, x, y) {
    if (shown.hovered !== found) {
      shown.hovered = found;
      canvas.style.cursor = found ? "pointer" : "";
      redraw(false);
    }
    const tip = byId("tip");
    tip.hidden = !found;
    if (!found) return;
    tip.replaceChildren(...found.claims ? [make("b", {}, factText(found)), make("span", { class: "quiet" }, marksText(found))] : [make("b", {}, found.label), make("span", { class: "quiet" }, found.description ?? typeText(found))]);
    tip.style.left = `${Math.min(x + 14, picture.width - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(y + 14, picture.height - tip.offsetHeight - 8)}px`;
  }
  var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in ARROWS) {
      const [dx, dy] = ARROWS[event.key];
      if (event.shiftKey) panBy(-60 * dx, -60 * dy);
      else step(dx, dy);
    } else if (event.key === "+") zoomBy(1.4);
    else if (event.key === "-") zoomBy(1 / 1.4);
    else if (event.key === "0") fit(seen.entities);
    else if (event.key === "Enter" && (shown.entity || shown.fact)) renderPanel(true);
    else return;
    event.preventDefault();
  }
  function step(dx, dy) {
    const next = shown.entity?.placed ? towards(shown.entity, dx, dy) : seen.entities[0];
    if (next) choose(next);
  }

  // scripts/graph/names.js
  function folded(name) {
    return name.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[\s_]+/g, " ").trim();
  }
  function spellings(name) {
    const lower = name.toLowerCase().normalize("NFC");
    const spelt = lower.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue");
    return [.../* @__PURE__ */ new Set([folded(lower), folded(spelt)])];
  }
  var names = ranked.map((entity) => ({
    entity,
    names: [entity.label, ...entity.aliases ?? []].map((text) => ({ text, spellings: spellings(text) }))
  }));
  function search(query2, limit) {
    const wanted = spellings(query2);
    if (!wanted[0]) return [];
    const hits2 = [];
    for (const [rank, { entity, names: called }] of names.entries()) {
      const [fit2, name] = called.map(({ text, spellings: known }) => [fitness(known, wanted), text]).sort((a, b) => a[0] - b[0])[0];
      if (fit2 < Infinity) hits2.push({ entity, name, fit: fit2, rank });
    }
    return hits2.sort((a, b) => a.fit - b.fit || a.rank - b.rank).slice(0, limit);
  }
  function fitness(known, wanted) {
    let best = Infinity;
    for (const name of known) {
      for (const query2 of wanted) {
        const at = name.indexOf(query2);
        if (at < 0) continue;
        const word = at === 0 || /[^\p{L}\p{N}]/u.test(name[at - 1]);
        best = Math.min(best, name === query2 ? 0 : word ? 1 : 2);
      }
    }
    return best;
  }

  // scripts/controls/search.js
  var MOST_HITS = 8;
  var query = byId("query");
  var suggestions = byId("suggestions");
  var hits = [];
  var active = -1;
  function wireSearch() {
    query.addEventListener("input", suggest);
    query.addEventListener("focus", suggest);
    query.addEventListener("blur", () => closeSuggestions());
    query.addEventListener("keydown", (event) => {
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps && hits.length) {
        event.preventDefault();
        activate((active + steps[event.key] + hits.length + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % hits.length);
      } else if (event.key === "Enter" && hits.length) take(hits[Math.max(active, 0)].entity);
      else if (event.key === "Escape" && !suggestions.hidden) {
        event.stopPropagation();
        event.preventDefault();
        closeSuggestions();
      }
    });
    suggestions.addEventListener("pointerdown", (event) => event.preventDefault());
  }
  function suggest() {
    hits = search(query.value, MOST_HITS);
    active = -1;
    suggestions.replaceChildren(...hits.map(({ entity, name }, index) => {
      const alias = name === entity.label ? "" : make("span", { class: "quiet" }, name);
      const about = make("span", { class: "quiet" }, entity.description ?? typeText(entity));
      return make(
        "li",
        { role: "option", id: `hit-${index}`, "aria-selected": "false", click: () => take(entity) },
        dot(entity.type),
        make("span", { class: "name" }, entity.label),
        alias,
        about
      );
    }));
    suggestions.hidden = !hits.length;
    query.setAttribute("aria-expanded", String(hits.length > 0));
    query.removeAttribute("aria-activedescendant");
    byId("found").textContent = query.value ? hits.length ? say("search.found", hits.length) : say("search.nothing") : "";
  }
  function activate(index) {
    active = index;
    for (const [place, option] of [...suggestions.children].entries()) option.setAttribute("aria-selected", String(place === index));
    query.setAttribute("aria-activedescendant", `hit-${index}`);
    suggestions.children[index].scrollIntoView({ block: "nearest" });
  }
  function take(entity) {
    query.value = entity.label;
    closeSuggestions();
    choose(entity, true);
  }
  function closeSuggestions() {
    hits = [];
    suggestions.hidden = true;
    suggestions.replaceChildren();
    query.setAttribute("aria-expanded", "false");
    query.removeAttribute("aria-activedescendant");
  }

  // scripts/page/address.js
  function note() {
    if (location.protocol === "about:") return;
    const mark = new URLSearchParams(shown.fact ? { fact: shown.fact.id } : shown.entity ? { entity: shown.entity.id } : {});
    history.replaceState(null, "", shown.fact || shown.entity ? `#${mark}` : location.pathname + location.search);
  }
  function openAddressed() {
    const mark = new URLSearchParams(location.hash.slice(1));
    const entity = entities.find((known) => known.id === mark.get("entity"));
    const fact = facts.find((known) => known.id === mark.get("fact"));
    if (fact) chooseFact(fact);
    else if (entity) choose(entity);
    if (fact || entity) turnToChosen();
  }

  // scripts/page/choosing.js
  function chosen(focus, back) {
    shown.hovered = null;
    renderPanel(focus);
    note();
    resize();
    const ends = shown.fact ? [...broughtOut(shown.fact).entities] : [shown.entity].filter(({ placed }) => placed);
    if (focus || !ends.every(inSight)) turnToChosen();
    redraw();
    if (!back) byId("told").textContent = shown.fact ? factText(shown.fact) : toldOf(shown.entity);
  }
  function toldOf(entity) {
    const about = counted(partIn(entity).length, "counts.fact", "counts.facts");
    return `${entity.label}, ${typeText(entity)}, ${about}`;
  }
  function closed() {
    const inside = panel.contains(document.activeElement);
    renderPanel();
    note();
    resize();
    if (inside) (byId("graph").hidden ? byId("list") : canvas).focus();
  }

  // scripts/controls/views.js
  function showView(name) {
    for (const view of ["graph", "list"]) {
      byId(view).hidden = view !== name;
      byId(`show-${view}`).setAttribute("aria-pressed", String(view === name));
    }
    renderList();
    resize();
  }

  // scripts/page/wiring.js
  function setLanguage(chosen2) {
    speak(chosen2);
    sayAll();
    renderFilters();
    renderPeriod();
    renderCounts();
    renderList();
    renderPanel();
    redraw();
  }
  function wirePage() {
    byId("show-graph").addEventListener("click", () => showView("graph"));
    byId("show-list").addEventListener("click", () => showView("list"));
    byId("more-facts").addEventListener("click", showMore);
    byId("language").addEventListener("click", () => setLanguage(language === "de" ? "en" : "de"));
    byId("theme").addEventListener("click", () => {
      document.documentElement.dataset.theme = isDark() ? "light" : "dark";
      remember("theme", document.documentElement.dataset.theme);
      redraw();
    });
    for (const link of document.querySelectorAll(".skip")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const view = link.id === "skip-to-facts" ? "list" : "graph";
        showView(view);
        (view === "list" ? byId("list") : canvas).focus();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (byId("filters").contains(document.activeElement) || !wide.matches && document.body.classList.contains("filtering")) toggleFilters(false);
        else chooseNothing();
      } else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        query.focus();
      }
    });
    new ResizeObserver(resize).observe(canvas);
    addEventListener("hashchange", openAddressed);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
  }

  // scripts/explorer.js
  function start() {
    const theme = remembered("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    bendEdges();
    followSelection(chosen, closed);
    sayAll();
    wirePage();
    wireFilters();
    wireTimeline();
    wireSearch();
    wireGestures();
    renderFilters();
    renderTimeline();
    filtered();
    renderPanel();
    toggleFilters(wide.matches);
    resize();
    openAddressed();
  }
  start();
  return __toCommonJS(explorer_exports);
})();
