// On a report's page: what was coded from the words under the pointer, or from the label
// that has the focus.  The list below the text says the same, and is where this is taken from.

const note = document.createElement("aside");
note.className = "passage-note";
note.hidden = true;
note.setAttribute("aria-hidden", "true"); // the label's own link and the list are read out

/** Show the list's entries of some passages beside a mark. */
function show(text, mark, numbers) {
  const entries = numbers.map((number) => document.getElementById(`c${number}`)).filter(Boolean);
  if (!entries.length) return;
  note.replaceChildren(
    ...entries.map((entry) => {
      const copy = document.createElement("p");
      copy.append(...[...entry.childNodes].map((node) => node.cloneNode(true)));
      for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
      for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
      return copy;
    }),
  );
  for (const piece of text.querySelectorAll("mark.coded")) {
    piece.classList.toggle("lit", passagesOf(piece).some((number) => numbers.includes(number)));
  }
  note.hidden = false;
  const [at, ground] = [mark.getBoundingClientRect(), text.getBoundingClientRect()];
  const left = Math.max(0, Math.min(at.left - ground.left, ground.width - note.offsetWidth));
  note.style.left = `${left}px`;
  note.style.top = `${at.bottom - ground.top + 6}px`;
}

function hide(text) {
  note.hidden = true;
  for (const piece of text.querySelectorAll("mark.lit")) piece.classList.remove("lit");
}

const passagesOf = (mark) => (mark.dataset.passages ?? "").split(/[ ,]+/).filter(Boolean);

/** Return the mark or label that an event is about, and the passages that it stands for. */
function about(target) {
  const label = target.closest?.("a.label");
  if (label) return [label, [label.id.replace(/^m/, "")]];
  const mark = target.closest?.("mark.coded");
  return mark ? [mark, passagesOf(mark)] : null;
}

/** Let a report's text tell what was coded from it. */
export function watchPassages(text) {
  text.append(note);
  const enter = (event) => {
    const found = about(event.target);
    if (found) show(text, ...found);
  };
  const leave = () => hide(text);
  text.addEventListener("pointerover", enter);
  text.addEventListener("pointerout", leave);
  text.addEventListener("focusin", enter);
  text.addEventListener("focusout", leave);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
}
