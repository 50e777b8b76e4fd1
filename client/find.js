/* The search: one index and one ranking for every field of the site. It touches no page; what
   site() reads are mmu-papers.js and mmu-find-data.js, where they are loaded.

     const site = find.site();                       // papers, terms, sections, …; made once
     const { hits, count, offers, known } = site.search("what is direct gradient");
     const papers = find.papers("papers");           // the records of an explorer, by their positions
     while (papers.step());                          // makes its index by parts; ask() makes what is left of it
     const { masks, order } = papers.ask(["concept", "erasure"]);

   `count` says how many documents have all words; `hits` are the best. A hit is {document, score, all, words}: `all` says that every word was found, `words` are those of the texts that
   match, folded. A document: {n, group, label, title, within, address, names, text, paper}. `offers` are
   filters that mean what was typed: {filter, count, note, sure}. `known` is false where a word was only guessed. */
import { END } from "./columns.js";
import { _ } from "./messages.js";
import { mmu } from "./mmu.js";
import { check, evaluate, FilterError, fold, indexOf, leaves, parse, quoted, size, spoken, toText, venueLabel } from "./query.js";
import { records } from "./records.js";

// --- Words

const WORD = /[\p{L}\p{N}]+/gu;
const HYPHENS = "-’'‐‑";

/** The words of a text, folded.
    @param {string} text */
export const words = text => {
  /** @type {string[]} */
  const found = [];
  each(fold(text), word => found.push(word));
  return found;
};

