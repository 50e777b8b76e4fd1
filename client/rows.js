/* Rows of tables, made of records: the same html that the build writes (views/columns.py, ext/kinds/papers_html.py).

     const { papers, facets, explorer } = rows.collection("papers");  // facets: Map by name, each with its `terms`
     const tr = rows.row(papers[0], columns, { facets, explorer, root: "../" });
     const order = rows.order("papers", "-date");                     // positions, as views/papers.py sorts them */
import { el } from "./el.js";
import { encoded } from "./fragment.js";
import { _ } from "./messages.js";
import { fold, indexOf, labelOf, own, toText } from "./query.js";
import { records, tagParts, titleParts } from "./records.js";

// --- Records

/** @type {Map<string, Mmu.Collection>} */
const collections = new Map();

/** The papers and facets of a collection, and what filters are evaluated over; null if its data script is not there.
    @param {string} name */
export function collection(name) {
  const made = collections.get(name);
  if (made) return made;
  const data = records(name);
  if (data) {
    const { papers, dates, fieldNames, separators, kinds, derived, explorer, feed, feeds } = data;
    /** @type {Map<string, number> | undefined} */
    let positions;
    collections.set(name, {
      papers,
      index: indexOf(data),
      dates,
      fieldNames,
      separators,
      kinds,
      explorer,
      feed,
      feeds,
      facets: new Map(data.facets.map(f => [f.name, named(f)])),
      derived: new Map(derived.map(f => [f.name, f])),
      at: key => (positions ??= new Map(papers.map((p, i) => [p.key, i]))).get(key), // made when it is first needed
      families: i => papers[i].families,
    });
  }
  return collections.get(name) ?? null;
}

/** A facet with its values by name.
    @param {Mmu.Facet} facet */
const named = facet => ({
  ...facet,
  terms: new Map(facet.values.map((v, n) => [v.value, { ...v, n }])),
});

// --- Cells

const DOT = "\u00a0· "; // which begins no line
/** @param {string} [text] */
const unrecorded = (text = _("not recorded")) => el("span", { class: "mmu-nr" }, text);
/** @param {string} text */
const plain = text => [text || unrecorded()];
/** @param {string} text */
const time = text => [text ? el("time", { datetime: text }, text) : unrecorded()];
/** @param {Mmu.Kid[]} nodes @param {string} glue @returns {Mmu.Kid[]} */
const between = (nodes, glue) => nodes.flatMap((node, n) => (n ? [glue, node] : [node]));

/** @param {Mmu.Paper} paper @param {string[]} title @param {Mmu.Sight} view @returns {Mmu.Kid[]} */
function titled(paper, [lead, text], { root }) {
  const kids = [...(lead ? [el("b", {}, lead)] : []), ...(text ? [text] : [])];
  const href = paper.url ? root + paper.url : paper.links[0]?.url;
  return href ? [el("a", { class: "mmu-title", href }, ...kids)] : kids;
}

/** @param {Mmu.Paper} paper @param {Mmu.Sight} view */
function paperCell(paper, view) {
  const tags = tagParts(paper, [...view.facets.values()]),
    made = titled(paper, titleParts(paper), view);
  made.push(el("span", { class: "mmu-by" }, paper.by));
  if (tags.length)
    made.push(
      el(
        "span",
        { class: "mmu-tagline" },
        ...tags.flatMap((parts, n) => [
          ...(n ? [DOT] : []),
          ...parts.map(([text, tag]) => (tag ? tagged(text, tag, view) : text)),
        ]),
      ),
    );
  return made;
}

/** A tag leads to the papers that have it.
    @param {string} text @param {string} tag @param {Mmu.Sight} view */
function tagged(text, tag, { root, explorer }) {
  const [facet, value] = tag.split(/:(.*)/s);
  return explorer
    ? el(
        "a",
        {
          class: "mmu-tag",
          href: `${root}${explorer}#q=${encoded(toText(/** @type {Mmu.Filter} */ ({ kind: "match", facet, value })))}`,
        },
        text,
      )
    : text;
}

