/* The search: one index and one ranking for every field of the site. It touches no page; what
   site() reads are mmu-papers.js and mmu-find-data.js, where they are loaded.

     const site = find.site();                       // papers, terms, sections, …; made once
     const { hits, count, offers, known } = site.search("what is direct gradient");
     const papers = find.papers("papers");           // the records of an explorer, by their positions
     while (papers.step());                          // makes its index by parts; ask() makes what is left of it
     const { masks, order } = papers.ask(["concept", "erasure"]);

   `count` says how many documents have all words; `hits` are the best. A hit is {document, score, all, words}: `all` says that every word was found, `words` are those of the texts that
   match, folded. A document: {n, group, label, title, within, address, names, text, paper}. `offers` are
   filters that mean what was typed: {filter, count, note}. `known` is false where a word was only guessed. */
import { END } from "./columns.js";
import { _ } from "./messages.js";
import { mmu } from "./mmu.js";
import { evaluate, fold, indexOf, parse, quoted, size, toText, venueLabel } from "./query.js";
import { records } from "./records.js";

// --- Words

const WORD = /[\p{L}\p{N}]+/gu;
const HYPHEN = /[-’'‐‑](?! )/, SIGNS = /[^\p{L}\p{N}]+/gu;
const COMPOUND = /[\p{L}\p{N}]+(?:[-’'‐‑][\p{L}\p{N}]+)+/gu;

/** The words of a text, folded.
    @param {string} text */
export const words = text => {
  /** @type {string[]} */
  const found = [];
  each(fold(text), word => found.push(word));
  return found;
};

/* Each word of a folded text, and each END as "": a pattern takes ten times as long. */
const OTHER = /[\p{L}\p{N}]/u;
/** @param {string} text @param {(word: string) => void} act */
function each(text, act) {
  for (let from = -1, at = 0; at <= text.length; at++) {
    const sign = at < text.length ? text.charCodeAt(at) : 32;
    const inside = (sign > 96 && sign < 123) || (sign > 47 && sign < 58) || (sign > 127 && isLetter(text, at, sign));
    if (inside && from < 0) from = at;
    else if (!inside && from >= 0) {
      act(text.slice(from, at));
      from = -1;
    }
    if (sign === 127) act("");
  }
}
/** @type {Map<number, boolean>} */
const letters = new Map();
/** @param {string} text @param {number} at @param {number} sign */
function isLetter(text, at, sign) {
  const whole = /** @type {number} */ (sign >= 0xd800 && sign < 0xe000 ? text.codePointAt(sign < 0xdc00 ? at : at - 1) : sign);
  if (!letters.has(whole)) letters.set(whole, OTHER.test(String.fromCodePoint(whole)));
  return /** @type {boolean} */ (letters.get(whole));
}

/* Words that a question is made of. They count where there is nothing else. */
const QUESTION = new Set(`a about am an and any are as at be been but by can could did do does for from had has have help how i
if in into is it its me more my need not of on one or our shall should so some such than that the their them then there
these they this those to too use used using was we were what when where which who whom whose why will with would you
your vs via per mean means meant meaning definition define defined explain explained needed required`.split(/\s+/));

/** A part of a word that its forms share: erase, erasing, erasure; colour, color. It is no word of a language, and only
    has to differ where words differ.
    @type {Record<string, string>} */
const FORMS = { erasure: "eras", erasures: "eras", eraser: "eras", erasers: "eras", forgot: "forget", forgotten: "forget",
  learnt: "learn", learned: "learn", unlearnt: "unlearn", unlearned: "unlearn", learns: "learn", analyses: "analys",
  analysis: "analys", criteria: "criterion", indices: "index", data: "data", bias: "bias", biases: "bias", gone: "go" };
/** @type {[RegExp, string][]} */
const ENDINGS = [
  [/(?<=[^aeiou].*)(?:isation|ization)s?$/, "iz"], [/(?<=.{3})(?:ations?|ated|ates?|ating|ative|atives)$/, ""],
  [/(?<=.{2})ies$/, "y"], [/(?<=(?:ss|sh|ch|x|zz))es$/, ""], [/(?<=.{2}[^sui])s$/, ""],
  [/(?<=.{3})(?:ings?|ed|edly|ingly)$/, ""], [/(?<=.{3}[st])ions?$/, ""], [/(?<=.{4})(?:ness|ment|ments)$/, ""],
  [/(?<=.{4})ly$/, ""], [/(?<=[bdfgklmnprtv])our$/, "or"], [/(?<=.{2})is(?=e?$)/, "iz"], [/(?<=.{2})(?:(?<!ett)e|y)$/, ""],
  [/([bdgklmnprt])\1$/, "$1"],
];
/** @type {Map<string, string>} */
const stems = new Map();
/** @param {string} word */
export function stem(word) {
  let found = stems.get(word);
  if (found === undefined) {
    found = Object.hasOwn(FORMS, word) ? FORMS[word] : word;
    if (found === word && word.length > 3 && !/\d/.test(word)) for (const [end, by] of ENDINGS) found = found.replace(end, by);
    stems.set(word, found);
  }
  return found;
}
/** @param {string} text */
const stemmed = text => words(text).map(stem).join(" ");

/** Whether a word can be made of another by so few slips: a letter left out, put in, changed, or two that have changed
    places. Where `open`, what follows in the other word does not count.
    @param {string} word @param {string} other @param {number} most @param {boolean} open @returns {number} */
function isNear(word, other, most, open) {
  const width = other.length;
  /** @type {number[]} */
  let last = [];
  let row = Array.from({ length: width + 1 }, (_, i) => i);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= width; j++) {
      let cost = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + Number(word[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) cost = Math.min(cost, last[j - 2] + 1);
      next.push(cost);
      if (cost < best) best = cost;
    }
    if (best > most) return 0;
    [last, row] = [row, next];
  }
  const edits = open ? Math.min(...row.slice(word.length - most)) : row[width];
  return edits <= most ? edits || 1 : 0;
}

/** Which letters a word has: words that differ in too many need no closer look.
    @param {string} word */
function lettersOf(word) {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31);
  return mask;
}
/** @param {number} mask */
function bits(mask) {
  let n = 0;
  for (let rest = mask; rest; rest &= rest - 1) n++;
  return n;
}

// --- The index

/** What is searched, and how much it weighs there.
    @type {Record<string, number>} */
const WEIGHTS = { name: 10, title: 6, alias: 5, people: 5, venue: 3, tag: 2.5, within: 1.2, field: 1, text: 1 };
const FIELDS = Object.keys(WEIGHTS), WEIGHT = FIELDS.map(name => WEIGHTS[name]);
const NUMBER = Object.fromEntries(FIELDS.map((name, n) => [name, n])), TEXT = NUMBER.text;
const SHIFT = 4; // bits for the field in a posting
const SATURATION = 6, LENGTH = 0.5; // how soon more of a word counts less; how much a long text is held against it
const INFIX = 4, FUZZY = 4; // letters from which on a word is looked for within others, and forgiven a slip
const KEPT = 40; // answers for a word
const PART = 500; // papers whose texts are read without giving way
const TWO_SLIPS = 8; // letters from which on it is forgiven two

/** Words of texts and where they are. A document is a number; `add` its texts. Nothing is sorted by words: to read all texts
    once for a word takes less than that would, for as many words as anyone types. */
class Index {
  /** @type {Map<string, number>} */
  #ids = new Map();
  /** @type {string[]} */
  #words = [];
  /** The numbers of the words of all texts, and before those of a text ~ its place: the document and the field.
      @type {number[]} */
  #texts = [];
  /** @type {{ first: number, numbers: Mmu.Numbers, lists: number[][], texts: { ids: number[], weights: number[] }[] }[]} */
  #columns = [];
  /** @type {Int32Array | null} */
  #all = null; // which are read faster, once there are no more
  /** @type {number | null} */
  #mean = null;
  /** @param {number} size */
  constructor(size) {
    this.size = size;
    this.lengths = new Uint32Array(size);
    /** @type {Map<string, number[]> | null} */
    this.stems = null;
  }

  /** The number of a word.
      @param {string} word */
  #id(word) {
    let id = this.#ids.get(word);
    if (id === undefined) this.#ids.set(word, id = this.#words.push(word) - 1);
    return id;
  }
  /** A text of a document.
      @param {number} document @param {string} field @param {string} text */
  add(document, field, text) {
    if (text) this.addAll(document, field, { text: fold(text) });
  }
  /** A folded text for each document from `first` on, with END between them.
      @param {number} first @param {string} field @param {{ text: string }} texts */
  addAll(first, field, { text }) {
    const texts = this.#texts, number = NUMBER[field], place = (/** @type {number} */ document) => ~(document << SHIFT | number);
    let document = first;
    texts.push(place(document));
    each(text, word => {
      if (!word) texts.push(place(++document));
      else {
        texts.push(this.#id(word));
        if (number === TEXT) this.lengths[document]++;
      }
    });
    if (number !== TEXT && HYPHEN.test(text)) text.split(END).forEach((one, i) => this.#join(one, place(first + i)));
  }
  /** Parts with a hyphen between them are one word, too.
      @param {string} folded @param {number} place */
  #join(folded, place) {
    if (HYPHEN.test(folded)) this.#texts.push(place, ...Array.from(folded.matchAll(COMPOUND), ([compound]) => this.#id(compound.replace(SIGNS, ""))));
  }
  /** For each document from `first` on one of some lists of texts, each [field, text].
      @param {number} first @param {Mmu.Numbers} numbers @param {[field: string, text: string][][]} lists */
  addColumn(first, numbers, lists) {
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {{ ids: number[], weights: number[] }[]} */
    const texts = [];
    const number = (/** @type {[field: string, text: string]} */ [field, text]) => {
      const name = `${field} ${text}`, n = known.get(name) ?? texts.push(this.#weighed(field, text)) - 1;
      known.set(name, n);
      return n;
    };
    this.#columns.push({ first, numbers, lists: lists.map(list => list.map(number)), texts });
  }
  /** The words of a text, each once, and what each weighs.
      @param {string} field @param {string} text */
  #weighed(field, text) {
    /** @type {Map<number, number>} */
    const times = new Map();
    for (const word of words(text)) times.set(this.#id(word), (times.get(this.#id(word)) ?? 0) + 1);
    return { ids: [...times.keys()], weights: Array.from(times.values(), n => WEIGHTS[field] * (1 + Math.log(n))) };
  }

  /** The numbers of the words that have a stem.
      @param {string} name @returns {number[]} */
  stemmed(name) { return this.#stems.get(name) ?? []; }
  get #stems() {
    if (this.stems) return this.stems;
    /** @type {Map<string, number[]>} */
    const stems = this.stems = new Map();
    this.#words.forEach((word, id) => {
      const name = stem(word), ids = stems.get(name);
      if (ids) ids.push(id);
      else stems.set(name, [id]);
    });
    return stems;
  }

  /** The words that one word finds: a Map from each one's number to what it counts, and whether it had to be guessed.
      @param {string} word @param {boolean} begun @returns {{ found: Mmu.Like, guessed: boolean }} */
  like(word, begun) {
    const found = new Map(), put = (/** @type {number} */ id, /** @type {number} */ worth) => { if (!(found.get(id) >= worth)) found.set(id, worth); };
    const own = this.#ids.get(word);
    if (own !== undefined) put(own, 1);
    for (const id of this.#stems.get(stem(word)) ?? []) put(id, 0.9);
    const exact = found.size > 0, within = word.length >= INFIX;
    if (begun || within) this.#words.forEach((other, id) => {
      const at = other.length > word.length ? other.indexOf(word) : -1;
      if (at === 0) put(id, (begun ? 0.7 : 0.4) * (0.4 + 0.6 * word.length / other.length) * (exact ? 0.5 : 1));
      else if (at > 0 && within) put(id, 0.25 * word.length / other.length);
    });
    if (found.size) return { found, guessed: false };
    return { found: this.near(word, begun), guessed: true };
  }
  /** The words that one could have been meant to be.
      @param {string} word @param {boolean} begun @returns {Mmu.Like} */
  near(word, begun) {
    const found = new Map(), most = word.length < FUZZY ? 0 : word.length < TWO_SLIPS ? 1 : 2, letters = lettersOf(word);
    if (!most || /^\d+$/.test(word)) return found;
    this.#words.forEach((other, id) => {
      const longer = other.length - word.length, open = begun && longer > most;
      if (longer < -most || (longer > most && !open) || other.length < FUZZY - 1) return;
      this.#masks ??= Uint32Array.from(this.#words, lettersOf);
      if (bits(letters & ~this.#masks[id]) > most) return;
      const edits = isNear(word, open ? other.slice(0, word.length + most) : other, most, open);
      if (edits) found.set(id, (edits === 1 ? 0.6 : 0.3) * (open ? 0.5 : 1) * (word[0] === other[0] ? 1 : 0.6));
    });
    const best = Math.max(...found.values());
    return new Map([...found].filter(([, worth]) => worth >= best / 3));
  }
  /** @type {Uint32Array | null} */
  #masks = null;

  /** What each document has of some words, as `like` gives them: a score, 0 for most.
      @param {Mmu.Like} like @returns {Mmu.Scores} */
  scores(like) {
    const { size, lengths } = this, texts = this.#all ??= Int32Array.from(this.#texts), score = new Float32Array(size), mean = this.#mean ??= meanOf(lengths);
    const worths = new Float64Array(this.#words.length), last = new Int32Array(worths.length).fill(-1), times = new Int32Array(worths.length);
    for (const [id, worth] of like) worths[id] = worth;
    let held = 0, place = 0;
    for (let i = 0; i < texts.length; i++) {
      const id = texts[i];
      if (id < 0) place = ~id;
      else if (worths[id]) {
        const document = place >> SHIFT, field = place & (1 << SHIFT) - 1;
        if (last[id] !== place) {
          if (last[id] >> SHIFT !== document) held++;
          last[id] = place;
          times[id] = 0;
        }
        score[document] += worths[id] * WEIGHT[field] * more(times[id]++) / (field === TEXT ? 1 - LENGTH + LENGTH * lengths[document] / mean : 1);
      }
    }
    for (const { first, numbers, lists, texts } of this.#columns) {
      const found = texts.map(({ ids, weights }) => ids.map((id, n) => worths[id] * weights[n]).filter(Boolean));
      if (!found.some(({ length }) => length)) continue;
      const own = lists.map(list => list.flatMap(n => found[n])), sums = own.map(list => list.reduce((sum, worth) => sum + worth, 0));
      for (let i = 0; i < numbers.length; i++) {
        score[first + i] += sums[numbers[i]];
        held += own[numbers[i]].length;
      }
    }
    const rare = Math.log(1 + (size + 0.5) / (Math.min(held, size) + 0.5));
    for (let i = 0; i < size; i++) if (score[i]) score[i] = rare * score[i] / (score[i] + SATURATION);
    return Object.assign(score, { rare });
  }
  /** @param {number} id */
  word(id) { return this.#words[id]; }
  /** How often each word occurs, in a text of a column once. */
  get often() {
    if (this.#often) return this.#often;
    const often = this.#often = new Uint32Array(this.#words.length);
    for (const id of this.#texts) if (id >= 0) often[id]++;
    for (const { numbers, lists, texts } of this.#columns) for (let i = 0; i < numbers.length; i++)
      for (const n of lists[numbers[i]]) for (const id of texts[n].ids) often[id]++;
    return often;
  }
  /** @type {Uint32Array | null} */
  #often = null;
}
/** How much more a word counts that a text had so many times before.
    @param {number} times */
const more = times => times ? Math.log((times + 1) / times) : 1;
/** @param {Uint32Array} lengths */
function meanOf(lengths) {
  const texts = lengths.filter(Boolean);
  return texts.reduce((sum, n) => sum + n, 0) / (texts.length || 1) || 1;
}

// --- Names for one thing

/* Phrases that mean the same, from each to the others: stems with blanks between them. Texts are not searched for "without
   training": its words say nothing apart. */
const NEGATION = /^(?:without|no|not) /;
class Synonyms {
  /** @type {Map<string, Set<string>>} */
  #of = new Map();
  longest = 0;
  /** @param {string[]} names */
  add(names) {
    const phrases = [...new Set(names.map(stemmed))].filter(Boolean);
    for (const phrase of phrases) for (const other of phrases) if (other !== phrase && !NEGATION.test(other)) {
      if (!this.#of.has(phrase)) this.#of.set(phrase, new Set());
      this.#of.get(phrase)?.add(other);
      this.longest = Math.max(this.longest, phrase.split(" ").length);
    }
  }
  /** The phrases of a text that have others: {from, to, others}. A part of a phrase says less than all of it.
      @param {string[]} stems */
  within(stems) {
    const found = [];
    for (let from = 0; from < stems.length; from++)
      for (let to = from + 1; to <= Math.min(stems.length, from + this.longest); to++) {
        const phrase = stems.slice(from, to), others = [...this.#of.get(phrase.join(" ")) ?? []];
        const kept = others.map(other => other.split(" ")).filter(other => !other.every(word => phrase.includes(word)));
        if (kept.length) found.push({ from, to, others: kept });
      }
    return found;
  }
}

// --- Asking

/** What is asked for, and how.
    @param {string} text */
function asked(text) {
  const every = words(text), kept = every.filter(word => !QUESTION.has(word)), list = kept.length ? kept : every;
  const begun = list.length > 0 && !/[^\p{L}\p{N}]$/u.test(text) && list.at(-1) === every.at(-1);
  const meaning = /^\W*(?:what(?:'s| is| are| does)|define|definition|meaning)\b/i.test(text);
  return { every, list, begun, meaning, question: !meaning && /^\W*(?:how|why|who|which|where|when|what|can|does|do)\b/i.test(text) };
}

/** Documents in an index, with the names that things have. */
class Engine {
  /** @param {Index} index @param {Synonyms} synonyms */
  constructor(index, synonyms) {
    this.index = index;
    this.synonyms = synonyms;
  }

  /** @type {Map<string, any>} */
  #known = new Map();
  /** What was asked last is asked again as the next word is typed.
      @template T @param {string} name @param {() => T} make @returns {T} */
  #once(name, make) {
    const known = this.#known.get(name) ?? make();
    this.#known.delete(name);
    this.#known.set(name, known);
    if (this.#known.size > KEPT) this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
    return known;
  }
  /** @param {string} word @param {boolean} begun @returns {Mmu.Asked} */
  #asked(word, begun) {
    return this.#once(`${word}${begun ? "*" : ""}`, () => {
      const { found, guessed } = this.index.like(word, begun);
      return { found, guessed, scores: this.index.scores(found) };
    });
  }
  /** @param {string} name */
  #stem(name) {
    return this.#once(`~${name}`, () => {
      const found = new Map(this.index.stemmed(name).map(id => [id, 1]));
      return { found, scores: this.index.scores(found) };
    });
  }

  /** Of each word its scores, the words of texts that it finds, and whether it was guessed. Where `begun`, the last may go
      on, or `all`.
      @param {string[]} list @param {boolean} begun @param {boolean} [all] @returns {Mmu.Asked[]} */
  words(list, begun, all = false) {
    const made = list.map((word, n) => ({ ...this.#asked(word, begun && (all || n === list.length - 1)) }));
    for (let n = 1; n < list.length; n++) this.#joined(list[n - 1] + list[n], made.slice(n - 1, n + 1));
    for (const { from, to, others } of this.synonyms.within(list.map(stem))) {
      const other = this.#phrases(others);
      if (!other.found.size) continue;
      for (const one of made.slice(from, to)) {
        const { scores } = one;
        one.scores = Object.assign(scores.slice(), { rare: scores.rare });
        for (let i = 0; i < scores.length; i++) if (0.8 * other.scores[i] > scores[i]) one.scores[i] = 0.8 * other.scores[i];
        one.also = new Map([...one.also ?? [], ...other.found]);
        one.guessed = false;
      }
    }
    return made;
  }
  /** "meta cloak" finds MetaCloak.
      @param {string} word @param {Mmu.Asked[]} two */
  #joined(word, two) {
    const whole = this.index.stemmed(stem(word)).map(id => /** @type {[number, number]} */ ([id, this.index.word(id) === word ? 1 : 0.9]));
    if (whole.length) for (const one of two) {
      one.found = new Map([...one.guessed ? [] : one.found, ...whole]);
      one.guessed = false;
      one.scores = this.index.scores(one.found);
    }
  }
  /** The documents with all words of any of some phrases.
      @param {string[][]} phrases */
  #phrases(phrases) {
    const { index } = this, best = new Float32Array(index.size), all = new Map();
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
      @param {string} word @param {Mmu.Asked} asked */
  meant(word, { guessed, found }) {
    const [[id] = []] = guessed ? [...found].sort(([a, x], [b, y]) => y - x || this.index.often[b] - this.index.often[a]) : [];
    return id === undefined ? word : this.index.word(id);
  }
  /** The words of texts that were found, folded: of each, how well it fits which of the words asked for.
      @param {Mmu.Asked[]} made @returns {Mmu.Matches} */
  found(made) {
    const found = new Map();
    made.forEach(({ found: own, also }, n) => {
      for (const [id, worth] of [...own, ...also ?? []]) {
        const word = this.index.word(id);
        if (!(found.get(word)?.worth >= worth)) found.set(word, { n, worth });
      }
    });
    return found;
  }
}
// --- The papers of a collection

const COLUMNS = [["short", "name"], ["title", "title"], ["vt", "venue"], ["date", "field"], ["words", "field"], ["type", "field"],
  ["links", "field"], ["author", "people"], ["venue", "field"], ["key", "field"]]; // where they are searched
/** The texts of papers, by their positions from `first` on; `fields` are searched besides those that say what they are
    about. It gives way after each part.
    @param {Index} index @param {Mmu.Records} data @param {string[]} [fields] @param {number} [first] */
function* addPapers(index, data, fields = [], first = 0) {
  const { papers, facets, columns, searched, fieldNames } = data, filters = indexOf(data);
  for (const [name, field] of COLUMNS) {
    const { text, values, numbers } = filters.folded(name);
    if (values) index.addColumn(first, numbers, values.map(value => [[field, value]]));
    else index.addAll(first, field, { text });
    yield;
  }
  /** @type {((paper: Mmu.Paper) => string)[]} */
  const texts = [paper => paper.abs, ...[...new Set([...searched, ...fields])].filter(name => fieldNames.has(name)).map(name => (/** @type {Mmu.Paper} */ paper) => paper.field(name))];
  for (const text of texts) for (let i = 0; i < papers.length; i++) {
    index.add(first + i, "text", text(papers[i]));
    if (i % PART === PART - 1) yield;
  }
  for (const facet of facets) {
    const { lists, numbers } = columns.values(facet.name) ?? { lists: [], numbers: [] }, texts = tagTexts(facet);
    index.addColumn(first, numbers, lists.map(list => list.flatMap(texts)));
  }
}
/** What a value of a facet is called, as texts: value → [field, text][].
    @param {Mmu.Facet} facet @returns {(value: string) => [field: string, text: string][]} */
function tagTexts({ values, numbered, summary, verb }) {
  const byValue = new Map(values.map(v => [v.value, v]));
  return value => {
    const parts = value.split("/"), terms = parts.flatMap((_, n) => byValue.get(parts.slice(0, n + 1).join("/")) ?? []);
    const others = terms.flatMap(({ value, aliases, order }) => [...aliases, numbered && !value.includes("/") ? String(order) : ""]);
    return [["field", summary ? verb : ""], ["tag", terms.map(({ label }) => label).join("\n")], ["field", others.join("\n")]];
  };
}

/** @param {Mmu.Facet[]} facets */
function synonymsOf(facets) {
  const made = new Synonyms();
  for (const { values } of facets) for (const { label, aliases } of values) if (aliases.length) made.add([label, ...aliases]);
  return made;
}

/** Positions by their scores, the highest first; what is even stays as it is. A number for both is sorted much faster.
    @param {number[]} hits @param {Float32Array<ArrayBuffer>} score */
function inOrder(hits, score) {
  const { length } = hits, bits = new Uint32Array(score.buffer); // those of numbers from 0 on have the same order
  const keys = new Float64Array(length), sorted = [];
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
    super(new Index(data.papers.length), synonymsOf(data.facets));
    this.#parts = addPapers(this.index, data, fields);
    this.data = data;
    /** @type {Map<number, PaperFound>} */
    this.shown = new Map();
    /** @type {Names | null} */
    this.names = null;
  }

  /** Make a part of the index; false if all are there. */
  step() {
    this.ready ||= Boolean(this.#parts.next().done);
    return !this.ready;
  }
  finish() { while (this.step()); }

  /** What some words find, each looked for as the beginning of one: {masks, guessed, order}; of each word 1 for the papers
      that have it, and whether it had to be guessed; and a function that puts positions in order, the best first.
      @param {string[]} texts */
  ask(texts) {
    this.finish();
    const every = texts.map(words), some = every.flat().some(word => !QUESTION.has(word));
    const parts = every.map(part => some ? part.filter(word => !QUESTION.has(word)) : part), list = parts.flat();
    const made = list.length ? this.words(list, true, true) : [];
    const { index: { size } } = this;
    let at = 0;
    const masks = parts.map(part => {
      const own = made.slice(at, at += part.length).map(({ scores }) => scores), mask = new Uint8Array(size);
      for (let i = 0; i < size; i++) mask[i] = +own.every(scores => scores[i]); // words of questions exclude nothing
      return mask;
    });
    at = 0;
    const guessed = parts.map(part => made.slice(at, at += part.length).some(one => one.guessed));
    return { masks, guessed, order: (/** @type {number[]} */ hits) => this.#order(hits, list, made) };
  }
  /** @param {number[]} hits @param {string[]} list @param {Mmu.Asked[]} made */
  #order(hits, list, made) {
    const score = new Float32Array(this.index.size), phrase = list.map((word, n) => stem(this.meant(word, made[n]))).join(" ");
    for (const { scores } of made) for (let i = 0; i < score.length; i++) score[i] += scores[i];
    const sorted = inOrder(hits, score);
    sorted.slice(0, LISTED).forEach((i, n) => { score[i] *= called(this.#shown(i), phrase, phrase, n < READ); });
    const best = sorted.splice(0, LISTED).sort((a, b) => score[b] - score[a]);
    return [...best, ...sorted];
  }
  /** @param {number} i */
  #shown(i) {
    if (!this.shown.has(i)) this.shown.set(i, new PaperFound(i, this.data.papers[i], { paper: "", explorer: "" }, this.data.searched));
    return /** @type {PaperFound} */ (this.shown.get(i));
  }

  /** Filters that mean just what a text says.
      @param {string} text @param {number[]} hits @returns {Mmu.Offer[]} */
  offers(text, hits) {
    const people = hits.slice(0, READ).flatMap(i => this.data.papers[i].authors);
    return (this.names ??= new Names(this.data)).offers(words(text), people);
  }
}

/** @type {Map<string, Papers>} */
const collections = new Map();
/** What finds the papers of a collection by words, with those of some `fields`, made once for each choice of these; null where its records are not there.
    @param {string} name @param {string[]} [fields] @returns {Papers | null} */
export function papers(name, fields = []) {
  const data = records(name), searched = fields.filter(field => data?.fieldNames.has(field)).sort(), known = [name, ...searched].join(" ");
  if (data && !collections.has(known)) collections.set(known, new Papers(data, searched));
  return collections.get(known) ?? null;
}

// --- The site

/** What a kind of document is worth beside others that fit as well.
    @type {Record<string, number>} */
const WORTH = { paper: 1, term: 1.1, glossary: 1, entry: 0.95, section: 0.85, list: 0.8, page: 0.7, work: 0.5, guide: 0.3 };
const GROUPS = Object.keys(WORTH);
const TO_GUIDES = /\b(?:directive|directives|role|roles|option|options|sphinx|conf|myst|extension|install|command line|toml|bibtex|add a paper|contribute|guide|mmu\w*)\b/i;
const KIND = 1.5; // what it is worth to be of the kind that a text names
const LISTED = 100, READ = 40; // hits whose names are looked at more closely, and whose texts are

export class Site extends Engine {
  /** @param {Mmu.FindData} data @param {Mmu.Records | null} records */
  constructor(data, records) {
    const papers = records?.papers ?? [], given = data.documents, synonyms = synonymsOf(records?.facets ?? []);
    for (const names of data.synonyms) synonyms.add(names);
    super(new Index(papers.length + given.length), synonyms);
    this.data = data;
    this.records = records;
    this.explorer = data.explorer;
    /** @type {Names | null} */
    this.names = null;
    this.documents = [...papers.map((paper, n) => new PaperFound(n, paper, data, records?.searched ?? [])), ...given.map((row, n) => new Thing(papers.length + n, row, data))];
    this.groups = Uint8Array.from(this.documents, ({ group }) => GROUPS.indexOf(group));
    if (records) Array.from(addPapers(this.index, records));
    for (const { n, paper, title, names, within, text, label } of this.documents) if (!paper) {
      this.index.add(n, "title", title);
      for (const name of names) this.index.add(n, "alias", name);
      this.index.add(n, "within", `${within}\n${label}`);
      this.index.add(n, "text", text);
    }
  }

  /** What a text finds, best first.
      @param {string} text @param {number} [most] @returns {{ hits: Mmu.Hit[], count: number, offers: Mmu.Offer[], known: boolean }} */
  search(text, most = LISTED) {
    const { list, every, begun, meaning, question } = asked(text);
    if (!list.length) return { hits: [], count: 0, offers: [], known: true };
    const made = this.words(list, begun), found = this.found(made), guides = TO_GUIDES.test(text);
    const meant = new Map(list.map((word, n) => [word, this.meant(word, made[n])])), stems = (/** @type {string[]} */ of) => of.map(word => stem(meant.get(word) ?? word)).join(" ");
    const { hits, count } = this.#best(made, group => {
      const worth = group === "guide" && guides ? 1.1 : WORTH[group], term = group === "term" || group === "glossary";
      return worth * ((meaning && term) || (question && (group === "section" || group === "page")) ? 1.5 : 1);
    });
    const phrase = stems(list), whole = stems(every);
    const said = new Set(phrase.split(" "));
    const named = (/** @type {Mmu.Entry} */ { paper, label }) => !paper && said.size > 1 && said.has(stemmed(label));
    hits.forEach((hit, n) => { hit.score *= called(hit.document, phrase, whole, n < READ) * (named(hit.document) ? KIND : 1); });
    const best = Math.max(0, ...hits.map(({ score }) => score));
    const exact = this.#exact(hits, every.join(" "), meaning ? list.join(" ") : "", guides);
    for (const document of exact.keys()) if (!hits.some(hit => hit.document === document)) hits.push({ document, score: 0, all: true, words: found });
    const rank = (/** @type {Mmu.Hit} */ { document }) => exact.get(document) ?? 0;
    hits.sort((a, b) => rank(b) - rank(a) || b.score - a.score || newer(b.document, a.document));
    const some = hits.some(hit => hit.all), kept = hits.filter(hit => hit.all || !some || hit.score > best / 2);
    for (const hit of kept) hit.words = found;
    const people = kept.slice(0, READ).flatMap(({ document }) => document.paper?.authors ?? []);
    return { hits: kept.slice(0, most), count: Math.max(count, kept.length), offers: this.offers(every, people), known: made.every(({ guessed }) => !guessed) };
  }
  /** The documents that are called what was asked for, each with how exactly. Guides are, where they are asked for.
      @param {Mmu.Hit[]} hits @param {string} whole @param {string} meant @param {boolean} guides @returns {Map<Mmu.Entry, number>} */
  #exact(hits, whole, meant, guides) {
    const papers = hits.flatMap(({ document }) => document.paper ? [document] : []);
    const others = this.documents.filter(({ paper, group }) => !paper && group !== "work" && (guides || group !== "guide"));
    const ranks = [...papers, ...others].map(document => /** @type {const} */ ([document, exactly(document, whole, meant)]));
    return new Map(ranks.filter(([, rank]) => rank));
  }
  /** The documents with the highest scores, and how many have all words.
      @param {Mmu.Asked[]} made @param {(group: string) => number} worth @returns {{ hits: Mmu.Hit[], count: number }} */
  #best(made, worth) {
    const { documents, groups } = this, { length } = documents, worths = Float32Array.from(GROUPS, worth);
    const score = new Float32Array(length), part = new Float32Array(length), held = new Uint8Array(length);
    let total = 0, count = 0;
    for (const { scores } of made) {
      const { rare } = scores;
      total += rare;
      for (let n = 0; n < length; n++) if (scores[n]) {
        score[n] += scores[n];
        part[n] += rare;
        held[n]++;
      }
    }
    for (let n = 0; n < length; n++) if (held[n]) {
      score[n] *= worths[groups[n]] * (part[n] / total) ** 2;
      count += Number(held[n] === made.length);
    }
    const least = length > LISTED ? score.slice().sort()[length - LISTED] : 0;
    /** @type {Mmu.Hit[]} */
    const hits = [];
    for (let n = 0; n < length; n++) if (score[n] && score[n] >= least)
      hits.push({ document: documents[n], score: score[n], all: held[n] === made.length, words: new Map() });
    return { hits: hits.sort((a, b) => b.score - a.score).slice(0, LISTED), count };
  }

  /** Filters of the explorer that mean just what was typed.
      @param {string[]} every @param {string[]} people @returns {Mmu.Offer[]} */
  offers(every, people) {
    return this.explorer && this.records ? (this.names ??= new Names(this.records)).offers(every, people) : [];
  }
}
/** @param {Mmu.Entry} a @param {Mmu.Entry} b */
const newer = (a, b) => (a.paper?.date ?? "") < (b.paper?.date ?? "") ? -1 : 1;

/** How exactly a document is called what was asked for, in all of its words: 3 by the title of a page or paper; 2 by the
    heading of a section, or another name of a page; 1 if its title begins so. `meant` is what a question for a meaning asks for.
    @param {Mmu.Entry} document @param {string} whole @param {string} meant */
function exactly(document, whole, meant) {
  document.plain ??= [document.title, ...document.names].map(name => words(name).join(" "));
  const [title, ...names] = document.plain, page = !document.address.includes("#");
  const is = (/** @type {string} */ name) => name !== "" && (name === whole || name === meant);
  if (is(title)) return page ? 3 : 2;
  if (page && names.some(is)) return 2;
  return whole.split(" ").length > 2 && title.startsWith(`${whole} `) ? 1 : 0;
}

/** How much more a document is worth that is called as was asked, or says just that. `phrase` has no words of questions,
    `whole` has all.
    @param {Mmu.Entry} document @param {string} phrase @param {string} whole @param {boolean} read */
function called(document, phrase, whole, read) {
  document.called ??= [document.title, ...document.names].map(stemmed);
  document.also ??= document.paper ? [document.paper.vt, ...document.paper.authors].map(stemmed) : [];
  const { called: names, also } = document, asked = new Set(whole.split(" "));
  if (names.some(name => name === phrase || name === whole)) return 3;
  const shared = Math.max(...names.map(name => name.split(" ")).map(name => name.filter(word => asked.has(word)).length / name.length));
  const likeness = 1 + shared / 2;
  if (also.some(name => name === phrase)) return 1.5 * likeness;
  if (names.some(name => name.startsWith(`${phrase} `))) return 1.5 * likeness;
  if (names.some(name => ` ${name} `.includes(` ${phrase} `))) return 1.3 * likeness;
  if (!read || !whole.includes(" ")) return likeness;
  const text = ` ${document.stems ??= stemmed(document.text)} `;
  return likeness * (text.includes(` ${whole} `) ? 1.5 : text.includes(` ${phrase} `) ? 1.2 : 1);
}

class Found {
  /** @param {number} n @param {string} group */
  constructor(n, group) {
    this.n = n;
    this.group = group;
    /** @type {string[] | null} */
    this.plain = null;
    /** @type {string[] | null} */
    this.called = null;
    /** @type {string[] | null} */
    this.also = null;
    /** @type {string | null} */
    this.stems = null;
  }
}
class Thing extends Found {
  /** @param {number} n @param {Mmu.FindData["documents"][number]} row @param {Mmu.FindData} data */
  constructor(n, [group, label, within, address, title, names, text], { groups, labels, pages }) {
    super(n, groups[group]);
    this.paper = /** @type {Mmu.Paper | null} */ (null);
    this.label = labels[label];
    this.within = pages[within];
    this.address = address;
    this.title = title;
    this.names = names;
    this.text = text;
  }
}
class PaperFound extends Found {
  /** @param {number} n @param {Mmu.Paper} paper @param {Pick<Mmu.FindData, "paper" | "explorer">} data @param {string[]} searched */
  constructor(n, paper, data, searched) {
    super(n, "paper");
    this.paper = paper;
    this.data = data;
    this.searched = searched;
  }
  get label() { return this.data.paper; }
  get within() { return ""; }
  get title() { return this.paper.title; }
  get names() { return [this.paper.short || this.paper.label]; }
  get text() { return [this.paper.abs, ...this.searched.map(name => this.paper.field(name))].filter(Boolean).join("\n"); }
  /* Its page; without one its row, or where it is to be read. */
  get address() {
    const { paper: { url, key, links }, data: { explorer } } = this;
    return url || (explorer ? `${explorer}#${encodeURIComponent(key)}` : links[0]?.url ?? "");
  }
}

// --- Names that filters know

/* Words that say nothing beside names; names for having a link of a kind; and words for years. */
const FILLERS = [...QUESTION, "paper", "work", "article"], PUBLISHED = stem("published");
/** @type {Record<string, string[]>} */
const HAVING = { code: ["open source", "open source code", "source code", "public code"], data: ["public data"] };
const YEAR = "((?:19|20)\\d\\d)", FROM = new Map([[stem("since"), 0], [stem("after"), 1]]);
const TO = new Map([[stem("until"), 0], [stem("to"), 0], [stem("before"), 1]]);
const BOUND = new RegExp(`^(${[...FROM.keys(), ...TO.keys()].join("|")}) ${YEAR}$`);
const BETWEEN = new RegExp(`^(?:from |between )?${YEAR}(?: (?:to|until|and))? ${YEAR}$`);
const MOST_NAMED = 12; // words of a text that may be names

class Names {
  /** @type {Map<string, Mmu.Named>} */
  #known = new Map();
  /** @type {Map<string, Mmu.Named>} */
  #people = new Map();
  #index; #fillers;
  /** @param {Mmu.Records} data */
  constructor(data) {
    const { facets, kinds, columns } = data, index = indexOf(data);
    for (const value of columns.text("venue")?.values ?? []) {
      const [short, long] = value.split("\n");
      for (const name of [short, long]) if (short) this.#put(name, "venue", short);
    }
    for (const { name, values } of facets) for (const { value, label, aliases } of values)
      for (const one of [label, ...aliases]) this.#put(one, name, value);
    for (const value of index.values("venue")) this.#put(venueLabel(value), "venue", value);
    for (const { name, label, rank } of kinds) if (!rank) for (const one of [label, ...HAVING[name] ?? []]) this.#put(one, "has", name);
    this.#fillers = new Set([...FILLERS.map(stem), PUBLISHED, ...facets.map(facet => stemmed(facet.label))]);
    this.#index = index;
  }
  /** @param {string} name @param {string} facet @param {string} value @param {Map<string, Mmu.Named>} [known] */
  #put(name, facet, value, known = this.#known) {
    const words = stemmed(name);
    if (words && !known.has(words)) known.set(words, { facet, value });
  }
  /** Words as conditions, without a rest.
      @param {string[]} stems @returns {Mmu.Named[] | null} */
  #read(stems) {
    for (let to = stems.length; to; to--) {
      const found = this.#conditions(stems.slice(0, to).join(" ")), rest = found && this.#read(stems.slice(to));
      if (rest) return [...found, ...rest];
    }
    return stems.length ? null : [];
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
  /** Filters for words; `people` are authors who may be meant.
      @param {string[]} every @param {string[]} people @returns {Mmu.Offer[]} */
  offers(every, people) {
    this.#people = new Map();
    for (const name of people) this.#put(name, "author", name, this.#people);
    const stems = every.map(stem), found = stems.length > MOST_NAMED ? null : this.#read(stems), published = stems.includes(PUBLISHED);
    if (!found?.some(({ facet, from, to }) => facet || published || from !== to)) return []; // a year alone is no name
    const issued = published || found.some(({ facet }) => facet === "venue"); // a venue has the years of publication
    const texts = new Set(found.map(({ facet, value = "", not, from, to }) => facet ? `${not ? "-" : ""}${facet}:${quoted(value)}`
      : `${issued ? "published" : "year"}:[${from || "*"} TO ${to || "*"}]`));
    const node = parse([...texts].join(" ")), count = size(evaluate(node, this.#index));
    const dated = !issued && found.find(({ facet }) => !facet), note = dated ? dated.from === dated.to ? _("first public in that year") : _("first public in those years") : "";
    return count ? [{ filter: toText(node), count, note }] : [];
  }
}

/** Years as words say them, {from, to}, "" being no bound; null for other words.
    @param {string} name @returns {Mmu.Named | null} */
function years(name) {
  const [, word = "", bound = ""] = BOUND.exec(name) ?? [], [, first = "", last = ""] = BETWEEN.exec(name) ?? [];
  const more = FROM.get(word), less = TO.get(word);
  if (more !== undefined) return { from: `${+bound + more}`, to: "" };
  if (less !== undefined) return { from: "", to: `${+bound - less}` };
  if (first && first < last) return { from: first, to: last };
  return new RegExp(`^${YEAR}$`).test(name) ? { from: name, to: name } : null;
}

// --- What is shown of a hit

const LONGEST = 220; // characters of a sentence
const SENTENCE = /(?:[^.!?…]|[.!?…](?!["'”’)\]]*(?:\s|$)))+(?:[.!?…]["'”’)\]]*|$)|[.!?…]+/gu; // the stop in 1.4 ends none
const SHORTENED = /(?:^|[\s(])(?:\p{L}|al|e\.g|i\.e|cf|vs|figs?|secs?|eqs?|tabs?|app|approx|resp|no|pp?)\.$/iu;
const MARKED = 0.3; // how well a word has to fit to be marked

/** @param {string} word @param {Mmu.Matches} found */
const isMarked = (word, found) => (found.get(fold(word))?.worth ?? 0) >= MARKED;

/** A text in parts, [text, whether it is one of the words].
    @param {string} text @param {Mmu.Matches} found @returns {[text: string, found: boolean][]} */
export function marked(text, found) {
  /** @type {[text: string, found: boolean][]} */
  const parts = [];
  let last = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) if (isMarked(word, found)) {
    if (index > last) parts.push([text.slice(last, index), false]);
    parts.push([word, true]);
    last = index + word.length;
  }
  if (last < text.length) parts.push([text.slice(last), false]);
  return parts;
}

/** The sentences of a line; a full stop after what is shortened ends none.
    @param {string} line */
function sentences(line) {
  /** @type {string[]} */
  const found = [];
  for (const [part] of line.matchAll(SENTENCE)) {
    if (found.length && SHORTENED.test(found[found.length - 1])) found.push(found.pop() + part);
    else found.push(part);
  }
  return found;
}

/** How well a text fits what was asked for: of each word asked for the best.
    @param {string} text @param {Mmu.Matches} found */
function fit(text, found) {
  /** @type {number[]} */
  const best = [];
  for (const word of words(text)) {
    const match = found.get(word);
    if (match) best[match.n] = Math.max(best[match.n] ?? 0, match.worth);
  }
  return best.reduce((sum, worth) => sum + worth, 0);
}

/** The sentence of a text that fits best, marked; [] where none has any of the words. A line that repeats the title is none.
    @param {string} text @param {Mmu.Matches} found @param {string} [title] */
export function snippet(text, found, title = "") {
  let best = "", most = MARKED;
  const lines = text.split("\n").filter(line => !fold(title).includes(fold(line)));
  for (const line of lines) for (const sentence of sentences(line)) {
    const worth = fit(sentence, found);
    if (worth > most) [best, most] = [sentence.trim(), worth];
  }
  return best ? marked(best.length > LONGEST ? cut(best, found) : best, found) : [];
}
/** The part of a long sentence around the first of the words.
    @param {string} text @param {Mmu.Matches} found */
function cut(text, found) {
  const first = [...text.matchAll(WORD)].find(({ 0: word }) => isMarked(word, found))?.index ?? 0;
  const from = first < LONGEST / 2 ? 0 : text.lastIndexOf(" ", first - LONGEST / 4) + 1;
  const end = from + LONGEST < text.length ? text.lastIndexOf(" ", from + LONGEST) : text.length;
  return `${from ? "… " : ""}${text.slice(from, end > first ? end : from + LONGEST)}${end < text.length ? " …" : ""}`;
}

/** @type {Site | null} */
let made = null;
/** The search of the site; null where its data are not there. */
export function site() {
  const data = mmu.findData;
  return made ??= data ? new Site(data, records("papers")) : null;
}
