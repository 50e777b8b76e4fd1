/* The search of the site: its papers and its other documents in one ranking. */
import { called, exactly, isCalled, isOf, PaperFound, Thing } from "./documents.js";
import { Engine } from "./engine.js";
import { LISTED, READ } from "./finder.js";
import { mmu } from "./mmu.js";
import { addPapers, synonymsOf } from "./paper_texts.js";
import {
  check,
  evaluate,
  FilterError,
  indexOf,
  leaves,
  parse,
  size,
  spoken,
  toText,
} from "./query.js";
import { records } from "./records.js";
import { WordIndex } from "./word_index.js";
import { stem, stemmed } from "./words.js";

/** What a kind of document is worth beside others that fit as well.
    @type {Record<string, number>} */
const WORTH = {
  paper: 1,
  term: 1.1,
  glossary: 1,
  entry: 0.95,
  section: 0.85,
  list: 0.8,
  page: 0.7,
  work: 0.5,
  guide: 0.3,
};
const GROUPS = Object.keys(WORTH);
const KIND = 1.5,
  MEANT = 2; // what it is worth to be of the kind that a text names, and of the filter that it means

/** What kind of question a text is.
    @param {string} text */
function questioned(text) {
  const meaning = /^\W*(?:what(?:'s| is| are| does)|define|definition|meaning)\b/i.test(text);
  return {
    meaning,
    question: !meaning && /^\W*(?:how|why|who|which|where|when|what|can|does|do)\b/i.test(text),
  };
}

/** @param {string} text */
function readable(text) {
  try {
    return parse(spoken(text));
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}

export class Site extends Engine {
  /** @param {Mmu.FindData} data @param {Mmu.Records | null} records */
  constructor(data, records) {
    const papers = records?.papers ?? [],
      given = data.documents,
      synonyms = synonymsOf(records?.facets ?? []);
    for (const names of data.synonyms) synonyms.add(names);
    super(new WordIndex(papers.length + given.length), synonyms, records);
    this.data = data;
    this.explorer = data.explorer;
    this.documents = [
      ...papers.map((paper, n) => new PaperFound(n, paper, data, records?.searched ?? [])),
      ...given.map((row, n) => new Thing(papers.length + n, row, data)),
    ];
    this.groups = Uint8Array.from(this.documents, ({ group }) => GROUPS.indexOf(group));
    if (records) Array.from(addPapers(this.index, records));
    const others = this.documents.filter(({ paper }) => !paper);
    for (const { n, title, names } of others)
      for (const name of [title, ...names]) this.index.addName(n, "alias", name);
    for (const { n, title, names, within, text, label } of others) {
      this.index.add(n, "title", title);
      for (const name of names) this.index.add(n, "alias", name);
      this.index.add(n, "within", `${within}\n${label}`);
      this.index.add(n, "text", text);
    }
  }

  /** What a text finds, best first. `missed` are the words that nothing has, `all` is whether a hit has every word, `sure` whether the first hit is called so.
      @param {string} text @param {number} [most] @returns {Mmu.Answer} */
  search(text, most = LISTED) {
    const filter = this.#filter(text),
      { every, joined, list } = this.read(filter ? filter.words : [text]),
      { meaning, question } = questioned(text);
    const offered = filter?.offers ?? [];
    if (!list.length)
      return {
        hits: [],
        count: 0,
        offers: offered,
        known: true,
        missed: [],
        all: false,
        sure: false,
      };
    const begun = !/[^\p{L}\p{N}]$/u.test(text) && list.at(-1) === every.at(-1);
    const made = this.words(list, begun),
      found = this.found(made);
    const known = made.every(({ guessed }) => !guessed),
      missed = list.filter((_, n) => !made[n].found.size).map(({ given }) => given);
    const meant = new Map(list.map((one, n) => [one.word, this.meant(one, made[n])])),
      stems = (/** @type {Mmu.Typed[]} */ of) =>
        of.map(({ word }) => stem(meant.get(word) ?? word)).join(" ");
    const guides =
      this.data.guides !== "" &&
      new RegExp(this.data.guides, "iu").test(`${text}\n${[...meant.values()].join(" ")}`);
    const { hits, count } = this.#best(made, group => {
      const worth = group === "guide" && guides ? 1.1 : WORTH[group],
        term = group === "term" || group === "glossary";
      return (
        worth *
        ((meaning && term) || (question && (group === "section" || group === "page")) ? 1.5 : 1)
      );
    });
    const phrase = stems(list),
      whole = stems(every),
      letters = this.letters(every, list);
    const said = new Set(phrase.split(" "));
    const named = (/** @type {Mmu.Entry} */ { paper, label }) =>
      !paper && said.size > 1 && said.has(stemmed(label));
    const people = hits.slice(0, READ).flatMap(({ document }) => document.paper?.authors ?? []);
    const offers = filter ? offered : this.explorer ? this.offers(joined, people) : [],
      within = this.within(offers);
    const terms = new Set(offers.flatMap(({ terms = [] }) => (terms.length > 1 ? terms : []))),
      isNamed = (/** @type {Mmu.Entry} */ document) => isOf(document, said, known ? 1 : 2);
    for (const hit of hits)
      hit.score /=
        hit.document.group === "term" && terms.has(hit.document.title)
          ? hit.share ** 2
          : isNamed(hit.document)
            ? hit.share
            : 1;
    hits.forEach((hit, n) => {
      hit.score *=
        called(hit.document, phrase, whole, letters, n < READ) * (named(hit.document) ? KIND : 1);
    });
    for (const hit of hits) if (within?.[hit.document.n]) hit.score *= MEANT;
    const best = Math.max(0, ...hits.map(({ score }) => score));
    const exact = this.#exact(
      hits,
      every.map(({ word }) => word).join(" "),
      meaning ? list.map(({ word }) => word).join(" ") : "",
      guides,
    );
    for (const document of exact.keys())
      if (!hits.some(hit => hit.document === document))
        hits.push({ document, score: 0, share: 1, all: true, words: found });
    // What has all words comes before what has some; of that, only what one of its names is asked for by is as good.
    const rank = (/** @type {Mmu.Hit} */ { document, all }) =>
      (exact.get(document) ?? 0) * 4 +
      (document.group === "guide" && !guides ? 0 : 2) +
      Number(all || isNamed(document));
    hits.sort((a, b) => rank(b) - rank(a) || b.score - a.score || newer(b.document, a.document));
    const some = hits.some(hit => hit.all),
      kept = hits.filter(hit => hit.all || hit.score > best / 2 || isNamed(hit.document));
    for (const hit of kept) hit.words = found;
    const [first] = kept;
    const sure =
      first !== undefined &&
      known &&
      (exact.has(first.document) || isCalled(first.document, letters));
    return {
      hits: kept.slice(0, most),
      count: Math.max(count, kept.length),
      offers,
      known,
      missed,
      all: some,
      sure,
    };
  }
  /** A text that is a filter of the explorer: what it asks for in words, and the filter as an offer.
      @param {string} text @returns {{ words: string[], offers: Mmu.Offer[] } | null} */
  #filter(text) {
    if (!this.records || !this.explorer || !/[\p{L}\p{N}]:[^\s/]/u.test(text)) return null;
    const index = indexOf(this.records),
      node = readable(text);
    if (!node || check(node, index).length) return null;
    const count = size(evaluate(node, index)),
      values = leaves(node).flatMap(({ kind, value }) => (kind === "match" ? [value] : []));
    return { words: values, offers: count ? [{ filter: toText(node), count, note: "" }] : [] };
  }
  /** The documents that are called what was asked for, each with how exactly. Guides are, where they are asked for.
      @param {Mmu.Hit[]} hits @param {string} whole @param {string} meant @param {boolean} guides @returns {Map<Mmu.Entry, number>} */
  #exact(hits, whole, meant, guides) {
    const papers = hits.flatMap(({ document }) => (document.paper ? [document] : []));
    const others = this.documents.filter(
      ({ paper, group }) => !paper && group !== "work" && (guides || group !== "guide"),
    );
    const ranks = [...papers, ...others].map(
      document => /** @type {const} */ ([document, exactly(document, whole, meant)]),
    );
    return new Map(ranks.filter(([, rank]) => rank));
  }
  /** The documents with the highest scores, and how many have all words.
      @param {Mmu.Asked[]} made @param {(group: string) => number} worth @returns {{ hits: Mmu.Hit[], count: number }} */
  #best(made, worth) {
    const { documents, groups } = this,
      { length } = documents,
      worths = Float32Array.from(GROUPS, worth);
    const score = new Float32Array(length),
      part = new Float32Array(length),
      held = new Uint8Array(length);
    let total = 0,
      count = 0;
    for (const { scores } of made) {
      const { rare } = scores;
      total += rare;
      for (let n = 0; n < length; n++)
        if (scores[n]) {
          score[n] += scores[n];
          part[n] += rare;
          held[n]++;
        }
    }
    for (let n = 0; n < length; n++)
      if (held[n]) {
        score[n] *= worths[groups[n]] * (part[n] / total) ** 2;
        count += Number(held[n] === made.length);
      }
    const least = length > LISTED ? score.slice().sort()[length - LISTED] : 0;
    /** @type {Mmu.Hit[]} */
    const hits = [];
    for (let n = 0; n < length; n++)
      if (score[n] && score[n] >= least)
        hits.push({
          document: documents[n],
          score: score[n],
          share: part[n] / total,
          all: held[n] === made.length,
          words: new Map(),
        });
    return { hits: hits.sort((a, b) => b.score - a.score).slice(0, LISTED), count };
  }
}
/** @param {Mmu.Entry} a @param {Mmu.Entry} b */
const newer = (a, b) => ((a.paper?.date ?? "") < (b.paper?.date ?? "") ? -1 : 1);

/** @type {Site | null} */
let made = null;
/** The search of the site; null where its data are not there. */
export function site() {
  const data = mmu.findData;
  return (made ??= data ? new Site(data, records("papers")) : null);
}