/** @param {Mmu.Paper} paper */
function linksCell({ links }) {
  const first = links
    .filter(k => k.rank)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, 1); // ways to the text
  const shown = [...first, ...links.filter(k => !k.rank)];
  const made = shown.map(({ label, url }) => el("span", {}, el("a", { href: url }, label)));
  return made.length ? between(made, " ") : [unrecorded()];
}

/** @param {Mmu.NamedFacet} facet @param {string} value @param {Mmu.Sight} view */
function term(facet, value, { root }) {
  const url = facet.terms.get(value)?.url,
    label = labelOf(facet, value);
  return url ? el("a", { class: "mmu-term", href: root + url }, label) : label;
}

/** @param {Mmu.NamedFacet} facet @param {Mmu.Paper} paper @param {Mmu.Sight} view */
function termsCell(facet, paper, view) {
  const values = paper.tags[facet.name] ?? [];
  if (!values.length) return [unrecorded(facet.numbered ? "–" : undefined)];
  return between(
    values.map(v => term(facet, v, view)),
    ", ",
  );
}

/** The number badge of a top term.
    @param {{ order?: number | string, label: string }} given */
export const badge = ({ order, label }) =>
  el(
    "span",
    { class: `mmu-badge mmu-c${order}`, title: label },
    `${order}`,
    el("span", { class: "mmu-sr" }, ` ${label}`),
  );

/** @param {Mmu.NamedFacet} facet @param {Mmu.Paper} paper */
function badgesCell(facet, paper) {
  const tops = [...new Set((paper.tags[facet.name] ?? []).map(v => v.split("/")[0]))];
  const terms = tops.flatMap(v => facet.terms.get(v) ?? []).filter(t => t.order);
  return terms.length ? between(terms.map(badge), " ") : [unrecorded("–")];
}

/** @param {Mmu.Paper} paper @param {Mmu.Sight} view */
function tagsCell(paper, view) {
  const made = [...view.facets.values()].flatMap(f =>
    (paper.tags[f.name] ?? []).map(v => term(f, v, view)),
  );
  return made.length ? between(made, ", ") : [unrecorded()];
}

/** What a filter would find.
    @param {string} facet @param {string} value @param {Mmu.Paper} paper @param {Mmu.Sight} view */
function tickCell(facet, value, { key }, view) {
  const ticks = (view.ticks ??= new Map()),
    tag = `${facet}:${value}`;
  if (!ticks.has(tag)) ticks.set(tag, view.index.mask(facet, [value]));
  return tick(ticks.get(tag)?.[Number(view.at(key))]);
}
/** @param {unknown} has */
const tick = has => [
  el("span", { "aria-hidden": "true", class: has ? null : "mmu-nr" }, has ? "✓" : "–"),
  el("span", { class: "mmu-sr" }, has ? _("yes") : _("no")),
];

/** @param {string} name @param {Mmu.Paper} paper @param {Mmu.Sight} view */
function fieldCell(name, paper, { separators }) {
  const text = paper.field(name),
    separator = separators.get(name);
  const parts = separator
    ? text
        .split(separator)
        .map(p => p.trim())
        .filter(Boolean)
    : [];
  return parts.length > 1
    ? [el("ul", { class: "mmu-stats" }, ...parts.map(p => el("li", {}, p)))]
    : plain(text);
}

/** @type {Record<string, (paper: Mmu.Paper, view: Mmu.Sight) => Mmu.Kid[]>} */
const CELLS = {
  paper: paperCell,
  links: linksCell,
  tags: tagsCell,
  title: (p, view) => titled(p, titleParts(p), view),
  name: (p, view) => titled(p, [p.label, ""], view),
  authors: p => plain(p.people),
  venue: p => plain(p.vt),
  date: p => time(p.date),
  year: p => time(p.date && String(+p.date.slice(0, 4))),
  type: p => plain(p.type),
  key: p => plain(p.key),
  keywords: p => plain(p.kw.join(", ")),
};

