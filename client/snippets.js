/* What is shown of a hit: its words marked, and the sentence that fits best. */
import { fold } from "./query.js";
import { WORD, words } from "./words.js";

const LONGEST = 220; // characters of a sentence
const SENTENCE = /(?:[^.!?…]|[.!?…](?!["'”’)\]]*(?:\s|$)))+(?:[.!?…]["'”’)\]]*|$)|[.!?…]+/gu; // the stop in 1.4 ends none
const SHORTENED =
  /(?:^|[\s(])(?:\p{L}|al|e\.g|i\.e|cf|vs|figs?|secs?|eqs?|tabs?|app|approx|resp|no|pp?)\.$/iu;
const MARKED = 0.3; // how well a word has to fit to be marked

/** @param {string} word @param {Mmu.Matches} found */
const isMarked = (word, found) => (found.get(fold(word))?.worth ?? 0) >= MARKED;

/** A text in parts, [text, whether it is one of the words].
    @param {string} text @param {Mmu.Matches} found @returns {[text: string, found: boolean][]} */
export function marked(text, found) {
  /** @type {[text: string, found: boolean][]} */
  const parts = [];
  let last = 0;
  for (const { 0: word, index } of text.matchAll(WORD))
    if (isMarked(word, found)) {
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
  let best = "",
    most = MARKED;
  const lines = text.split("\n").filter(line => !fold(title).includes(fold(line)));
  for (const line of lines)
    for (const sentence of sentences(line)) {
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
