// The picture: a camera over the scene, drawn anew only when something has changed, in less detail while it moves.

const canvas = document.getElementById("canvas");
const pen = canvas.getContext("2d");
const camera = { x: 0, y: 0, zoom: 1 };
const shown = { entity: null, fact: null, hovered: null };
const picture = {
  width: 0, height: 0, asked: false, stale: true, moving: false, moved: false, grid: null, labels: null,
  settled: 0, flight: 0,
};
const kept = document.createElement("canvas"); // the picture without what is pointed at

const DASHES = {
  asserted: [], planned: [9, 5], possible: [2, 4], required: [9, 4, 2, 4], reported: [4, 5], disputed: [12, 3, 2, 3, 2, 3],
};
const COLORS = Object.fromEntries(data.stances.map(({ name, color }) => [name, color]));
const DISC = 0.75; // of the size that the layout keeps free, so that there is room for names
const SMALLEST_DISC = 2.5; // pixels
const LABEL_SPACE = 9000; // square pixels of the picture for each name in it
const MANY_EDGES = 1500; // from this many in view on, arrows and dashes are left out
const MOST_MOVING = 3000; // and so many at most are drawn while the picture moves
const STILL = 140; // milliseconds without movement after which everything is drawn in full
const RANGE = [0.05, 12];

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The colours of the style sheet, light or dark. */
function readInk() {
  const page = getComputedStyle(document.body);
  return { paper: page.backgroundColor, ink: page.color, quiet: getComputedStyle(document.getElementById("counts")).color };
}

const toScreen = (x, y) => [(x - camera.x) * camera.zoom + picture.width / 2, (y - camera.y) * camera.zoom + picture.height / 2];
const toWorld = (x, y) => [(x - picture.width / 2) / camera.zoom + camera.x, (y - picture.height / 2) / camera.zoom + camera.y];

/** The radius of a disc on the screen; it grows more slowly than what lies between discs, which makes room for words. */
const radius = (entity) => Math.max(entity.size * DISC * Math.min(camera.zoom, camera.zoom ** 0.6), SMALLEST_DISC);

/** Ask for a new picture, or for what is pointed at on the one there is; several wishes before a frame are one. */
function redraw(whole = true) {
  picture.stale ||= whole;
  if (picture.asked) return;
  picture.asked = true;
  requestAnimationFrame(() => {
    picture.asked = false;
    if (picture.stale) draw();
    else drawKept();
  });
}

/** Redraw while something moves: in less detail, and in full once it is still. */
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
  // A frame in another page may get its size late: until something moves, all is in sight.
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
  const rest = edges.filter((fact) => !near.facts.has(fact));
  if (picture.moving) rest.length = Math.min(rest.length, MOST_MOVING);
  // The more edges cross, the fainter each has to be for the whole to be seen.
  const alpha = plain ? Math.max(0.12, 0.3 * Math.sqrt(MANY_EDGES / edges.length)) : 0.75;
  drawEdges(rest, near.item ? Math.min(alpha, 0.12) : alpha, plain);
  drawEdges([...near.facts], 1, false);
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

/** What is pointed at lies over the rest: that costs little, however large the graph. */
function drawPointed(ink) {
  if (!shown.hovered) return;
  const near = broughtOut(shown.hovered);
  drawEdges([...near.facts], 1, false);
  drawNodes([...near.entities], ink, near);
  labelPointed(ink, near);
}

/** What is chosen or pointed at, with all that belongs to it. */
function broughtOut(item) {
  const facts = new Set(item ? edgesOf(item) : []);
  const entities = new Set([...facts].flatMap((fact) => [fact.subject, fact.object]));
  if (item) entities.add(item.claims ? item.subject : item);
  return { item, facts, entities };
}

/** The edges of what is chosen that the filters leave; an edge that is chosen itself is shown in spite of them. */
function edgesOf(item) {
  if (item.claims) return item.linking ? [item] : [];
  return [...item.asSubject, ...item.asObject].filter((fact) => fact.linking && seen.shown.has(fact));
}

function inView(fact) {
  const [left, top] = toWorld(0, 0);
  const [right, bottom] = toWorld(picture.width, picture.height);
  const { subject, object, bendX, bendY } = fact;
  return (
    Math.max(subject.x, object.x, bendX) >= left && Math.min(subject.x, object.x, bendX) <= right &&
    Math.max(subject.y, object.y, bendY) >= top && Math.min(subject.y, object.y, bendY) <= bottom
  );
}

