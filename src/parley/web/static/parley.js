// Puts the drawings on a page: each `figure[data-drawing]` is asked for its data and drawn
// by the module of that name.  Whatever fails, the table in the figure stays and is enough.

const DRAWINGS = new Set(["timeline", "sparkline", "map", "fighting", "meetings", "waterfall"]);

/** Fetch a figure's data, draw it, and fold its table away. */
async function show(figure) {
  const name = figure.dataset.drawing;
  if (!DRAWINGS.has(name) || figure.dataset.drawn) return;
  figure.dataset.drawn = "begun";
  const canvas = document.createElement("div");
  canvas.className = `drawing drawing-${name}`;
  canvas.setAttribute("aria-busy", "true");
  const caption = figure.querySelector(":scope > figcaption");
  if (caption) caption.after(canvas);
  else figure.prepend(canvas);
  try {
    const [module, data] = await Promise.all([
      import(`./drawings/${name}.js`),
      ask(figure.dataset.source),
    ]);
    // A drawing says false where there is nothing that it could show better than the table.
    if ((await module.draw(figure, canvas, data)) === false) canvas.remove();
    else foldTable(figure, canvas);
    figure.dataset.drawn = "done";
  } catch (problem) {
    figure.dataset.drawn = "failed";
    canvas.replaceChildren();
    canvas.className = "muted";
    canvas.textContent = "The drawing could not be loaded; the table says the same.";
    console.warn(`parley: ${name}: ${problem.message}`);
  }
  canvas.removeAttribute("aria-busy");
}

/** Return the JSON at an address of ours. */
export async function ask(address, options = {}) {
  const answer = await fetch(address, {
    ...options,
    headers: { accept: "application/json" },
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(`${answer.status} from ${address}`);
  return answer.json();
}

/** Put what stands beside the caption and the drawing behind a summary. */
function foldTable(figure, canvas) {
  const rest = [...figure.children].filter((child) => child !== canvas && child.tagName !== "FIGCAPTION");
  if (!rest.length) return;
  const fold = document.createElement("details");
  fold.className = "as-table";
  const summary = document.createElement("summary");
  summary.textContent = "The same as a table";
  fold.append(summary, ...rest);
  figure.append(fold);
}

/** Draw all figures of a part of the page. */
function showAll(part) {
  for (const figure of part.querySelectorAll("figure[data-drawing]")) show(figure);
}

/** Write the single days of a part of the page as the reader's language does. */
function writeDays(part) {
  const language = navigator.language;
  const format = new Intl.DateTimeFormat(language, {
    timeZone: "UTC", day: "numeric", month: "short", year: "numeric",
  });
  for (const time of part.querySelectorAll("time[data-day]")) {
    time.textContent = format.format(new Date(`${time.dateTime}T00:00:00Z`));
    time.lang = language;
    time.dir = "auto";
  }
}

showAll(document);
writeDays(document);
const text = document.querySelector(".report-text");
if (text) import("./passages.js").then(({ watchPassages }) => watchPassages(text));
document.addEventListener("htmx:load", (event) => {
  showAll(event.detail.elt ?? document);
  writeDays(event.detail.elt ?? document);
});
