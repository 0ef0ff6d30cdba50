// A line of how many events there were over time, small enough to stand beside a figure.
// In: what the timeline takes.

import { area, curveStepAfter, scaleLinear, scaleUtc, select } from "../lib/d3.js";
import { close, day, sayBin } from "./days.js";
import { several, watchWidth } from "./paper.js";

const HEIGHT = 36;

export function draw(figure, canvas, data) {
  const totals = new Map();
  for (const { start, end, events } of data.bins) {
    const bin = totals.get(start) ?? { start, end, events: 0 };
    bin.events += events;
    totals.set(start, bin);
  }
  const bins = [...totals.values()].sort((one, other) => (one.start < other.start ? -1 : 1));
  if (bins.length < 2) return false;
  const most = bins.reduce((one, other) => (other.events > one.events ? other : one));
  const svg = select(canvas)
    .append("svg")
    .attr("class", "sheet")
    .attr("role", "img")
    .attr(
      "aria-label",
      `Events over time; most in ${sayBin(most.start, most.end, data.unit)}: ${several(most.events, "event")}`,
    );
  const path = svg.append("path").attr("class", "spark");
  watchWidth(canvas, (width) => {
    const x = scaleUtc([day(bins[0].start), close(bins.at(-1).end)], [0, width]);
    const y = scaleLinear([0, Math.sqrt(most.events)], [HEIGHT - 1, 3]);
    // Bins without events are not sent: a gap is nothing, no slope between its neighbours.
    const points = bins.flatMap((bin, at) => {
      const end = close(bin.end);
      const goesOn = bins[at + 1] && +day(bins[at + 1].start) <= +end;
      return [[day(bin.start), bin.events], ...(goesOn ? [] : [[end, 0]])];
    });
    const shape = area()
      .curve(curveStepAfter)
      .x(([start]) => x(start))
      .y0(HEIGHT - 1)
      .y1(([, events]) => y(Math.sqrt(events)));
    svg.attr("width", width).attr("height", HEIGHT).attr("viewBox", `0 0 ${width} ${HEIGHT}`);
    path.attr("d", shape(points));
  });
  return true;
}
