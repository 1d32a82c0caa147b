// A small picture of an answer: circles that push each other away, lines that hold them together.

const SVG = "http://www.w3.org/2000/svg";
const MOST_NODES = 150;
const ROUNDS = 300;
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

// Links between the things of some triples, called by the labels that are among these.
export function linksOf(triples, shorten) {
  const names = new Map(triples.filter(([, p]) => p.value === LABEL).map(([s, , o]) => [s.value, o.value]));
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
  settle(nodes, edges);
  const xs = nodes.map((node) => node.x);
  const ys = nodes.map((node) => node.y);
  const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 40];
  svg.setAttribute("viewBox", `${left} ${top} ${Math.max(...xs) - left + 130} ${Math.max(...ys) - top + 40}`);
  svg.replaceChildren(
    ...edges.map(({ from, to }) => shape("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y })),
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

// Fruchterman and Reingold, from a spiral, so that the same answer always looks the same.
function settle(nodes, edges) {
  nodes.forEach((node, number) => {
    node.x = 30 * Math.sqrt(number) * Math.cos(2.4 * number);
    node.y = 30 * Math.sqrt(number) * Math.sin(2.4 * number);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const node of nodes) [node.dx, node.dy] = [-node.x * 0.05, -node.y * 0.08];
    for (const one of nodes) for (const other of nodes) if (one !== other) push(one, other, 1);
    for (const { from, to } of edges) { push(from, to, -1); push(to, from, -1); }
    const heat = 20 * (1 - round / ROUNDS);
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / length) * Math.min(length, heat);
      node.y += (node.dy / length) * Math.min(length, heat);
    }
  }
}

const IDEAL = 90;

function push(one, other, sign) {
  const [x, y] = [one.x - other.x, one.y - other.y];
  const far = Math.hypot(x, y) || 0.1;
  const force = sign > 0 ? (IDEAL * IDEAL) / far : -(far * far) / IDEAL;
  one.dx += (x / far) * force;
  one.dy += (y / far) * force;
}

function shape(name, attributes) {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
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
