/* Names for one thing. */
import { stemmed } from "./words.js";

/* Texts are not searched for "without training": its words say nothing apart. */
export const NEGATION = /^(?:without|no|not) /;

/** Phrases that mean the same, from each to the others: stems with blanks between them. */
export class Synonyms {
  /** @type {Map<string, Set<string>>} */
  #of = new Map();
  longest = 0;
  /** @param {string[]} names */
  add(names) {
    const phrases = [...new Set(names.map(stemmed))].filter(Boolean);
    for (const phrase of phrases)
      for (const other of phrases)
        if (other !== phrase && !NEGATION.test(other)) {
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
        const phrase = stems.slice(from, to),
          others = [...(this.#of.get(phrase.join(" ")) ?? [])];
        const kept = others
          .map(other => other.split(" "))
          .filter(other => !other.every(word => phrase.includes(word)));
        if (kept.length) found.push({ from, to, others: kept });
      }
    return found;
  }
}
