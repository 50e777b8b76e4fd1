/* The papers of a collection, by the values of their facets, by words of their texts and by dates: what filters are evaluated
   over. As library/collection.py has them. */
import { END, OTHERS } from "./columns.js";
import { beginsWord, caseless, fold } from "./fold.js";
import { own, squeeze } from "./python.js";

/** @type {Record<string, (paper: Mmu.Paper) => string[]>} */
const DERIVED = {
  // facet → its values for a paper
  year: p => (p.date ? [String(+p.date.slice(0, 4))] : []),
  published: p => (p.placed && p.published ? [p.published] : []),
  venue: p => (p.vs ? [p.vs, ...(p.published ? [`${p.vs}/${p.published}`] : [])] : []),
  results: p => p.results ?? [],
  author: p => p.authors.filter(name => name !== OTHERS),
  type: p => [p.type],
  has: p => p.has,
  key: p => [p.key],
  keyword: p => p.kw,
};
/** @type {Record<string, (paper: Mmu.Paper) => string>} */
const TEXTS = {
  // what free words look at; any other name is looked up in `fields`
  title: p => squeeze(p.title),
  short: p => squeeze(p.short),
  author: p => p.authors.join("\n"),
  venue: p => `${p.vs}\n${p.venue}`,
  abstract: p => squeeze(p.abs),
};
/** @type {Record<string, string>} */
export const FIELD = { short: "shorttitle" };
/** What to print for a venue: "CVPR 2024" for "CVPR/2024".
    @param {string} value */
export const venueLabel = value => value.replace(/\/(?=[0-9]{4}$)/, " ");

/** What to call a value of a facet.
    @param {Mmu.Derived | undefined} facet @param {string} value */
export const labelOf = (facet, value) =>
  facet?.labels.get(value) ?? (facet?.name === "venue" ? venueLabel(value) : value);
const KEPT = 32; // results of text searches

/** How many papers a mask has.
    @param {Mmu.Mask} mask */
export function size(mask) {
  let n = 0;
  for (let i = 0; i < mask.length; i++) n += mask[i];
  return n;
}
/** @param {Mmu.Mask} one @param {Mmu.Mask} other */
export const both = (one, other) => one.map((held, i) => held & other[i]);
/** Where a mask has 1.
    @param {Mmu.Mask} mask */
function positions(mask) {
  const found = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) found.push(i);
  return found;
}

/** A value and its parents: "a/b" gives "a", "a/b".
    @param {string} value */
const withParents = value =>
  value.includes("/")
    ? value.split("/").map((_, n, parts) => parts.slice(0, n + 1).join("/"))
    : [value];

/** What a filter is evaluated over: the records and the facets of a data file. Each part is made when it is first
    asked for, and records and facets may not change after. A set of papers is a mask: 0 or 1 for each. Where records
    are kept in columns, these are read instead: {facets, values(facet), text(field)} give the facets of tags; {lists,
    numbers}, the different lists of values and of each paper the number of its list; and {text}, all texts with END
    between them, or {values, numbers}. What they do not have is null. `asked`: what `has:` may ask for though no paper may have
    it, each with its words. */
export class Index {
  #facets;
  #columns;
  /** @type {Set<string> | null} */
  #names = null;
  /** @type {string[] | null} */
  #venues = null;
  /** @type {Map<string, Mmu.ValueSet>} */
  #sets = new Map();
  /** @type {Map<string, Mmu.FoldedTexts>} */
  #texts = new Map();
  /** @type {Map<string, { kind: string, needle: string, found: Mmu.Mask }>} */
  #searches = new Map();

  /** @param {Mmu.Paper[]} papers @param {Mmu.Facet[]} facets @param {Mmu.Columns | null} [columns] @param {Map<string, string>} [asked] */
  constructor(papers, facets, columns = null, asked = new Map()) {
    this.papers = papers;
    this.asked = asked;
    this.size = papers.length;
    this.#facets = new Map(facets.map(f => [f.name, f]));
    this.#columns = columns;
  }

