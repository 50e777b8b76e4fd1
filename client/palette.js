/* The search over the page: "/" or Ctrl-K opens it, a click on the search field of the site does as well. It lists papers,
   terms and sections as someone types; what it searches is loaded when it is opened first. */
import { el } from "./el.js";
import { content, load } from "./hits.js";
import { _, filled } from "./messages.js";
import { mmu } from "./mmu.js";
import { writes, shortcuts } from "./shortcuts.js";
import { root } from "./statics.js";

const { mmuSearch = "" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset; // the page of the search, from the root
/** @type {[name: string, kinds: Set<string>, most: number][]} */
const GROUPS = [
  // what is listed together, and how much of it
  [_("Papers"), new Set(["paper"]), 5],
  [_("Terms"), new Set(["term", "glossary", "entry"]), 4],
  [_("Sections"), new Set(["section", "list", "page", "guide", "work"]), 4],
];
const FIELD =
  ".sidebar-search, form[role=search] input[name=q], .search-button-field, #rtd-search-form input, #searchbox input[name=q], .mmu-search-box input";
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const KEYS = MAC ? "⌘ K" : "Ctrl K";

const list = el("div", { role: "listbox", id: "mmu-palette-list", "aria-label": _("Results") });
const status = el("p", { class: "mmu-sr", role: "status" });
const input = el("input", {
  type: "search",
  role: "combobox",
  id: "mmu-palette-q",
  autocomplete: "off",
  spellcheck: "false",
  "aria-label": _("Search this site"),
  "aria-autocomplete": "list",
  "aria-expanded": "false",
  "aria-controls": list.id,
  placeholder: _("A paper, an author, a term, a question"),
  input: () => draw(),
  keydown: event => key(event),
});
const form = el(
  "form",
  {
    role: "search",
    "aria-label": _("Search this site"),
    submit: event => {
      event.preventDefault();
      follow();
    },
  },
  input,
  el(
    "button",
    { type: "button", class: "mmu-palette-close", click: () => dialog.close() },
    _("Close"),
  ),
);
const keys = el(
  "p",
  { class: "mmu-hint mmu-palette-keys", "aria-hidden": "true" },
  ...filled(_("{up} {down} choose {enter} open {escape} close"), {
    up: el("kbd", {}, "↑"),
    down: el("kbd", {}, "↓"),
    enter: el("kbd", {}, "Enter"),
    escape: el("kbd", {}, "Esc"),
  }),
);
const choice = shortcuts.box();
const dialog = el(
  "dialog",
  {
    class: "mmu-palette",
    "aria-label": _("Search"),
    click: event => {
      if (event.target === dialog) dialog.close(); // its backdrop
    },
  },
  el("div", {}, form, status, list, keys, choice),
);
/** @type {HTMLAnchorElement[]} */
let options = [];
let at = -1;
/** @type {import("./find.js").Site | null} */
let site = null;
let failed = false; // to be loaded

/** @param {string} text */
const searchPage = text => `${new URL(mmuSearch, root).href}?q=${encodeURIComponent(text)}`;

/** @param {string} asked */
const inExplorer = asked =>
  `${new URL(site?.explorer ?? "", root).href}#q=${encodeURIComponent(asked)}`;

// --- What is listed

/** @param {string} href @param {...Mmu.Kid} kids */
function option(href, ...kids) {
  const made = el(
    "a",
    {
      role: "option",
      id: `mmu-palette-${options.length}`,
      "aria-selected": "false",
      tabindex: "-1",
      href,
      click: () => dialog.close(),
    },
    ...kids,
  );
  options.push(made);
  return made;
}

/** @param {string} name @param {...Node} rows */
function group(name, ...rows) {
  const id = `mmu-palette-g-${options.length}`;
  return el(
    "div",
    { role: "group", "aria-labelledby": id },
    el("span", { class: "mmu-legend", id, role: "presentation" }, name),
    ...rows,
  );
}

/** @param {Mmu.Hit} hit */
function row(hit) {
  const { kind, href, title, by, said } = content(
    hit,
    /** @type {import("./find.js").Site} */ (site).data,
  );
  /** @type {Mmu.Kid[]} */
  const parts = [el("span", { class: "mmu-palette-title" }, ...title)];
  if (!hit.document.paper) parts.push(" ", el("span", { class: "mmu-kind" }, kind));
  if (by.length) parts.push(" ", el("span", { class: "mmu-by" }, ...by));
  if (said.length) parts.push(" ", el("span", { class: "mmu-palette-said" }, ...said));
  return option(href, ...parts);
}

/** Enter opens what comes first: a hit that is called what was typed; otherwise all results.
   @param {string} text @param {import("./find.js").Site} site @returns {[made: HTMLElement[], n: number]} */
function rows(text, site) {
  const { hits, count, offers, sure } = site.search(text),
    groups = [];
  const all = () =>
    option(
      searchPage(text),
      count
        ? _("All {n} results for “{text}”", { n: count, text })
        : _("Nothing found for “{text}”: open the search page", { text }),
    );
  const lead = sure ? [] : [group(_("Everything"), all())];
  for (const [name, kinds, most] of GROUPS) {
    const found = hits.filter(hit => kinds.has(hit.document.group)).slice(0, most);
    if (found.length) groups.push({ name, found, best: hits.indexOf(found[0]) });
  }
  groups.sort((a, b) => a.best - b.best);
  const made = groups.map(({ name, found }) => group(name, ...found.map(row)));
  const filters = offers.map(({ filter, count, note }) =>
    option(
      inExplorer(filter),
      el("code", {}, filter),
      " ",
      el("span", { class: "mmu-kind" }, count === 1 ? _("1 paper") : _("{n} papers", { n: count })),
      ...(note ? [" ", el("span", { class: "mmu-by" }, note)] : []),
    ),
  );
  if (filters.length) made.splice(1, 0, group(_("Filter"), ...filters));
  const last =
    site.explorer && hits.some(hit => hit.document.paper)
      ? [option(inExplorer(text), _("In the list of papers"))]
      : [];
  if (sure) last.push(all());
  if (last.length) made.push(group(_("Further"), ...last));
  return [[...lead, ...made], count];
}

function draw() {
  const text = input.value.trim();
  options = [];
  if (failed) {
    list.replaceChildren(
      group(_("Everything"), option(searchPage(text), _("Open the search page"))),
    );
    status.textContent = _("The search could not be loaded.");
  } else if (!site || !text) {
    list.replaceChildren();
    status.textContent = text ? _("Loading") : "";
  } else {
    const [made, n] = rows(text, site);
    list.replaceChildren(...made);
    options = Array.from(list.querySelectorAll("a")); // in the order in which they are seen
    list.scrollTop = 0;
    status.textContent = n === 1 ? _("1 result") : _("{n} results", { n });
  }
  input.setAttribute("aria-expanded", String(options.length > 0));
  point(options.length ? 0 : -1);
}

// --- Keys

/** @param {number} n */
function point(n) {
  options[at]?.setAttribute("aria-selected", "false");
  at = n;
  if (at < 0) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  options[at].setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", options[at].id);
  options[at].scrollIntoView({ block: "nearest" });
}

/** @param {KeyboardEvent} event */
function key(event) {
  const { length } = options,
    step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !length) return;
  event.preventDefault();
  point((at + step + length) % length);
}

