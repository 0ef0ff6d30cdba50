// Where events were: as a dot only what is known to a place; a province is a ring, a country
// a shading, so that nothing looks better known than it is.
// In: {places: [{name, country, lat, lon, precision, events, by_kind}], nowhere, total}.

import { scaleSqrt, select, zoom, zoomIdentity } from "../lib/d3.js";
import { geoGraticule10, geoNaturalEarth1, geoPath } from "../lib/geo.js";
import { Room, widthOf } from "./labels.js";
import { buttons, count, isStill, key, name, nameLinks, several, sheet, tip, walk, watchWidth } from "./paper.js";
import { loadWorld } from "./world.js";

const CLOSEST = 60;
const APART = 20; // pixels between two marks, below which they are one cluster
const EXACT = new Set(["point", "city"]);

export async function draw(figure, canvas, data) {
  if (!data.places.length) return false;
  const map = new WorldMap(canvas, data, await loadWorld());
  watchWidth(canvas, (width) => map.resize(width));
  return true;
}

class WorldMap {
  constructor(canvas, data, world) {
    this.world = world;
    this.data = data;
    this.exact = data.places.filter((place) => place.lat != null && EXACT.has(place.precision));
    this.rough = data.places.filter((place) => place.lat != null && !EXACT.has(place.precision) && place.precision !== "country");
    this.whole = data.places
      .filter((place) => place.precision === "country")
      .map((place) => ({ ...place, ...world.find(place.country) }));
    buttons(canvas, "Move the map", [
      { say: "−", label: "Show more of the world", act: () => this.scaleBy(1 / 2) },
      { say: "+", label: "Look closer", act: () => this.scaleBy(2) },
      { say: "The places", label: "Show all places of the record", act: () => this.moveTo(this.home) },
      { say: "The world", label: "Show the whole world", act: () => this.moveTo(zoomIdentity) },
    ]);
    this.svg = sheet(canvas, "Events on a map of the world").attr("class", "sheet world");
    this.drawn = this.svg.append("g").attr("aria-hidden", "true");
    this.marks = this.svg.append("g");
    this.explain = tip(canvas);
    key(canvas, [
      { mark: "sign-city", says: "known to the town" },
      { mark: "sign-region", says: "somewhere in a region" },
      { mark: "sign-country", says: "somewhere in a country" },
      { mark: "sign-disputed", says: "disputed area" },
      { mark: "sign-border", says: "disputed border" },
    ]);
    this.zoom = zoom()
      .scaleExtent([1, CLOSEST])
      .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : !event.button))
      .on("zoom", ({ transform }) => this.look(transform));
  }

  resize(width) {
    this.width = width;
    this.height = Math.round(Math.max(width < 640 ? 300 : 0, Math.min(620, width * 0.5)));
    const { height } = this;
    this.projection = geoNaturalEarth1().fitExtent(
      [
        [2, 2],
        [width - 2, height - 2],
      ],
      { type: "Sphere" },
    );
    this.path = geoPath(this.projection).digits(1);
    this.svg.attr("width", width).attr("height", height).attr("viewBox", `0 0 ${width} ${height}`);
    this.paintWorld();
    const ground = [
      [0, 0],
      [width, height],
    ];
    this.zoom.extent(ground).translateExtent(ground);
    this.home = this.homeView();
    this.svg.call(this.zoom).on("dblclick.zoom", null).style("touch-action", "pan-y");
    this.svg.call(this.zoom.transform, this.home);
  }

  paintWorld() {
    const { drawn, path, world } = this;
    drawn.selectAll("*").remove();
    const hatch = name("hatch");
    const pattern = (id, mark) =>
      drawn
        .append("pattern")
        .attr("id", id)
        .attr("width", 5)
        .attr("height", 5)
        .attr("patternUnits", "userSpaceOnUse")
        .append("path")
        .attr("class", mark)
        .attr("d", "M-1,1l2,-2M0,5l5,-5M4,6l2,-2");
    pattern(hatch, "hatch");
    this.pattern = drawn.select("pattern");
    drawn.append("path").attr("class", "sea").attr("d", path({ type: "Sphere" }));
    drawn.append("path").attr("class", "graticule").attr("d", path(geoGraticule10()));
    drawn.append("path").attr("class", "land").attr("d", path({ type: "FeatureCollection", features: world.countries }));
    const fill = ({ shape, within }, kind) => {
      const area = drawn.append("path").attr("class", kind).attr("d", path(shape));
      if (!within) return area;
      const clip = name("land");
      drawn.append("clipPath").attr("id", clip).append("path").attr("d", path(within));
      return area.attr("clip-path", `url(#${clip})`);
    };
    for (const place of this.whole) if (place.shape) fill(place, "shaded");
    for (const area of world.disputed) fill(area, "disputed").attr("fill", `url(#${hatch})`);
    drawn.append("path").attr("class", "coast").attr("d", path(world.coasts));
    drawn.append("path").attr("class", "border").attr("d", path(world.borders));
    drawn.append("path").attr("class", "border disputed-border").attr("d", path(world.disputedBorders));
  }

  /** The view that holds all places, with room around them. */
  homeView() {
    const { width, height } = this;
    const at = [...this.exact, ...this.rough].map(({ lon, lat }) => this.projection([lon, lat]));
    for (const { shape } of this.whole) if (shape) at.push(this.middleOf(shape));
    if (!at.length) return zoomIdentity;
    const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)];
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.max(1, Math.min(14, (0.8 * width) / (east - west || 1), (0.8 * height) / (south - north || 1)));
    return zoomIdentity
      .translate(width / 2, height / 2)
      .scale(scale)
      .translate(-(west + east) / 2, -(north + south) / 2);
  }

  /** The middle of a country's largest part: that of France lies not between it and Guiana. */
  middleOf(shape) {
    const { type, coordinates } = shape.geometry ?? shape;
    if (type !== "MultiPolygon") return this.path.centroid(shape);
    const parts = coordinates.map((part) => ({ type: "Polygon", coordinates: part }));
    return this.path.centroid(parts.reduce((one, other) => (this.path.area(other) > this.path.area(one) ? other : one)));
  }

  moveTo(transform) {
    (isStill() ? this.svg : this.svg.transition().duration(300)).call(this.zoom.transform, transform);
  }

  scaleBy(factor) {
    (isStill() ? this.svg : this.svg.transition().duration(200)).call(this.zoom.scaleBy, factor);
  }

  look(transform) {
    this.transform = transform;
    this.drawn.attr("transform", transform);
    this.pattern.attr("patternTransform", `scale(${1 / transform.k})`);
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => this.paintMarks());
  }

  paintMarks() {
    const { transform, width, height } = this;
    const visible = ([x, y]) => x > -20 && x < width + 20 && y > -20 && y < height + 20;
    const locate = (places) =>
      places
        .map((place) => ({ place, at: transform.apply(this.projection([place.lon, place.lat])) }))
        .filter(({ at }) => visible(at));
    const countries = this.whole
      .map((place) => {
        const spot = place.shape ? this.middleOf(place.shape) : place.lat == null ? [NaN, NaN] : this.projection([place.lon, place.lat]);
        return { places: [place], at: transform.apply(spot), events: place.events, kind: "country" };
      })
      .filter(({ at }) => visible(at));
    const all = [
      ...countries,
      ...cluster(locate(this.rough), "region"),
      ...cluster(locate(this.exact), "city"),
    ];
    const most = Math.max(30, ...this.data.places.map(({ events }) => events));
    const size = scaleSqrt([1, most], [4.5, 22]).clamp(true);
    const marks = settle(all, (mark) => (mark.kind === "city" ? size(mark.events) : Math.max(9, size(mark.events))));
    const held = document.activeElement?.dataset?.place;
    this.paintEach(marks);
    walk(this.svg, "a.place");
    if (held) this.svg.node().querySelector(`a[data-place="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  paintEach(marks) {
    this.marks.selectAll("a").remove();
    const links = this.marks
      .selectAll("a")
      .data(marks)
      .join("a")
      .attr("class", ({ kind }) => `place place-${kind}`)
      .attr("data-place", ({ places }) => `${places[0].name}|${places[0].country}`)
      .attr("href", ({ places }) => address(places[0]))
      .attr("transform", ({ at: [x, y] }) => `translate(${x.toFixed(1)},${y.toFixed(1)})`)
      .on("click", (event, mark) => {
        if (mark.places.length < 2 || this.transform.k >= CLOSEST) return;
        event.preventDefault();
        this.closeIn(mark);
      });
    nameLinks(links, (mark) => sayPlace(mark).join(", "));
    links.append("circle").attr("r", ({ radius }) => radius);
    links
      .filter((mark) => mark.radius >= 9 && widthOf(count(mark.events), 11) < mark.radius * 2 && !isCovered(mark, marks))
      .append("text")
      .attr("class", "many")
      .attr("aria-hidden", "true")
      .attr("text-anchor", "middle")
      .attr("dominant-baseline", "central")
      .text(({ events }) => count(events));
    this.paintNames(links);
    this.explain(links, sayPlace);
  }

  closeIn({ places }) {
    const at = places.map(({ lon, lat }) => this.projection([lon, lat]));
    const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)];
    const reach = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1e-6);
    const scale = Math.min(CLOSEST, Math.max(this.transform.k * 2, (0.5 * this.height) / reach));
    this.moveTo(
      zoomIdentity
        .translate(this.width / 2, this.height / 2)
        .scale(scale)
        .translate(-(Math.max(...xs) + Math.min(...xs)) / 2, -(Math.max(...ys) + Math.min(...ys)) / 2),
    );
  }

  /** Write the names of the places that have most, where there is room. */
  paintNames(links) {
    const room = new Room(this.width, this.height);
    links.each(({ at: [x, y], radius }) => {
      room.block({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    });
    const order = links.nodes().sort((one, other) => select(other).datum().events - select(one).datum().events);
    for (const link of order) {
      const { places, at: [x, y], radius } = select(link).datum();
      const text = places.length > 1 ? `${places[0].name} +${places.length - 1}` : places[0].name;
      const wide = widthOf(text);
      const side = (dx, anchor) => {
        const left = x + dx - (anchor === "end" ? wide : 0);
        return { left, right: left + wide, top: y - 8, bottom: y + 8, dx, anchor };
      };
      const over = (dy) => ({ left: x - wide / 2, right: x + wide / 2, top: y + dy - 8, bottom: y + dy + 8, dx: 0, dy, anchor: "middle" });
      const taken = room.take(side(radius + 4, "start"), side(-radius - 4, "end"), over(radius + 10), over(-radius - 10));
      if (!taken) continue;
      select(link)
        .append("text")
        .attr("class", "label")
        .attr("aria-hidden", "true")
        .attr("dominant-baseline", "central")
        .attr("x", taken.dx)
        .attr("y", taken.dy ?? 0)
        .attr("text-anchor", taken.anchor)
        .text(text);
    }
  }
}

/** Tell whether a mark drawn later lies upon the middle of a mark. */
function isCovered(mark, marks) {
  return marks
    .slice(marks.indexOf(mark) + 1)
    .some(({ at, radius }) => Math.hypot(at[0] - mark.at[0], at[1] - mark.at[1]) < radius + 9);
}

/** Give each mark its radius, and join those of one kind that would still lie upon each other. */
function settle(marks, size) {
  const kept = [];
  for (const mark of marks) {
    mark.radius = size(mark);
    const under = kept.find(
      ({ kind, at, radius }) =>
        kind === mark.kind &&
        kind !== "country" &&
        Math.hypot(at[0] - mark.at[0], at[1] - mark.at[1]) < (radius + mark.radius) * 0.85,
    );
    if (under) {
      under.places.push(...mark.places);
      under.events += mark.events;
      under.radius = size(under);
    } else kept.push(mark);
  }
  return kept;
}

/** Join places of one kind that would lie upon each other, around those with most events. */
function cluster(located, kind) {
  const found = [];
  const grid = new Map();
  const cell = ([x, y]) => [Math.floor(x / APART), Math.floor(y / APART)];
  for (const { place, at } of located.sort((one, other) => other.place.events - one.place.events)) {
    const [column, line] = cell(at);
    let joined = null;
    for (let dx = -1; dx <= 1 && !joined; dx += 1) {
      for (let dy = -1; dy <= 1 && !joined; dy += 1) {
        joined = (grid.get(`${column + dx}|${line + dy}`) ?? []).find(
          (mark) => Math.hypot(mark.at[0] - at[0], mark.at[1] - at[1]) < APART,
        );
      }
    }
    if (joined) {
      joined.places.push(place);
      joined.events += place.events;
      continue;
    }
    const mark = { places: [place], at, events: place.events, kind };
    found.push(mark);
    const home = `${column}|${line}`;
    grid.set(home, [...(grid.get(home) ?? []), mark]);
  }
  return found;
}

function address(place) {
  const asked = new URLSearchParams({ place: place.name });
  if (place.country) asked.set("country", place.country);
  return `/timeline?${asked}`;
}

const HOW = { city: "", region: "somewhere in ", country: "somewhere in " };

function sayPlace({ places, events, kind }) {
  const names = places.slice(0, 4).map((place) => place.name).join(", ");
  const rest = places.length > 4 ? ` and ${places.length - 4} more` : "";
  return [`${HOW[kind]}${names}${rest}`, several(events, "event")];
}
