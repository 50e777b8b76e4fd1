/* The words of texts and of what is typed: where they are, their stems, those of questions, and years as words say them. */
import { fold } from "./query.js";

export const WORD = /[\p{L}\p{N}]+/gu;
export const HYPHENS = "-’'‐‑";

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
export function each(text, act) {
  for (let from = -1, at = 0; at <= text.length; at++) {
    const sign = at < text.length ? text.charCodeAt(at) : 32;
    const inside =
      (sign > 96 && sign < 123) ||
      (sign > 47 && sign < 58) ||
      (sign > 127 && isLetter(text, at, sign));
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
  const whole = /** @type {number} */ (
    sign >= 0xd800 && sign < 0xe000 ? text.codePointAt(sign < 0xdc00 ? at : at - 1) : sign
  );
  if (!letters.has(whole)) letters.set(whole, OTHER.test(String.fromCodePoint(whole)));
  return /** @type {boolean} */ (letters.get(whole));
}

/* Words that a question is made of. They count where there is nothing else. */
export const QUESTION = new Set(
  `a about all am an and any are article articles as at be been between but by can could did do does every
everything for from had has have help how i if in into is it its me more my need not of on one or our paper papers published shall
should show so some such than that the their them then there these they this those to too use used using was we were what when where
which who whom whose why will with work works would you your vs via per mean means meant meaning definition define defined explain
explained needed required`.split(/\s+/),
);

/** A part of a word that its forms share: erase, erasing, erasure; colour, color. It is no word of a language, and only
    has to differ where words differ.
    @type {Record<string, string>} */
const FORMS = {
  erasure: "eras",
  erasures: "eras",
  eraser: "eras",
  erasers: "eras",
  forgot: "forget",
  forgotten: "forget",
  learnt: "learn",
  learned: "learn",
  unlearnt: "unlearn",
  unlearned: "unlearn",
  learns: "learn",
  analyses: "analys",
  analysis: "analys",
  criteria: "criterion",
  indices: "index",
  data: "data",
  bias: "bias",
  biases: "bias",
  gone: "go",
  faster: "fast",
  fastest: "fast",
  slower: "slow",
  slowest: "slow",
  cheaper: "cheap",
  cheapest: "cheap",
};
/** @type {[RegExp, string][]} */
const ENDINGS = [
  [/(?<=[^aeiou].*)(?:isation|ization)s?$/, "iz"],
  [/(?<=.{3})(?:ations?|ated|ates?|ating|ative|atives)$/, ""],
  [/(?<=.{2})ies$/, "y"],
  [/(?<=(?:ss|sh|ch|x|zz))es$/, ""],
  [/(?<=.{2}[^sui])s$/, ""],
  [/(?<=.{3})(?:ings?|ed|edly|ingly)$/, ""],
  [/(?<=.{3}[st])ions?$/, ""],
  [/(?<=.{4})(?:ness|ment|ments)$/, ""],
  [/(?<=.{4})ly$/, ""],
  [/(?<=[bdfgklmnprtv])our$/, "or"],
  [/(?<=.{2})is(?=e?$)/, "iz"],
  [/(?<=.{2})(?:(?<!ett)e|y)$/, ""],
  [/([bdgklmnprt])\1$/, "$1"],
];
/** @type {Map<string, string>} */
const stems = new Map();
/** @param {string} word */
export function stem(word) {
  let found = stems.get(word);
  if (found === undefined) {
    found = Object.hasOwn(FORMS, word) ? FORMS[word] : word;
    if (found === word && word.length > 3 && !/\d/.test(word))
      for (const [end, by] of ENDINGS) found = found.replace(end, by);
    stems.set(word, found);
  }
  return found;
}
/** @param {string} text */
export const stemmed = text => words(text).map(stem).join(" ");

const CAPITAL = /^\p{Lu}$/u,
  CAPITALS = /^\p{Lu}[\p{Lu}\p{N}]+$/u,
  DASH = /^[-‐‑]$/;
/** The words of texts as they were typed: of each the text that it is in, whether a hyphen ties it to the one before,
    whether it is in capitals, which are never respelt, and whether it is the initial of a name.
    @param {string[]} texts */
export function typed(texts) {
  /** @type {Mmu.Typed[]} */
  const found = [];
  texts.forEach((given, n) => {
    const text = given.normalize();
    let end = text.length;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const tied = DASH.test(text.slice(end, index));
      end = index + word.length;
      const initial = CAPITAL.test(word) && text[end] === ".";
      for (const one of words(word))
        found.push({ word: one, given: word, n, tied, exact: CAPITALS.test(word), initial });
    }
  });
  return found;
}
/** Words that say nothing, but for those within a hyphenated word, which is a phrase.
    @param {Mmu.Typed[]} typed */
export const telling = typed =>
  typed.filter(
    ({ word, tied, initial }, n) => tied || initial || typed[n + 1]?.tied || !QUESTION.has(word),
  );

/** Whether words say something together only: some are words of questions.
    @param {string[]} parts */
export const isPhrase = parts =>
  parts.some(word => QUESTION.has(word)) && !parts.every(word => QUESTION.has(word));

/* Years between two are one word, "2024to2026", or "2024to" without an end. */
export const YEAR = /^(?:19|20)\d\d$/,
  SPAN = /^(?=.{6})(\d{4})?to(\d{4})?$/;
const TO = new Set(["to", "until", "and"]);
/** @type {Record<string, (year: number) => string>} */
const BOUNDS = {
  since: year => `${year}to`,
  after: year => `${year + 1}to`,
  until: year => `to${year}`,
  to: year => `to${year}`,
  before: year => `to${year - 1}`,
};
/** Years as words say them, and venues apart from the years that are written to them: CVPR2025, CVPR'25.
    @param {Mmu.Typed[]} typed @param {Set<string>} venues */
export function dated(typed, venues) {
  const apart = typed.flatMap(one => {
    const [, venue = "", year = ""] = /^(\p{L}+)((?:19|20)?\d\d)$/u.exec(one.word) ?? [];
    return venues.has(venue)
      ? [
          { ...one, word: venue },
          { ...one, word: year },
        ]
      : [one];
  });
  /** @type {Mmu.Typed[]} */
  const found = [];
  for (let n = 0; n < apart.length; n++) {
    const one = apart[n],
      after = venues.has(found.at(-1)?.word ?? ""),
      word = after && /^[0-3]\d$/.test(one.word) ? `20${one.word}` : one.word;
    const joins = n + 2 < apart.length && TO.has(apart[n + 1].word) ? 2 : 1,
      { word: next = "" } = apart[n + joins] ?? {};
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
/** @param {string[]} parts */
export const initials = parts => parts.map(part => part[0]).join("");
