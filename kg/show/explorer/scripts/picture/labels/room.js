// Boxes that are taken, so that no label is written over another one.

/** The boxes that are taken; a label asks for room before it is written. */
export class Room {
  #cells = new Map();
  #outer;

  /** A room in which the boxes of an outer one are in the way too. */
  constructor(outer = null) {
    this.#outer = outer;
  }

  static *#touched({ left, top, right, bottom }) {
    for (let x = Math.floor(left / 64); x <= Math.floor(right / 64); x++) {
      for (let y = Math.floor(top / 64); y <= Math.floor(bottom / 64); y++) yield `${x} ${y}`;
    }
  }

  /** What the boxes in the way weigh together, 0 where there is none. */
  overlaps(box) {
    const found = new Set();
    for (const cell of Room.#touched(box)) {
      for (const other of this.#cells.get(cell) ?? []) {
        if (box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top) found.add(other);
      }
    }
    return [...found].reduce((sum, other) => sum + other.weight, this.#outer?.overlaps(box) ?? 0);
  }

  take(box) {
    for (const cell of Room.#touched(box)) {
      if (!this.#cells.has(cell)) this.#cells.set(cell, []);
      this.#cells.get(cell).push(box);
    }
  }
}

export const boxAround = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });
