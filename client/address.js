/* The address of a page with explorers, which has all that they show: #q=<filter>&sort=…&cols=…&sel=…; those after
   the first write q2, sort2 … What an explorer needs: state() and restore(fields, limit), its number of rows drawn as
   `limit`, and for an address that is the key of a row find(name) and reveal(position). */
import { fragment, decoded, setAddress } from "./fragment.js";

const FIELDS = ["q", "sort", "cols", "sel"];
const BURST = 1500,
  SETTLED = 100; // ms until typing counts as done, and until the address follows it

/** Act once it has not been asked to for some ms; `stop` forgets it.
    @param {number} wait @param {() => void} act @returns {Mmu.Later} */
export function later(wait, act) {
  /** @type {number | undefined} */
  let timer;
  const stop = () => clearTimeout(timer),
    start = () => {
      stop();
      timer = setTimeout(act, wait);
    };
  return Object.assign(start, { stop });
}

/** Act once what has been drawn is painted; asked twice before, it acts once. `stop` forgets it.
    @param {() => void} act @returns {Mmu.Later} */
export function painted(act) {
  let asked = false;
  const now = () => {
    const wanted = asked;
    asked = false;
    if (wanted) act();
  };
  const start = () => {
    if (!asked && document.hidden)
      setTimeout(now); // nothing is painted there
    else if (!asked) requestAnimationFrame(() => setTimeout(now));
    asked = true;
  };
  return Object.assign(start, {
    stop() {
      asked = false;
    },
  });
}

/** What a form without a script asks for, ?q=…, becomes the state of the first explorer. */
function fromForm() {
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !location.hash)
    setAddress("replaceState", `${location.pathname}#q=${encodeURIComponent(asked)}`);
}

export class Address {
  #explorers;
  #typing = false;
  /** @type {string | null} */
  #shown = null;
  #done = later(BURST, () => this.settle());
  #follow = later(SETTLED, () => this.#put("replaceState"));

  /** @param {Mmu.Explorer[]} explorers */
  constructor(explorers) {
    this.#explorers = explorers;
  }

  /** The name of a field of the n-th explorer.
      @param {string} field @param {number} n */
  #name(field, n) {
    return n ? `${field}${n + 1}` : field;
  }

  #text() {
    const pairs = this.#explorers.flatMap((explorer, n) =>
      Object.entries(explorer.state())
        .filter(([, value]) => value)
        .map(([field, value]) => [this.#name(field, n), encodeURIComponent(value)]),
    );
    const parts = [...pairs.map(pair => pair.join("=").replaceAll("%2C", ",")), ...this.#others()];
    return parts.length ? `#${parts.join("&")}` : "";
  }
  /* What other scripts keep in the address. */
  #others() {
    const own = new Set(
      this.#explorers.flatMap((_, n) => FIELDS.map(field => this.#name(field, n))),
    );
    return [...fragment().fields].filter(([name]) => !own.has(name)).map(pair => pair.join("="));
  }

  /** @param {"pushState" | "replaceState"} how */
  #put(how) {
    this.#follow.stop();
    this.#shown = this.#text();
    setAddress(how, this.#shown || location.href.split("#")[0], {
      mmu: this.#explorers.map(explorer => explorer.limit),
    });
  }

  /** A new entry of the history, if there is anything new. */
  push() {
    if (this.#text() !== this.#shown) this.#put("pushState");
  }
  /** What is no step of its own. */
  replace() {
    this.#put("replaceState");
  }

  /** As someone types: one entry, which follows when it settles. */
  type() {
    if (this.#typing) this.#follow();
    else this.push();
    this.#typing = true;
    this.#done();
  }
  /** Typing is done, and what follows is another step: to be called before anything changes. */
  settle() {
    if (this.#typing) this.#put("replaceState");
    this.#forget();
  }
  /** What has changed belongs to what was typed, if anything was just now. */
  finish() {
    if (this.#typing) this.settle();
    else this.push();
  }
  #forget() {
    this.#typing = false;
    this.#done.stop();
    this.#follow.stop();
  }

  /** Show what the fragment says: the state of explorers, or a row. Other anchors change nothing.
      @param {boolean} [first] */
  restore(first = false) {
    if (first) fromForm();
    const { fields, anchor, fault } = fragment(),
      key = decoded(anchor);
    const owner = key ? this.#explorers.find(explorer => explorer.find(key) !== undefined) : null;
    if (!first && location.hash.length > 1 && location.hash === this.#shown) return;
    this.#forget();
    for (const tr of document.querySelectorAll(".mmu-here")) tr.classList.remove("mmu-here");
    if (first || !anchor || owner) {
      this.#shown = location.hash;
      this.#explorers.forEach((explorer, n) => {
        const own = Object.fromEntries(
          FIELDS.map(field => [field, decoded(fields.get(this.#name(field, n)) ?? "")]),
        );
        explorer.restore(own, history.state?.mmu?.[n], fault);
      });
    }
    owner?.reveal(Number(owner.find(key)));
  }
}
