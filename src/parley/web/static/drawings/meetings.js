// Who met whom: parties as circles, a line for each two that talked, thicker for more talks.
// In: {nodes: [{name, kind, country, talks}], edges: [{one, other, talks}]}.

import { scaleSqrt, select } from "../lib/d3.js";
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
} from "../lib/force.js";
import { Room, widthOf } from "./labels.js";
import { key, nameLinks, several, sheet, tell, tip, walk, watchWidth } from "./paper.js";

const MOST = 60; // parties; more is a ball of wool, and the table has them all
const MOST_LINES = 150;
const LABEL = 15; // pixels high

export function draw(figure, canvas, data) {
  if (!data.edges.length) return false;
  const svg = sheet(canvas, "Who met whom");
  const told = tell(canvas);
  const explain = tip(canvas);
  const nodes = [...data.nodes].sort((one, other) => other.talks - one.talks).slice(0, MOST);
  const kept = new Map(nodes.map((node) => [node.name, { ...node, met: new Map() }]));
  const edges = data.edges
    .filter((edge) => kept.has(edge.one) && kept.has(edge.other))
    .map((edge) => ({ ...edge, source: kept.get(edge.one), target: kept.get(edge.other) }))
    .sort((one, other) => other.talks - one.talks);
  const more = edges.splice(MOST_LINES).length;
  for (const { source, target, talks } of edges) {
    source.met.set(target, talks);
    target.met.set(source, talks);
  }
  const drawn = [...kept.values()].filter(({ met }) => met.size);
  const rest = data.nodes.length - drawn.length;
  told(
    `${several(drawn.length, "party", "parties")}, ${several(edges.length, "pair")} that met` +
      (more ? ` most often, of ${edges.length + more}` : "") +
      (rest > 0 ? `; ${rest} with fewer talks, or with none of these, are not drawn` : ""),
  );
  const kinds = new Set(drawn.map(({ kind }) => shapeOf(kind)));
  key(canvas, [
    ...(kinds.has("state") ? [{ mark: "sign-state", says: "state" }] : []),
    ...(kinds.has("armed") ? [{ mark: "sign-armed", says: "armed group" }] : []),
    ...(kinds.has("igo") ? [{ mark: "sign-igo", says: "organisation of states" }] : []),
    ...(kinds.has("other") ? [{ mark: "sign-other", says: "other" }] : []),
  ]);
  watchWidth(canvas, (width) => paint(svg, { width, nodes: drawn, edges, explain, link: figure.dataset.link }));
  return true;
}

const shapeOf = (kind) =>
  ({ state: "state", armed_group: "armed", igo: "igo" })[kind] ?? "other";