  /** Names of tag facets and of the ones derived from standard fields. */
  facets() {
    if (!this.#names) {
      this.#names = new Set(this.#columns?.facets);
      if (!this.#columns)
        for (const p of this.papers) for (const name in p.tags) this.#names.add(name);
      for (const name of [...this.#facets.keys(), ...Object.keys(DERIVED)])
        if (
          name !== "results" ||
          this.#facets.has(name) ||
          (!this.#columns && this.papers.some(p => p.results?.length))
        )
          this.#names.add(name);
    }
    return this.#names;
  }

  /** The facet of that name, ignoring case, as it is written; else undefined.
      @param {string} name */
  facet(name) {
    return this.facets().has(name)
      ? name
      : [...this.facets()].find(f => f.toLowerCase() === name.toLowerCase());
  }

  /** The values of a facet; the vocabulary's come first.
      @param {string} facet */
  values(facet) {
    return [...this.#set(facet).held.keys()];
  }

  /** The values that begin with a folded text.
      @param {string} facet @param {string} start */
  beginning(facet, start) {
    const set = this.#set(facet);
    const all = (set.folded ??= [...set.held.keys()].map(
      value => /** @type {[string, string]} */ ([value, fold(value)]),
    ));
    return all.filter(([, folded]) => folded.startsWith(start)).map(([value]) => value);
  }

  /** A value as the facet spells it, ignoring case; undefined if it has no such value.
      @param {string} facet @param {string} value */
  spelled(facet, value) {
    const { held, spelled } = this.#set(facet);
    return held.has(value) ? value : spelled.get(caseless(value));
  }

  /** The papers with any of some values or a child of it, ignoring case; null if the facet has none of them.
      @param {string} facet @param {string[]} values */
  mask(facet, values) {
    const { held, numbers, size } = this.#set(facet),
      wanted = new Uint8Array(size);
    const there = values
      .map(value => this.spelled(facet, value))
      .filter(value => value !== undefined);
    if (!there.length && facet === "venue") return this.#atVenues(values);
    for (const value of there) for (const n of held.get(value) ?? []) wanted[n] = 1;
    return there.length ? this.#spread(wanted, numbers) : null;
  }
  /** The papers with any value of a facet.
      @param {string} facet */
  any(facet) {
    const { numbers, some } = this.#set(facet);
    return this.#spread(some, numbers);
  }
  /** @param {Mmu.Numbers} wanted @param {Mmu.Numbers} numbers */
  #spread(wanted, numbers) {
    const found = new Uint8Array(this.size);
    for (let i = 0; i < found.length; i++) found[i] = wanted[numbers[i]];
    return found;
  }
  /** Venues are found by their whole names, too.
      @param {string[]} values */
  #atVenues(values) {
    const names = new Set(values.map(fold)),
      found = new Uint8Array(this.size);
    this.#venues ??= this.papers.map(p => fold(p.venue));
    for (let i = 0; i < found.length; i++) found[i] = +names.has(this.#venues[i]);
    return found.includes(1) ? found : null;
  }

  /** How many papers of a mask have each value of a facet: {values: Map, none, any}, `none` being those without any.
      @param {string} facet @param {Mmu.Mask} among @returns {Mmu.Counts} */
  counts(facet, among) {
    const set = this.#set(facet),
      { held, numbers, size, some } = set;
    if (set.counted?.among === among) return set.counted;
    const found = new Uint32Array(size),
      values = new Map();
    for (let i = 0; i < among.length; i++) found[numbers[i]] += among[i];
    for (const [value, lists] of held)
      values.set(
        value,
        lists.reduce((sum, n) => sum + found[n], 0),
      );
    const any = found.reduce((sum, n, list) => sum + n * some[list], 0);
    return (set.counted = { among, values, any, none: found.reduce((sum, n) => sum + n, 0) - any });
  }

  /** Of a facet: `numbers`, of each paper the number of its list of values, `size`, how many lists there are, `some`, 1
      for those with any value, `held`, value → the lists that have it or a child of it, `spelled`, other spellings.
      @param {string} facet @returns {Mmu.ValueSet} */
  #set(facet) {
    const made = this.#sets.get(facet);
    if (made) return made;
    const terms = this.#facets.get(facet)?.values ?? [],
      spelled = new Map(),
      { lists, numbers } = this.#lists(facet);
    /** @type {Map<string, number[]>} */
    const held = new Map(
      [...terms.map(t => t.value), ...(facet === "has" ? this.asked.keys() : [])].map(v => [v, []]),
    );
    lists.forEach((values, n) => {
      for (const value of new Set(values)) {
        const lists = held.get(value);
        if (lists) lists.push(n);
        else held.set(value, [n]);
      }
    });
    for (const { value, label } of [...terms].reverse())
      if (label) spelled.set(caseless(label), value); // the first term that is called so
    for (const { value, aliases } of [...terms].reverse())
      for (const alias of aliases ?? []) spelled.set(caseless(alias), value);
    if (facet === "venue")
      for (const value of held.keys()) spelled.set(caseless(venueLabel(value)), value);
    for (const value of held.keys()) spelled.set(caseless(value), value);
    const some = Uint8Array.from(lists, values => +(values.length > 0));
    const set = { held, spelled, numbers, size: lists.length, some };
    this.#sets.set(facet, set);
    return set;
  }
  /** The different lists of values that papers have, parents among them, and of each paper the number of its list.
      @param {string} facet @returns {Mmu.Lists} */
  #lists(facet) {
    const derived = own(DERIVED, facet),
      columns = derived && this.#facets.has(facet) ? null : this.#columns?.values(facet);
    if (columns)
      return derived
        ? columns
        : { ...columns, lists: columns.lists.map(list => list.flatMap(withParents)) };
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {string[][]} */
    const lists = [];
    const numbers = Uint32Array.from(this.papers, p => {
      const list = [...(own(p.tags, facet) ?? []).flatMap(withParents), ...(derived?.(p) ?? [])],
        name = list.join("\n");
      if (!known.has(name)) known.set(name, lists.push(list) - 1);
      return Number(known.get(name));
    });
    return { lists, numbers };
  }

  /** 0 or 1 for each paper: whether its text contains a folded needle, with `prefix` where a word begins.
      @param {string} needle @param {string} field @param {boolean} prefix @returns {Mmu.Mask} */
  text(needle, field, prefix) {
    const kind = `${prefix ? "*" : ""}${field}:`,
      searches = this.#searches;
    const known = searches.get(kind + needle);
    // A longer needle is only where a shorter one was: as a word is typed, each search looks at what is left.
    const within = (/** @type {string} */ n) =>
      prefix ? needle.startsWith(n) : needle.includes(n);
    const left = known
      ? null
      : [...searches.values()].findLast(s => s.kind === kind && within(s.needle))?.found;
    const found =
      known?.found ?? this.#search(needle, field ? [field] : Object.keys(TEXTS), prefix, left);
    searches.delete(kind + needle); // to be the newest
    searches.set(kind + needle, { kind, needle, found });
    if (searches.size > KEPT) searches.delete(String(searches.keys().next().value));
    return found.slice();
  }

  /** Make what free words are looked for in, before anyone asks. */
  fold() {
    for (const field of Object.keys(TEXTS)) this.folded(field);
    this.#set("author"); // whose names are whole ones
  }

  /** @param {string} needle @param {string[]} fields @param {boolean} prefix @param {Mmu.Mask | null | undefined} left */
  #search(needle, fields, prefix, left) {
    const found = new Uint8Array(this.size),
      holds = (/** @type {string} */ text) =>
        prefix ? beginsWord(needle, text) : text.includes(needle);
    if (needle.includes(END)) return found;
    let rest = positions(left ?? new Uint8Array(this.size).fill(1));
    for (const field of fields) {
      const few = rest.length * 8 < this.size;
      if (few && !this.#texts.has(field)) {
        // all are folded once many have to be
        const read = this.#reader(field);
        for (const i of rest) found[i] = +holds(fold(read(this.papers[i])));
      } else {
        const { text, starts, values, numbers } = this.folded(field);
        if (values) {
          const held = values.map(value => +holds(value));
          for (const i of rest) found[i] = held[numbers[i]];
        } else if (few || !needle) {
          for (const i of rest) found[i] = +holds(text.slice(starts[i], starts[i + 1] - 1));
        } else
          for (let at = text.indexOf(needle), i = 0; at >= 0; at = text.indexOf(needle, at)) {
            while (starts[i + 1] <= at) i++;
            found[i] |= +(!prefix || beginsWord(needle, text.slice(starts[i], starts[i + 1] - 1)));
            at = starts[i + 1];
          }
      }
      rest = rest.filter(i => !found[i]);
    }
    return found;
  }

  /** What is searched in a field: {text, starts}, the folded texts of all papers in one and where each begins, with the end of all;
      or {values, numbers}.
      @param {string} field @returns {Mmu.FoldedTexts} */
  folded(field) {
    const known = this.#texts.get(field);
    if (known) return known;
    const given = this.#columns?.text(field) ?? this.#read(field);
    const folded =
      given.text === undefined
        ? { values: given.values.map(fold), numbers: given.numbers }
        : this.#begun(fold(given.text));
    this.#texts.set(field, folded);
    return folded;
  }
  /** @param {string} text */
  #begun(text) {
    return { text, starts: this.#starts(text) };
  }
  /** @param {string} field */
  #read(field) {
    return { text: this.papers.map(this.#reader(field)).join(END) };
  }
  /** @param {string} field @returns {(paper: Mmu.Paper) => string} */
  #reader(field) {
    const read = own(TEXTS, field) ?? (p => own(p.fields, field) ?? "");
    return p => read(p).replaceAll(END, " ");
  }
  /** @param {string} text */
  #starts(text) {
    const starts = new Uint32Array(this.size + 1);
    for (let i = 1, at = 0; i <= this.size; i++) {
      at = text.indexOf(END, at) + 1 || text.length + 1;
      starts[i] = at;
    }
    return starts;
  }

  /** 0 or 1 for each paper: first public, or `published`, between two dates; a bound of fewer parts means all that begins
      with it.
      @param {Mmu.Filter} range */
  dates({ facet, low, high, lowClosed, highClosed }) {
    const found = new Uint8Array(this.size);
    const dateOf = (/** @type {Mmu.Paper} */ paper) =>
      facet === "published" ? (DERIVED.published(paper)[0] ?? "") : paper.date;
    this.papers.forEach((paper, i) => {
      const date = dateOf(paper);
      const begins = date && (!low || (lowClosed ? date >= low : date.slice(0, low.length) > low));
      const end = date.slice(0, high?.length);
      found[i] = +Boolean(begins && (!high || (highClosed ? end <= high : end < high)));
    });
    return found;
  }
}

/** @type {WeakMap<Mmu.Records, Index>} */
const indexes = new WeakMap();
/** What filters of some records are evaluated over; made once.
    @param {Mmu.Records} records @returns {Index} */
export function indexOf(records) {
  const { papers, facets, columns, asked } = records;
  const index = indexes.get(records) ?? new Index(papers, facets, columns, asked);
  indexes.set(records, index);
  return index;
}