/** Edges of one look are one path: thousands of them cost a few strokes. */
function drawEdges(edges, alpha, plain) {
  const looks = new Map();
  for (const fact of edges) {
    const look = `${fact.stance} ${fact.modality} ${Math.min(fact.weight, 4)}`;
    if (!looks.has(look)) looks.set(look, []);
    looks.get(look).push(fact);
  }
  pen.globalAlpha = alpha;
  for (const group of looks.values()) {
    const [{ stance, modality, weight }] = group;
    pen.strokeStyle = pen.fillStyle = COLORS[stance];
    pen.lineWidth = plain ? 0.7 : 0.9 + 0.5 * Math.min(weight, 4);
    pen.setLineDash(plain || picture.moving ? [] : DASHES[modality]);
    pen.beginPath();
    for (const fact of group) traceEdge(fact, plain);
    pen.stroke();
    if (plain) continue;
    pen.setLineDash([]);
    pen.beginPath();
    for (const fact of group) traceArrow(fact);
    pen.fill();
    if (stance === "denied") for (const fact of group) drawCross(fact);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function traceEdge(fact, plain) {
  const [x1, y1] = toScreen(fact.subject.x, fact.subject.y);
  const [x2, y2] = toScreen(fact.object.x, fact.object.y);
  pen.moveTo(x1, y1);
  if (plain || fact.straight) pen.lineTo(x2, y2);
  else pen.quadraticCurveTo(...toScreen(fact.bendX, fact.bendY), x2, y2);
}

function traceArrow(fact) {
  const [x, y] = toScreen(fact.object.x, fact.object.y);
  const [fromX, fromY] = fact.straight ? toScreen(fact.subject.x, fact.subject.y) : toScreen(fact.bendX, fact.bendY);
  const length = Math.hypot(x - fromX, y - fromY);
  const size = Math.min(3 + 3 * camera.zoom, 8);
  const gap = radius(fact.object) + 1;
  if (length < gap + 2 * size) return;
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const [tipX, tipY] = [x - dx * gap, y - dy * gap];
  pen.moveTo(tipX, tipY);
  pen.lineTo(tipX - size * dx - size * 0.45 * dy, tipY - size * dy + size * 0.45 * dx);
  pen.lineTo(tipX - size * dx + size * 0.45 * dy, tipY - size * dy - size * 0.45 * dx);
}

/** A cross on the middle of what is denied, for eyes that see no red. */
function drawCross(fact) {
  const [x, y] = toScreen(...Object.values(pointOn(fact, 0.5)));
  const size = Math.min(2 + 2 * camera.zoom, 5);
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - size, y - size);
  pen.lineTo(x + size, y + size);
  pen.moveTo(x + size, y - size);
  pen.lineTo(x - size, y + size);
  pen.stroke();
}

function drawNodes(entities, ink, near) {
  const groups = new Map();
  for (const entity of entities) {
    const key = `${near.item && !near.entities.has(entity) ? 0.18 : 1} ${types.get(entity.type).color}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(entity);
  }
  for (const [key, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [alpha, color] = key.split(" ");
    pen.fillStyle = ink.paper;
    if (camera.zoom > 0.5) for (const entity of group) drawDisc(entity, 1.5); // a rim that parts it from edges
    pen.globalAlpha = Number(alpha);
    pen.fillStyle = color;
    for (const entity of group) drawDisc(entity, 0);
    pen.globalAlpha = 1;
  }
  if (near.item && !near.item.claims) drawRing(near.item, ink.ink);
}

/** Each disc is a path of its own: for one path of thousands of discs a browser looks for where they cross. */
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

/** Where the camera sees all of some things, with room for their labels. */
function whole(items, most = 2.2) {
  if (!items.length) return camera;
  const [left, right] = extremes(items.map((item) => item.x));
  const [top, bottom] = extremes(items.map((item) => item.y));
  const wide = (picture.width - Math.min(160, picture.width / 6)) / (right - left + 1);
  const high = (picture.height - Math.min(100, picture.height / 5)) / (bottom - top + 1);
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(RANGE[0], Math.min(wide, high, most)) };
}

const fit = (items, most) => fly(whole(items, most));

/** Move the camera to a place, in a quarter of a second where movement is welcome. */
function fly(target) {
  cancelAnimationFrame(picture.flight);
  picture.moved = true;
  if (calm.matches || document.hidden) {
    Object.assign(camera, target);
    return redraw();
  }
  const start = { ...camera };
  let began = null;
  const step = (now) => {
    began ??= now;
    const t = Math.min((now - began) / 250, 1);
    const eased = t * (2 - t);
    for (const key of ["x", "y", "zoom"]) camera[key] = start[key] + (target[key] - start[key]) * eased;
    redrawMoving();
    if (t < 1) picture.flight = requestAnimationFrame(step);
  };
  picture.flight = requestAnimationFrame(step);
}

/** Zoom so that what is under a point of the screen stays there. */
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

/** What is under a point of the screen: an entity, else a fact, else null. */
function under(x, y, slack) {
  picture.grid ??= new Grid(seen.entities, seen.links);
  const [wx, wy] = toWorld(x, y);
  const reach = (entity) => (radius(entity) + slack) / camera.zoom;
  return picture.grid.entityAt(wx, wy, reach) ?? picture.grid.factAt(wx, wy, slack / camera.zoom);
}