function paint(svg, { width, nodes, edges, explain, link }) {
  const height = Math.round(Math.min(620, Math.max(320, width * 0.62, nodes.length * 11)));
  const most = Math.max(...nodes.map(({ talks }) => talks));
  const radius = scaleSqrt([1, Math.max(2, most)], [4, width < 640 ? 14 : 20]);
  const margin = width < 640 ? 24 : 60;
  for (const node of nodes) Object.assign(node, { radius: radius(node.talks), x: NaN, y: NaN, vx: 0, vy: 0 });
  // Laid out before it is shown, always from the same start: nothing wobbles.
  const simulation = forceSimulation(nodes)
    .force("pull", forceLink(edges).distance(width / 7).strength((edge) => 0.12 + 0.2 * Math.min(1, edge.talks / most)))
    .force("push", forceManyBody().strength(-width * 0.45).distanceMax(width / 2))
    .force("apart", forceCollide((node) => node.radius + (width < 640 ? 10 : 16)))
    .force("x", forceX(width / 2).strength(0.07))
    .force("y", forceY(height / 2).strength((0.09 * width) / height))
    .stop();
  simulation.tick(300);
  spread(nodes, { width, height, margin });
  svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
  svg.selectAll("*").remove();
  const thick = scaleSqrt([1, Math.max(2, ...edges.map(({ talks }) => talks))], [1, 7]);
  const lines = svg
    .append("g")
    .attr("aria-hidden", "true")
    .selectAll("line")
    .data(edges)
    .join("line")
    .attr("class", "met")
    .attr("x1", ({ source }) => source.x)
    .attr("y1", ({ source }) => source.y)
    .attr("x2", ({ target }) => target.x)
    .attr("y2", ({ target }) => target.y)
    .attr("stroke-width", ({ talks }) => thick(talks));
  explain(lines, ({ one, other, talks }) => [`${one} and ${other}`, several(talks, "meeting")]);
  const marks = svg
    .append("g")
    .selectAll("a")
    .data(nodes)
    .join("a")
    .attr("class", ({ kind }) => `party party-${shapeOf(kind)}`)
    .attr("href", ({ name }) => (link ?? "/parties/") + encodeURIComponent(name))
    .attr("transform", ({ x, y }) => `translate(${x},${y})`);
  nameLinks(marks, (node) => `${node.name}: ${several(node.talks, "meeting")}, ${sayMet(node)}`);
  marks.append("path").attr("d", ({ kind, radius: size }) => outline(shapeOf(kind), size));
  placeLabels(marks, { width, height });
  explain(marks, (node) => [node.name, several(node.talks, "meeting"), sayMet(node)]);
  const light = (node) => {
    svg.classed("chosen", Boolean(node));
    marks.classed("lit", (other) => other === node || Boolean(node?.met.has(other)));
    lines.classed("lit", ({ source, target }) => source === node || target === node);
  };
  marks
    .on("pointerenter.light focus.light", (_, node) => light(node))
    .on("pointerleave.light blur.light", () => light(null));
  walk(svg, "a.party");
}

/** Stretch the layout over the sheet. */
function spread(nodes, { width, height, margin }) {
  for (const [axis, size, edge] of [["x", width, margin], ["y", height, 26]]) {
    const at = nodes.map((node) => node[axis]);
    const [low, high] = [Math.min(...at), Math.max(...at)];
    const scale = high - low < 1 ? 0 : Math.min(2.5, (size - 2 * edge) / (high - low));
    const middle = (low + high) / 2;
    for (const node of nodes) node[axis] = size / 2 + (node[axis] - middle) * scale;
  }
}

/** Write a name beside its circle where it covers nothing; the others tell theirs on focus. */
function placeLabels(marks, { width, height }) {
  const room = new Room(width, height);
  marks.each(({ x, y, radius }) => {
    room.block({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  });
  marks.each(function ({ name, x, y, radius }) {
    const wide = widthOf(name);
    const box = (dx, dy, anchor) => {
      const left = x + dx - { start: 0, middle: wide / 2, end: wide }[anchor];
      return { left, right: left + wide, top: y + dy - 12, bottom: y + dy - 12 + LABEL, dx, dy, anchor };
    };
    const taken = room.take(
      box(radius + 4, 4, "start"),
      box(-radius - 4, 4, "end"),
      box(0, radius + 14, "middle"),
      box(0, -radius - 6, "middle"),
    );
    if (!taken) return;
    select(this)
      .append("text")
      .attr("class", "label")
      .attr("aria-hidden", "true")
      .attr("x", taken.dx)
      .attr("y", taken.dy)
      .attr("text-anchor", taken.anchor)
      .text(name);
  });
}

function sayMet({ met }) {
  const most = [...met].sort((one, other) => other[1] - one[1]).slice(0, 3);
  const names = most.map(([other, talks]) => `${other.name} (${talks})`).join(", ");
  return `most with ${names}`;
}

/** The outline of a party's sign: its kind is told by shape, not by colour alone. */
function outline(shape, size) {
  if (shape === "armed") {
    const half = size * 1.15;
    return `M0,${-half}L${half},0L0,${half}L${-half},0Z`;
  }
  if (shape === "igo") {
    const half = size * 0.88;
    return `M${-half},${-half}H${half}V${half}H${-half}Z`;
  }
  return `M${-size},0a${size},${size} 0 1 0 ${2 * size},0a${size},${size} 0 1 0 ${-2 * size},0Z`;
}
