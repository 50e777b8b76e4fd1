/* The ways to the page that compares papers: ticks in a catalogue, a link for an explorer's selection. */
import { LEAST, MOST } from "./compared.js";
import { el, one } from "./el.js";
import { _, filled } from "./messages.js";
import { mmu } from "./mmu.js";

const { src, dataset } = /** @type {HTMLScriptElement} */ (document.currentScript);
/** @param {string[]} keys */
const address = keys =>
  `${new URL(`../${dataset.mmuPage}`, src).href}#keys=${keys.map(encodeURIComponent).join(",")}`;

function bar() {
  const count = el("b"),
    go = el("a", { class: "mmu-compare-go", href: address([]) }),
    hint = el("span", { class: "mmu-hint" });
  const clear = el("button", { type: "button" }, _("Clear"));
  const element = el(
    "div",
    { class: "mmu-selbar", role: "region", "aria-label": _("Compare"), hidden: true },
    el("span", {}, ...filled(_("{n} chosen"), { n: count })),
    go,
    hint,
    clear,
  );
  return {
    element,
    clear,
    draw: /** @param {string[]} keys */ keys => {
      element.hidden = !keys.length;
      count.textContent = `${keys.length}`;
      link(go, keys);
      hint.textContent =
        keys.length < LEAST
          ? _("Choose one more to compare.")
          : keys.length === MOST
            ? _("Five at most.")
            : "";
    },
  };
}

/** The way to the comparison, where there is one to make.
    @param {HTMLAnchorElement} go @param {string[]} keys */
function link(go, keys) {
  go.hidden = keys.length < LEAST || keys.length > MOST;
  go.textContent = _("Compare {n}", { n: keys.length });
  go.href = address(keys); // also while it is hidden: a link has an address
}

/** Ticks for the rows of all tables of a page, with one bar; what an earlier table offers has its tick there.
    @param {HTMLElement[]} tables */
function catalogues(tables) {
  const chosen = new Set(),
    ticks = new Map(),
    { element, clear, draw } = bar();
  const show = () => {
    for (const [key, box] of ticks) {
      box.checked = chosen.has(key);
      box.disabled = !box.checked && chosen.size >= MOST;
    }
    draw([...chosen]);
  };
  const rows = tables.flatMap(table => [...table.querySelectorAll("tbody tr[data-mmu-key]")]),
    used = new Set();
  for (const row of rows) {
    const key = String(row.dataset.mmuKey),
      head = one(row, "th"),
      name = head.querySelector("b")?.textContent ?? key;
    if (ticks.has(key)) continue;
    const box = el("input", {
      type: "checkbox",
      "aria-label": _("Compare {paper}", { paper: name }),
      change: () => {
        chosen[box.checked ? "add" : "delete"](key);
        show();
      },
    });
    ticks.set(key, box);
    used.add(row.closest(".mmu-catalogue"));
    head.append(el("label", { class: "mmu-compare-tick" }, box, _("compare")));
  }
  if (!ticks.size) return;
  clear.addEventListener("click", () => {
    const [first] = chosen;
    chosen.clear();
    show();
    ticks.get(first)?.focus();
  });
  beside([...used], element);
  show();
}

/** After a table; of several at the end of what contains them all.
    @param {HTMLElement[]} tables @param {HTMLElement} element */
function beside(tables, element) {
  if (tables.length === 1) {
    tables[0].after(element);
    return;
  }
  let place = /** @type {Node} */ (tables[0].parentNode);
  while (!tables.every(table => place.contains(table)))
    place = /** @type {Node} */ (place.parentNode);
  /** @type {Element} */ (place).append(element);
}

/** @param {Mmu.Handle} handle */
function explorer({ element, selected }) {
  const go = el("a", { class: "mmu-compare-go", hidden: true }),
    hint = el("span", { class: "mmu-hint" }),
    show = () => {
      const keys = selected();
      link(go, keys);
      hint.textContent = keys.length > MOST ? _("Five at most to compare.") : "";
    };
  element.querySelector(".mmu-selbar")?.firstElementChild?.after(go, hint);
  element.addEventListener("mmu:select", show);
  element.addEventListener("mmu:change", show);
  show();
}

if (dataset.mmuPage) {
  catalogues([...document.querySelectorAll(".mmu-view:not([data-mmu-explorer]) .mmu-catalogue")]);
  const ours = () =>
    mmu.explorers
      ?.filter(({ element }) => element.dataset.mmuCollection === "papers")
      .forEach(explorer);
  ours();
  document.addEventListener("mmu:start", ours);
}
