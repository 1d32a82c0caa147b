// A small picture of an answer: circles that push each other away, lines that hold them together.

const SVG = "http://www.w3.org/2000/svg";
const MOST_NODES = 150;
const ROUNDS = 300;
const IDEAL = 90;
const GRAVITY = 0.3;
const MARGIN = 20;
const RIGHT = 230; // room for the name beside a circle
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

// Links between the things of some triples, called by the labels that are among these, best those of the language.
export function linksOf(triples, shorten, language) {
  const labels = triples.filter(([, p]) => p.value === LABEL);
  const own = labels.filter(([, , o]) => o["xml:lang"] === language);
  const names = new Map([...labels.reverse(), ...own.reverse()].map(([s, , o]) => [s.value, o.value]));
  const name = (term) => (term.type === "uri" ? names.get(term.value) ?? shorten(term.value) : term.value);
  return triples.filter(([, p]) => p.value !== LABEL).map(([s, p, o]) => [name(s), name(p), name(o)]);
}

// Links between the first and the last column of some rows; what stands between says how.
export function linksOfRows({ names, rows }, shorten) {
  const name = (term) => (term ? (term.type === "uri" ? shorten(term.value) : String(term.value)) : "");
  return rows.map((row) => {
    const cells = names.map((column) => name(row[column]));
    return [cells[0], cells.slice(1, -1).join(", "), cells.length > 1 ? cells.at(-1) : ""];
  });
}

export function drawNet(svg, links) {
  const { nodes, edges } = gathered(links);
  const { width, height } = svg.getBoundingClientRect();
  settle(nodes, edges, width, height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(
    arrow(),
    ...edges.map(({ from, to }) => shape("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "marker-end": "url(#arrow)" })),
    ...edges.map(({ from, to, how }) =>
      words(how, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 3, class: "edge" })),
    ...nodes.map((node) => shape("circle", { cx: node.x, cy: node.y, r: 4 + Math.sqrt(node.links) })),
    ...nodes.map((node) => words(node.name, { x: node.x + 8, y: node.y + 4 })),
  );
}

function gathered(links) {
  const byName = new Map();
  const node = (name) => {
    if (!byName.has(name) && byName.size < MOST_NODES) byName.set(name, { name, links: 0 });
    return byName.get(name);
  };
  const edges = [];
  for (const [one, how, other] of links) {
    const from = one && node(one);
    const to = other && node(other);
    if (!from || !to || from === to) continue;
    from.links += 1;
    to.links += 1;
    edges.push({ from, to, how });
  }
  return { nodes: [...byName.values()], edges };
}

// Fruchterman and Reingold, from a spiral, so that the same answer always looks the same. Who is far off does not push:
// parts that hang together by nothing stay near each other. In the end the whole is stretched to the frame.
function settle(nodes, edges, width, height) {
  nodes.forEach((node, number) => {
    node.x = IDEAL * Math.sqrt(number) * Math.cos(2.4 * number);
    node.y = IDEAL * Math.sqrt(number) * Math.sin(2.4 * number);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const node of nodes) [node.dx, node.dy] = [-GRAVITY * node.x, -GRAVITY * node.y];
    for (const one of nodes) for (const other of nodes) if (one !== other) move(one, other, push);
    for (const { from, to } of edges) {
      move(from, to, pull);
      move(to, from, pull);
    }
    const heat = IDEAL * (1 - round / ROUNDS);
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / length) * Math.min(length, heat);
      node.y += (node.dy / length) * Math.min(length, heat);
    }
  }
  stretch(nodes, "x", MARGIN, Math.max(width - RIGHT, MARGIN));
  stretch(nodes, "y", MARGIN, height - MARGIN);
}

const push = (far) => (far < 3 * IDEAL ? (IDEAL * IDEAL) / far : 0);
const pull = (far) => -(far * far) / IDEAL;

function stretch(nodes, axis, from, to) {
  const all = nodes.map((node) => node[axis]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  for (const node of nodes) node[axis] = from + ((to - from) * (node[axis] - low + 1)) / (high - low + 2);
}

function move(one, other, force) {
  const [x, y] = [one.x - other.x, one.y - other.y];
  const far = Math.hypot(x, y) || 0.1;
  one.dx += (x / far) * force(far);
  one.dy += (y / far) * force(far);
}

function shape(name, attributes) {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  return found;
}

// The head of each line; it ends where the circle begins.
function arrow() {
  const marker = shape("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 15, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" });
  marker.append(shape("path", { d: "M0,1 8,4 0,7z" }));
  const found = shape("defs", {});
  found.append(marker);
  return found;
}

function words(text, attributes) {
  const found = shape("text", attributes);
  found.textContent = text.length > 32 ? `${text.slice(0, 31)}…` : text;
  const whole = document.createElementNS(SVG, "title");
  whole.textContent = text;
  found.append(whole);
  return found;
}
