// The lanes of the timeline: bars where events are counted, marks and labels where each is shown.

import { select } from "../lib/d3.js";
import { close, day, say, sayBin } from "./days.js";
import { Rows, widthOf } from "./labels.js";
import { count, fit, nameLinks, several } from "./paper.js";

const ROW = 20; // pixels of a row of marks
const BARS = 40; // of a lane of bars
const HEAD = 18; // of a lane's name, where it stands above the lane
const MOST_ROWS = 7;
const AHEAD = new Set(["scheduled", "expected", "proposed"]);
const OFF = new Set(["called_off", "denied"]);

/** Return what is to be drawn, lane by lane, and how high it is. */
export function measureLanes(data, { x, width, gutter }) {
  const single = data.events.length > 0;
  const [from, to] = x.domain();
  const [left, right] = [gutter, width - 8];
  let top = 0;
  const lanes = [];
  for (const lane of data.lanes) {
    const marks = single
      ? placeEvents(data.events.filter((event) => event.lane === lane.id), { x, from, to, left, right })
      : { rows: 0, placed: [] };
    const bins = single
      ? []
      : data.bins.filter((bin) => bin.lane === lane.id && close(bin.end) > from && day(bin.start) < to);
    const head = gutter ? 4 : HEAD;
    const body = single ? Math.max(1, marks.rows) * ROW + 4 : BARS;
    lanes.push({ ...lane, top, head, body, bins, marks, unit: data.unit, left, right });
    top += head + body;
  }
  return { lanes, height: top, gutter };
}

/** Give each event of a lane a row: with its label where there is room, else without. */
function placeEvents(events, { x, from, to, left, right }) {
  const seen = events
    .map((event) => ({ event, start: day(event.start), end: endOf(event) }))
    .filter(({ start, end }) => end > from && start < to)
    .sort((one, other) => one.start - other.start || one.end - other.end);
  const rows = new Rows(MOST_ROWS);
  let fullest = 0;
  const placed = seen.map(({ event, start, end }) => {
    const begin = Math.max(left, x(start));
    const radius = sizeOf(event);
    const wide = isWide(event);
    const reach = wide ? Math.max(begin + 4, Math.min(right, x(end))) : begin + radius * 2;
    let label = fit(event.summary, Math.min(260, right - reach - 6), 7);
    let before = 0; // pixels of a label that stands before its mark
    if (right - reach < 150 && begin - left > 200) {
      label = fit(event.summary, 190, 7);
      before = widthOf(label) + 6;
    }
    const full = reach + (before ? 0 : 6 + (label ? widthOf(label) : 0));
    let row = rows.take(begin - before, full + 8);
    if (row < 0 && before) {
      [label, before] = ["", 0];
      row = rows.take(begin, reach + 8);
    }
    const shown = row >= 0 ? label : "";
    if (row < 0) row = MOST_ROWS; // no room: its mark stands in a row of marks without labels
    fullest = Math.max(fullest, row + 1);
    return { event, begin, reach, wide, radius, row, label: shown, before: before > 0 };
  });
  return { rows: fullest, placed };
}

const isWide = (event) => event.precision !== "day" || (event.end && event.end !== event.start);
const endOf = (event) => close(event.end ?? event.start);
const killed = (told) => told.best ?? told.high ?? told.low ?? 0;
const sizeOf = (event) =>
  killed(event) ? Math.min(9, 3.5 + Math.sqrt(killed(event)) * 0.35) : 4;

/** Draw the lanes into a group. */
export function drawLanes(group, { lanes, gutter }, { x, link, explain }) {
  const rows = group
    .selectAll("g.lane")
    .data(lanes, (lane) => lane.id)
    .join((enter) => {
      const row = enter.append("g");
      row.append("line").attr("class", "lane-line");
      row.append("text").attr("class", "lane-name");
      row.append("text").attr("class", "lane-most");
      row.append("g").attr("class", "lane-body");
      return row;
    })
    .attr("class", (lane) => `lane kind-${lane.kind}`)
    .attr("transform", (lane) => `translate(0,${lane.top})`);
  rows
    .select(".lane-line")
    .attr("x1", 0)
    .attr("x2", (lane) => lane.right)
    .attr("y1", (lane) => lane.head + lane.body)
    .attr("y2", (lane) => lane.head + lane.body);
  rows
    .select(".lane-name")
    .attr("x", 0)
    .attr("y", (lane) => (gutter ? lane.head + 13 : 13))
    .text((lane) => fit(lane.label, gutter ? gutter - 12 : lane.right - 110, 6.9) || lane.label.slice(0, 8));
  rows.select(".lane-body").each(function (lane) {
    (lane.bins.length || !lane.marks.placed.length ? drawBars : drawMarks)(this, lane, { x, link, explain });
  });
  rows
    .select(".lane-most")
    .attr("x", (lane) => (gutter ? 0 : lane.right))
    .attr("text-anchor", gutter ? "start" : "end")
    .attr("y", (lane) => (gutter ? lane.head + 29 : 13))
    .text((lane) => (lane.bins.length ? mostOf(lane) : ""));
}

