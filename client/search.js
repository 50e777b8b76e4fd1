/* The search page: hits in the place of Sphinx's own list, which stays where the data of this search cannot be loaded. */
import { el } from "./el.js";
import { setAddress } from "./fragment.js";
import { content, load } from "./hits.js";
import { _ } from "./messages.js";
import { mmu } from "./mmu.js";
import { root } from "./statics.js";

const STEP = 20; // hits that are shown at a time
const PAUSE = 200; // ms until what is typed is searched for
const fields = [
  .../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=q]")),
];
const field = fields.find(input => input.closest("main, [role=main], article")) ?? fields[0];
const results = document.getElementById("search-results");

const asked = () => new URLSearchParams(location.search).get("q") ?? "";
const first = field?.value || asked(); // someone may have typed before this is run
const fill = () => {
  for (const input of fields) input.value = first;
};
const list = el("ul", { class: "search" }),
  more = el("p", { class: "mmu-more", hidden: true });
const status = el("p", { class: "search-summary", role: "status" }),
  offered = el("p", { class: "mmu-onward", hidden: true });
const box = el("div", { class: "mmu-found" }, status, offered, list, more);
/** @type {number | undefined} */
let timer;

/** @param {Mmu.Hit} hit @param {Mmu.FindData} data */
function item(hit, data) {
  const { kind, href, title, by, said } = content(hit, data);
  const parts = [el("span", { class: "mmu-kind" }, kind), " ", el("a", { href }, ...title)];
  if (by.length) parts.push(" ", el("span", { class: "mmu-by" }, ...by));
  if (said.length) parts.push(el("p", { class: "context" }, ...said));
  return el("li", {}, ...parts);
}

/* A word as the filter of an explorer takes it. */
const PLAIN = /^(?!(?:and|or|not)$)[\p{L}\p{N}][\p{L}\p{N}_.-]*$/iu;
/** @param {string} word */
const term = word => (PLAIN.test(word) ? word : mmu.query.quoted(word));

/** The explorer, with the words, and with a filter that means the same.
    @param {string} text @param {Mmu.Offer[]} offers @param {import("./find.js").Site} site */
function offer(text, offers, site) {
  offered.hidden = !site.explorer;
  if (!site.explorer) return;
  /** @type {(filter: string, ...said: Mmu.Kid[]) => HTMLElement} */
  const way = (filter, ...said) =>
    el(
      "a",
      { href: `${new URL(site.explorer, root).href}#q=${encodeURIComponent(filter)}` },
      ...said,
    );
  /** @type {(string | Node)[]} */
  const ways = [
    way(
      text.split(/\s+/).map(term).join(" "),
      _("Only papers, to filter further: “{text}”", { text }),
    ),
  ];
  for (const { filter, count, note } of offers)
    ways.push(
      ` ${_("or")} `,
      way(filter, el("code", {}, filter)),
      ` (${count === 1 ? _("1 paper") : _("{n} papers", { n: count })}${note && `, ${note}`})`,
    );
  offered.replaceChildren(...ways);
}

/** What is said of an answer.
    @param {Mmu.Answer} answer @param {string} text */
function summary({ hits, count, known, all, missed }, text) {
  if (!text) return "";
  if (!hits.length) return _("Nothing was found for “{text}”.", { text });
  const results = count === 1 ? _("1 result") : _("{n} results", { n: count });
  if (missed.length)
    return _("Nothing here has {lost}; {results} for the other words.", {
      lost: missed.map(word => `“${word}”`).join(", "),
      results,
    });
  if (!all)
    return _("Nothing here has all of these words; {results} for some of “{text}”.", {
      results,
      text,
    });
  return known
    ? _("{results} for “{text}”.", { results, text })
    : _("{results} for “{text}”, which is spelled differently here.", { results, text });
}

/** @param {import("./find.js").Site} site @param {string} given @param {number} [limit] */
function show(site, given, limit = STEP) {
  const text = given.trim(),
    answer = site.search(text),
    { hits, offers } = answer,
    n = hits.length;
  list.replaceChildren(...hits.slice(0, limit).map(hit => item(hit, site.data)));
  status.textContent = summary(answer, text);
  if (text) offer(text, offers, site);
  else offered.hidden = true;
  more.hidden = n <= limit;
  more.replaceChildren(
    el(
      "button",
      {
        type: "button",
        click: () => {
          show(site, text, limit + STEP);
          list.children[limit]?.querySelector("a")?.focus();
        },
      },
      _("Show {n} more", { n: Math.min(STEP, n - limit) }),
    ),
  );
}

/** @param {import("./find.js").Site} site @param {string} text */
function type(site, text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    show(site, text);
    setAddress(
      "replaceState",
      `${location.pathname}${text.trim() ? `?q=${encodeURIComponent(text)}` : ""}`,
    );
  }, PAUSE);
}

/* Sphinx would make a list of its own. Its object is a global name, and no property of the window. */
const sphinx = typeof Search === "undefined" ? null : Search,
  own = sphinx?.performSearch;
/** @param {import("./find.js").Site} site */
function start(site) {
  if (!results) return;
  results.hidden = true;
  results.after(box);
  field?.addEventListener("input", () => type(site, field.value));
  show(site, first);
  if (field && field.value !== first) type(site, field.value); // typed while the data were loaded
}
if (results) {
  if (own) sphinx.performSearch = fill; // it puts what the address asks for there
  fill();
  load()
    .then(start)
    .catch(() => {
      if (!own) return;
      sphinx.performSearch = own;
      if (asked()) own(asked());
    });
}
