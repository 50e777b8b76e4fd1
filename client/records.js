/* Records for scripts. `_static/mmu-papers.js` and `mmu-datasets.js`, which export/client_data.py writes small, are unpacked here,
   in one place. It touches no page.

     const { papers, facets } = records("papers");   // null where that data script was not loaded

   A paper: {key, type, title, short, label, authors: [name], by, people, families, venue, vs, vt, date, published, placed,
   results: [benchmark], tags: {facet: [value]}, kw, links: [{kind, label, url, rank}], has: [name], abs, fields: {name: text},
   url}. `label` is what to call it, `by`, `people` and `vt` are authors below a title, authors of a column and venue as
   tables print them, `families` its authors' family names, `published` is the year of publication, `placed` 1 for what has
   appeared elsewhere than in an archive, `url` is its page from the site's root, "" without one. It is what query.Index
   wants. Each of these is read from its column when it is asked for.
   A facet is as export/client_data.py writes it; its `labels` are a Map from each value to its label. `derived` are the facets
   that follow from standard fields, {name, label, labels}. `kinds` are those of links, {name, label, rank}; `dates` are the
   column of dates: {values, numbers}, of each paper the number of its value. `fieldNames` are the fields that any paper has;
   `separators`, a Map, has what separates the values of a field; `searched` are the names of what a search looks at.
   `columns` are what query.Index reads faster than papers. `explorer`, `feed` and the `feeds` of values of derived
   facets are addresses from the site's root, "" where there is none.
   records.titleParts(paper) is [bold words, rest], records.tagParts(paper, facets) the line of tags below a title: lists of
   [text, tag], of which words between tags have none; records.summary(paper, facets) is its text. All as views/columns.py has
   them. records.shortened(names, most) are the first few of some names. */

import { END, OTHERS } from "./columns.js";
import { _, lowerFirst } from "./messages.js";
import { dataOf } from "./mmu.js";

const TEXTS = /** @type {const} */ (["key", "title", "short", "abstract"]); // columns that are searched as they are
const SAME = 0x80; // this sign and the next repeat another text of the record
const EXTRA = ["shorttitle", "keywords"]; // fields that are kept in another form
/** @type {Map<string, Mmu.Records>} */
const known = new Map();

/** The first few of some names, and how many more; one more is named as well.
    @param {string[]} names @param {number} most */
export const shortened = (names, most) =>
  names.length <= most + 1
    ? names.join(", ")
    : _("{names} and {n} more", { names: names.slice(0, most).join(", "), n: names.length - most });

// --- Columns

/** position → text. Only those that are asked for become texts of their own: few of many are drawn.
    @param {string} column @param {number} size @returns {(i: number) => string} */
function texts(column, size) {
  if (!column.includes(END)) return () => column;
  /** @type {Uint32Array | undefined} */
  let starts;
  return i => {
    starts ??= startsOf(column, size);
    return column.slice(starts[i], starts[i + 1] - 1);
  };
}
/** Where each text begins, and the next one would.
    @param {string} column @param {number} size */
function startsOf(column, size) {
  const starts = new Uint32Array(size + 1);
  for (let i = 1; i < size; i++) starts[i] = column.indexOf(END, starts[i - 1]) + 1;
  starts[size] = column.length + 1;
  return starts;
}

/** {values, numbers}: of each position the number of its value.
    @template V */
class Coded {
  #at;
  #size;
  /** @type {Uint32Array | null} */
  #numbers = null;
  /** @param {Mmu.Coded<V>} given @param {number} size */
  constructor({ values, at }, size) {
    this.values = values;
    this.#at = at;
    this.#size = size;
  }
  /** @returns {Uint32Array} */
  get numbers() {
    return (this.#numbers ??= this.#read());
  }
  /** @param {number} i */
  of(i) {
    return this.values[this.numbers[i]];
  }

  /* Numbers with blanks between them. */
  #read() {
    const found = new Uint32Array(this.#size),
      text = this.#at;
    for (let at = 0, i = 0, n = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      n = sign === 32 ? 0 : n * 10 + sign - 48;
      if (sign === 32) i++;
      else found[i] = n;
    }
    return found;
  }
}

/** The different lists of names in a column of people, and of each paper the number of its list.
    @param {string} column @param {number} size */
function namesOf(column, size) {
  const lists = column
    .replace(/\t/g, " ")
    .split(END)
    .map(text => text.split("\n").filter(name => name && name !== OTHERS));
  return {
    lists,
    numbers: lists.length > 1 ? Uint32Array.from(lists.keys()) : new Uint32Array(size),
  };
}

/** Two columns as one: of each pair of values what they make.
    @template A, B, C @param {Coded<A>} one @param {Coded<B>} other @param {(a: A, b: B) => C} change @returns {{ values: C[], numbers: Uint32Array }} */
function together(one, other, change) {
  const known = new Map();
  /** @type {C[]} */
  const values = [];
  const numbers = one.numbers.map((a, i) => {
    const b = other.numbers[i],
      pair = a * other.values.length + b;
    if (!known.has(pair)) known.set(pair, values.push(change(one.values[a], other.values[b])) - 1);
    return known.get(pair);
  });
  return { values, numbers };
}

// --- Papers

/** @param {Mmu.Data} data @returns {Mmu.Records} */
function unpack(data) {
  const facets = data.facets.map(f => ({
    ...f,
    labels: new Map(f.values.map(v => [v.value, v.label])),
  }));
  const [key, title, short, label, people, abs, url, links] = /** @type {const} */ ([
    "key",
    "title",
    "short",
    "label",
    "people",
    "abstract",
    "url",
    "links",
  ]).map(name => texts(data[name], data.size));
  /** @template V @param {Mmu.Coded<V>} column */
  const coded = column => new Coded(column, data.size);
  const type = coded(data.type),
    date = coded(data.date),
    published = coded(data.published),
    venue = coded(data.venue);
  const words = coded(data.words),
    linked = coded(data.linked),
    shape = coded(data.shape);
  const tags = data.tags.map((column, f) => ({
    name: facets[f].name,
    coded: coded(column),
    values: facets[f].values,
  }));
  const entry = new Map(
    data.entry.map(([name, c]) => [
      name,
      typeof c === "string" ? texts(c, data.size) : (/** @type {number} */ i) => c[i],
    ]),
  );
  const lists = data.lists.map(([most, column]) => ({ most, listed: texts(column, data.size) }));
  const tried = coded(data.results),
    benchmarks = data.results.names.map(([name]) => name);
  const made = new Map(data.made.map(([name, column]) => [name, coded(column)]));
  /** @param {number} i */
  const names = i =>
    people(i)
      ? people(i)
          .split("\n")
          .map(name => name.split("\t"))
      : [];
  /** @param {number} i */
  const rests = i => (linked.of(i).length ? links(i).split("\n") : []);
  /** @param {number} i */
  const urls = i => rests(i).map((rest, n) => data.kinds[linked.of(i)[n]][2] + rest);

  class Paper {
    /** @param {number} i */
    constructor(i) {
      this.i = i;
    }
    get key() {
      return key(this.i);
    }
    get type() {
      return type.of(this.i);
    }
    get title() {
      return title(this.i);
    }
    get short() {
      return short(this.i);
    }
    get label() {
      return this.short || this.called + label(this.i);
    }
    get called() {
      const all = names(this.i).map(name => name.at(-1) || name[0]),
        known = all.filter(name => name !== OTHERS);
      const some = known.length > 2 || (known.length && known.length < all.length);
      const who = some ? `${known[0]} et al.` : known.join(" and ");
      return `${who || this.title || this.key} ${this.date && +this.date.slice(0, 4)}`.trim();
    }
    get authors() {
      return names(this.i).map(name => name.join(" "));
    }
    get families() {
      return names(this.i).map(name => name[name.length - 1]);
    }
    get by() {
      return this.#listed(0);
    }
    get people() {
      return this.#listed(1);
    }
    /** The text that Python made where names need initials; else family names.
        @param {number} n */
    #listed(n) {
      return lists[n].listed(this.i) || shortened(this.families, lists[n].most);
    }
    get venue() {
      return venue.of(this.i)[1];
    }
    get vs() {
      return venue.of(this.i)[0];
    }
    get published() {
      return String(published.of(this.i));
    }
    get placed() {
      return venue.of(this.i)[2];
    }
    get results() {
      return tried.of(this.i).map(n => benchmarks[n]);
    }
    get vt() {
      return this.vs ? `${this.vs} ${published.of(this.i)}`.trim() : "";
    }
    get date() {
      return date.of(this.i);
    }
    get kw() {
      return words.of(this.i);
    }
    get has() {
      return shape.of(this.i)[0];
    }
    get abs() {
      return abs(this.i);
    }
    get url() {
      return url(this.i);
    }
    get tags() {
      const found = Object.create(null);
      for (const { name, coded, values } of tags) {
        const mine = coded.of(this.i);
        if (mine.length) found[name] = mine.map(n => values[n].value);
      }
      return found;
    }
    get links() {
      const kinds = linked.of(this.i);
      return urls(this.i).map((address, n) => ({
        kind: data.kinds[kinds[n]][0],
        label: data.kinds[kinds[n]][1],
        url: address,
        rank: data.kinds[kinds[n]][3],
      }));
    }
    get fields() {
      const found = Object.create(null),
        extra = EXTRA.filter(name => this.has.includes(name));
      for (const name of [...shape.of(this.i)[1], ...extra]) found[name] = this.field(name);
      return found;
    }
    /** The lines of the cell of a column as Python made them; undefined for a column that is drawn from the record.
        @param {string} name */
    made(name) {
      return made.get(name)?.of(this.i);
    }
    /** The text of one field, "" without it: cheaper than all of them.
        @param {string} name @returns {string} */
    field(name) {
      const { i } = this;
      if (EXTRA.includes(name))
        return !this.has.includes(name) ? "" : name === "keywords" ? this.keywords : this.short;
      if (!shape.of(i)[1].includes(name)) return "";
      const text = entry.get(name)?.(i) ?? "",
        sign = text.length === 1 ? text.charCodeAt(0) : 0;
      if (sign < SAME || sign >= SAME + 32) return text;
      return [this.venue, this.vs, this.date, this.date.slice(0, 4), ...rests(i), ...urls(i)][
        sign - SAME
      ];
    }
    get keywords() {
      /** @type {Record<string, string[]>} */
      const mine = this.tags;
      return [
        ...Object.keys(mine)
          .sort()
          .flatMap(f => mine[f].map(v => `${f}:${v}`)),
        ...this.kw,
      ].join(", ");
    }
  }