/** The columns that a table has, read from its head: {name, label, css, header}.
    @param {HTMLTableElement} table @param {string[]} names @returns {Mmu.Column[]} */
export const columnsOf = (table, names) =>
  [.../** @type {HTMLTableSectionElement} */ (table.tHead).rows[0].cells].map((th, n) => {
    const css = th.className,
      header = css === "mmu-c-paper";
    return /** @type {Mmu.Column} */ ({
      name: names[n],
      label: th.textContent,
      css,
      header,
      labelled: css === "mmu-k1" || css === "mmu-tick",
    });
  });

/** A cell that Python made: lines of [role, ...parts], a part being [kind, text, address, bold words].
    @param {Mmu.Line[]} lines @param {Mmu.Sight} view */
function printed(lines, view) {
  const made = lines.map(([role, ...parts]) => ({
    role,
    nodes: parts.flatMap(([kind, ...part]) => PARTS[kind](part, view, kind)),
  }));
  if (made.some(line => line.role))
    return made.flatMap(({ role, nodes }) =>
      role ? [el("span", { class: `mmu-${role}` }, ...nodes)] : nodes,
    );
  return made.length === 1
    ? made[0].nodes
    : [el("ul", { class: "mmu-stats" }, ...made.map(({ nodes }) => el("li", {}, ...nodes)))];
}

/** @param {string[]} part @param {Mmu.Sight} view @param {string} kind */
const led = ([text, address, lead], { root }, kind) => {
  const kids = [...(lead ? [el("b", {}, lead)] : []), text],
    href = /^https?:/.test(address) ? address : root + address;
  return address ? [el("a", { class: `mmu-${kind}`, href }, ...kids)] : kids;
};
/** @type {Record<string, (part: string[], view: Mmu.Sight, kind: string) => Mmu.Kid[]>} */
const PARTS = {
  text: ([text]) => [text],
  muted: ([text]) => [unrecorded(text)],
  time: ([text]) => time(text),
  entry: led,
  title: led,
  term: led,
  url: ([text, href]) => [el("span", {}, el("a", { href }, text))],
  badge: ([order, , label]) => [badge({ order, label })],
};

/** The content of a cell.
    @param {Mmu.Column} given @param {Mmu.Paper} paper @param {Mmu.Sight} view */
function content({ name, header }, paper, view) {
  const lines = paper.made(name);
  if (lines) return printed(lines, view);
  const [facet, value] = name.split(/:(.*)/s);
  if (value) return tickCell(facet, value, paper, view);
  if (Object.hasOwn(CELLS, name)) return CELLS[name](paper, view);
  const known = view.facets.get(name);
  if (known) return (known.numbered ? badgesCell : termsCell)(known, paper, view);
  return header
    ? titled(paper, [paper.field(name) || paper.label, ""], view)
    : fieldCell(name, paper, view);
}

/** A cell of a row.
    @param {Mmu.Column} column @param {Mmu.Paper} paper @param {Mmu.Sight} view */
export function cell(column, paper, view) {
  const made = content(column, paper, view);
  if (column.header) return el("th", { role: "rowheader", scope: "row" }, ...made);
  return el(
    "td",
    { role: "cell", class: column.css, "data-mmu-l": column.labelled ? column.label : null },
    ...made,
  );
}

/** A row of a table.
    @param {Mmu.Paper} paper @param {Mmu.Column[]} columns @param {Mmu.Sight} view */
export const row = (paper, columns, view) =>
  el("tr", { role: "row", "data-mmu-key": paper.key }, ...columns.map(c => cell(c, paper, view)));

// --- Order