/* Each word of a folded text and where it begins, and each END as "": a pattern takes ten times as long. */
const OTHER = /[\p{L}\p{N}]/u;
/** @param {string} text @param {(word: string, from: number) => void} act */
function each(text, act) {
  for (let from = -1, at = 0; at <= text.length; at++) {
    const sign = at < text.length ? text.charCodeAt(at) : 32;
    const inside = (sign > 96 && sign < 123) || (sign > 47 && sign < 58) || (sign > 127 && isLetter(text, at, sign));
    if (inside && from < 0) from = at;
    else if (!inside && from >= 0) {
      act(text.slice(from, at), from);
      from = -1;
    }
    if (sign === 127) act("", at);
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
const QUESTION = new Set(`a about all am an and any are article articles as at be been between but by can could did do does every
everything for from had has have help how i if in into is it its me more my need not of on one or our paper papers published shall
should show so some such than that the their them then there these they this those to too use used using was we were what when where
which who whom whose why will with work works would you your vs via per mean means meant meaning definition define defined explain
explained needed required`.split(/\s+/));

/** A part of a word that its forms share: erase, erasing, erasure; colour, color. It is no word of a language, and only
    has to differ where words differ.
    @type {Record<string, string>} */
const FORMS = { erasure: "eras", erasures: "eras", eraser: "eras", erasers: "eras", forgot: "forget", forgotten: "forget",
  learnt: "learn", learned: "learn", unlearnt: "unlearn", unlearned: "unlearn", learns: "learn", analyses: "analys",
  analysis: "analys", criteria: "criterion", indices: "index", data: "data", bias: "bias", biases: "bias", gone: "go",
  faster: "fast", fastest: "fast", slower: "slow", slowest: "slow", cheaper: "cheap", cheapest: "cheap" };
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

const CAPITAL = /^\p{Lu}$/u, CAPITALS = /^\p{Lu}[\p{Lu}\p{N}]+$/u, DASH = /^[-‐‑]$/;
/** The words of texts as they were typed: of each the text that it is in, whether a hyphen ties it to the one before,
    whether it is in capitals, which are never respelt, and whether it is the initial of a name.
    @param {string[]} texts */
function typed(texts) {
  /** @type {Mmu.Typed[]} */
  const found = [];
  texts.forEach((given, n) => {
    const text = given.normalize();
    let end = text.length;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const tied = DASH.test(text.slice(end, index));
      end = index + word.length;
      const initial = CAPITAL.test(word) && text[end] === ".";
      for (const one of words(word)) found.push({ word: one, given: word, n, tied, exact: CAPITALS.test(word), initial });
    }
  });
  return found;
}
/** Words that say nothing, but for those within a hyphenated word, which is a phrase.
    @param {Mmu.Typed[]} typed */
const telling = typed => typed.filter(({ word, tied, initial }, n) => tied || initial || typed[n + 1]?.tied || !QUESTION.has(word));

/** Whether words say something together only: some are words of questions.
    @param {string[]} parts */
const isPhrase = parts => parts.some(word => QUESTION.has(word)) && !parts.every(word => QUESTION.has(word));

/* Years between two are one word, "2024to2026", or "2024to" without an end. */
const YEAR = /^(?:19|20)\d\d$/, SPAN = /^(?=.{6})(\d{4})?to(\d{4})?$/, TO = new Set(["to", "until", "and"]);
/** @type {Record<string, (year: number) => string>} */
const BOUNDS = { since: year => `${year}to`, after: year => `${year + 1}to`, until: year => `to${year}`, to: year => `to${year}`, before: year => `to${year - 1}` };
/** Years as words say them, and venues apart from the years that are written to them: CVPR2025, CVPR'25.
    @param {Mmu.Typed[]} typed @param {Set<string>} venues */
function dated(typed, venues) {
  const apart = typed.flatMap(one => {
    const [, venue = "", year = ""] = /^(\p{L}+)((?:19|20)?\d\d)$/u.exec(one.word) ?? [];
    return venues.has(venue) ? [{ ...one, word: venue }, { ...one, word: year }] : [one];
  });
  /** @type {Mmu.Typed[]} */
  const found = [];
  for (let n = 0; n < apart.length; n++) {
    const one = apart[n], after = venues.has(found.at(-1)?.word ?? ""), word = after && /^[0-3]\d$/.test(one.word) ? `20${one.word}` : one.word;
    const joins = n + 2 < apart.length && TO.has(apart[n + 1].word) ? 2 : 1, { word: next = "" } = apart[n + joins] ?? {};
    const last = YEAR.test(word) && /^\d\d$/.test(next) && after ? word.slice(0, 2) + next : next;
    if (YEAR.test(word) && YEAR.test(last) && word < last) {
      found.push({ ...one, word: `${word}to${last}` });
      n += joins;
    } else if (Object.hasOwn(BOUNDS, word) && YEAR.test(next) && joins === 1) {
      found.push({ ...apart[++n], word: BOUNDS[word](+next) });
    } else found.push({ ...one, word });
  }
  return found;
}

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
const SHIFT = 4; // bits for the field in a place
/** @param {number} document @param {string} field */
const placeOf = (document, field) => ~(document << SHIFT | NUMBER[field]);
const SATURATION = 6, LENGTH = 0.5; // how soon more of a word counts less; how much a long text is held against it
const INFIX = 4, FUZZY = 4; // letters from which on a word is looked for within others, and forgiven a slip
const KEPT = 40; // answers for a word
const PART = 500; // papers whose texts are read without giving way
const SLIPS = [FUZZY, 8, 14]; // letters from which on it is forgiven one, two, three
const PARTS = 5, LETTERS = 5; // words that make a name at most; letters of it that each slip takes
const SHORT = 3; // letters of a word that may go on though others follow

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
  /** @type {{ first: number, numbers: Mmu.Numbers, lists: number[][], texts: Mmu.Weighed[] }[]} */
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
    /** @type {Set<number>} */
    this.wholes = new Set(); // names in one word
    /** @type {Set<string>} */
    this.own = new Set(); // of these, the names of works: what else has a name is often a phrase of texts
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
    const texts = this.#texts, number = NUMBER[field], isText = number === TEXT;
    let document = first;
    texts.push(placeOf(document, field));
    this.#read(text, isText, (id, joined) => {
      texts.push(id < 0 ? placeOf(++document, field) : id);
      if (isText && id >= 0 && !joined) this.lengths[document]++;
    });
  }
  /** The numbers of the words of a folded text, and -1 for END. Parts with a hyphen between them are one word, too, which is
      `joined`; where `some`, those of names, and with words that say nothing alone.
      @param {string} text @param {boolean} some @param {(id: number, joined: boolean) => void} act */
  #read(text, some, act) {
    /** @type {string[]} */
    let parts = [];
    let last = "", end = -1;
    const join = () => {
      const word = parts.join("");
      if (!some || this.isWhole(word) || isPhrase(parts)) act(this.#id(word), true);
      parts = [];
    };
    each(text, (word, from) => {
      if (word && from === end + 1 && HYPHENS.includes(text[end])) parts.push(...parts.length ? [word] : [last, word]);
      else if (parts.length) join();
      act(word ? this.#id(word) : -1, false);
      last = word;
      end = from + word.length;
    });
    if (parts.length) join();
  }
  /** A name: its letters are a word, however it is written, and so are its initials.
      @param {number} document @param {string} field @param {string} name */
  addName(document, field, name) {
    const parts = words(name);
    if (!parts.length || parts.length > PARTS) return;
    const id = this.#id(parts.join(""));
    this.wholes.add(id);
    if (field === "name") this.own.add(this.#words[id]);
    if (parts.length > 1) this.#texts.push(placeOf(document, field), id);
    if (parts.length > 2) this.#texts.push(placeOf(document, "alias"), this.#id(initials(parts)));
  }
  /** For each document from `first` on one of some lists of texts, each [field, text].
      @param {number} first @param {Mmu.Numbers} numbers @param {[field: string, text: string][][]} lists */
  addColumn(first, numbers, lists) {
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {Mmu.Weighed[]} */
    const texts = [];
    const number = (/** @type {[field: string, text: string]} */ [field, text]) => {
      const name = `${field} ${text}`, n = known.get(name) ?? texts.push(this.#weighed(field, text)) - 1;
      known.set(name, n);
      return n;
    };
    this.#columns.push({ first, numbers, lists: lists.map(list => list.map(number)), texts });
  }
  /** The words of a text, each once, and what it counts for how often it is there.
      @param {string} field @param {string} text @returns {Mmu.Weighed} */
  #weighed(field, text) {
    /** @type {Map<number, number>} */
    const times = new Map();
    this.#read(fold(text), false, id => times.set(id, (times.get(id) ?? 0) + 1));
    return { number: NUMBER[field], ids: [...times.keys()], counts: Array.from(times.values(), n => 1 + Math.log(n)) };
  }

  /** Whether letters are those of a name.
      @param {string} letters */
  isWhole(letters) { return this.wholes.has(this.#ids.get(letters) ?? -1); }
  /** @param {string} word */
  has(word) { return this.#ids.has(word); }
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
      @param {string} word @param {boolean} begun @param {boolean} exact @returns {{ found: Mmu.Like, guessed: boolean }} */
  like(word, begun, exact) {
    const [span, from, to] = SPAN.exec(word) ?? [];
    if (span) return { found: this.#years(from ?? "", to ?? "9999"), guessed: false };
    const found = new Map(), put = (/** @type {number} */ id, /** @type {number} */ worth) => { if (!(found.get(id) >= worth)) found.set(id, worth); };
    const own = this.#ids.get(word);
    if (own !== undefined) put(own, 1);
    for (const id of this.#stems.get(stem(word)) ?? []) put(id, 0.9);
    const whole = found.size > 0, within = word.length >= INFIX;
    if (begun || within) this.#words.forEach((other, id) => {
      const at = other.length > word.length ? other.indexOf(word) : -1;
      if (at === 0) put(id, (begun ? 0.7 : 0.4) * (0.4 + 0.6 * word.length / other.length) * (whole ? 0.5 : 1));
      else if (at > 0 && within) put(id, 0.25 * word.length / other.length);
    });
    if (found.size) return { found, guessed: false };
    return { found: exact ? found : this.near(word, begun), guessed: true };
  }
  /** @param {string} from @param {string} to @returns {Mmu.Like} */
  #years(from, to) {
    const found = new Map();
    this.#words.forEach((word, id) => word.length === 4 && word >= from && word <= to && YEAR.test(word) && found.set(id, 1));
    return found;
  }
  /** The words that some letters are, or the name that they could have been meant to be.
      @param {string} letters @param {boolean} begun @returns {{ found: Mmu.Like, guessed: boolean }} */
  named(letters, begun) {
    const own = this.#ids.get(letters), most = Math.min(3, Math.floor(letters.length / LETTERS));
    const found = new Map(this.stemmed(stem(letters)).map(id => [id, id === own ? 1 : 0.9]));
    if (found.size || letters.length < SLIPS[1]) return { found, guessed: false };
    const mask = lettersOf(letters);
    for (const id of this.wholes) {
      const name = this.#words[id];
      if (name[0] !== letters[0]) continue;
      const far = Math.abs(name.length - letters.length) > most || bits(mask & ~this.#maskOf(id)) > most;
      const edits = begun && name.startsWith(letters) ? 1 : far ? 0 : isNear(letters, name, most, false);
      if (edits) found.set(id, 0.8 / edits);
    }
    const best = Math.max(...found.values());
    return { found: new Map([...found].filter(([, worth]) => worth === best)), guessed: true };
  }
  /** The words that one could have been meant to be.
      @param {string} word @param {boolean} begun @returns {Mmu.Like} */
  near(word, begun) {
    const found = new Map(), most = SLIPS.filter(length => word.length >= length).length, letters = lettersOf(word);
    if (!most || /^\d+$/.test(word)) return found;
    this.#words.forEach((other, id) => {
      const longer = other.length - word.length, open = begun && longer > most;
      if (longer < -most || (longer > most && !open) || other.length < FUZZY - 1) return;
      if (bits(letters & ~this.#maskOf(id)) > most) return;
      const edits = isNear(word, open ? other.slice(0, word.length + most) : other, most, open);
      if (edits) found.set(id, (edits === 1 ? 0.6 : edits === 2 ? 0.3 : 0.2) * (open ? 0.5 : 1) * (word[0] === other[0] ? 1 : 0.6));
    });
    for (const id of this.wholes) if (goesOn(word, this.#words[id])) found.set(id, 0.5);
    const best = Math.max(...found.values());
    return new Map([...found].filter(([, worth]) => worth >= best / 3));
  }
  /** @type {Uint32Array | null} */
  #masks = null;
  /** @param {number} id */
  #maskOf(id) { return (this.#masks ??= Uint32Array.from(this.#words, lettersOf))[id]; }

  /** What each document has of some words, as `like` gives them: a score, 0 for most. No field weighs more than `most`.
      @param {Mmu.Like} like @param {number} [most] @returns {Mmu.Scores} */
  scores(like, most = Infinity) {
    const { size, lengths } = this, texts = this.#all ??= Int32Array.from(this.#texts), score = new Float32Array(size), mean = this.#mean ??= meanOf(lengths);
    const worths = new Float64Array(this.#words.length), last = new Int32Array(worths.length).fill(-1), times = new Int32Array(worths.length);
    const weighs = WEIGHT.map(weight => Math.min(weight, most));
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
        score[document] += worths[id] * weighs[field] * more(times[id]++) / (field === TEXT ? 1 - LENGTH + LENGTH * lengths[document] / mean : 1);
      }
    }
    for (const { first, numbers, lists, texts } of this.#columns) {
      const found = texts.map(({ number, ids, counts }) => ids.map((id, n) => worths[id] * weighs[number] * counts[n]).filter(Boolean));
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
const ENDED = 6, ENDING = 4; // letters of a name that has got an ending, and of such an ending
/** Whether a word is a name with an ending: SafeRedirect.
    @param {string} word @param {string} name */
const goesOn = (word, name) => name.length >= ENDED && word.length > name.length && word.length <= name.length + ENDING && word.startsWith(name);
/** @param {string[]} parts */
const initials = parts => parts.map(part => part[0]).join("");

// --- Names for one thing

/* Phrases that mean the same, from each to the others: stems with blanks between them. Texts are not searched for "without
   training": its words say nothing apart. */
const NEGATION = /^(?:without|no|not) /;
const ALIKE = 0.5; // what another name of a thing counts beside its own
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

/** What kind of question a text is.
    @param {string} text */
function questioned(text) {
  const meaning = /^\W*(?:what(?:'s| is| are| does)|define|definition|meaning)\b/i.test(text);
  return { meaning, question: !meaning && /^\W*(?:how|why|who|which|where|when|what|can|does|do)\b/i.test(text) };
}

const NONE = Object.assign(new Float32Array(), { rare: 0 });
/** Documents in an index, with the names that things have. */
class Engine {
  /** @param {Index} index @param {Synonyms} synonyms @param {Mmu.Records | null} records */
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
    return this.#venues ??= new Set((this.records?.columns.text("venue")?.values ?? []).flatMap(value => words(value.split("\n")[0])));
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
      const run = every.slice(from, from + length), parts = run.map(({ word }) => word), word = parts.join("");
      const known = run.slice(1).every(({ tied }) => tied) ? this.index.has(word) : this.index.own.has(word);
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
    if (this.#known.size > KEPT) this.#known.delete(/** @type {string} */ (this.#known.keys().next().value));
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
    const last = list.at(-1)?.word, goesOn = (/** @type {Mmu.Typed} */ { word }) => word === last || (all && word.length >= SHORT);
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
        one.also = new Map([...one.also ?? [], ...other.found]);
        one.guessed = false;
      }
    }
    return made;
  }
  /** Y. Zhang and "Zhang, Y." are authors of that family name whose given names begin so.
      @param {string} letter @param {string} family @param {Mmu.Asked} initial @param {Mmu.Asked} name */
  #initial(letter, family, initial, name) {
    const { papers = [] } = this.records ?? {}, { found, scores } = name;
    const isOwn = (/** @type {string} */ author) => {
      const names = words(author);
      return names.slice(0, -1).some(given => given[0] === letter) && names.includes(family, 1);
    };
    const kept = Object.assign(scores.map((score, i) => score && papers[i]?.authors.some(isOwn) ? score : 0), { rare: scores.rare });
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
    return new Set([all, ...list.length > 1 ? [...this.#named(said, false).found.keys()].map(id => this.index.word(id)) : []]);
  }
  /** Words that are a name together: "meta cloak" finds MetaCloak.
      @param {Mmu.Typed[]} list @param {Mmu.Asked[]} made @param {boolean} begun */
  #together(list, made, begun) {
    for (let from = 0; from < list.length; from++) for (let to = from + 2; to <= Math.min(list.length, from + PARTS); to++) {
      const run = list.slice(from, to), letters = run.map(({ word }) => word).join("");
      const { found, guessed, scores } = this.#named(letters, begun && to === list.length);
      if (!found.size || (guessed && run.some(({ exact }) => exact))) continue;
      for (const one of made.slice(from, to)) {
        const instead = one.guessed && !guessed, before = one.scores;
        one.found = new Map([...instead ? [] : one.found, ...found]);
        one.scores = instead ? scores : Object.assign(before.map((score, i) => Math.max(score, scores[i])), { rare: before.rare });
        one.guessed &&= guessed;
      }
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
      @param {Mmu.Typed} typed @param {Mmu.Asked} asked */
  meant({ word }, { guessed, found }) {
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
  /** The papers of a filter that says just what was typed, where others only look like answers.
      @param {Mmu.Offer[]} offers */
  within([offer]) { return offer?.sure && this.records ? evaluate(parse(offer.filter), indexOf(this.records)) : null; }
  /** Filters that mean what was typed; `people` are authors who may be meant.
      @param {Mmu.Typed[]} asked @param {string[]} people @returns {Mmu.Offer[]} */
  offers(asked, people) {
    if (!this.records) return [];
    const holding = (/** @type {string} */ word) => this.#asked({ word, given: word, n: 0 }, true).scores;
    return (this.names ??= new Names(this.records)).offers(asked.map(({ word }) => word), people, holding);
  }
}

// --- The papers of a collection

const COLUMNS = [["short", "name"], ["title", "title"], ["vt", "venue"], ["date", "field"], ["words", "field"], ["type", "field"],
  ["links", "field"], ["author", "people"], ["venue", "field"], ["key", "field"]]; // where they are searched
/** @param {Mmu.FoldedTexts} texts @returns {string[]} */
const names = ({ text, values, numbers }) => values ? Array.from(numbers, n => values[n]) : text.split(END);
/** The texts of papers, by their positions from `first` on; `fields` are searched besides those that say what they are
    about. It gives way after each part.
    @param {Index} index @param {Mmu.Records} data @param {string[]} [fields] @param {number} [first] */
function* addPapers(index, data, fields = [], first = 0) {
  const { papers, facets, columns, searched, fieldNames } = data, filters = indexOf(data);
  names(filters.folded("short")).forEach((name, i) => index.addName(first + i, "name", name));
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
    super(new Index(data.papers.length), synonymsOf(data.facets), data);
    this.#parts = this.#make(data, fields);
    this.data = data;
    /** @type {Map<number, PaperFound>} */
    this.shown = new Map();
  }

  /** @param {Mmu.Records} data @param {string[]} fields */
  * #make(data, fields) {
    yield* addPapers(this.index, data, fields);
    yield;
    this.names = new Names(data);
  }
  /** Make a part of the index; false if all are there. */
  step() {
    this.ready ||= Boolean(this.#parts.next().done);
    return !this.ready;
  }
  finish() { while (this.step()); }

  /** What some words find, each looked for as the beginning of one: {masks, guessed, whole, order}; of each word 1 for the
      papers that have it, whether it had to be guessed, and whether parts of words are no match: of a name, and of a short
      word; and a function that puts positions in order, the best first.
      @param {string[]} texts */
  ask(texts) {
    this.finish();
    const { every, list } = this.read(texts), made = list.length ? this.words(list, true, true) : [], { index: { size } } = this;
    const parts = texts.map((_, n) => made.filter((_, at) => list[at].n === n));
    const masks = parts.map(part => {
      const mask = new Uint8Array(size);
      for (let i = 0; i < size; i++) mask[i] = +part.every(({ scores }) => scores[i]); // words of questions exclude nothing
      return mask;
    });
    const guessed = parts.map(part => part.some(one => one.guessed));
    const whole = texts.map((text, n) => !parts[n].length || text.length <= SHORT || list.some(one => one.n === n && (one.whole || one.word !== fold(text))));
    return { masks, guessed, whole, order: (/** @type {number[]} */ hits) => this.#order(hits, every, list, made) };
  }
  /** @param {number[]} hits @param {Mmu.Typed[]} every @param {Mmu.Typed[]} list @param {Mmu.Asked[]} made */
  #order(hits, every, list, made) {
    const score = new Float32Array(this.index.size), phrase = list.map((one, n) => stem(this.meant(one, made[n]))).join(" ");
    const letters = this.letters(every, list);
    for (const { scores } of made) for (let i = 0; i < score.length; i++) score[i] += scores[i];
    const sorted = inOrder(hits, score);
    sorted.slice(0, LISTED).forEach((i, n) => { score[i] *= called(this.#shown(i), phrase, phrase, letters, n < READ); });
    const best = sorted.splice(0, LISTED).sort((a, b) => score[b] - score[a]);
    return [...best, ...sorted];
  }
  /** @param {number} i */
  #shown(i) {
    if (!this.shown.has(i)) this.shown.set(i, new PaperFound(i, this.data.papers[i], { paper: "", explorer: "" }, this.data.searched));
    return /** @type {PaperFound} */ (this.shown.get(i));
  }

  /** Filters that mean what some words say.
      @param {string[]} texts @param {number[]} hits @returns {Mmu.Offer[]} */
  offered(texts, hits) {
    return this.offers(this.read(texts).joined, hits.slice(0, READ).flatMap(i => this.data.papers[i].authors));
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
const KIND = 1.5, MEANT = 2; // what it is worth to be of the kind that a text names, and of the filter that it means
const LISTED = 100, READ = 40; // hits whose names are looked at more closely, and whose texts are

export class Site extends Engine {
  /** @param {Mmu.FindData} data @param {Mmu.Records | null} records */
  constructor(data, records) {
    const papers = records?.papers ?? [], given = data.documents, synonyms = synonymsOf(records?.facets ?? []);
    for (const names of data.synonyms) synonyms.add(names);
    super(new Index(papers.length + given.length), synonyms, records);
    this.data = data;
    this.explorer = data.explorer;
    this.documents = [...papers.map((paper, n) => new PaperFound(n, paper, data, records?.searched ?? [])), ...given.map((row, n) => new Thing(papers.length + n, row, data))];
    this.groups = Uint8Array.from(this.documents, ({ group }) => GROUPS.indexOf(group));
    if (records) Array.from(addPapers(this.index, records));
    const others = this.documents.filter(({ paper }) => !paper);
    for (const { n, title, names } of others) for (const name of [title, ...names]) this.index.addName(n, "alias", name);
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
    const filter = this.#filter(text), { every, joined, list } = this.read(filter ? filter.words : [text]), { meaning, question } = questioned(text);
    const offered = filter?.offers ?? [];
    if (!list.length) return { hits: [], count: 0, offers: offered, known: true, missed: [], all: false, sure: false };
    const begun = !/[^\p{L}\p{N}]$/u.test(text) && list.at(-1) === every.at(-1);
    const made = this.words(list, begun), found = this.found(made);
    const known = made.every(({ guessed }) => !guessed), missed = list.filter((_, n) => !made[n].found.size).map(({ given }) => given);
    const meant = new Map(list.map((one, n) => [one.word, this.meant(one, made[n])])), stems = (/** @type {Mmu.Typed[]} */ of) => of.map(({ word }) => stem(meant.get(word) ?? word)).join(" ");
    const guides = this.data.guides !== "" && new RegExp(this.data.guides, "iu").test(`${text}\n${[...meant.values()].join(" ")}`);
    const { hits, count } = this.#best(made, group => {
      const worth = group === "guide" && guides ? 1.1 : WORTH[group], term = group === "term" || group === "glossary";
      return worth * ((meaning && term) || (question && (group === "section" || group === "page")) ? 1.5 : 1);
    });
    const phrase = stems(list), whole = stems(every), letters = this.letters(every, list);
    const said = new Set(phrase.split(" "));
    const named = (/** @type {Mmu.Entry} */ { paper, label }) => !paper && said.size > 1 && said.has(stemmed(label));
    const people = hits.slice(0, READ).flatMap(({ document }) => document.paper?.authors ?? []);
    const offers = filter ? offered : this.explorer ? this.offers(joined, people) : [], within = this.within(offers);
    const terms = new Set(offers.flatMap(({ terms = [] }) => terms.length > 1 ? terms : [])), isNamed = (/** @type {Mmu.Entry} */ document) => isOf(document, said, known ? 1 : 2);
    for (const hit of hits) hit.score /= hit.document.group === "term" && terms.has(hit.document.title) ? hit.share ** 2 : isNamed(hit.document) ? hit.share : 1;
    hits.forEach((hit, n) => { hit.score *= called(hit.document, phrase, whole, letters, n < READ) * (named(hit.document) ? KIND : 1); });
    for (const hit of hits) if (within?.[hit.document.n]) hit.score *= MEANT;
    const best = Math.max(0, ...hits.map(({ score }) => score));
    const exact = this.#exact(hits, every.map(({ word }) => word).join(" "), meaning ? list.map(({ word }) => word).join(" ") : "", guides);
    for (const document of exact.keys()) if (!hits.some(hit => hit.document === document)) hits.push({ document, score: 0, share: 1, all: true, words: found });
    // What has all words comes before what has some; of that, only what one of its names is asked for by is as good.
    const rank = (/** @type {Mmu.Hit} */ { document, all }) => (exact.get(document) ?? 0) * 4 + (document.group === "guide" && !guides ? 0 : 2) + Number(all || isNamed(document));
    hits.sort((a, b) => rank(b) - rank(a) || b.score - a.score || newer(b.document, a.document));
    const some = hits.some(hit => hit.all), kept = hits.filter(hit => hit.all || hit.score > best / 2 || isNamed(hit.document));
    for (const hit of kept) hit.words = found;
    const [first] = kept;
    const sure = first !== undefined && known && (exact.has(first.document) || isCalled(first.document, letters));
    return { hits: kept.slice(0, most), count: Math.max(count, kept.length), offers, known, missed, all: some, sure };
  }
  /** A text that is a filter of the explorer: what it asks for in words, and the filter as an offer.
      @param {string} text @returns {{ words: string[], offers: Mmu.Offer[] } | null} */
  #filter(text) {
    if (!this.records || !this.explorer || !/[\p{L}\p{N}]:[^\s/]/u.test(text)) return null;
    const index = indexOf(this.records), node = readable(text);
    if (!node || check(node, index).length) return null;
    const count = size(evaluate(node, index)), values = leaves(node).flatMap(({ kind, value }) => kind === "match" ? [value] : []);
    return { words: values, offers: count ? [{ filter: toText(node), count, note: "" }] : [] };
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
      hits.push({ document: documents[n], score: score[n], share: part[n] / total, all: held[n] === made.length, words: new Map() });
    return { hits: hits.sort((a, b) => b.score - a.score).slice(0, LISTED), count };
  }
}
/** @param {Mmu.Entry} a @param {Mmu.Entry} b */
const newer = (a, b) => (a.paper?.date ?? "") < (b.paper?.date ?? "") ? -1 : 1;

/** How exactly a document is called what was asked for, in all of its words: 3 by the title of a page, or the title or name
    of a paper; 2 by the heading of a section, another name of a page, or the title of a list, which is called like what it
    lists; 1 if its title begins so. `meant` is what a question for a meaning asks for.
    @param {Mmu.Entry} document @param {string} whole @param {string} meant */
function exactly(document, whole, meant) {
  document.plain ??= [document.title, ...document.names].map(name => words(name).join(" "));
  const [title, ...names] = document.plain, page = !document.address.includes("#");
  const is = (/** @type {string} */ name) => name !== "" && (name === whole || name === meant);
  if (is(title)) return page && document.group !== "list" ? 3 : 2;
  if (page && names.some(is)) return document.paper ? 3 : 2;
  return whole.split(" ").length > 2 && title.startsWith(`${whole} `) ? 1 : 0;
}

/** Whether a document is called so, however it is written.
    @param {Mmu.Entry} document @param {Set<string>} letters */
function isCalled(document, letters) {
  document.letters ??= [document.title, ...document.names].map(name => words(name).join(""));
  return document.letters.some(name => letters.has(name));
}
/** Whether every word of one of the names of a document is asked for.
    @param {Mmu.Entry} document @param {Set<string>} said @param {number} least words of such a name */
function isOf(document, said, least) {
  document.called ??= [document.title, ...document.names].map(stemmed);
  return document.called.map(name => name.split(" ")).some(parts => parts[0] && parts.length >= least && parts.every(word => said.has(word)));
}

/** How much more a document is worth that is called as was asked, or says just that. `phrase` has no words of questions,
    `whole` has all.
    @param {Mmu.Entry} document @param {string} phrase @param {string} whole @param {Set<string>} letters @param {boolean} read */
function called(document, phrase, whole, letters, read) {
  document.called ??= [document.title, ...document.names].map(stemmed);
  document.also ??= document.paper ? [document.paper.vt, ...document.paper.authors].map(stemmed) : [];
  const { called: names, also } = document, asked = new Set(whole.split(" "));
  if (names.some(name => name === phrase || name === whole) || isCalled(document, letters)) return 3;
  document.initials ??= [document.title, ...document.names].map(shortOf);
  if (document.initials.includes(phrase)) return 2.5;
  const shared = Math.max(...names.map(name => name.split(" ")).map(name => name.filter(word => asked.has(word)).length / name.length));
  const likeness = 1 + shared / 2;
  if (also.some(name => name === phrase)) return 2 * likeness;
  if (names.some(name => name.startsWith(`${phrase} `))) return 1.5 * likeness;
  if (names.some(name => ` ${name} `.includes(` ${phrase} `))) return 1.3 * likeness;
  if (!read || !whole.includes(" ")) return likeness;
  const text = ` ${document.stems ??= stemmed(document.text)} `;
  return likeness * (text.includes(` ${whole} `) ? 1.5 : text.includes(` ${phrase} `) ? 1.2 : 1);
}

/** The initials of a name of several words; "" of any other.
    @param {string} name */
function shortOf(name) {
  const parts = words(name);
  return parts.length > 2 && parts.length <= PARTS ? initials(parts) : "";
}

class Found {
  /** @param {number} n @param {string} group */
  constructor(n, group) {
    this.n = n;
    this.group = group;
    /** @type {string[] | null} */
    this.plain = null;
    /** @type {string[] | null} */
    this.letters = null;
    /** @type {string[] | null} */
    this.initials = null;
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

/* Words that say nothing beside names, as stems, and words for having a link of a kind. */
const FILLERS = new Set([...QUESTION].map(stem)), PUBLISHED = stem("published");
const FREE = ["", "open ", "public ", "available ", "released "];
/** @type {Record<string, string[]>} */
const HAVING = { code: ["code", "source code", "open source", "open source code", "implementation"], data: ["data", "data set", "dataset"] };
const MOST_NAMED = 12, MOST_LEFT = 2; // words of a text that may be names, and of these such as are none
/** @param {string} text */
function readable(text) {
  try {
    return parse(spoken(text));
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}

class Names {
  /** @type {Map<string, Mmu.Named>} */
  #known = new Map();
  /** @type {Map<string, Mmu.Named>} */
  #people = new Map();
  #index; #fillers; #tagged;
  /** @param {Mmu.Records} data */
  constructor(data) {
    const { facets, kinds, columns } = data, index = indexOf(data);
    for (const value of columns.text("venue")?.values ?? []) {
      const [short, long] = value.split("\n");
      for (const name of [short, long]) if (short) this.#put(name, "venue", short);
    }
    for (const { name, label: of, relates, values } of facets) for (const { value, label, aliases } of values)
      for (const one of [label, ...aliases]) this.#put(relates ? one : `${of} ${one}`, name, value, label);
    for (const value of index.values("venue")) this.#put(venueLabel(value), "venue", value);
    for (const { name, label, rank } of kinds) if (!rank)
      for (const one of [label, ...HAVING[name] ?? []]) for (const free of FREE) this.#put(free + one, "has", name);
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
  /** Filters for words; `people` are authors who may be meant, `holding` has of each paper more than 0 if it has a word.
      @param {string[]} every @param {string[]} people @param {(word: string) => Mmu.Scores} holding @returns {Mmu.Offer[]} */
  offers(every, people, holding) {
    this.#people = new Map();
    for (const name of people) this.#put(name, "author", name, undefined, this.#people);
    const published = every.map(stem).includes(PUBLISHED), found = every.length > MOST_NAMED ? [] : this.#read(every);
    const named = found.filter(one => one.word === undefined), left = found.flatMap(({ word }) => word ?? []);
    if (!named.some(({ facet, from, to }) => facet || published || from !== to)) return []; // a year alone is no name
    if (left.length > MOST_LEFT || (left.length && left.length >= named.length)) return [];
    const issued = published || named.some(({ facet }) => facet === "venue"); // a venue has the years of publication
    const texts = [...new Set(named.map(one => this.#text(one, issued)))];
    const count = (/** @type {string[]} */ filters) => {
      const mask = evaluate(parse(filters.join(" ")), this.#index), words = left.map(holding);
      return mask.reduce((all, held, i) => all + (held && words.every(scores => scores[i]) ? 1 : 0), 0);
    };
    const dated = !issued && named.find(({ facet }) => !facet), note = dated ? dated.from === dated.to ? _("first public in that year") : _("first public in those years") : "";
    const terms = left.length ? [] : named.flatMap(({ label }) => label ?? []);
    const sure = !left.length && named.some(({ facet }) => !facet || !this.#tagged.has(facet));
    const offer = (/** @type {string[]} */ filters, /** @type {string} */ said) => ({ filter: toText(parse([...filters, ...left.map(quoted)].join(" "))), count: count(filters), note: said, sure: sure && filters === texts, terms });
    if (count(texts)) return [offer(texts, note)];
    const lacked = named.filter(({ facet, not }) => facet === "has" && !not), rest = texts.filter(text => !text.startsWith("has:"));
    const thing = lacked.map(({ value = "" }) => this.#index.asked.get(value) ?? value).join(` ${_("and")} `);
    return lacked.length && rest.length && count(rest) ? [offer(rest, _("none of them has {thing}", { thing }))] : [];
  }
  /** A condition as a filter has it. What is not recorded is not said to be lacking.
      @param {Mmu.Named} named @param {boolean} issued */
  #text({ facet, value = "", not, from, to }, issued) {
    if (!facet) return `${issued ? "published" : "year"}:[${from || "*"} TO ${to || "*"}]`;
    const text = `${facet}:${this.#wide(facet, value)}`;
    return not ? `-${text}${this.#tagged.has(facet) ? ` ${facet}:*` : ""}` : text;
  }
  /** A value with those whose names go on after it: of a model its sizes.
      @param {string} facet @param {string} value */
  #wide(facet, value) {
    const more = !this.#tagged.has(facet) ? [] : this.#index.beginning(facet, fold(value)).filter(other => other !== value && /^[^\p{L}\p{N}/]/u.test(other.slice(value.length)));
    return more.length ? `(${[value, ...more].map(quoted).join(" OR ")})` : quoted(value);
  }
}

/** Years as words say them, {from, to}, "" being no bound; null for other words.
    @param {string} name @returns {Mmu.Named | null} */
function years(name) {
  const [span, from = "", to = ""] = SPAN.exec(name) ?? [];
  return span ? { from, to } : YEAR.test(name) ? { from: name, to: name } : null;
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
