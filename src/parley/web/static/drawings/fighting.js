// Those killed, side by side on one scale: the best count as a line, the claims about it as a band.
// In: {unit, what, sides, periods: [{start, end, events, by_side, low, best, high}], spans: the same
// of figures known only to a longer time than a period: a dashed line as long as that time.

import { axisBottom, axisLeft, scaleLinear, scaleUtc, select } from "../lib/d3.js";
import { close, day, say, sayBin, sayTick } from "./days.js";
import { buttons, count, fit, key, several, sheet, tip, walk, watchWidth } from "./paper.js";

const [TOP, PANEL, BETWEEN, BOTTOM, LEFT] = [28, 96, 40, 26, 46];
const MOST_SIDES = 6;

export function draw(figure, canvas, data) {
  const panels = panelsOf(data);
  if (!panels.length) return false;
  const svg = sheet(canvas, `${data.what}, by side and ${data.unit}`);
  const explain = tip(canvas);
  const uneven = panels.some(({ bins, spans }) => [...bins, ...spans].some((bin) => bin.high == null));
  key(canvas, [
    { mark: "sign-best", says: `${data.what}: best count` },
    { mark: "sign-band", says: "from the lowest to the highest count" },
    ...(panels.some(({ spans }) => spans.length)
      ? [{ mark: "sign-span", says: "known only to a longer time, in no bar" }]
      : []),
    ...(uneven ? [{ mark: "sign-open", says: "at least so many: no upper bound is told" }] : []),
  ]);
  if (data.sides.length > MOST_SIDES) {
    const more = document.createElement("p");
    more.className = "muted";
    more.textContent = `Drawn are the ${MOST_SIDES} sides with most; the table has all ${data.sides.length}.`;
    canvas.append(more);
  }
  let own = false;
  const redraw = () => paint(svg, { width: canvas.clientWidth, panels, data, explain, own });
  if (panels.length > 1) {
    const tools = buttons(canvas, "Scale", [
      {
        say: "A scale for each side",
        act: ({ currentTarget }) => {
          own = !own;
          currentTarget.setAttribute("aria-pressed", String(own));
          redraw();
        },
      },
    ]);
    tools.firstChild.setAttribute("aria-pressed", "false");
    svg.node().before(tools);
  }
  watchWidth(canvas, redraw);
  return true;
}

/** One panel a side, those with most first; without sides one for all. */
function panelsOf(data) {
  const ofSide = (some, side) =>
    some.flatMap((period) => {
      const told = period.by_side.find((each) => each.side === side);
      return told && known(told) ? [{ ...period, ...told }] : [];
    });
  const spans = data.spans ?? [];
  const sided = data.sides.map((side) => ({
    side,
    bins: ofSide(data.periods, side),
    spans: ofSide(spans, side),
  }));
  const all = { side: "All", bins: data.periods.filter(known), spans: spans.filter(known) };
  const isFull = ({ bins, spans: some }) => bins.length || some.length;
  const found = (sided.some(isFull) ? sided : [all]).filter(isFull);
  const total = ({ bins, spans: some }) =>
    [...bins, ...some].reduce((sum, bin) => sum + (best(bin) ?? 0), 0);
  return found.sort((one, other) => total(other) - total(one)).slice(0, MOST_SIDES);
}

const known = (told) => told.low != null || told.best != null || told.high != null;
const best = (bin) => bin.best ?? bin.low ?? bin.high;

function paint(svg, { width, panels, data, explain, own }) {
  const height = panels.length * (TOP + PANEL) + (panels.length - 1) * (BETWEEN - TOP) + BOTTOM;
  svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
  const bins = panels.flatMap((panel) => [...panel.bins, ...panel.spans]);
  const starts = bins.map((bin) => bin.start).sort();
  const ends = bins.map((bin) => bin.end).sort();
  const x = scaleUtc([day(starts[0]), close(ends.at(-1))], [LEFT, width - 8]);
  const scaleOf = (some) =>
    scaleLinear([0, Math.max(1, ...some.map((bin) => Math.max(bin.high ?? 0, best(bin))))], [PANEL, 0]).nice(3);
  svg.selectAll("g.panel").remove();
  const groups = svg
    .selectAll("g.panel")
    .data(panels)
    .join("g")
    .attr("class", "panel kind-fighting")
    .attr("transform", (_, at) => `translate(0,${TOP + at * (PANEL + BETWEEN)})`);
  groups
    .append("text")
    .attr("class", "panel-name")
    .attr("y", -14)
    .text(({ side }) => fit(side, width - 20));
  groups.each(function ({ bins: mine, spans }, at) {
    const y = scaleOf(own ? [...mine, ...spans] : bins);
    const group = select(this);
    const left = axisLeft(y).ticks(3).tickFormat(count).tickSize(LEFT - width + 8);
    group.append("g").attr("class", "axis").attr("transform", `translate(${LEFT},0)`).call(left);
    drawBins(group, mine, { x, y, data, explain });
    drawSpans(group, spans, { x, y, data, explain });
    if (at < panels.length - 1) return;
    const below = axisBottom(x).tickFormat(sayTick).tickSizeOuter(0);
    below.ticks(Math.max(2, Math.floor(width / 90)));
    const scale = group.append("g").attr("class", "axis below").attr("transform", `translate(0,${PANEL})`).call(below);
    nameYear(scale, x);
  });
  svg.selectAll(".axis").attr("aria-hidden", "true");
  walk(svg, ".period");
}

