/* The search of an explorer: the papers of a collection, by their positions. */
import { called, PaperFound } from "./documents.js";
import { Engine, SHORT } from "./engine.js";
import { Names } from "./names.js";
import { addPapers, synonymsOf } from "./paper_texts.js";
import { fold } from "./query.js";
import { records } from "./records.js";
import { WordIndex } from "./word_index.js";
import { stem } from "./words.js";

export const LISTED = 100,
  READ = 40; // hits whose names are looked at more closely, and whose texts are

/** Positions by their scores, the highest first; what is even stays as it is. A number for both is sorted much faster.
    @param {number[]} hits @param {Float32Array<ArrayBuffer>} score */
function inOrder(hits, score) {
  const { length } = hits,
    bits = new Uint32Array(score.buffer); // those of numbers from 0 on have the same order
  const keys = new Float64Array(length),
    sorted = [];
  for (let n = 0; n < length; n++) keys[n] = (2 ** 31 - bits[hits[n]]) * length + n;
  keys.sort();
  for (let n = 0; n < length; n++) sorted.push(hits[keys[n] % length]);
  return sorted;
}

/** The papers of a collection. */
export class Papers extends Engine {
  #parts;
  ready = false;
  /** @param {Mmu.Records} data @param {string[]} fields */
  constructor(data, fields) {
    super(new WordIndex(data.papers.length), synonymsOf(data.facets), data);
    this.#parts = this.#make(data, fields);
    this.data = data;
    /** @type {Map<number, PaperFound>} */
    this.shown = new Map();
  }

  /** @param {Mmu.Records} data @param {string[]} fields */
  *#make(data, fields) {
    yield* addPapers(this.index, data, fields);
    yield;
    this.names = new Names(data);
  }
  /** Make a part of the index; false if all are there. */
  step() {
    this.ready ||= Boolean(this.#parts.next().done);
    return !this.ready;
  }
  finish() {
    while (this.step());
  }

  /** What some words find, each looked for as the beginning of one: {masks, guessed, whole, order}; of each word 1 for the
      papers that have it, whether it had to be guessed, and whether parts of words are no match: of a name, and of a short
      word; and a function that puts positions in order, the best first.
      @param {string[]} texts */
  ask(texts) {
    this.finish();
    const { every, list } = this.read(texts),
      made = list.length ? this.words(list, true, true) : [],
      {
        index: { size },
      } = this;
    const parts = texts.map((_, n) => made.filter((_, at) => list[at].n === n));
    const masks = parts.map(part => {
      const mask = new Uint8Array(size);
      for (let i = 0; i < size; i++) mask[i] = +part.every(({ scores }) => scores[i]); // words of questions exclude nothing
      return mask;
    });
    const guessed = parts.map(part => part.some(one => one.guessed));
    const whole = texts.map(
      (text, n) =>
        !parts[n].length ||
        text.length <= SHORT ||
        list.some(one => one.n === n && (one.whole || one.word !== fold(text))),
    );
    return {
      masks,
      guessed,
      whole,
      order: (/** @type {number[]} */ hits) => this.#order(hits, every, list, made),
    };
  }
  /** @param {number[]} hits @param {Mmu.Typed[]} every @param {Mmu.Typed[]} list @param {Mmu.Asked[]} made */
  #order(hits, every, list, made) {
    const score = new Float32Array(this.index.size),
      phrase = list.map((one, n) => stem(this.meant(one, made[n]))).join(" ");
    const letters = this.letters(every, list);
    for (const { scores } of made) for (let i = 0; i < score.length; i++) score[i] += scores[i];
    const sorted = inOrder(hits, score);
    sorted.slice(0, LISTED).forEach((i, n) => {
      score[i] *= called(this.#shown(i), phrase, phrase, letters, n < READ);
    });
    const best = sorted.splice(0, LISTED).sort((a, b) => score[b] - score[a]);
    return [...best, ...sorted];
  }
  /** @param {number} i */
  #shown(i) {
    if (!this.shown.has(i))
      this.shown.set(
        i,
        new PaperFound(i, this.data.papers[i], { paper: "", explorer: "" }, this.data.searched),
      );
    return /** @type {PaperFound} */ (this.shown.get(i));
  }

  /** Filters that mean what some words say.
      @param {string[]} texts @param {number[]} hits @returns {Mmu.Offer[]} */
  offered(texts, hits) {
    return this.offers(
      this.read(texts).joined,
      hits.slice(0, READ).flatMap(i => this.data.papers[i].authors),
    );
  }
}

/** @type {Map<string, Papers>} */
const collections = new Map();
/** What finds the papers of a collection by words, with those of some `fields`, made once for each choice of these; null where its records are not there.
    @param {string} name @param {string[]} [fields] @returns {Papers | null} */
export function papers(name, fields = []) {
  const data = records(name),
    searched = fields.filter(field => data?.fieldNames.has(field)).sort(),
    known = [name, ...searched].join(" ");
  if (data && !collections.has(known)) collections.set(known, new Papers(data, searched));
  return collections.get(known) ?? null;
}
