/* Texts that readers see, in the language of the page. They are written out where they are looked up: _("{n} more", { n }). */
import { mmu } from "./mmu.js";

/** A text, from the catalogue if there is one, with {name} in it replaced by the value of that name.
    @param {string} text @param {Record<string, string | number>} [values] */
export const _ = (text, values) => {
  const said = mmu.messages?.[text] ?? text;
  return values ? said.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)) : said;
};

/** A label within a sentence: its first letter small, unless it is an acronym. As messages.py has it.
    @param {string} label */
export const lowerFirst = label =>
  /^.[\p{Lu}\p{Nd}]/u.test(label) ? label : label.slice(0, 1).toLowerCase() + label.slice(1);

/** The parts of a text, with nodes in the places of {name}.
    @param {string} text @param {Record<string, string | Node>} kids */
export const filled = (text, kids) =>
  text
    .split(/\{(\w+)\}/g)
    .map((part, n) => (n % 2 ? kids[part] : part))
    .filter(part => part !== "");
