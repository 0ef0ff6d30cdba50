// Where labels may stand: none is ever put on top of another.

/** Boxes on a sheet; a new one is taken only where no other stands. */
export class Room {
  #boxes = [];

  constructor(width, height) {
    this.width = width;
    this.height = height;
  }

  /** Tell whether a box touches none that is taken and lies on the sheet. */
  isFree({ left, top, right, bottom }) {
    if (left < 0 || top < 0 || right > this.width || bottom > this.height) return false;
    return this.#boxes.every(
      (box) => right <= box.left || left >= box.right || bottom <= box.top || top >= box.bottom,
    );
  }

  /** Take the first of some boxes that is free; return it, or null. */
  take(...boxes) {
    const free = boxes.find((box) => this.isFree(box)) ?? null;
    if (free) this.#boxes.push(free);
    return free;
  }

  /** Take a box whatever stands there: a mark, which labels must keep off. */
  block(box) {
    this.#boxes.push(box);
  }
}

/** Rows of a lane, each filled from left to right. */
export class Rows {
  #ends = [];

  constructor(most) {
    this.most = most;
  }

  /** Return the first row that is free from `left` on and fill it to `right`; -1: none is. */
  take(left, right) {
    let row = this.#ends.findIndex((end) => end <= left);
    if (row < 0 && this.#ends.length < this.most) row = this.#ends.length;
    if (row >= 0) this.#ends[row] = right;
    return row;
  }

  get length() {
    return this.#ends.length;
  }
}

/** Return the width of a text in the drawings' type (12 px sans), measured once a text. */
const measured = new Map();
let pen = null;
export function widthOf(text, size = 12) {
  const known = `${size}|${text}`;
  if (!measured.has(known)) {
    pen ??= document.createElement("canvas").getContext("2d");
    pen.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
    measured.set(known, Math.ceil(pen.measureText(text).width) + 1);
    if (measured.size > 5000) measured.clear();
  }
  return measured.get(known) ?? Math.ceil(pen.measureText(text).width) + 1;
}
