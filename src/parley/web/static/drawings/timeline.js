// The timeline to scale.  The server counts the events into bins as fine as the view asks
// for, and sends the events one by one where they are few: so it is fluid whatever it holds.
//
// In: {start, to, first, last, unit, total, undated, lanes, bins, events}.

import { brushX, scaleUtc, select, zoom, zoomIdentity } from "../lib/d3.js";
import { ask } from "../parley.js";
import { close, day, DAY, iso, later, say, sayTick } from "./days.js";
import { drawLanes, measureLanes } from "./lanes.js";
import { buttons, isStill, key, several, sheet, tell, tip, walk, watchWidth } from "./paper.js";

const AXIS = 26; // pixels of the scale of days above the lanes
const STRIP = 44; // of the strip of the whole below them
const SHORTEST = 10 * DAY; // the nearest one can look

export function draw(figure, canvas, data) {
  if (!data.first || !data.lanes.length) return false;
  const view = new View(figure, canvas, data);
  watchWidth(canvas, (width) => view.resize(width));
  return true;
}

class View {
  constructor(figure, canvas, whole) {
    this.figure = figure;
    this.whole = whole;
    this.data = whole;
    this.canvas = canvas;
    this.first = day(whole.start ?? whole.first);
    this.last = close(whole.to ?? whole.last);
    const least = 60 * DAY - (this.last - this.first);
    if (least > 0) {
      this.first = new Date(this.first - least / 2);
      this.last = new Date(+this.last + least / 2);
    }
    buttons(canvas, "Move through time", [
      { say: "−", label: "Show more time", act: () => this.scaleBy(1 / 2) },
      { say: "+", label: "Look closer", act: () => this.scaleBy(2) },
      { say: "‹", label: "Earlier", act: () => this.moveBy(1) },
      { say: "›", label: "Later", act: () => this.moveBy(-1) },
      { say: "Whole", label: "Show the whole time", act: () => this.go(zoomIdentity) },
      { say: "Keep these days", label: "Filter the page to the days shown", act: () => this.keep() },
    ]);
    this.told = tell(canvas);
    this.svg = sheet(canvas, "Events on a scale of time");
    this.ground = this.svg.append("rect").attr("class", "ground");
    this.ticks = this.svg.append("g").attr("class", "ticks").attr("aria-hidden", "true");
    this.lanes = this.svg.append("g");
    this.strip = this.svg.append("g").attr("class", "strip").attr("aria-hidden", "true");
    this.explain = tip(canvas);
    const fighting = whole.lanes.some((lane) => lane.kind === "fighting");
    key(canvas, [
      { mark: "sign-day", says: "known to the day" },
      { mark: "sign-window", says: "only known to lie within" },
      { mark: "sign-ahead", says: "ahead or proposed" },
      { mark: "sign-off", says: "called off or denied" },
      ...(fighting ? [{ mark: "sign-band", says: "killed, lowest to highest count" }] : []),
    ]);
    this.zoom = zoom()
      .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.button))
      .on("start", () => this.svg.classed("moving", true))
      .on("zoom", ({ transform }) => this.look(transform))
      .on("end", () => {
        this.svg.classed("moving", false);
        this.refine();
      });
    this.brush = brushX().on("end", (event) => this.brushed(event));
    this.transform = zoomIdentity;
  }

  /** Lay everything out for a width. */
  resize(width) {
    const [from, to] = this.x ? this.x.domain() : [this.first, this.last];
    this.width = width;
    this.gutter = width < 640 ? 0 : 150;
    this.base = scaleUtc([this.first, this.last], [this.gutter, width - 8]);
    const most = (this.last - this.first) / SHORTEST;
    const inner = [
      [this.gutter, 0],
      [width - 8, 2000],
    ];
    this.zoom.scaleExtent([1, Math.max(1, most)]).translateExtent(inner).extent(inner);
    this.svg.attr("width", width).call(this.zoom).on("dblclick.zoom", null);
    this.svg.style("touch-action", "pan-y"); // a finger scrolls the page; two zoom
    const scale = (this.last - this.first) / (to - from);
    const begin = this.base(from);
    this.svg.call(
      this.zoom.transform,
      zoomIdentity.translate(this.gutter - scale * begin, 0).scale(scale),
    );
  }

  look(transform) {
    this.transform = transform;
    this.x = transform.rescaleX(this.base);
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => this.paint());
  }

  go(transform) {
    const target = isStill() ? this.svg : this.svg.transition().duration(200);
    target.call(this.zoom.transform, transform);
  }

  scaleBy(factor) {
    (isStill() ? this.svg : this.svg.transition().duration(200)).call(this.zoom.scaleBy, factor);
  }

  moveBy(direction) {
    const step = ((this.width - this.gutter) / 2 / this.transform.k) * direction;
    (isStill() ? this.svg : this.svg.transition().duration(200)).call(this.zoom.translateBy, step, 0);
  }

  /** Ask the server for what is in view, once the reader stops moving. */
  refine() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const [from, to] = this.x.domain();
      if (this.transform.k === 1) {
        this.data = this.whole;
        this.paint();
        return;
      }
      this.asking?.abort();
      this.asking = new AbortController();
      const margin = (to - from) / 2;
      const address = new URL(this.figure.dataset.source, document.baseURI);
      address.searchParams.set("from", iso(new Date(Math.max(this.first, from - margin))));
      address.searchParams.set("to", iso(new Date(Math.min(this.last, +to + margin))));
      try {
        this.data = await ask(address, { signal: this.asking.signal });
        this.paint();
      } catch (problem) {
        if (problem.name !== "AbortError") this.told("These days could not be loaded; try again.");
      }
    }, 150);
  }

  paint() {
    const { width, gutter, x } = this;
    const held = document.activeElement?.dataset?.event;
    const lanes = measureLanes(this.data, { x, width, gutter });
    const bottom = AXIS + lanes.height;
    this.svg.attr("height", bottom + STRIP + 8).attr("viewBox", `0 0 ${width} ${bottom + STRIP + 8}`);
    this.ground.attr("x", gutter).attr("width", Math.max(0, width - 8 - gutter)).attr("height", bottom);
    this.paintTicks(bottom);
    drawLanes(this.lanes.attr("transform", `translate(0,${AXIS})`), lanes, {
      link: this.figure.dataset.link ?? "/events/",
      explain: this.explain,
      x,
    });
    walk(this.svg, "a.mark");
    if (held) this.svg.node().querySelector(`a[data-event="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    this.paintStrip(bottom + 4);
    const [from, to] = x.domain();
    const undated = this.data.undated ? `; ${several(this.data.undated, "event")} undated` : "";
    this.told(`${say(iso(from), iso(later(to, -1)))}: ${several(countWithin(this.data, from, to), "event")}${undated}`);
  }

  paintTicks(bottom) {
    const { x, width, gutter } = this;
    const dates = x.ticks(Math.max(2, Math.floor((width - gutter) / 90)));
    const sameYear = !dates.some((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1);
    this.ticks
      .selectAll("g")
      .data(dates, (date) => +date)
      .join((enter) => {
        const tick = enter.append("g");
        tick.append("line").attr("y1", AXIS - 6);
        tick.append("text").attr("y", AXIS - 10).attr("text-anchor", "middle");
        return tick;
      })
      .attr("transform", (date) => `translate(${Math.round(x(date))},0)`)
      .each(function (date, at) {
        select(this).select("line").attr("y2", bottom);
        // Where no tick is the first of a year, the first tick names the year.
        const said = sayTick(date);
        const text = at === 0 && sameYear ? `${said} ${date.getUTCFullYear()}` : said;
        const room = x(date) - gutter > text.length * 3.4 && width - x(date) > text.length * 3.4;
        select(this).select("text").text(room ? text : "");
      });
  }

  /** The whole as a strip of its own, to choose days from. */
  paintStrip(top) {
    const { base, gutter, width } = this;
    const key = `${width}|${top}`;
    const shown = this.x.domain().map(base);
    if (this.stripKey !== key) {
      this.stripKey = key;
      this.strip.attr("transform", `translate(0,${top})`).selectAll("*").remove();
      const totals = new Map();
      const spans = this.whole.bins.length
        ? this.whole.bins.map((bin) => [bin.start, bin.end, bin.events])
        : this.whole.events.map((event) => [event.start, event.start, 1]);
      for (const [start, end, events] of spans) {
        const known = totals.get(start) ?? { start, end, events: 0 };
        known.events += events;
        totals.set(start, known);
      }
      const tallest = Math.sqrt(Math.max(1, ...[...totals.values()].map((bin) => bin.events)));
      this.strip.append("rect").attr("class", "strip-ground").attr("x", gutter).attr("width", width - 8 - gutter).attr("height", STRIP);
      this.strip
        .append("g")
        .selectAll("rect")
        .data([...totals.values()])
        .join("rect")
        .attr("class", "strip-bar")
        .attr("x", (bin) => base(day(bin.start)))
        .attr("width", (bin) => Math.max(1.5, Math.min(width - 8, base(close(bin.end))) - base(day(bin.start)) - 0.5))
        .attr("y", (bin) => STRIP - (Math.sqrt(bin.events) / tallest) * (STRIP - 6))
        .attr("height", (bin) => (Math.sqrt(bin.events) / tallest) * (STRIP - 6));
      this.window = this.strip.append("rect").attr("class", "strip-window").attr("height", STRIP);
      this.brush.extent([
        [gutter, 0],
        [width - 8, STRIP],
      ]);
      this.chooser = this.strip.append("g").attr("class", "chooser").call(this.brush);
    }
    this.window.attr("x", Math.max(gutter, shown[0])).attr("width", Math.max(2, shown[1] - shown[0]));
  }

  brushed({ selection, sourceEvent }) {
    if (!sourceEvent || !selection) return;
    const [from, to] = selection.map((pixel) => this.base.invert(pixel));
    this.filter(from, to);
  }

  keep() {
    this.filter(...this.x.domain());
  }

  /** Filter the whole page to some days: through its form where there is one. */
  filter(from, to) {
    const chosen = { since: iso(from), until: iso(later(to, -1)) };
    const form = document.querySelector("form.filters");
    const fields = form ? [form.elements.since, form.elements.until] : [];
    if (fields.length === 2 && fields.every(Boolean)) {
      [fields[0].value, fields[1].value] = [chosen.since, chosen.until];
      form.requestSubmit();
      return;
    }
    const address = new URL(location.href);
    for (const [field, value] of Object.entries(chosen)) address.searchParams.set(field, value);
    address.searchParams.delete("page");
    location.assign(address);
  }
}

/** Count the events that begin within some days. */
function countWithin(data, from, to) {
  const within = (start) => day(start) >= from && day(start) < to;
  if (data.events.length) return data.events.filter((event) => within(event.start)).length;
  let all = 0;
  for (const bin of data.bins) if (close(bin.end) > from && day(bin.start) < to) all += bin.events;
  return all;
}
