// Only the map loads these.
export { geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
export { feature, mesh } from "topojson-client";
