/* Texts for comparing, as fold() of filters/syntax.py has them. */
import { ALNUM, pattern } from "./python.js";

const NOT_ASCII = /[^\0-\x7f]/gu;

/** Python's casefold(): one case for all forms of a letter. Dotless ı is no i; alone, no σ is a final one.
    @param {string} text */
export const caseless = text =>
  text
    .replace(NOT_ASCII, c => (c === "ı" ? c : c.toLowerCase().toUpperCase().toLowerCase()))
    .toLowerCase();

/** Some Latin letters that Unicode does not take apart.
    @type {Record<string, string>} */
const STROKES = {
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  ı: "i",
  ŋ: "n",
  đ: "d",
  ð: "d",
  ħ: "h",
  ŧ: "t",
  þ: "th",
};
/** @param {string} text */
const plain = text => text.replace(/\p{M}/gu, "").replace(/[æœøłıŋđðħŧþ]/g, c => STROKES[c]);

/* A character folds alike whatever is beside it, and a library has few that are not ASCII: each is folded once. */
const folded = new Map();
/** @param {string} c */
function foldOne(c) {
  if (!folded.has(c)) folded.set(c, plain(caseless(c.normalize("NFKD")).normalize("NFKD")));
  return folded.get(c);
}

/** Text for comparing: compatibility forms resolved, case folded, accents, strokes and other marks dropped.
    @param {string} text */
export const fold = text => text.replace(NOT_ASCII, foldOne).toLowerCase();

const IN_WORD = pattern(`[${ALNUM}]`);
/** Whether a place in a folded text is where a word begins.
    @param {string} text @param {number} at */
export function beginsAt(text, at) {
  const before = at ? text.charCodeAt(at - 1) : 32;
  if (before < 128) return !(before >= 97 && before <= 122) && !(before >= 48 && before <= 57);
  // The whole last character: Chromium 156 does not find a letter of two units by /[…]$/u.
  return !IN_WORD.test(String([...text.slice(Math.max(0, at - 2), at)].at(-1)));
}
/** @param {string} needle @param {string} text */
export function beginsWord(needle, text) {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1))
    if (beginsAt(text, at)) return true;
  return false;
}