/* What is chosen; while there is nothing to choose from, the search page. */
function follow() {
  const text = input.value.trim();
  if (at >= 0) options[at].click();
  else if (text) location.href = searchPage(text);
}

function open(text = "") {
  if (dialog.open) return;
  if (!dialog.isConnected) document.body.append(dialog);
  input.value = text;
  dialog.showModal();
  input.select();
  failed = false;
  draw();
  load()
    .then(
      found => {
        site = found;
      },
      () => {
        failed = true;
      },
    )
    .finally(draw);
}

document.addEventListener(
  "keydown",
  event => {
    const { key: pressed, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    const asked = pressed?.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
    // An explorer has a field of its own for the slash
    const slash =
      pressed === "/" &&
      !ctrlKey &&
      !metaKey &&
      !altKey &&
      !writes(target) &&
      !mmu.explorers?.length;
    if (dialog.open || !(asked || slash)) return;
    if (slash && !shortcuts.on) {
      event.stopPropagation(); // to Sphinx, which would act as well
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    open();
  },
  true,
);

for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (
  document.querySelectorAll(FIELD)
)) {
  const box = field.closest(".mmu-search-box");
  if (!box && field.closest("article, main, [role=main]")) continue; // the search page's own
  if (!box)
    field.placeholder = `${field.placeholder || _("Search")} (${mmu.explorers?.length ? KEYS : _("{key} or {other}", { key: "/", other: KEYS })})`;
  field.setAttribute("aria-keyshortcuts", MAC ? "/ Meta+K" : "/ Control+K");
  field.addEventListener("click", () => open(field.value));
}
