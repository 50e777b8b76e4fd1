/* The index of the search: the words of documents, where each is and what it counts there. */
import { bits, goesOn, isNear, lettersOf } from "./near.js";
import { fold } from "./query.js";
import { each, HYPHENS, initials, isPhrase, SPAN, stem, words, YEAR } from "./words.js";

/** What is searched, and how much it weighs there.
    @type {Record<string, number>} */
export const WEIGHTS = {
  name: 10,
  title: 6,
  alias: 5,
  people: 5,
  venue: 3,
  tag: 2.5,
  within: 1.2,
  field: 1,
  text: 1,
};
const FIELDS = Object.keys(WEIGHTS),
  WEIGHT = FIELDS.map(name => WEIGHTS[name]);
const NUMBER = Object.fromEntries(FIELDS.map((name, n) => [name, n])),
  TEXT = NUMBER.text;
const SHIFT = 4; // bits for the field in a place
/** @param {number} document @param {string} field */
const placeOf = (document, field) => ~((document << SHIFT) | NUMBER[field]);
const SATURATION = 6,
  LENGTH = 0.5; // how soon more of a word counts less; how much a long text is held against it
export const PARTS = 5; // words that make a name at most
const LETTERS = 5; // of a name for each mistake in it
const INFIX = 4,
  FUZZY = 4; // letters from which on a word is looked for within others, and forgiven a mistake
const MISTAKES = [FUZZY, 8, 14]; // letters from which on it is forgiven one, two, three

/** Words of texts and where they are. A document is a number; `add` its texts. Nothing is sorted by words: to read all texts
    once for a word takes less than that would, for as many words as anyone types. */
