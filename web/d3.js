// What the drawings use of d3; more costs the reader bytes.
export { bisector, extent, max, min, sum } from "d3-array";
export { axisBottom, axisLeft, axisTop } from "d3-axis";
export { brushX } from "d3-brush";
export { scaleBand, scaleLinear, scaleSqrt, scaleUtc } from "d3-scale";
export { pointer, select, selectAll } from "d3-selection";
export { area, curveStepAfter, line } from "d3-shape";
export { utcFormat } from "d3-time-format";
export { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
