// The panel: an overview, the card of a thing, or a fact with the sentences that say it.

const panel = byId("panel");
const trail = [];
const ROWS = 40; // facts of a group that a card shows at first

/** Show what is chosen. `focus` tells to take the keyboard along. */
function renderPanel(focus = false) {
  const parts = shown.fact ? factView(shown.fact) : shown.entity ? card(shown.entity) : overview();
  panel.replaceChildren(...parts.filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("chosen", Boolean(shown.fact || shown.entity));
  if (focus) panel.querySelector("h2").focus();
}

function bar(title) {
  const back = trail.length ? make("button", { class: "back", type: "button", click: goBack }, `‹ ${say("page.back")}`) : "";
  const close = make("button", { class: "close", type: "button", "aria-label": say("page.close"), click: closePanel }, "×");
  return make("div", { class: "titled" }, back, title, close);
}

function heading(text) {
  return make("h2", { id: "panel-title", tabindex: "-1" }, text);
}

function overview() {
  const top = ranked.filter((entity) => entity.links && !isCommon(entity)).slice(0, 12);
  return [
    heading(say("overview.title")),
    make("p", { class: "hint" }, say("overview.hint")),
    make("ul", { class: "things" }, ...top.map((entity) => make("li", {}, thing(entity, true)))),
    make("h3", {}, say("overview.documents")),
    make("ul", { class: "documents" }, ...documents.slice(0, ROWS).map((document) => make("li", {}, ...source(document)))),
    documents.length > ROWS ? make("p", { class: "quiet" }, `… ${counted(documents.length, "counts.document", "counts.documents")}`) : "",
  ];
}

/** A thing as a button that opens its card. */
function thing(entity, described = false) {
  const name = make("span", {}, entity.label);
  if (described) name.append(" ", make("span", { class: "quiet" }, entity.description ?? typeText(entity)));
  return make("button", { class: "thing", type: "button", click: () => choose(entity, true) }, dot(entity.type), name);
}

function card(entity) {
  const mentions = entity.mentions === 1 ? say("counts.mention") : say("counts.mentions", entity.mentions);
  const inTexts = entity.documents === 1 ? say("counts.inDocument") : say("counts.inDocuments", entity.documents);
  const rows = [
    ["card.also", entity.aliases && [entity.aliases.join(", ")]],
    ["card.description", entity.description && [entity.description]],
    ["card.names", entity.parts?.map((part) => thing(entities[part]))],
    ["card.sameAs", entity.sameAs?.flatMap((address) => [webLink(address, address.replace(/^https?:\/\//, "")), make("br")])],
  ].filter(([, values]) => values);
  const groups = [
    group("card.asSubject", entity.asSubject, entity),
    group("card.asObject", entity.asObject, entity),
    group("card.within", entity.within, entity),
    group("card.asSpeaker", entity.asSpeaker, entity),
  ].flat();
  return [
    bar(heading(entity.label)),
    make("p", { class: "kind" }, dot(entity.type), `${typeText(entity)} · ${mentions} ${inTexts}`),
    rows.length ? make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, ...value)])) : "",
    ...(groups.length ? groups : [make("p", { class: "hint" }, say("card.noFacts"))]),
  ];
}

/** The facts of one part that an entity plays in them, weightiest first; none where there are none. */
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
    hidden ? make("p", { class: "quiet" }, say("card.hidden", hidden)) : "",
  ].filter(Boolean);
}

/** A fact as a button that opens its sentences; the entity whose card it stands on is not named again. */
function factRow(fact, entity = null) {
  const said = make("span", { class: "said" });
  if (fact.subject !== entity) said.append(make("b", {}, fact.subject.label), " ");
  said.append(make("span", { class: "predicate" }, predicateText(fact)));
  if (fact.object === null || fact.object !== entity) said.append(" ", make("b", {}, objectText(fact)));
  const about = [marksText(fact, entity), fact.weight > 1 ? say("counts.inDocuments", fact.weight) : "", periodText(fact)].filter(Boolean);
  const beside = about.length ? make("span", { class: "quiet" }, about.join(" · ")) : "";
  return make("li", {}, make("button", { type: "button", class: "row", click: () => chooseFact(fact, true) },
    line(fact.stance, fact.modality), make("span", {}, said, beside)));
}

/** What keeps a fact from being plainly so, in words. */
function marksText(fact, entity = null) {
  const denied = fact.polarity === "negative" ? say("polarity.negative") : "";
  return [denied, reserveText(fact, entity)].filter(Boolean).join(", ");
}

/** The same without a denial, which the predicate says by itself: "geplant, laut Jan Weidenfeld". */
function reserveText(fact, entity = null) {
  const marks = [
    fact.modality === "asserted" ? "" : say(`modality.${fact.modality}`),
    fact.speaker && fact.speaker !== entity ? say("voice.says", fact.speaker.label) : "",
  ];
  return marks.filter(Boolean).join(", ");
}

function factView(fact) {
  const object = fact.object ? thing(fact.object) : make("span", { class: "literal" }, fact.literal);
  const statement = make("div", { class: "statement" },
    thing(fact.subject),
    make("p", { class: "predicate" }, line(fact.stance, fact.modality), make("strong", {}, predicateText(fact))),
    object);
  const rows = [
    [say("filter.polarity"), say(`polarity.${fact.polarity}`)],
    [say("filter.modality"), say(`modality.${fact.modality}`)],
    [say("filter.voice"), fact.speaker ? thing(fact.speaker) : say("voice.author")],
    [say("timeline.title"), periodText(fact)],
  ].filter(([, value]) => value);
  const others = (fact.group ?? []).filter((other) => other !== fact && seen.shown.has(other)).sort(byWeight);
  return [
    bar(heading(say("fact.title"))),
    statement,
    make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("h3", {}, say("fact.evidence"), make("span", { class: "quiet" }, ` ${fact.claims.length}`)),
    make("p", { class: "key" }, ...["subject", "cue", "object"].map((part) => make("mark", { class: part }, say(`fact.${part}`)))),
    ...fact.claims.map((claim) => evidence(claim)),
    ...(others.length ? [make("h3", {}, say("fact.others")), make("ul", { class: "facts" }, ...others.slice(0, ROWS).map((other) => factRow(other)))] : []),
  ];
}

/** A sentence with its marked parts, and where it stands. */
function evidence(claim) {
  const { text, document } = sentences[claim.sentence];
  const quote = make("blockquote", { lang: "de" });
  let at = 0;
  for (const [start, end, part] of claim.marks) {
    quote.append(text.slice(at, start), make("mark", { class: part, title: say(`fact.${part}`) }, text.slice(start, end)));
    at = end;
  }
  quote.append(text.slice(at));
  const beside = [claim.speaker ? say("fact.said", claim.speaker) : "", claim.time ? say("fact.time", claim.time) : ""].filter(Boolean);
  return make("figure", {}, quote, make("figcaption", {},
    beside.length ? make("p", {}, beside.join(" · ")) : "",
    make("p", {}, ...source(documents[document]))));
}

/** A document by its title, with publisher and date, as a link where it has an address. */
function source(document) {
  const title = document.title ?? document.id;
  const about = [document.publisher, document.date ? dateText(document.date) : say("fact.undated")].filter(Boolean).join(", ");
  return [document.url ? webLink(document.url, title) : make("span", {}, title), make("span", { class: "quiet" }, ` ${about}`)];
}
