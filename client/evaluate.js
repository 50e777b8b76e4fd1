/* What a filter finds in an index, and what it names that the index does not have. As filters/evaluate.py has it. */
import { fold } from "./fold.js";
import { FIELD } from "./index.js";
import { _ } from "./messages.js";
import { ALNUM, own, pattern, repr } from "./python.js";
import { DATE_FACETS, FilterError, leaves, TEXT_FIELDS } from "./syntax.js";

const MAX_WORDS = 32;

/** The papers that match a filter: 0 or 1 for each. What the index does not know matches nothing.
    @param {Mmu.Filter} filter @param {Mmu.Index} index @returns {Mmu.Mask} */
export function evaluate(filter, index) {
  const { kind, parts } = filter;
  if (parts) {
    const [found, ...rest] = parts.map(part => evaluate(part, index));
    for (const one of rest)
      for (let i = 0; i < found.length; i++)
        found[i] = kind === "and" ? found[i] & one[i] : found[i] | one[i];
    return found;
  }
  if (kind === "not") return evaluate(filter.part, index).map(held => 1 - held);
  if (kind === "range") return index.dates(filter);
  if (kind === "all") return new Uint8Array(index.size).fill(1);
  const facet = facetOf(filter, index);
  if (kind === "match" && !facet)
    return index.text(fold(filter.value), filter.facet, filter.prefix);
  return tagged(filter, facet, index) ?? new Uint8Array(index.size);
}

/** The facet that a condition is about; undefined if it is about a part of the text.
    @param {Mmu.Filter} node @param {Mmu.Index} index */
const facetOf = ({ kind, facet, value, prefix }, index) => {
  const whole =
    kind === "match" && facet === "author" && !prefix && index.spelled(facet, value) !== undefined; // the name of one
  return facet && (kind === "has" || !TEXT_FIELDS.has(facet) || whole)
    ? index.facet(facet)
    : undefined;
};

/** The papers of a condition on a facet; null if there is no such value.
    @param {Mmu.Filter} node @param {string | undefined} facet @param {Mmu.Index} index */
function tagged({ kind, facet: name, value, prefix }, facet, index) {
  if (kind === "has")
    return facet ? index.any(facet) : index.mask("has", [own(FIELD, name) ?? name]);
  return facet ? index.mask(facet, prefix ? beginning(value, facet, index) : [value]) : null;
}

/** The values that begin with a prefix.
    @param {string} prefix @param {string} facet @param {Mmu.Index} index */
function beginning(prefix, facet, index) {
  return index.beginning(facet, fold(prefix));
}

/** What a filter names and the index does not have, each once, in the order of the filter: {code, message, hint}. The
    hint, which takes time, is looked for when it is asked for.
    @param {Mmu.Filter} filter @param {Mmu.Index} index */
export function check(filter, index) {
  const faults = leaves(filter)
    .map(leaf => fault(leaf, index))
    .filter(f => f !== null);
  return [...new Map(faults.map(f => [f.message, f])).values()];
}

/** Refuse a filter that looks for more different words than a page can while its reader waits. Python has the time.
    @param {Mmu.Filter} filter @param {Mmu.Index} index */
export function bound(filter, index) {
  const texts = leaves(filter).filter(leaf => leaf.kind === "match" && !facetOf(leaf, index));
  const words = new Set(
    texts.map(({ facet, value, prefix }) => `${facet}:${fold(value)}${prefix ? "*" : ""}`),
  );
  if (words.size > MAX_WORDS)
    throw new FilterError(
      _("the filter looks for more than {n} words", { n: MAX_WORDS }),
      "",
      undefined,
      _("leave some out"),
    );
}

/** What no entry has in a field.
    @param {Mmu.Filter} leaf @param {Mmu.Index} index @returns {Mmu.Fault | null} */
function unwritten({ kind, facet, value, prefix }, index) {
  if (kind !== "match" || index.text(fold(value), facet, prefix).includes(1)) return null;
  const message = _("no entry has {value} in the field {facet}", {
    value: repr(value),
    facet: repr(facet),
  });
  return {
    code: "unknown-value",
    message,
    hint: _("write it as entries do: another work by its key, which its page shows"),
  };
}

/** @param {Mmu.Filter} leaf @param {Mmu.Index} index @returns {Mmu.Fault | null} */
function fault(leaf, index) {
  const { kind, facet: name, value, prefix } = leaf;
  if (!name || kind === "range" || TEXT_FIELDS.has(name)) return null;
  const facet = index.facet(name);
  if (!facet) {
    if (index.mask("has", [name])) return unwritten(leaf, index);
    const message = _("there is no facet {name}", { name: repr(name) }),
      choices = [...index.facets(), ...TEXT_FIELDS, ...DATE_FACETS];
    return {
      code: "unknown-facet",
      message,
      get hint() {
        return didYouMean(name, choices) || _("put it in quotes if it is text to look for");
      },
    };
  }
  if (
    kind === "has" ||
    index.mask(facet, [value]) ||
    (prefix && beginning(value, facet, index).length)
  )
    return null;
  const named = { facet, value: repr(value) };
  const message = prefix
    ? _("{facet} has no value that begins with {value}", named)
    : _("{facet} has no value {value}", named);
  return {
    code: "unknown-value",
    message,
    get hint() {
      return didYouMean(value, index.values(facet));
    },
  };
}

// --- Names that are near

const LONGEST_WORD = 100; // no name is
/** The choice that has the longest sequence of letters in common with a word, as a question; "" if none is near.
    @param {string} word @param {Iterable<string>} choices */
function didYouMean(word, choices) {
  if (word.length > LONGEST_WORD) return "";
  const letters = (/** @type {string} */ text) => [
    ...text
      .toLowerCase()
      .replace(pattern(`[^${ALNUM}]`, "gu"), " ")
      .trim(),
  ];
  const wanted = letters(word),
    likeness = (/** @type {string[]} */ other) => {
      const [short, long] = [wanted.length, other.length].sort((a, b) => a - b);
      if (2 * short < 0.6 * (short + long)) return 0; // whatever they have in common
      let row = new Array(other.length + 1).fill(0);
      for (const letter of wanted) {
        const next = [0];
        other.forEach((l, i) =>
          next.push(l === letter ? row[i] + 1 : Math.max(row[i + 1], next[i])),
        );
        row = next;
      }
      return (2 * row[row.length - 1]) / (wanted.length + other.length || 1);
    };
  const scored = [...new Set(choices)]
    .sort()
    .map(choice => ({ choice, score: likeness(letters(choice)) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { choice: "", score: 0 });
  return best.score >= 0.6 ? _("did you mean '{name}'?", { name: best.choice }) : "";
}
