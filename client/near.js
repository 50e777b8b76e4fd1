/* Words that were meant to be others: how many mistakes make one of the other. */

/** Whether a word can be made of another by so few mistakes: a letter left out, put in, changed, or two that have changed
    places. Where `open`, what follows in the other word does not count.
    @param {string} word @param {string} other @param {number} most @param {boolean} open @returns {number} */
export function isNear(word, other, most, open) {
  const width = other.length;
  /** @type {number[]} */
  let last = [];
  let row = Array.from({ length: width + 1 }, (_, i) => i);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= width; j++) {
      let cost = Math.min(
        next[j - 1] + 1,
        row[j] + 1,
        row[j - 1] + Number(word[i - 1] !== other[j - 1]),
      );
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1])
        cost = Math.min(cost, last[j - 2] + 1);
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
export function lettersOf(word) {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31);
  return mask;
}
/** @param {number} mask */
export function bits(mask) {
  let n = 0;
  for (let rest = mask; rest; rest &= rest - 1) n++;
  return n;
}

const ENDED = 6,
  ENDING = 4; // letters of a name that has got an ending, and of such an ending
/** Whether a word is a name with an ending: SafeRedirect.
    @param {string} word @param {string} name */
export const goesOn = (word, name) =>
  name.length >= ENDED &&
  word.length > name.length &&
  word.length <= name.length + ENDING &&
  word.startsWith(name);
