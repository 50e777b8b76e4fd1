/* Filters that mean what words say: names of values, people, links and years. */
import { _ } from "./messages.js";
import { evaluate, fold, indexOf, parse, quoted, toText, venueLabel } from "./query.js";
import { NEGATION } from "./synonyms.js";
import { QUESTION, SPAN, stem, stemmed, words, YEAR } from "./words.js";

/* Words that say nothing beside names, as stems, and words for having a link of a kind. */
const FILLERS = new Set([...QUESTION].map(stem)),
  PUBLISHED = stem("published");
const FREE = ["", "open ", "public ", "available ", "released "];
/** @type {Record<string, string[]>} */
const HAVING = {
  code: ["code", "source code", "open source", "open source code", "implementation"],
  data: ["data", "data set", "dataset"],
};
const MOST_NAMED = 12,
  MOST_LEFT = 2; // words of a text that may be names, and of these such as are none

export class Names {
  /** @type {Map<string, Mmu.Named>} */
  #known = new Map();
  /** @type {Map<string, Mmu.Named>} */
  #people = new Map();
  #index;
  #fillers;
  #tagged;
  /** @param {Mmu.Records} data */
  constructor(data) {
    const { facets, kinds, columns } = data,
      index = indexOf(data);
    for (const value of columns.text("venue")?.values ?? []) {
      const [short, long] = value.split("\n");
      for (const name of [short, long]) if (short) this.#put(name, "venue", short);
    }
    for (const { name, label: of, relates, values } of facets)
      for (const { value, label, aliases } of values)
        for (const one of [label, ...aliases])
          this.#put(relates ? one : `${of} ${one}`, name, value, label);
    for (const value of index.values("venue")) this.#put(venueLabel(value), "venue", value);
    for (const { name, label, rank } of kinds)
      if (!rank)
        for (const one of [label, ...(HAVING[name] ?? [])])
          for (const free of FREE) this.#put(free + one, "has", name);
    this.#fillers = new Set([...FILLERS, ...facets.map(facet => stemmed(facet.label))]);
    this.#tagged = new Set(facets.map(facet => facet.name));
    this.#index = index;
  }
  /** @param {string} name @param {string} facet @param {string} value @param {string} [label] @param {Map<string, Mmu.Named>} [known] */
  #put(name, facet, value, label, known = this.#known) {
    const letters = words(name);
    for (const stems of [letters.map(stem).join(" "), stem(letters.join(""))])
      if (stems && !known.has(stems)) known.set(stems, { facet, value, label });
  }
  /** Words as conditions; a word that names nothing is itself.
      @param {string[]} every @returns {Mmu.Named[]} */
  #read(every) {
    for (let to = every.length; to; to--) {
      const found = this.#conditions(every.slice(0, to).map(stem).join(" "));
      if (found) return [...found, ...this.#read(every.slice(to))];
    }
    return every.length ? [{ word: every[0] }, ...this.#read(every.slice(1))] : [];
  }
  /** What words name together; null if nothing.
      @param {string} name @returns {Mmu.Named[] | null} */
  #conditions(name) {
    const known = this.#known.get(name) ?? this.#people.get(name) ?? years(name);
    if (known) return [known];
    const left = NEGATION.test(name) && this.#known.get(name.replace(NEGATION, ""));
    if (left) return [{ ...left, not: true }];
    return this.#fillers.has(name) ? [] : null;
  }
  /** Filters for words; `people` are authors who may be meant, `scoresOf` a word is more than 0 for each paper that has it.
      @param {string[]} every @param {string[]} people @param {(word: string) => Mmu.Scores} scoresOf @returns {Mmu.Offer[]} */
  offers(every, people, scoresOf) {
    this.#people = new Map();
    for (const name of people) this.#put(name, "author", name, undefined, this.#people);
    const published = every.map(stem).includes(PUBLISHED),
      found = every.length > MOST_NAMED ? [] : this.#read(every);
    const named = found.filter(one => one.word === undefined),
      left = found.flatMap(({ word }) => word ?? []);
    if (!named.some(({ facet, from, to }) => facet || published || from !== to)) return []; // a year alone is no name
    if (left.length > MOST_LEFT || (left.length && left.length >= named.length)) return [];
    const issued = published || named.some(({ facet }) => facet === "venue"); // a venue has the years of publication
    const texts = [...new Set(named.map(one => this.#text(one, issued)))];
    const count = (/** @type {string[]} */ filters) => {
      const mask = evaluate(parse(filters.join(" ")), this.#index),
        words = left.map(scoresOf);
      return mask.reduce(
        (all, held, i) => all + (held && words.every(scores => scores[i]) ? 1 : 0),
        0,
      );
    };
    const dated = !issued && named.find(({ facet }) => !facet),
      note = dated
        ? dated.from === dated.to
          ? _("first public in that year")
          : _("first public in those years")
        : "";
    const terms = left.length ? [] : named.flatMap(({ label }) => label ?? []);
    const sure = !left.length && named.some(({ facet }) => !facet || !this.#tagged.has(facet));
    const offer = (/** @type {string[]} */ filters, /** @type {string} */ said) => ({
      filter: toText(parse([...filters, ...left.map(quoted)].join(" "))),
      count: count(filters),
      note: said,
      sure: sure && filters === texts,
      terms,
    });
    if (count(texts)) return [offer(texts, note)];
    const lacked = named.filter(({ facet, not }) => facet === "has" && !not),
      rest = texts.filter(text => !text.startsWith("has:"));
    const thing = lacked
      .map(({ value = "" }) => this.#index.asked.get(value) ?? value)
      .join(` ${_("and")} `);
    return lacked.length && rest.length && count(rest)
      ? [offer(rest, _("none of them has {thing}", { thing }))]
      : [];
  }
  /** A condition as a filter has it. What is not recorded is not said to be lacking.
      @param {Mmu.Named} named @param {boolean} issued */
  #text({ facet, value = "", not, from, to }, issued) {
    if (!facet) return `${issued ? "published" : "year"}:[${from || "*"} TO ${to || "*"}]`;
    const text = `${facet}:${this.#wide(facet, value)}`;
    return not ? `-${text}${this.#tagged.has(facet) ? ` ${facet}:*` : ""}` : text;
  }
  /** A value with those whose names continue it: of a model its sizes.
      @param {string} facet @param {string} value */
  #wide(facet, value) {
    const more = !this.#tagged.has(facet)
      ? []
      : this.#index
          .beginning(facet, fold(value))
          .filter(other => other !== value && /^[^\p{L}\p{N}/]/u.test(other.slice(value.length)));
    return more.length ? `(${[value, ...more].map(quoted).join(" OR ")})` : quoted(value);
  }
}

/** Years as words say them, {from, to}, "" being no bound; null for other words.
    @param {string} name @returns {Mmu.Named | null} */
function years(name) {
  const [span, from = "", to = ""] = SPAN.exec(name) ?? [];
  return span ? { from, to } : YEAR.test(name) ? { from: name, to: name } : null;
}
