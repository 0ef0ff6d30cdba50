// Bundle the parts that package.json names into a folder that the app serves.
// Usage, from the folder that holds node_modules: node bundle.mjs FOLDER
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { quantize } from "topojson-client";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ["d3.js", "geo.js", "force.js"],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2020",
  legalComments: "none",
  chunkNames: "shared-[hash]",
  logLevel: "warning",
});
copyFileSync("node_modules/htmx.org/dist/htmx.min.js", join(folder, "htmx.min.js"));

// A grid of 10,000 steps (four kilometres at most) is finer than the map is ever drawn, and
// halves the file.  The union of all countries is never asked for.
const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const { transform, arcs, ...rest } = atlas;
const absolute = { ...rest, transform, arcs, objects: { countries: atlas.objects.countries } };
writeFileSync(join(folder, "world.json"), JSON.stringify(regrid(absolute)));

/** Return the topology on a coarser grid: arcs as they are, then quantised anew. */
function regrid(topology) {
  const [sx, sy] = topology.transform.scale;
  const [tx, ty] = topology.transform.translate;
  const plain = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * sx + tx, (y += dy) * sy + ty]);
  });
  const { transform: _, ...bare } = topology;
  return quantize({ ...bare, arcs: plain }, 1e4);
}

// The licences travel with what they cover.
const shipped = Object.keys(JSON.parse(readFileSync("package-lock.json", "utf8")).packages)
  .filter((name) => name.startsWith("node_modules/"))
  .filter((name) => /node_modules\/(d3-|internmap|topojson|world-atlas|htmx)/.test(name));
const texts = shipped.map((name) => {
  const told = JSON.parse(readFileSync(join(name, "package.json"), "utf8"));
  return `${told.name} ${told.version}\n\n${readFileSync(join(name, "LICENSE"), "utf8").trim()}\n`;
});
writeFileSync(join(folder, "LICENSES.txt"), texts.join(`\n${"-".repeat(72)}\n\n`));
