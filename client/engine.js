/* Documents in an index, asked by the words of a text. */
import { Names } from "./names.js";
import { evaluate, indexOf, parse } from "./query.js";
import { PARTS, WEIGHTS } from "./word_index.js";
import { dated, isPhrase, stem, telling, typed, words } from "./words.js";

const KEPT = 40; // answers for a word
const ALIKE = 0.5; // what another name of a thing counts beside its own
export const SHORT = 3; // letters of a word that may be the beginning of one though others follow
const NONE = Object.assign(new Float32Array(), { rare: 0 });

/** Documents in an index, with the names that things have. */
export class Engine {
  /** @param {import("./word_index.js").WordIndex} index @param {import("./synonyms.js").Synonyms} synonyms @param {Mmu.Records | null} records */
  constructor(index, synonyms, records) {
    this.index = index;
    this.synonyms = synonyms;
    this.records = records;
    /** @type {Names | null} */
    this.names = null;
  }

  /** @type {Set<string> | null} */
  #venues = null;
  get venues() {
    return (this.#venues ??= new Set(
      (this.records?.columns.text("venue")?.values ?? []).flatMap(value =>
        words(value.split("\n")[0]),
      ),
    ));
  }

  /** What is asked for: `every` word, and in `list` those that are looked for. In `joined`, several that are a name with
      words of questions between them are one: "forget me not". Where there are only such words, they are looked for.
      @param {string[]} texts */
  read(texts) {
    const every = dated(typed(texts), this.venues);
    /** @type {Mmu.Typed[]} */
    const joined = [];
    for (let n = 0; n < every.length;) {
      const name = this.#name(every, n);
      joined.push(name ? { ...every[n], word: name.word, tied: false, whole: true } : every[n]);
      n += name?.length ?? 1;
    }
    const kept = telling(joined);
    return { every, joined, list: kept.length ? kept : joined };
  }
  /** The longest name of a work from a word on that has words of questions, or word with hyphens that has some.
      @param {Mmu.Typed[]} every @param {number} from */
  #name(every, from) {
    for (let length = Math.min(PARTS, every.length - from); length > 1; length--) {
      const run = every.slice(from, from + length),
        parts = run.map(({ word }) => word),
        word = parts.join("");
      const known = run.slice(1).every(({ tied }) => tied)
        ? this.index.has(word)
        : this.index.own.has(word);
      if (known && isPhrase(parts)) return { word, length };
    }
    return null;
  }

  /** @type {Map<string, any>} */
  #known = new Map();
  /** What was asked last is asked again as the next word is typed.
      @template T @param {string} name @param {() => T} make @returns {T} */
  #once(name, make) {
    const known = this.#known.get(name) ?? make();
    this.#known.delete(name);
    this.#known.set(name, known);
    if (this.#known.size > KEPT)
      this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
    return known;
  }
  /** @param {Mmu.Typed} typed @param {boolean} begun @returns {Mmu.Asked} */
  #asked({ word, exact }, begun) {
    return this.#once(`${word}${begun ? "*" : ""}${exact ? "!" : ""}`, () => {
      const { found, guessed } = this.index.like(word, begun, Boolean(exact));
      return { found, guessed, scores: this.index.scores(found) };
    });
  }
  /** @param {string} name */
  #stem(name) {
    return this.#once(`~${name}`, () => {
      const found = new Map(this.index.stemmed(name).map(id => [id, 1]));
      return { found, scores: this.index.scores(found, WEIGHTS.tag) };
    });
  }

  /** Of each word its scores, the words of texts that it finds, and whether it was guessed. Where `begun`, the last may go
      on, or `all` that are not short.
      @param {Mmu.Typed[]} list @param {boolean} begun @param {boolean} [all] @returns {Mmu.Asked[]} */
  words(list, begun, all = false) {
    const last = list.at(-1)?.word,
      goesOn = (/** @type {Mmu.Typed} */ { word }) =>
        word === last || (all && word.length >= SHORT);
    const made = list.map(one => ({ ...this.#asked(one, begun && goesOn(one)) }));
    list.forEach(({ word, initial }, n) => {
      const at = /^\p{L}{2}/u.test(list[n + 1]?.word ?? "") ? n + 1 : n - 1;
      if (initial && list[at]) this.#initial(word, list[at].word, made[n], made[at]);
    });
    this.#together(list, made, begun);
    for (const { from, to, others } of this.synonyms.within(list.map(({ word }) => stem(word)))) {
      const other = this.#phrases(others);
      if (!other.found.size) continue;
      for (const one of made.slice(from, to)) {
        const { scores } = one;
        one.scores = Object.assign(scores.slice(), { rare: scores.rare });
        for (let i = 0; i < scores.length; i++) one.scores[i] += ALIKE * other.scores[i];
        one.also = new Map([...(one.also ?? []), ...other.found]);
        one.guessed = false;
      }
    }
    return made;
  }
  /** Y. Zhang and "Zhang, Y." are authors of that family name whose given names begin so.
      @param {string} letter @param {string} family @param {Mmu.Asked} initial @param {Mmu.Asked} name */
  #initial(letter, family, initial, name) {
    const { papers = [] } = this.records ?? {},
      { found, scores } = name;
    const isOwn = (/** @type {string} */ author) => {
      const names = words(author);
      return names.slice(0, -1).some(given => given[0] === letter) && names.includes(family, 1);
    };
    const kept = Object.assign(
      scores.map((score, i) => (score && papers[i]?.authors.some(isOwn) ? score : 0)),
      { rare: scores.rare },
    );
    if (!kept.some(Boolean)) return;
    for (const one of [initial, name]) Object.assign(one, { scores: kept, found, guessed: false });
  }
  /** @param {string} letters @param {boolean} begun */
  #named(letters, begun) {
    return this.#once(`=${letters}${begun ? "*" : ""}`, () => {
      const { found, guessed } = this.index.named(letters, begun);
      return { found, guessed, scores: found.size ? this.index.scores(found) : NONE };
    });
  }
  /** The letters of all that was asked for, and of the name that they could be.
      @param {Mmu.Typed[]} every @param {Mmu.Typed[]} list */
  letters(every, list) {
    const [all, said] = [every, list].map(some => some.map(({ word }) => word).join(""));
    return new Set([
      all,
      ...(list.length > 1
        ? [...this.#named(said, false).found.keys()].map(id => this.index.word(id))
        : []),
    ]);
  }
  /** Words that are a name together: "meta cloak" finds MetaCloak.
      @param {Mmu.Typed[]} list @param {Mmu.Asked[]} made @param {boolean} begun */
  #together(list, made, begun) {
    for (let from = 0; from < list.length; from++)
      for (let to = from + 2; to <= Math.min(list.length, from + PARTS); to++) {
        const run = list.slice(from, to),
          letters = run.map(({ word }) => word).join("");
        const { found, guessed, scores } = this.#named(letters, begun && to === list.length);
        if (!found.size || (guessed && run.some(({ exact }) => exact))) continue;
        for (const one of made.slice(from, to)) {
          const instead = one.guessed && !guessed,
            before = one.scores;
          one.found = new Map([...(instead ? [] : one.found), ...found]);
          one.scores = instead
            ? scores
            : Object.assign(
                before.map((score, i) => Math.max(score, scores[i])),
                { rare: before.rare },
              );
          one.guessed &&= guessed;
        }
      }
  }
  /** The documents with all words of any of some phrases.
      @param {string[][]} phrases */
  #phrases(phrases) {
    const { index } = this,
      best = new Float32Array(index.size),
      all = new Map();
    for (const phrase of phrases) {
      const parts = phrase.map(name => this.#stem(name));
      if (parts.some(({ found }) => !found.size)) continue;
      for (let i = 0; i < best.length; i++) {
        let sum = 0;
        for (const { scores } of parts) {
          if (!scores[i]) {
            sum = 0;
            break;
          }
          sum += scores[i];
        }
        if (sum) best[i] = Math.max(best[i], sum / parts.length);
      }
      for (const { found } of parts) for (const [id, worth] of found) all.set(id, worth);
    }
    return { scores: best, found: all };
  }
  /** What a word that had to be guessed was most likely meant to be; any other word itself.
      @param {Mmu.Typed} typed @param {Mmu.Asked} asked */
  meant({ word }, { guessed, found }) {
    const [[id] = []] = guessed
      ? [...found].sort(([a, x], [b, y]) => y - x || this.index.often[b] - this.index.often[a])
      : [];
    return id === undefined ? word : this.index.word(id);
  }
  /** The words of texts that were found, folded: of each, how well it fits which of the words asked for.
      @param {Mmu.Asked[]} made @returns {Mmu.Matches} */
  found(made) {
    const found = new Map();
    made.forEach(({ found: own, also }, n) => {
      for (const [id, worth] of [...own, ...(also ?? [])]) {
        const word = this.index.word(id);
        if (!(found.get(word)?.worth >= worth)) found.set(word, { n, worth });
      }
    });
    return found;
  }
  /** The papers of a filter that says just what was typed, where others only look like answers.
      @param {Mmu.Offer[]} offers */
  within([offer]) {
    return offer?.sure && this.records
      ? evaluate(parse(offer.filter), indexOf(this.records))
      : null;
  }
  /** Filters that mean what was typed; `people` are authors who may be meant.
      @param {Mmu.Typed[]} asked @param {string[]} people @returns {Mmu.Offer[]} */
  offers(asked, people) {
    if (!this.records) return [];
    const scoresOf = (/** @type {string} */ word) =>
      this.#asked({ word, given: word, n: 0 }, true).scores;
    return (this.names ??= new Names(this.records)).offers(
      asked.map(({ word }) => word),
      people,
      scoresOf,
    );
  }
}
