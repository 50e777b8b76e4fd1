/* The explorers of a page: when they start, and what leads to them.

   Other scripts find a handle for each in `mmu.explorers`: {element, query(text), keys(), selected(), text(), follow()};
   `follow` shows what the address says. An event "mmu:start" on the document says that they are there. */
import { Address } from "./address.js";
import { Explorer } from "./explorer.js";
import { mmu } from "./mmu.js";
import { records } from "./records.js";
import { shortcuts, writes } from "./shortcuts.js";

const SLICE = 10; // ms that must be left for a part of what is made for a search

/** A handle for other scripts.
    @param {Explorer} explorer @param {Address} address @returns {Mmu.Handle} */
function handle(explorer, address) {
  const keys = (/** @type {Iterable<number>} */ positions) =>
    [...positions].map(i => explorer.collection.papers[i].key);
  return {
    element: explorer.element,
    text: () => explorer.text(),
    keys: () => keys(explorer.hits),
    selected: () => keys(explorer.selection.papers),
    follow: () => address.restore(),
    query(text) {
      address.settle();
      explorer.restore({ ...explorer.state(), q: text });
      address.push();
      return this;
    },
  };
}

/** A slash leads to the field of the explorer that is seen, before Sphinx takes it for the search of the site.
    @param {KeyboardEvent} event @param {Explorer[]} explorers */
function slash(event, explorers) {
  const { target, key, altKey, ctrlKey, metaKey } = event;
  if (key !== "/" || altKey || ctrlKey || metaKey || writes(target)) return;
  event.stopPropagation();
  if (!shortcuts.on) return;
  event.preventDefault();
  const { field } =
    explorers.find(e => e.element.getBoundingClientRect().bottom > 0) ?? explorers[0];
  field.focus();
  field.select();
}

/** @param {HTMLElement} element */
const there = element =>
  element.querySelector(".mmu-table") && records(String(element.dataset.mmuCollection));
const found = [...document.querySelectorAll("[data-mmu-explorer]")].filter(there);

/** Nobody waits for what is made while there is nothing else to do.
    @param {Explorer} explorer */
function prepare(explorer) {
  const {
    finder,
    collection: { index },
  } = explorer;
  window.requestIdleCallback?.(deadline => {
    while (finder.step()) if (deadline.timeRemaining() < SLICE) return prepare(explorer);
    window.requestIdleCallback(() => index.fold());
  });
}

function start() {
  /** @type {Explorer[]} */
  const explorers = [];
  const address = new Address(explorers);
  for (const element of found) explorers.push(new Explorer(element, explorers.length, address));
  mmu.explorers = explorers.map(explorer => handle(explorer, address));
  address.restore(true);
  addEventListener("popstate", () => address.restore());
  addEventListener("hashchange", () => address.restore());
  addEventListener("pagehide", () => address.settle());
  document.addEventListener("keydown", event => slash(event, explorers), true);
  addEventListener("beforeprint", () => explorers.forEach(e => e.drawAll()));
  addEventListener("afterprint", () => explorers.forEach(e => e.drawRows()));
  explorers.forEach(prepare);
  document.dispatchEvent(new CustomEvent("mmu:start"));
}

/* Below other sections of a page, explorers start when they come near, or when the address says what they show. */
function startNear() {
  const near = new IntersectionObserver(
    entries => {
      if (entries.some(entry => entry.isIntersecting)) now();
    },
    { rootMargin: "100%" },
  );
  const now = () => {
    near.disconnect();
    removeEventListener("hashchange", now);
    start();
  };
  found.forEach(element => near.observe(element));
  addEventListener("hashchange", now);
}

/** @param {HTMLElement[]} given */
const isBelow = ([first]) =>
  (document.querySelector("h2")?.compareDocumentPosition(first) ?? 0) &
  Node.DOCUMENT_POSITION_FOLLOWING;
if (found.length) {
  if (isBelow(found) && !location.hash) startNear();
  else start();
}