export class WordIndex {
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
    if (id === undefined) this.#ids.set(word, (id = this.#words.push(word) - 1));
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
    const texts = this.#texts,
      number = NUMBER[field],
      isText = number === TEXT;
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
    let last = "",
      end = -1;
    const join = () => {
      const word = parts.join("");
      if (!some || this.isWhole(word) || isPhrase(parts)) act(this.#id(word), true);
      parts = [];
    };
    each(text, (word, from) => {
      if (word && from === end + 1 && HYPHENS.includes(text[end]))
        parts.push(...(parts.length ? [word] : [last, word]));
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
      const name = `${field} ${text}`,
        n = known.get(name) ?? texts.push(this.#weighed(field, text)) - 1;
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
    return {
      number: NUMBER[field],
      ids: [...times.keys()],
      counts: Array.from(times.values(), n => 1 + Math.log(n)),
    };
  }

  /** Whether letters are those of a name.
      @param {string} letters */
  isWhole(letters) {
    return this.wholes.has(this.#ids.get(letters) ?? -1);
  }
  /** @param {string} word */
  has(word) {
    return this.#ids.has(word);
  }
  /** The numbers of the words that have a stem.
      @param {string} name @returns {number[]} */
  stemmed(name) {
    return this.#stems.get(name) ?? [];
  }
  get #stems() {
    if (this.stems) return this.stems;
    /** @type {Map<string, number[]>} */
    const stems = (this.stems = new Map());
    this.#words.forEach((word, id) => {
      const name = stem(word),
        ids = stems.get(name);
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
    const found = new Map(),
      put = (/** @type {number} */ id, /** @type {number} */ worth) => {
        if (!(found.get(id) >= worth)) found.set(id, worth);
      };
    const own = this.#ids.get(word);
    if (own !== undefined) put(own, 1);
    for (const id of this.#stems.get(stem(word)) ?? []) put(id, 0.9);
    const whole = found.size > 0,
      within = word.length >= INFIX;
    if (begun || within)
      this.#words.forEach((other, id) => {
        const at = other.length > word.length ? other.indexOf(word) : -1;
        if (at === 0)
          put(
            id,
            (begun ? 0.7 : 0.4) * (0.4 + (0.6 * word.length) / other.length) * (whole ? 0.5 : 1),
          );
        else if (at > 0 && within) put(id, (0.25 * word.length) / other.length);
      });
    if (found.size) return { found, guessed: false };
    return { found: exact ? found : this.near(word, begun), guessed: true };
  }
  /** @param {string} from @param {string} to @returns {Mmu.Like} */
  #years(from, to) {
    const found = new Map();
    this.#words.forEach(
      (word, id) =>
        word.length === 4 && word >= from && word <= to && YEAR.test(word) && found.set(id, 1),
    );
    return found;
  }
  /** The words that some letters are, or the name that they could have been meant to be.
      @param {string} letters @param {boolean} begun @returns {{ found: Mmu.Like, guessed: boolean }} */
  named(letters, begun) {
    const own = this.#ids.get(letters),
      most = Math.min(3, Math.floor(letters.length / LETTERS));
    const found = new Map(this.stemmed(stem(letters)).map(id => [id, id === own ? 1 : 0.9]));
    if (found.size || letters.length < MISTAKES[1]) return { found, guessed: false };
    const mask = lettersOf(letters);
    for (const id of this.wholes) {
      const name = this.#words[id];
      if (name[0] !== letters[0]) continue;
      const far =
        Math.abs(name.length - letters.length) > most || bits(mask & ~this.#maskOf(id)) > most;
      const edits =
        begun && name.startsWith(letters) ? 1 : far ? 0 : isNear(letters, name, most, false);
      if (edits) found.set(id, 0.8 / edits);
    }
    const best = Math.max(...found.values());
    return { found: new Map([...found].filter(([, worth]) => worth === best)), guessed: true };
  }
  /** The words that one could have been meant to be.
      @param {string} word @param {boolean} begun @returns {Mmu.Like} */
  near(word, begun) {
    const found = new Map(),
      most = MISTAKES.filter(length => word.length >= length).length,
      letters = lettersOf(word);
    if (!most || /^\d+$/.test(word)) return found;
    this.#words.forEach((other, id) => {
      const longer = other.length - word.length,
        open = begun && longer > most;
      if (longer < -most || (longer > most && !open) || other.length < FUZZY - 1) return;
      if (bits(letters & ~this.#maskOf(id)) > most) return;
      const edits = isNear(word, open ? other.slice(0, word.length + most) : other, most, open);
      if (edits)
        found.set(
          id,
          (edits === 1 ? 0.6 : edits === 2 ? 0.3 : 0.2) *
            (open ? 0.5 : 1) *
            (word[0] === other[0] ? 1 : 0.6),
        );
    });
    for (const id of this.wholes) if (goesOn(word, this.#words[id])) found.set(id, 0.5);
    const best = Math.max(...found.values());
    return new Map([...found].filter(([, worth]) => worth >= best / 3));
  }
  /** @type {Uint32Array | null} */
  #masks = null;
  /** @param {number} id */
  #maskOf(id) {
    return (this.#masks ??= Uint32Array.from(this.#words, lettersOf))[id];
  }

  /** What each document has of some words, as `like` gives them: a score, 0 for most. No field weighs more than `most`.
      @param {Mmu.Like} like @param {number} [most] @returns {Mmu.Scores} */
  scores(like, most = Infinity) {
    const { size, lengths } = this,
      texts = (this.#all ??= Int32Array.from(this.#texts)),
      score = new Float32Array(size),
      mean = (this.#mean ??= meanOf(lengths));
    const worths = new Float64Array(this.#words.length),
      last = new Int32Array(worths.length).fill(-1),
      times = new Int32Array(worths.length);
    const weighs = WEIGHT.map(weight => Math.min(weight, most));
    for (const [id, worth] of like) worths[id] = worth;
    let held = 0,
      place = 0;
    for (let i = 0; i < texts.length; i++) {
      const id = texts[i];
      if (id < 0) place = ~id;
      else if (worths[id]) {
        const document = place >> SHIFT,
          field = place & ((1 << SHIFT) - 1);
        if (last[id] !== place) {
          if (last[id] >> SHIFT !== document) held++;
          last[id] = place;
          times[id] = 0;
        }
        score[document] +=
          (worths[id] * weighs[field] * more(times[id]++)) /
          (field === TEXT ? 1 - LENGTH + (LENGTH * lengths[document]) / mean : 1);
      }
    }
    for (const { first, numbers, lists, texts } of this.#columns) {
      const found = texts.map(({ number, ids, counts }) =>
        ids.map((id, n) => worths[id] * weighs[number] * counts[n]).filter(Boolean),
      );
      if (!found.some(({ length }) => length)) continue;
      const own = lists.map(list => list.flatMap(n => found[n])),
        sums = own.map(list => list.reduce((sum, worth) => sum + worth, 0));
      for (let i = 0; i < numbers.length; i++) {
        score[first + i] += sums[numbers[i]];
        held += own[numbers[i]].length;
      }
    }
    const rare = Math.log(1 + (size + 0.5) / (Math.min(held, size) + 0.5));
    for (let i = 0; i < size; i++)
      if (score[i]) score[i] = (rare * score[i]) / (score[i] + SATURATION);
    return Object.assign(score, { rare });
  }
  /** @param {number} id */
  word(id) {
    return this.#words[id];
  }
  /** How often each word occurs, in a text of a column once. */
  get often() {
    if (this.#often) return this.#often;
    const often = (this.#often = new Uint32Array(this.#words.length));
    for (const id of this.#texts) if (id >= 0) often[id]++;
    for (const { numbers, lists, texts } of this.#columns)
      for (let i = 0; i < numbers.length; i++)
        for (const n of lists[numbers[i]]) for (const id of texts[n].ids) often[id]++;
    return often;
  }
  /** @type {Uint32Array | null} */
  #often = null;
}
/** How much more a word counts that a text had so many times before.
    @param {number} times */
const more = times => (times ? Math.log((times + 1) / times) : 1);
/** @param {Uint32Array} lengths */
function meanOf(lengths) {
  const texts = lengths.filter(Boolean);
  return texts.reduce((sum, n) => sum + n, 0) / (texts.length || 1) || 1;
}