  const papers = Array.from({ length: data.size }, (_, i) => new Paper(i));
  /** @template V @param {Coded<V>} column @param {(value: V) => string[]} change */
  const listsOf = ({ values, numbers: of }, change) => ({ lists: values.map(change), numbers: of });
  /** @param {(venue: [short: string, long: string, placed: number], year: string | number) => string[]} change */
  const dated = change => {
    const { values, numbers } = together(venue, published, change);
    return { lists: values, numbers };
  };
  /** @type {Record<string, () => Mmu.Lists>} */
  const derived = {
    type: () => listsOf(type, value => [value]),
    venue: () =>
      dated(([short], year) => (short ? [short, ...(year ? [`${short}/${year}`] : [])] : [])),
    published: () => dated(([, , placed], year) => (placed && year ? [String(year)] : [])),
    results: () => listsOf(tried, list => list.map(n => benchmarks[n])),
    year: () => listsOf(date, value => (value ? [String(+value.slice(0, 4))] : [])),
    has: () => listsOf(shape, ([value]) => value),
    keyword: () => listsOf(words, value => value),
    author: () => namesOf(data.people, data.size),
  };
  /** What query.Index reads faster than from papers: see there.
      @type {Mmu.Columns} */
  const columns = {
    facets: [
      ...tags.filter(({ coded }) => coded.values.some(list => list.length)).map(({ name }) => name),
      ...(benchmarks.length ? ["results"] : []),
    ],
    values(name) {
      if (Object.hasOwn(derived, name)) return derived[name]();
      const tag = tags.find(facet => facet.name === name);
      return tag ? listsOf(tag.coded, list => list.map(n => tag.values[n].value)) : null;
    },
    text(name) {
      if (name === "vt")
        return together(venue, published, ([short], year) =>
          short ? `${short} ${year}`.trim() : "",
        );
      if (name === "date") return { values: date.values, numbers: date.numbers };
      if (name === "type") return { values: type.values, numbers: type.numbers };
      if (name === "words")
        return { values: words.values.map(list => list.join("\n")), numbers: words.numbers };
      if (name === "links")
        return {
          values: linked.values.map(kinds =>
            kinds.map((/** @type {number} */ n) => data.kinds[n][1]).join("\n"),
          ),
          numbers: linked.numbers,
        };
      if (name === "venue")
        return {
          values: venue.values.map(([short, long]) => `${short}\n${long}`),
          numbers: venue.numbers,
        };
      const people = () => data.people.replace(/\t/g, " "); // much faster than replaceAll("\t")
      const own = TEXTS.find(text => text === name && !data.uneven.includes(name)),
        column = name === "author" ? people() : own && data[own];
      if (column === undefined) return null;
      return column.includes(END)
        ? { text: column }
        : { values: [column], numbers: new Uint8Array(data.size) };
    },
  };
  const fieldNames = new Set([
    ...entry.keys(),
    ...EXTRA.filter(name => shape.values.some(([has]) => has.includes(name))),
  ]);
  const separators = new Map(data.separators),
    asked = new Map(data.asked);
  const named = data.derived.map(([name, label]) => ({
    name,
    label,
    labels: new Map(name === "results" ? data.results.names : []),
  }));
  const kinds = data.kinds.map(([name, label, , rank]) => ({ name, label, rank }));
  return {
    papers,
    facets,
    derived: named,
    kinds,
    fieldNames,
    separators,
    columns,
    asked,
    explorer: data.explorer,
    feed: data.feed,
    feeds: data.feeds,
    searched: data.searched,
    dates: date,
  };
}