/** Let the first tick name its year where no tick does. */
function nameYear(scale, x) {
  const dates = scale.selectAll(".tick").data();
  if (!dates.length || dates.some((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1)) return;
  const first = scale.select(".tick text");
  first.text(`${sayTick(dates[0])} ${dates[0].getUTCFullYear()}`);
  if (x(dates[0]) < LEFT + 20) first.attr("text-anchor", "start");
}

function drawBins(group, bins, { x, y, data, explain }) {
  const left = (bin) => x(day(bin.start));
  const wide = (bin) => Math.max(2, x(close(bin.end)) - left(bin) - 1);
  const low = (bin) => bin.low ?? 0;
  const high = (bin) => bin.high ?? best(bin);
  const marks = group
    .append("g")
    .selectAll("g")
    .data(bins)
    .join("g")
    .attr("class", (bin) => `period${bin.high == null ? " open" : ""}`)
    .attr("role", "img")
    .attr("aria-label", (bin) => `${sayBin(bin.start, bin.end, data.unit)}: ${sayCounts(bin, data.what)}`)
    .attr("transform", (bin) => `translate(${left(bin)},0)`);
  marks
    .append("rect")
    .attr("class", "reach")
    .attr("width", wide)
    .attr("height", PANEL);
  marks
    .append("rect")
    .attr("class", "band")
    .attr("width", wide)
    .attr("y", (bin) => y(high(bin)))
    .attr("height", (bin) => Math.max(1, y(low(bin)) - y(high(bin))));
  marks
    .append("rect")
    .attr("class", "solid")
    .attr("width", wide)
    .attr("y", (bin) => y(low(bin)))
    .attr("height", (bin) => PANEL - y(low(bin)));
  marks
    .append("line")
    .attr("class", "best-line")
    .attr("x2", wide)
    .attr("y1", (bin) => y(best(bin)))
    .attr("y2", (bin) => y(best(bin)));
  marks
    .filter((bin) => bin.high == null)
    .append("path")
    .attr("class", "upward")
    .attr("d", (bin) => `M${wide(bin) / 2 - 3},${y(best(bin)) - 3}l3,-5l3,5`);
  explain(marks, (bin) => [
    sayBin(bin.start, bin.end, data.unit),
    sayCounts(bin, data.what),
    bin.events ? several(bin.events, "event") : "",
  ]);
}

/** Draw what is known only to a longer time than a period: a dashed line over all of it. */
function drawSpans(group, spans, { x, y, data, explain }) {
  const marks = group
    .append("g")
    .selectAll("g")
    .data(spans)
    .join("g")
    .attr("class", "period span")
    .attr("role", "img")
    .attr("aria-label", (span) => `${say(span.start, span.end)}: ${sayCounts(span, data.what)}`);
  marks
    .append("rect")
    .attr("class", "reach")
    .attr("x", (span) => x(day(span.start)))
    .attr("y", (span) => y(best(span)) - 6)
    .attr("width", (span) => x(close(span.end)) - x(day(span.start)))
    .attr("height", 12);
  marks
    .append("line")
    .attr("class", "span-line")
    .attr("x1", (span) => x(day(span.start)))
    .attr("x2", (span) => x(close(span.end)))
    .attr("y1", (span) => y(best(span)))
    .attr("y2", (span) => y(best(span)));
  explain(marks, (span) => [
    say(span.start, span.end),
    sayCounts(span, data.what),
    span.events ? several(span.events, "event") : "",
  ]);
}

/** Say a count with its bounds: `12 killed (8 to 20)`, `at least 12 killed`. */
export function sayCounts(told, what) {
  if (told.high == null) return `at least ${count(told.low ?? told.best)} ${what}`;
  const exact = told.low === told.high;
  const bounds = exact || told.low == null ? "" : ` (${count(told.low)} to ${count(told.high)})`;
  return `${count(best(told))} ${what}${bounds}`;
}
