/* What readers can copy and save: files, references, the link and the directive of what an explorer shows.

   The texts of all papers are in mmu-<collection>-export.js beside the records, which is loaded when it is asked for:
   mmu.<collection>Export = {formats: {name: {label, suffix, type, head, glue, tail}}, pieces: {name: [text]},
   references: {style: [text]}}, pieces in the order of the records.
   Everything is made of the papers that are chosen, or of all that match while none is. */
import { act, copy, download } from "./clipboard.js";
import { dropdown } from "./dropdown.js";
import { el } from "./el.js";
import { isAuthor } from "./fragment.js";
import { _, filled } from "./messages.js";
import { dataOf, mmu } from "./mmu.js";
import { allOf, option, parse, toText } from "./query.js";
import { isPlain, number } from "./rows.js";

const LONGEST = 2000; // characters that a filter may have
const NAME = 60; // characters of the filter in the name of a file

// --- Texts

/** @type {Map<string, Promise<Mmu.Exports>>} */
const loading = new Map();

/** The texts of a collection, from the script beside its records.
    @param {string} name */
function load(name) {
  const known = loading.get(name);
  if (known) return known;
  /** @type {Promise<Mmu.Exports>} */
  const made = new Promise((resolve, reject) => {
    const records =
      [...document.scripts].find(({ src }) => src.split(/[?#]/)[0].endsWith(`/mmu-${name}.js`))
        ?.src ?? "";
    const address = new URL(`mmu-${name}-export.js`, records);
    address.search = new URL(records).search; // not what a browser has kept of other data
    const script = el("script", { src: address.href });
    script.addEventListener("load", () => resolve(mmu[`${name}Export`]));
    script.addEventListener("error", () => {
      loading.delete(name);
      script.remove();
      reject(new Error(_("Not loaded: try again")));
    });
    document.head.append(script);
  });
  loading.set(name, made);
  return made;
}

/** The text of a file with some papers.
    @param {Mmu.Exports} data @param {string} name @param {number[]} positions */
function fileText({ formats, pieces }, name, positions) {
  const { head = "", glue = "", tail = "" } = formats[name];
  return head + positions.map(i => pieces[name][i]).join(glue) + tail;
}

/** @type {[sign: RegExp, word: string][]} */
const SIGNS = [
  [/(^|[\s(])-(?=\S)/g, "$1not "],
  [/>=/g, " from "],
  [/<=/g, " to "],
  [/>/g, " after "],
  [/</g, " before "],
];

/** The name of a file without its suffix, which has the filter, or how many papers are chosen.
    @param {string} name @param {string} text @param {number} chosen */
export function fileName(name, text, chosen) {
  const what = chosen
    ? `${chosen} chosen`
    : SIGNS.reduce((found, [sign, word]) => found.replace(sign, word), text);
  const words =
    what
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [name, ...words].join("-").slice(0, NAME);
}

/** The positions of the papers that are chosen, in the order of the table; of all that match while none is.
    @param {Mmu.Explorer} explorer */
function taken({ hits, selection: { papers: selected } }) {
  if (!selected.size) return hits;
  const place = new Map(hits.map((i, at) => [i, at]));
  return [...selected].sort(
    (a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity) || a - b,
  );
}

/** @param {Mmu.Explorer} explorer @param {string} name */
async function save(explorer, name) {
  const data = await load(explorer.name),
    { suffix, type } = data.formats[name];
  const file = fileName(explorer.name, explorer.text(), explorer.selection.papers.size);
  return download(`${file}${suffix}`, type, fileText(data, name, taken(explorer)));
}

/** @param {Mmu.Explorer} explorer @param {string} style */
async function cite(explorer, style) {
  const texts = (await load(explorer.name)).references[style];
  return copy(
    taken(explorer)
      .map(i => texts[i])
      .join("\n\n"),
  );
}

/** What is shown, of which data, when and where: to be cited.
    @param {Mmu.Explorer} explorer */
function citation(explorer) {
  const filter = explorer.text(),
    date = new Date().toISOString().slice(0, 10);
  const shown = `${document.title}: ${explorer.result()}${filter ? ` (${filter})` : ""}`;
  return `${_("{shown}. Data revision {revision}, retrieved {date}.", { shown, revision: dataOf(explorer.name)?.revision ?? "", date })} ${location.href}`;
}

// --- Directives

/** The directive for a page of one's own, which shows what the explorer shows, or the papers chosen.
    @param {Mmu.Explorer} explorer @param {string[] | undefined} keys */
function directive(explorer, keys) {
  const { directive: name, baseNode, sort, group } = explorer,
    chosen = keys?.map(key => `"${key}"`).join(" OR ");
  const shown = [baseNode, explorer.text() ? parse(explorer.text()) : allOf()].filter(
    node => node.kind !== "all",
  );
  const node = chosen ? parse(`key:(${chosen})`) : allOf(...shown),
    text = node.kind === "all" ? "" : toText(node);
  if (text.length > LONGEST) throw new Error(_("Too many for a filter"));
  const columns = explorer.table.names().join(" "),
    order = isPlain(sort) ? sort : "";
  const lines = Object.entries({ filter: text, columns, sort: order, "group-by": group })
    .filter(([, value]) => value)
    .map(([named, value]) => `:${named}: ${option(value)}`);
  return ["```{mmu:" + name + "}", ...lines, "```", ""].join("\n");
}

// --- What an explorer shows of this

/** The buttons for files and references, filled in when they are first wanted: which there are is known from the texts.
    @param {Mmu.Explorer} explorer @param {HTMLElement} box */
function files(explorer, box) {
  return async () => {
    if (box.querySelector("button")) return;
    try {
      const { formats, references } = await load(explorer.name);
      box.replaceChildren(
        ...Object.keys(references).map(style =>
          act(
            _("Copy references ({style})", { style }),
            () => cite(explorer, style),
            explorer.status,
          ),
        ),
        ...Object.entries(formats).map(([name, { label }]) =>
          act(label, () => save(explorer, name), explorer.status),
        ),
      );
    } catch (error) {
      box.replaceChildren(el("span", { class: "mmu-hint" }, /** @type {Error} */ (error).message));
    }
  };
}

/** @param {Mmu.Explorer} explorer */
function copyDirective(explorer) {
  const { papers } = explorer.collection,
    keys = taken(explorer).map(i => papers[i].key);
  return copy(directive(explorer, explorer.selection.papers.size ? keys : undefined));
}

/** The menu for what is chosen, or for all that match.
    @param {Mmu.Explorer} explorer */
export function menu(explorer) {
  const box = el("span", { class: "mmu-files" }),
    said = el("span", { class: "mmu-hint" }),
    fill = files(explorer, box);
  const made = dropdown(
    _("Download"),
    el(
      "div",
      {},
      said,
      box,
      ...(isAuthor()
        ? [act(_("Copy as directive"), () => copyDirective(explorer), explorer.status)]
        : []),
      el("span", { class: "mmu-hint" }, _("This view")),
      act(_("Copy link"), () => copy(location.href), explorer.status),
      act(_("Cite this view"), () => copy(citation(explorer)), explorer.status),
      el(
        "button",
        {
          type: "button",
          click: () => {
            explorer.selection.setAll(true);
            count();
          },
        },
        _("Select all"),
      ),
    ),
  );
  const count = () => {
    const {
      selection: {
        papers: { size },
      },
      hits,
    } = explorer;
    said.textContent = size
      ? _("The {n} chosen", { n: number(size) })
      : _("All {n} that match", { n: number(hits.length) });
  };
  made.addEventListener("toggle", () => {
    if (made.open) {
      count();
      fill();
    }
  });
  return made;
}

/** The bar for what is selected, which shows only while something is.
    @param {Mmu.Explorer} explorer */
export function bar(explorer) {
  const box = el("div"),
    n = el("b"),
    elsewhere = el("span", { class: "mmu-hint" });
  const saving = dropdown(_("Copy or save"), box),
    fill = files(explorer, box);
  const clear = el("button", { type: "button" }, _("Clear"));
  clear.addEventListener("click", () => {
    explorer.selection.set([...explorer.selection.papers], false);
    const { all, element: table } = explorer.table;
    (all.isConnected ? all : (table.querySelector("td.mmu-pick input") ?? explorer.field)).focus();
  });
  saving.addEventListener("toggle", () => {
    if (saving.open) fill();
  });
  const element = el(
    "div",
    { class: "mmu-selbar", role: "region", "aria-label": _("Selection"), hidden: true },
    el("span", {}, ...filled(_("{n} selected {elsewhere}"), { n, elsewhere })),
    saving,
    ...(isAuthor()
      ? [act(_("Copy as directive"), () => copyDirective(explorer), explorer.status)]
      : []),
    clear,
  );
  return {
    element,
    draw() {
      const { size } = explorer.selection.papers,
        shown = size && explorer.hits.filter(i => explorer.selection.papers.has(i)).length;
      n.textContent = number(size);
      elsewhere.textContent =
        size > shown ? _("({n} not among the results)", { n: number(size - shown) }) : "";
      element.hidden = !size;
    },
  };
}