/** The records of a collection, "papers" or "datasets"; unpacked once.
    @param {string} name */
export function records(name) {
  const data = dataOf(name);
  if (!known.has(name) && data) known.set(name, unpack(data));
  return known.get(name) ?? null;
}

/** The title in two parts: the short name to be set bold in front, but never twice, and the rest.
    @param {{ title: string, short: string }} given */
export function titleParts({ title, short }) {
  if (!short) return ["", title];
  const start = title.slice(0, short.length),
    rest = title.slice(short.length);
  return start.toLowerCase() === short.toLowerCase() && !/^[\p{L}\p{N}]/u.test(rest)
    ? [start, rest]
    : [short, ` · ${title}`];
}

/** The tags of a paper in words: a list for each facet.
    @param {Mmu.Paper} paper @param {Mmu.Facet[]} facets @returns {[text: string, tag?: string][][]} */
export function tagParts(paper, facets) {
  const { tags } = paper;
  return facets
    .filter(f => f.summary)
    .map(({ name, labels, verb, usual, numbered }) => {
      const values = (tags[name] ?? []).filter(
        v => !usual.includes(v) && (!numbered || v.includes("/")),
      );
      const worded = (label = "") => (verb ? lowerFirst(label) : label);
      /** @type {[text: string, tag?: string][]} */
      const parts = values.flatMap(
        (v, n) =>
          /** @type {[text: string, tag?: string][]} */ ([
            ...(n ? [[", "]] : []),
            [worded(labels.get(v)), `${name}:${v}`],
          ]),
      );
      return verb && parts.length ? [/** @type {[string]} */ ([`${verb} `]), ...parts] : parts;
    })
    .filter(parts => parts.length);
}

/** The tags of a paper in one line of words.
    @param {Mmu.Paper} paper @param {Mmu.Facet[]} facets */
export const summary = (paper, facets) =>
  tagParts(paper, facets)
    .map(parts => parts.map(([text]) => text).join(""))
    .join(" · ");
