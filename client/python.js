/* What Python does with texts: its blanks and letters are not those of JavaScript. */

/* Python's \s and \w, which are not JavaScript's. */
export const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
export const ALNUM = String.raw`\p{L}\p{N}`;
/** @param {string} source @param {string} [flags] */
export const pattern = (source, flags = "u") => new RegExp(source, flags);
const [SPACES, UNEVEN] = [`[${SPACE}]+`, `^ | $|  |(?! )[${SPACE}]`].map(s => pattern(s));
/** Without the blanks at its end. A pattern for these would look at all others as often as they are long.
    @param {string} text */
export function strip(text) {
  let end = text.length;
  while (end && SPACES.test(text[end - 1])) end--;
  return text.slice(0, end);
}
/** Python's strip().
    @param {string} text */
export const trimmed = text => strip(text).replace(pattern(`^[${SPACE}]+`), "");
/** @param {string} text */
export const split = text => text.split(SPACES).filter(Boolean);
/** @param {string} text */
export const squeeze = text => (UNEVEN.test(text) ? split(text).join(" ") : text);
/** @template T @param {Record<string, T> | null | undefined} object @param {string} name @returns {T | undefined} */
export const own = (object, name) =>
  object && Object.hasOwn(object, name) ? object[name] : undefined;

/** Python's repr() of a text.
    @param {string} text */
export function repr(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'",
    /** @type {Record<string, string>} */ named = { "\n": "n", "\r": "r", "\t": "t" };
  return (
    quote +
    text.replace(/[\\'"\p{C}\p{Z}]/gu, c => {
      if (c === quote || c === "\\" || named[c]) return `\\${named[c] ?? c}`;
      const hex = Number(c.codePointAt(0)).toString(16),
        [mark, length] = hex[4] ? ["U", 8] : hex[2] ? ["u", 4] : ["x", 2];
      return " '\"".includes(c) ? c : `\\${mark}${hex.padStart(length, "0")}`;
    }) +
    quote
  );
}