/** @param {Mmu.Paper} p */
const date = p => p.date;
/** @type {Record<string, (paper: Mmu.Paper, families: string[]) => string>} */
const ORDERS = {
  date,
  year: date,
  added: p => p.field("added") || p.date,
  title: p => fold(p.title),
  venue: p => fold(p.vt),
  key: p => p.key,
  author: (p, families) => fold(families[0] ?? ""),
};
/** @type {Record<string, string>} */
const OF_COLUMN = {
  paper: "title",
  name: "title",
  authors: "author",
  links: "",
  keywords: "",
  tags: "",
};
/** @type {Intl.Collator} */
let collator; // made at the first use, for it takes as long as drawing the page
/** @param {string} a @param {string} b */
const numeric = (a, b) =>
  (collator ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" })).compare(a, b);

/** @param {string} a @param {string} b */
const byText = (a, b) => (a < b ? -1 : +(a > b));

/** What a column is sorted by; "" if it has no order. Names beyond Python's are a facet or a field.
    @param {{ name: string }} given */
export const sortOf = ({ name }) => own(OF_COLUMN, name) ?? (name.includes(":") ? "" : name);

/** Whether `:sort:` of a directive knows an order.
    @param {string} sort */
export const isPlain = sort =>
  sort.replace(/^-/, "") === "file" || Object.hasOwn(ORDERS, sort.replace(/^-/, ""));

/** @param {string} name of a collection that the page has */
export const collectionOf = name => /** @type {Mmu.Collection} */ (collection(name));

/** Whether papers can be put in an order: by Python's names, a facet or a field.
    @param {string} name @param {string} sort */
export const isOrder = (name, sort) => {
  const { facets, fieldNames } = collectionOf(name),
    by = sort.replace(/^-/, "");
  return isPlain(sort) || facets.has(by) || fieldNames.has(by);
};

/** All positions in an order; papers without what they are sorted by come last, and ties stay as in the file.
    @param {string} name @param {string} sort */
export function order(name, sort) {
  const { papers, facets, families, dates } = collectionOf(name),
    down = sort.startsWith("-"),
    by = sort.replace(/^-/, "");
  if (by === "file") return down ? [...papers.keys()].reverse() : [...papers.keys()];
  const facet = facets.get(by),
    key =
      own(ORDERS, by) ?? ((/** @type {Mmu.Paper} */ p) => (facet ? rank(facet, p) : p.field(by)));
  const { values, numbers } =
    key === date
      ? dates
      : distinct(papers.map((p, i) => key(p, by === "author" ? families(i) : [])));
  const alike = values.map(() => /** @type {number[]} */ ([])); // papers by what they are sorted by: often there is little of that
  for (let i = 0; i < numbers.length; i++) alike[numbers[i]].push(i);
  const compare = own(ORDERS, by) ? byText : numeric,
    sign = down ? -1 : 1;
  /** @type {number[][]} */
  const groups = [];
  let last = "";
  for (const n of [...values.keys()]
    .filter(n => values[n])
    .sort((a, b) => sign * compare(values[a], values[b]))) {
    if (groups.length && !compare(last, values[n]))
      groups.push(
        groups
          .splice(-1)[0]
          .concat(alike[n])
          .sort((a, b) => a - b),
      );
    else groups.push(alike[n]);
    last = values[n];
  }
  return [...groups, alike[values.indexOf("")] ?? []].flat();
}
/** Texts as a column: the different ones, and of each the number.
    @param {string[]} texts */
function distinct(texts) {
  const known = new Map(),
    numbers = texts.map(text => {
      if (!known.has(text)) known.set(text, known.size);
      return Number(known.get(text));
    });
  return { values: [...known.keys()], numbers };
}

/** The place of a paper's first value among the values of a facet.
    @param {Mmu.NamedFacet} facet @param {Mmu.Paper} paper */
const rank = (facet, paper) => {
  const ranks = (paper.tags[facet.name] ?? []).map(v => facet.terms.get(v)?.n ?? Infinity);
  return ranks.length ? String(Math.min(...ranks) + 1) : "";
};

/** A whole number as it is printed.
    @param {number} n */
export const number = n => String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
