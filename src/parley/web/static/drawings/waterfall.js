// Why two mentions were taken for one event: the weights of evidence, added up step by step.
// In: {event, pairs: [{one, other, probability, prior, steps: [{comparison, level, says, weight}]}]}
// with weights in bits: each bit doubles the odds, or halves them.

import { scaleLinear } from "../lib/d3.js";
import { fit, name, sheet, walk, watchWidth } from "./paper.js";

const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumSignificantDigits: 3 });
const BITS = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: "exceptZero" });

export function draw(figure, canvas, data) {
  if (!data.pairs.length) return false;
  const svg = sheet(canvas, "Evidence that two mentions tell of one event");
  let shown = data.pairs[0];
  let width = 0;
  const redraw = () => paint(svg, shown, width);
  if (data.pairs.length > 1) {
    choose(canvas, data.pairs, (pair) => {
      shown = pair;
      redraw();
    });
  }
  watchWidth(canvas, (now) => {
    width = now;
    redraw();
  });
  return true;
}

/** Let the reader choose among the pairs. */
function choose(canvas, pairs, act) {
  const row = document.createElement("p");
  const select = document.createElement("select");
  const label = document.createElement("label");
  select.id = label.htmlFor = name("pair");
  label.textContent = "Pair of mentions ";
  pairs.forEach((pair, at) => {
    const option = document.createElement("option");
    option.value = String(at);
    option.textContent = `${at + 1}: ${PERCENT.format(pair.probability)} likely to be one event`;
    select.append(option);
  });
  select.addEventListener("change", () => act(pairs[Number(select.value)]));
  row.append(label, select);
  canvas.prepend(row);
}

function paint(svg, pair, width) {
  const narrow = width < 640;
  const [row, left, right] = [narrow ? 40 : 26, narrow ? 0 : Math.min(380, width * 0.45), width - 8];
  const steps = [
    { says: "Before looking: any two mentions", weight: pair.prior, start: 0, whole: true },
  ];
  let sum = pair.prior;
  for (const step of pair.steps) {
    steps.push({ ...step, says: step.says || `${step.comparison}: ${step.level}`, start: sum });
    sum += step.weight;
  }
  const says = `Together: ${PERCENT.format(pair.probability)} likely`;
  steps.push({ says, weight: sum, start: 0, whole: true });
  const reach = [0, ...steps.flatMap(({ start, weight }) => [start, start + weight])];
  // Room for the figure beside the longest bar, on either side.
  const x = scaleLinear([Math.min(...reach), Math.max(...reach)], [left + 44, right - 44]);
  const height = steps.length * row + 26;
  svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
  svg.selectAll("*").remove();
  svg.append("line").attr("class", "zero").attr("x1", x(0)).attr("x2", x(0)).attr("y2", height - 20);
  const hints = svg.append("g").attr("class", "hint").attr("aria-hidden", "true");
  const hint = narrow ? ["← apart", "together →"] : ["← speaks for two events", "speaks for one event →"];
  const room = hint.map((text) => text.length * 6.4);
  if (x(0) - room[0] - 8 > 0) {
    hints.append("text").attr("x", x(0) - 8).attr("y", height - 6).attr("text-anchor", "end").text(hint[0]);
  }
  if (x(0) + room[1] + 8 < width) {
    hints.append("text").attr("x", x(0) + 8).attr("y", height - 6).text(hint[1]);
  }
  const rows = svg
    .selectAll("g.step")
    .data(steps)
    .join("g")
    .attr("class", ({ weight, whole }) => `step ${whole ? "sum" : weight < 0 ? "against" : "for"}`)
    .attr("role", "img")
    .attr("aria-label", (step) => `${step.says}: ${BITS.format(step.weight)} bits`)
    .attr("transform", (_, at) => `translate(0,${at * row})`);
  const base = narrow ? 20 : 5;
  rows.append("rect").attr("class", "reach").attr("width", width).attr("height", row);
  rows
    .append("text")
    .attr("class", "says")
    .attr("y", narrow ? 14 : row / 2)
    .attr("dominant-baseline", narrow ? "auto" : "central")
    .text((step) => fit(step.says, (narrow ? width : left) - 12))
    .append("title")
    .text((step) => step.says);
  rows
    .append("rect")
    .attr("class", "weight")
    .attr("x", ({ start, weight }) => Math.min(x(start), x(start + weight)))
    .attr("width", ({ start, weight }) => Math.max(1.5, Math.abs(x(start + weight) - x(start))))
    .attr("y", base)
    .attr("height", 16);
  rows
    .append("text")
    .attr("class", "bits")
    .attr("x", ({ start, weight }) => x(start + weight) + (weight < 0 ? -5 : 5))
    .attr("text-anchor", ({ weight }) => (weight < 0 ? "end" : "start"))
    .attr("y", base + 8)
    .attr("dominant-baseline", "central")
    .text(({ weight }) => BITS.format(weight));
  rows
    .filter((_, at) => at < steps.length - 1)
    .append("line")
    .attr("class", "joint")
    .attr("x1", ({ start, weight }) => x(start + weight))
    .attr("x2", ({ start, weight }) => x(start + weight))
    .attr("y1", base + 16)
    .attr("y2", base + row);
  walk(svg, ".step");
}
