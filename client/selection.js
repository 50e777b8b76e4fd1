/* The papers of an explorer that are selected, by their positions: one, those of a range of rows, or all that match. */
import { _ } from "./messages.js";
import { number } from "./rows.js";

export class Selection {
  /** @type {Set<number>} */
  papers = new Set();
  /** @type {{ anchor: number, head: number, span: number[] }} */
  #range = { anchor: -1, head: -1, span: [] };
  #explorer;
  /** @param {Mmu.Explorer} explorer */
  constructor(explorer) {
    this.#explorer = explorer;
  }

  /** @param {number[]} positions @param {boolean} on */
  set(positions, on) {
    const { table, address } = this.#explorer;
    for (const i of positions) this.papers[on ? "add" : "delete"](i);
    table.tick(positions);
    this.draw();
    address.replace();
  }
  /** @param {boolean} on */
  setAll(on) {
    this.set(this.#explorer.hits, on);
    this.#explorer.announce(_("{n} selected", { n: number(this.papers.size) }));
  }

  /** Select a paper or not; in a range, all rows from the last one that was selected so.
      @param {number} i @param {boolean} on @param {boolean} [inRange] */
  choose(i, on, inRange = false) {
    this.set(inRange ? this.#between(this.#range.anchor, i) : [i], on);
    this.#range = { anchor: i, head: i, span: [] };
  }
  /** Select the rows from where this began; those that are no longer among them are let go.
      @param {number} from @param {number} to */
  extend(from, to) {
    if (this.#range.head !== from) this.#range = { anchor: from, head: from, span: [] };
    const { anchor, span } = this.#range,
      wanted = this.#between(anchor, to);
    this.set(
      span.filter(i => !wanted.includes(i)),
      false,
    );
    this.set(wanted, true);
    this.#range = { anchor, head: to, span: wanted };
  }
  /** The papers of the rows between two, with both of them.
      @param {number} one @param {number} other */
  #between(one, other) {
    const { table } = this.#explorer,
      shown = table.rows.map(tr => Number(table.at(tr)));
    const [from, to] = [shown.indexOf(one), shown.indexOf(other)].sort((a, b) => a - b);
    return from < 0 ? [other] : shown.slice(from, to + 1);
  }

  draw() {
    const explorer = this.#explorer,
      {
        hits,
        hits: { length },
        table: { all },
      } = explorer;
    const n = this.papers.size ? hits.filter(i => this.papers.has(i)).length : 0;
    all.checked = n > 0 && n === length;
    all.indeterminate = n > 0 && n < length;
    all.setAttribute(
      "aria-label",
      _("Select all {n} {unit}", { n: number(length), unit: explorer.unitOf(length) }),
    );
    explorer.selbar.draw();
    explorer.element.dispatchEvent(new CustomEvent("mmu:select", { bubbles: true }));
  }
}
