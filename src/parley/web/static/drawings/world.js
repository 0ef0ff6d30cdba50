// The world under the map: countries, their borders, and what is disputed among them.
//
// The borders are Natural Earth's, which draws who holds a place.  What others claim is
// drawn over it from disputed.json: whole areas that the atlas has by name, borders
// between two countries within a box of degrees, and rough outlines (cut to the land of
// the countries named) of areas that the atlas has not.

import { feature, mesh } from "../lib/geo.js";
import { ask } from "../parley.js";

const near = (path) => new URL(path, import.meta.url);

/** Return {countries, codes, borders, disputedBorders, disputed}: GeoJSON, in degrees. */
export async function loadWorld() {
  const [atlas, codes, claims] = await Promise.all([
    ask(near("../lib/world.json")),
    ask(near("countries.json")),
    ask(near("disputed.json")),
  ]);
  const all = atlas.objects.countries;
  const countries = feature(atlas, all).features;
  const byKey = new Map(countries.map((country) => [country.id ?? country.properties.name, country]));
  const nameOf = (geometry) => geometry.properties.name;
  const areas = new Set(claims.areas);
  const boxOf = (one, other) =>
    claims.lines.find(({ between }) => between.includes(nameOf(one)) && between.includes(nameOf(other)))?.box;
  const whole = (one, other) => areas.has(nameOf(one)) || areas.has(nameOf(other));
  const lines = { plain: [], broken: [] };
  lines.broken.push(...mesh(atlas, all, (one, other) => one !== other && whole(one, other)).coordinates);
  lines.plain.push(
    ...mesh(atlas, all, (one, other) => one !== other && !whole(one, other) && !boxOf(one, other)).coordinates,
  );
  for (const { between, box } of claims.lines) {
    const shared = mesh(
      atlas,
      all,
      (one, other) => one !== other && boxOf(one, other) === box && between.includes(nameOf(one)),
    );
    for (const line of shared.coordinates) cut(line, box, lines);
  }
  const named = new Map(countries.map((country) => [nameOf(country), country]));
  const outlines = claims.outlines.map(({ code, ring, within }) => ({
    code,
    shape: polygon(ring),
    within: { type: "FeatureCollection", features: within.map((each) => named.get(each)) },
  }));
  return {
    countries,
    /** Return the shape of a country by its ISO 3166-1 alpha-3 code, as far as there is one. */
    find: (code) => outlines.find((area) => area.code === code) ?? { shape: byKey.get(codes[code]) },
    coasts: mesh(atlas, all, (one, other) => one === other),
    borders: { type: "MultiLineString", coordinates: lines.plain },
    disputedBorders: { type: "MultiLineString", coordinates: lines.broken },
    disputed: [
      ...claims.areas.map((area) => ({ shape: named.get(area), within: null })),
      ...outlines.map(({ shape, within }) => ({ shape, within })),
    ],
  };
}

/** Share out a line's pieces: those within the box are disputed, the others are not. */
function cut(line, [west, south, east, north], lines) {
  const isIn = ([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north;
  let piece = [line[0]];
  for (let at = 1; at < line.length; at += 1) {
    piece.push(line[at]);
    const within = isIn(line[at]);
    const last = at === line.length - 1;
    if (last || isIn(line[at + 1]) !== within) {
      (within ? lines.broken : lines.plain).push(piece);
      piece = [line[at]];
    }
  }
}

/** A polygon wound as d3 wants it: clockwise on the globe, whatever way it was written. */
function polygon(ring) {
  const closed = [...ring, ring[0]];
  let turned = 0;
  for (let at = 1; at < closed.length; at += 1) {
    turned += (closed[at][0] - closed[at - 1][0]) * (closed[at][1] + closed[at - 1][1]);
  }
  return { type: "Polygon", coordinates: [turned > 0 ? closed : closed.reverse()] };
}
