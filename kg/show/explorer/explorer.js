// The page as a whole: what is chosen, which view is shown, and what happens when it changes.

const PAGE = 200; // facts that the list shows at a time
const wide = matchMedia("(min-width: 1100px)"); // as in the style sheet: from here on the filters cover nothing
let listed = PAGE;

/** Choose a thing: its card opens and the picture turns to it. `focus` tells to take the keyboard along. */
function choose(entity, focus = false) {
  leave(entity);
  Object.assign(shown, { entity, fact: null });
  chosen(focus);
  const about = counted(entity.asSubject.length + entity.asObject.length, "counts.fact", "counts.facts");
  byId("told").textContent = `${entity.label}, ${typeText(entity)}, ${about}`;
}

function chooseFact(fact, focus = false) {
  leave(fact);
  Object.assign(shown, { entity: null, fact });
  chosen(focus);
  byId("told").textContent = factText(fact);
}

/** Keep what was chosen before the next one, to come back to it. */
function leave(next) {
  const before = shown.fact ?? shown.entity;
  if (before && before !== next) trail.push(before);
}

/** Show what is chosen now. The picture turns to it where it is out of sight, or where one came from elsewhere. */
function chosen(focus) {
  shown.hovered = null;
  renderPanel(focus);
  note();
  resize();
  const ends = shown.fact ? [...broughtOut(shown.fact).entities] : [shown.entity];
  if (focus || !ends.every(inSight)) turnTo();
  redraw();
}

/** Bring what is chosen, with all that it is linked to, to the middle. */
function turnTo() {
  fit([...broughtOut(shown.fact ?? shown.entity).entities], Math.max(camera.zoom, 4));
}

function inSight({ x, y }) {
  const [left, top] = toScreen(x, y);
  return left > 30 && top > 30 && left < picture.width - 30 && top < picture.height - 30;
}

function goBack() {
  const before = trail.pop();
  Object.assign(shown, before.claims ? { entity: null, fact: before } : { entity: before, fact: null });
  chosen(true);
}

function closePanel() {
  trail.length = 0;
  const inside = panel.contains(document.activeElement);
  Object.assign(shown, { entity: null, fact: null });
  renderPanel();
  note();
  resize();
  if (inside) (byId("graph").hidden ? byId("list") : canvas).focus();
}

/** Put what is chosen into the address, so that one can come back to it or send it. A page inside another has none. */
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
  if (fact || entity) turnTo();
}

/** The filters have changed: everything that depends on them is done again. */
function filtered() {
  applyFilter();
  picture.grid = null;
  shown.hovered = null;
  listed = PAGE;
  renderCounts();
  renderList();
  byId("nothing").hidden = seen.entities.length > 0;
  if (shown.entity || shown.fact) renderPanel();
  redraw();
}

function renderCounts() {
  byId("counts").textContent = seen.facts.length < facts.length
    ? say("counts.some", seen.facts.length.toLocaleString(language), facts.length.toLocaleString(language))
    : [
        counted(entities.length, "counts.entity", "counts.entities"),
        counted(facts.length, "counts.fact", "counts.facts"),
        counted(documents.length, "counts.document", "counts.documents"),
      ].join(" · ");
}

function renderList() {
  if (byId("list").hidden) return;
  const found = [...seen.facts].sort(byWeight);
  byId("facts").replaceChildren(...found.slice(0, listed).map((fact) => factRow(fact)));
  if (!found.length) byId("facts").append(make("li", { class: "hint" }, say("list.nothing")));
  byId("more-facts").hidden = found.length <= listed;
  byId("more-facts").textContent = say("card.more", Math.min(PAGE, found.length - listed));
}

function showView(name) {
  for (const view of ["graph", "list"]) {
    byId(view).hidden = view !== name;
    byId(`show-${view}`).setAttribute("aria-pressed", String(view === name));
  }
  renderList();
  resize();
}

function setLanguage(chosen) {
  language = chosen;
  remember("language", language);
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
  byId("more-facts").addEventListener("click", () => {
    const first = listed;
    listed += PAGE;
    renderList();
    byId("facts").children[first].querySelector("button").focus();
  });
  byId("language").addEventListener("click", () => setLanguage(language === "de" ? "en" : "de"));
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", document.documentElement.dataset.theme);
    redraw();
  });
  for (const link of document.querySelectorAll(".skip")) {
    link.addEventListener("click", (event) => {
      event.preventDefault(); // in a page inside another the address would be that of the outer one
      const view = link.id === "skip-to-facts" ? "list" : "graph";
      showView(view);
      (view === "list" ? byId("list") : canvas).focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (byId("filters").contains(document.activeElement) || (!wide.matches && document.body.classList.contains("filtering"))) toggleFilters(false);
      else closePanel();
    } else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      query.focus();
    }
  });
  new ResizeObserver(resize).observe(canvas);
  addEventListener("hashchange", openAddressed);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

function start() {
  const theme = remembered("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
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