const valueOf = (lane, bin) => (lane.kind === "fighting" && lane.counted ? killed(bin) : bin.events);

function mostOf(lane) {
  const most = Math.max(0, ...lane.bins.map((bin) => valueOf(lane, bin)));
  const what = lane.kind === "fighting" && lane.counted ? "killed" : "events";
  return `≤ ${count(most)} ${what} a ${lane.unit}`;
}

function drawBars(element, lane, { x, explain }) {
  lane.counted = lane.kind === "fighting" && lane.bins.some((bin) => killed(bin));
  const most = Math.max(1, ...lane.bins.map((bin) => (lane.counted ? bin.high ?? killed(bin) : bin.events)));
  const height = (value) => Math.max(value ? 2 : 0, Math.sqrt(value / most) * (lane.body - 6));
  const bottom = lane.head + lane.body;
  const group = select(element);
  group.selectAll("a").remove();
  const bars = group
    .selectAll("g.bar")
    .data(lane.bins, (bin) => bin.start)
    .join((enter) => {
      const bar = enter.append("g").attr("class", "bar");
      bar.append("rect").attr("class", "band");
      bar.append("rect").attr("class", "best");
      return bar;
    });
  const left = (bin) => Math.min(lane.right - 1, Math.max(lane.left, x(day(bin.start))));
  const wide = (bin) => Math.max(1, Math.min(lane.right, x(close(bin.end))) - left(bin) - 1);
  bars.attr("transform", (bin) => `translate(${left(bin)},0)`);
  bars
    .select(".best")
    .attr("width", wide)
    .attr("y", (bin) => bottom - height(valueOf(lane, bin) || 0.3))
    .attr("height", (bin) => height(valueOf(lane, bin) || 0.3))
    .classed("uncounted", (bin) => lane.counted && !killed(bin));
  bars
    .select(".band")
    .attr("width", wide)
    .attr("y", (bin) => bottom - height(lane.counted ? bin.high ?? 0 : 0))
    .attr("height", (bin) => (lane.counted && bin.high ? height(bin.high) - height(bin.low ?? 0) : 0));
  explain(bars, (bin) => [
    sayBin(bin.start, bin.end, lane.unit),
    `${lane.label}: ${several(bin.events, "event")}`,
    sayKilled(bin),
  ]);
}

function drawMarks(element, lane, { link, explain }) {
  const group = select(element);
  group.selectAll("g.bar").remove();
  const marks = group
    .selectAll("a")
    .data(lane.marks.placed, ({ event }) => event.id)
    .join((enter) => {
      const mark = enter.append("a");
      nameLinks(mark, ({ event }) => `${say(event.start, event.end, event.precision)}: ${event.summary}`);
      mark.append("rect").attr("class", "shape");
      mark.append("path").attr("class", "strike");
      mark.append("text").attr("class", "label").attr("aria-hidden", "true").attr("dominant-baseline", "central");
      return mark;
    })
    .attr("href", ({ event }) => link + encodeURIComponent(event.id))
    .attr("data-event", ({ event }) => event.id)
    .attr("class", ({ event, wide }) => `mark ${wide ? "window" : "dot"} ${standing(event)}`)
    .attr("transform", ({ row, begin }) => `translate(${begin},${lane.head + row * ROW + ROW / 2})`);
  marks
    .select(".shape")
    .attr("x", 0)
    .attr("y", ({ wide, radius }) => (wide ? -4 : -radius))
    .attr("rx", ({ wide, radius }) => (wide ? 3 : radius))
    .attr("width", ({ wide, radius, begin, reach }) => (wide ? reach - begin : radius * 2))
    .attr("height", ({ wide, radius }) => (wide ? 8 : radius * 2));
  marks
    .select(".strike")
    .attr("d", ({ event, begin, reach }) => (OFF.has(event.status) ? `M-2,5L${reach - begin + 2},-5` : null));
  marks
    .select(".label")
    .attr("x", ({ begin, reach, before }) => (before ? -5 : reach - begin + 5))
    .attr("text-anchor", ({ before }) => (before ? "end" : "start"))
    .text(({ label }) => label);
  explain(marks, ({ event }) => [
    say(event.start, event.end, event.precision),
    event.summary,
    `${event.status.replace("_", " ")}; told by ${several(event.reports, "report")}`,
    sayKilled(event),
  ]);
}

function standing(event) {
  if (AHEAD.has(event.status)) return "ahead";
  if (OFF.has(event.status)) return "off";
  return event.status === "alleged" ? "alleged" : "";
}

/** Say how many were killed: the span from low to high, or what is known of it. */
export function sayKilled({ low, best, high }) {
  if (low == null && best == null && high == null) return "";
  if (high == null) return `${count(low ?? best)} or more killed`;
  return low == null || low === high ? `${count(high)} killed` : `${count(low)} to ${count(high)} killed`;
}
