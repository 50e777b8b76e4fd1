/* What of papers is searched: the texts of their columns, of their fields and of the values of their facets. */
import { END } from "./columns.js";
import { indexOf } from "./query.js";
import { Synonyms } from "./synonyms.js";

const PART = 500; // papers whose texts are read without giving way
const COLUMNS = [
  ["short", "name"],
  ["title", "title"],
  ["vt", "venue"],
  ["date", "field"],
  ["words", "field"],
  ["type", "field"],
  ["links", "field"],
  ["author", "people"],
  ["venue", "field"],
  ["key", "field"],
]; // where they are searched
/** @param {Mmu.FoldedTexts} texts @returns {string[]} */
const names = ({ text, values, numbers }) =>
  values ? Array.from(numbers, n => values[n]) : text.split(END);
/** The texts of papers, by their positions from `first` on; `fields` are searched besides those that say what they are
    about. It gives way after each part.
    @param {import("./word_index.js").WordIndex} index @param {Mmu.Records} data @param {string[]} [fields] @param {number} [first] */
export function* addPapers(index, data, fields = [], first = 0) {
  const { papers, facets, columns, searched, fieldNames } = data,
    filters = indexOf(data);
  names(filters.folded("short")).forEach((name, i) => index.addName(first + i, "name", name));
  for (const [name, field] of COLUMNS) {
    const { text, values, numbers } = filters.folded(name);
    if (values)
      index.addColumn(
        first,
        numbers,
        values.map(value => [[field, value]]),
      );
    else index.addAll(first, field, { text });
    yield;
  }
  /** @type {((paper: Mmu.Paper) => string)[]} */
  const texts = [
    paper => paper.abs,
    ...[...new Set([...searched, ...fields])]
      .filter(name => fieldNames.has(name))
      .map(name => (/** @type {Mmu.Paper} */ paper) => paper.field(name)),
  ];
  for (const text of texts)
    for (let i = 0; i < papers.length; i++) {
      index.add(first + i, "text", text(papers[i]));
      if (i % PART === PART - 1) yield;
    }
  for (const facet of facets) {
    const { lists, numbers } = columns.values(facet.name) ?? { lists: [], numbers: [] },
      texts = tagTexts(facet);
    index.addColumn(
      first,
      numbers,
      lists.map(list => list.flatMap(texts)),
    );
  }
}
/** What a value of a facet is called, as texts: value → [field, text][].
    @param {Mmu.Facet} facet @returns {(value: string) => [field: string, text: string][]} */
function tagTexts({ values, numbered, summary, verb }) {
  const byValue = new Map(values.map(v => [v.value, v]));
  return value => {
    const parts = value.split("/"),
      terms = parts.flatMap((_, n) => byValue.get(parts.slice(0, n + 1).join("/")) ?? []);
    const others = terms.flatMap(({ value, aliases, order }) => [
      ...aliases,
      numbered && !value.includes("/") ? String(order) : "",
    ]);
    return [
      ["field", summary ? verb : ""],
      ["tag", terms.map(({ label }) => label).join("\n")],
      ["field", others.join("\n")],
    ];
  };
}

/** @param {Mmu.Facet[]} facets */
export function synonymsOf(facets) {
  const made = new Synonyms();
  for (const { values } of facets)
    for (const { label, aliases } of values) if (aliases.length) made.add([label, ...aliases]);
  return made;
}
