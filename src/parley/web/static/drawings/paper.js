// The ground that every drawing stands on: its SVG element, its size, what is told beside it.

import { select } from "../lib/d3.js";

const NUMBERS = new Intl.NumberFormat();
let made = 0;

/** Return a number in the reader's own way of writing it. */
export const count = (number) => NUMBERS.format(number);

/** Return `3 events`, `1 event`. */
export const several = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;

/** Return a name that no other element of the page has. */
export const name = (stem) => `${stem}-${(made += 1)}`;

/** Append an SVG element that is a group of marks to be walked through, with a label. */
export function sheet(canvas, label) {
  return select(canvas)
    .append("svg")
    .attr("class", "sheet")
    .attr("role", "group")
    .attr("aria-label", label)
    .attr("focusable", "false");
}

/** Call `redraw(width)` now and whenever the width of an element changes. */
export function watchWidth(element, redraw) {
  let last = 0;
  const look = () => {
    const width = Math.floor(element.clientWidth);
    if (width && width !== last) redraw((last = width));
  };
  look();
  let asked = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(look);
  }).observe(element);
}

/** Tell whether the reader wants nothing to move. */
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Append a row of buttons: `{say, label, act}` each.  Returns the element. */
export function buttons(canvas, label, each) {
  const row = document.createElement("div");
  row.className = "tools";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", label);
  for (const { say, label: told, act } of each) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say;
    if (told) {
      button.title = told;
      if (say.length < 2) button.setAttribute("aria-label", told);
    }
    button.addEventListener("click", act);
    row.append(button);
  }
  canvas.append(row);
  return row;
}

/** Append a key: `{mark, says}` each, where `mark` is the class of a small sign. */
export function key(canvas, each) {
  const list = document.createElement("ul");
  list.className = "key";
  for (const { mark, says } of each) {
    const item = document.createElement("li");
    const sign = document.createElement("span");
    sign.className = `sign ${mark}`;
    sign.setAttribute("aria-hidden", "true");
    item.append(sign, says);
    list.append(item);
  }
  canvas.append(list);
  return list;
}

/** Append a line that tells what is shown, read out when it changes. */
export function tell(canvas) {
  const line = document.createElement("p");
  line.className = "told";
  line.setAttribute("role", "status");
  canvas.append(line);
  return (text) => {
    if (line.textContent !== text) line.textContent = text;
  };
}

/** A box beside a mark that says what it is, on hover and on focus. */
export function tip(canvas) {
  const box = document.createElement("div");
  box.className = "tip";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true"); // the mark's own label says the same
  canvas.append(box);
  const place = (mark) => {
    const [at, ground] = [mark.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const middle = at.left + at.width / 2 - ground.left;
    const left = Math.max(0, Math.min(middle - box.offsetWidth / 2, ground.width - box.offsetWidth));
    const above = at.top - ground.top - box.offsetHeight - 8;
    box.style.left = `${left}px`;
    box.style.top = `${above > -40 ? above : at.bottom - ground.top + 8}px`;
  };
  const show = (event, lines) => {
    box.replaceChildren(
      ...lines.filter(Boolean).map((line, at) => {
        const row = document.createElement(at ? "span" : "b");
        row.textContent = line;
        return row;
      }),
    );
    box.hidden = false;
    place(event.currentTarget);
  };
  const hide = () => {
    box.hidden = true;
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  /** Let a selection's marks tell what `lines(datum)` returns. */
  return (marks, lines) =>
    marks
      .on("pointerenter.tip focus.tip", (event, datum) => show(event, lines(datum)))
      .on("pointerleave.tip blur.tip", hide);
}

/** Give links a name that is read out and never seen: what is seen is often cut short. */
export function nameLinks(links, says) {
  links
    .append("text")
    .attr("class", "unseen-name")
    .text((datum) => says(datum));
}

/** Let one mark of many be reached by Tab, and the others from it by the arrow keys. */
export function walk(svg, selector) {
  const marks = () => [...svg.node().querySelectorAll(selector)];
  marks().forEach((mark, at) => mark.setAttribute("tabindex", at ? "-1" : "0"));
  svg.on("keydown.walk", (event) => {
    const all = marks();
    const at = all.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    all[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus({ preventScroll: true });
    event.preventDefault();
  });
}

/** Cut a text to what fits in so many pixels of the drawings' type; "" where it is too little. */
export function fit(text, pixels, each = 6.6) {
  const room = Math.floor(pixels / each);
  if (text.length <= room) return text;
  return room < 8 ? "" : `${text.slice(0, room - 1).trimEnd()}…`;
}
