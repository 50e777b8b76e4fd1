/* The filter language in the browser: it reads what filters/syntax.py reads, means what filters/evaluate.py means over
   what library/collection.py indexes, and refuses with the same words at the same column. tests/browser/test_query_js.py
   compares them; only what "did you mean" proposes may differ. It touches no page.

     const index = new query.Index(papers, facets);
     const found = query.evaluate(query.parse("stage:data-side -has:code"), index);  // found[i] is 0 or 1

   Nodes are frozen: {kind: "all"}, {kind: "match", facet, value, prefix}, {kind: "has", facet}, {kind: "not", part},
   {kind: "range", facet, low, high, lowClosed, highClosed}, {kind: "and", parts}, {kind: "or", parts}. */
import { END, OTHERS } from "./columns.js";
import { _ } from "./messages.js";

const MAX_LENGTH = 2000, MAX_DEPTH = 50, MAX_WORDS = 32;
const DATE_FACETS = new Set(["year", "published", "date"]);
export const TEXT_FIELDS = new Set(["title", "short", "author", "abstract"]);

/* Python's \s and \w, which are not JavaScript's. */
const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const ALNUM = String.raw`\p{L}\p{N}`;
/** @param {string} source @param {string} [flags] */
const pattern = (source, flags = "u") => new RegExp(source, flags);
const [SPACES, UNEVEN] = [`[${SPACE}]+`, `^ | $|  |(?! )[${SPACE}]`].map(s => pattern(s));
/** Without the blanks at its end. A pattern for these would look at all others as often as they are long.
    @param {string} text */
function strip(text) {
  let end = text.length;
  while (end && SPACES.test(text[end - 1])) end--;
  return text.slice(0, end);
}
/** Python's strip().
    @param {string} text */
export const trimmed = text => strip(text).replace(pattern(`^[${SPACE}]+`), "");
/** @param {string} text */
const split = text => text.split(SPACES).filter(Boolean);
/** @param {string} text */
const squeeze = text => UNEVEN.test(text) ? split(text).join(" ") : text;
/** @template T @param {Record<string, T> | null | undefined} object @param {string} name @returns {T | undefined} */
export const own = (object, name) => object && Object.hasOwn(object, name) ? object[name] : undefined;

/** Python's repr() of a text.
    @param {string} text */
function repr(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'", /** @type {Record<string, string>} */ named = { "\n": "n", "\r": "r", "\t": "t" };
  return quote + text.replace(/[\\'"\p{C}\p{Z}]/gu, c => {
    if (c === quote || c === "\\" || named[c]) return `\\${named[c] ?? c}`;
    const hex = Number(c.codePointAt(0)).toString(16), [mark, length] = hex[4] ? ["U", 8] : hex[2] ? ["u", 4] : ["x", 2];
    return " '\"".includes(c) ? c : `\\${mark}${hex.padStart(length, "0")}`;
  }) + quote;
}

// --- Nodes

/** @param {Mmu.Filter["kind"]} kind @param {Partial<Mmu.Filter>} [props] @returns {Mmu.Filter} */
const node = (kind, props = {}) => /** @type {Mmu.Filter} */ (Object.freeze({ kind, ...props }));
const ALL = node("all");
/** @param {Mmu.Filter} part */
const not = part => node("not", { part });
/** @param {string} facet @param {string | null} low @param {string | null} high @param {boolean} [lowClosed] @param {boolean} [highClosed] */
const range = (facet, low, high, lowClosed = true, highClosed = true) =>
  node("range", { facet, low, high, lowClosed, highClosed });
/** @param {"and" | "or"} kind @param {Mmu.Filter[]} nodes @param {Mmu.Filter} none */
function joined(kind, nodes, none) {
  const parts = Object.freeze(nodes.flatMap(n => n.kind === kind ? n.parts : [n]));
  return parts.length > 1 ? node(kind, { parts }) : parts[0] ?? none;
}

/** The conjunction, flat; of nothing, every paper.
    @param {...Mmu.Filter} nodes */
export const allOf = (...nodes) => joined("and", nodes, ALL);

/** The disjunction, flat; of nothing, no paper.
    @param {...Mmu.Filter} nodes */
export const anyOf = (...nodes) => joined("or", nodes, not(ALL));

/** The conditions of a filter, from left to right.
    @param {Mmu.Filter} filter @returns {Mmu.Filter[]} */
export const leaves = filter => filter.part ? leaves(filter.part) : filter.parts?.flatMap(leaves) ?? [filter];

// --- Reading

/** A filter that cannot be read: why, where (`column` counts characters from 0), and what to write instead. */
export class FilterError extends Error {
  /** @param {string} message @param {string} text @param {number} [at] @param {string} [hint] */
  constructor(message, text, at, hint = "") {
    super(message);
    const column = at === undefined ? undefined : [...text.slice(0, at)].length;
    this.name = "FilterError";
    this.text = text;
    this.column = column;
    this.hint = hint;
  }
}

/* The terminals of filters/grammar.lark. */
const NO_WORD = String.raw`${SPACE}()\[\]{}":*?~^<>=!|\\&`, NO_START = String.raw`${NO_WORD}+/\-`;
const LETTERS = String.raw`(?:\\[^]|[^${NO_START}])(?:\\[^]|&(?!&)|[^${NO_WORD}])*`;
const OPERATOR = "(?:[Aa][Nn][Dd]|[Oo][Rr]|[Nn][Oo][Tt])", AFTER = String.raw`(?=[${SPACE}()"]|$)`;
const TERMINALS = {
  FACET: String.raw`[\p{L}\p{Nl}\p{No}][${ALNUM}_.\-]*:`, PREFIX: String.raw`${LETTERS}\*(?=[${SPACE})]|$)`,
  WORD: `(?!${OPERATOR}${AFTER})${LETTERS}`, QUOTED: String.raw`"(?:\\[^]|[^"\\])*"`,
  STAR: String.raw`(?<![^${SPACE}(:\-])\*(?=[${SPACE})]|$)`, MINUS: `-(?=[^${SPACE}])`,
  AND: `AND${AFTER}`, OR: `OR${AFTER}`, NOT: `NOT${AFTER}`, OPEN: String.raw`\(`, CLOSE: String.raw`\)`, END: "$",
  RANGE_OPEN: String.raw`[\[{]`, RANGE_CLOSE: String.raw`[\]}]`, COMPARISON: "[<>]=?", TO: `TO(?=[${SPACE}]|$)`,
  BOUND: String.raw`[^${SPACE}()\[\]{}":*<>=\\]+`, ANY_BOUND: String.raw`\*`,
};
/** @param {string} source */
const sticky = source => pattern(source, "uy");
const T = Object.fromEntries(Object.entries(TERMINALS).map(([name, source]) => [name, sticky(source)]));
const BLANK = sticky(`[${SPACE}]*`);

/** Read a filter; a FilterError says what is wrong with one that cannot be read.
    @param {string} text */
export function parse(text) {
  beforeReading(text);
  const reader = new Reader(text), found = reader.either("");
  reader.need(T.END);
  if (reader.fault) throw reader.fault;
  return found;
}

/** Nothing at all, too much, and what is never closed.
    @param {string} text */
function beforeReading(text) {
  /** @type {(message: string, at: number, hint?: string) => never} */
  const fail = (message, at, hint) => { throw new FilterError(message, text, at, hint); };
  const limit = [...text.slice(0, 2 * MAX_LENGTH)].slice(0, MAX_LENGTH).join("").length, opened = [];
  if (!strip(text)) fail(_("the filter is empty"), 0, _("write * for every paper"));
  if (text.length > limit) fail(_("the filter is longer than 2,000 characters"), limit);
  for (const { 0: sign, index } of text.matchAll(/\\.|"(?:\\.|[^"\\])*"|[()"]/gsu)) {
    if (sign === '"') fail(_("this quote is never closed"), index, _('add " at its end'));
    if (sign === ")" && !opened.length) fail(_("this parenthesis was never opened"), index, _("delete it"));
    if (sign === "(" && opened.length === MAX_DEPTH) fail(_("parentheses are nested more than {n} deep", { n: MAX_DEPTH }), index);
    if (sign === "(") opened.push(index);
    if (sign === ")") opened.pop();
  }
  if (opened.length) fail(_("this parenthesis is never closed"), opened[opened.length - 1], _("add ) where the group ends"));
}

/* Recursive descent. `facet` is "" where conditions stand, and the name of a facet where its values do. */
class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
    /** @type {FilterError | null} */
    this.fault = null;
  }
  /** @param {RegExp} terminal */
  sees(terminal) {
    BLANK.lastIndex = this.at;
    BLANK.test(this.text);
    terminal.lastIndex = this.at = BLANK.lastIndex;
    return terminal.exec(this.text);
  }
  /** @param {RegExp} terminal @returns {Mmu.Taken | null} */
  take(terminal) {
    const found = this.sees(terminal);
    this.at += found?.[0].length ?? 0;
    return found && { text: found[0], at: found.index };
  }
  /** @param {RegExp} terminal @param {RegExp} [other] @returns {Mmu.Taken} */
  need(terminal, other) {
    return this.take(terminal) ?? (other ? this.need(other) : this.refuse());
  }
  /** @returns {never} */
  refuse() {
    const at = this.at === this.text.length ? strip(this.text).length : this.at;
    const [message, hint] = reason(this.text, at);
    throw new FilterError(message, this.text, at, hint);
  }
  /** What the grammar allows and the meaning does not: the first is told, once the rest has been read.
      @param {string} message @param {number} at @param {string} [hint] @returns {null} */
  wrong(message, at, hint) {
    this.fault ??= new FilterError(message, this.text, at, hint);
    return null;
  }

  /** @param {string} facet @returns {Mmu.Filter} */
  either(facet) {
    const parts = [this.both(facet)];
    while (this.take(T.OR)) parts.push(this.both(facet));
    return anyOf(...parts);
  }
  /** @param {string} facet */
  both(facet) {
    const parts = [this.single(facet)];
    while (!this.sees(T.END) && !this.sees(T.CLOSE) && !this.sees(T.OR)) {
      // Within facet:(…) another facet is refused at its colon; but where it follows a value, at its beginning, for
      // the tables of Python's parser do not tell a value in parentheses from one without.
      if (!this.take(T.AND) && facet && this.sees(T.FACET)) this.refuse();
      parts.push(this.single(facet));
    }
    return allOf(...parts);
  }
  /** @param {string} facet */
  single(facet) {
    return this.take(T.NOT) ?? this.take(T.MINUS) ? not(this.condition(facet)) : this.condition(facet);
  }
  /** @param {string} facet */
  condition(facet) {
    const name = facet ? null : this.take(T.FACET)?.text.slice(0, -1);
    return this.value(name ? /^[\0-\x7f]*$/.test(name) ? name.toLowerCase() : name : facet);
  }
  /** @param {string} facet @returns {Mmu.Filter} */
  value(facet) {
    if (this.take(T.OPEN)) {
      const inner = this.either(facet);
      this.need(T.CLOSE);
      return inner;
    }
    return (facet && (this.brackets(facet) ?? this.comparison(facet))) || this.word(facet);
  }
  /** @param {string} facet */
  word(facet) {
    const prefix = this.take(T.PREFIX), found = prefix ?? this.take(T.WORD) ?? this.take(T.QUOTED);
    if (!found) {
      this.need(T.STAR);
      return DATE_FACETS.has(facet) ? range(facet, null, null) : facet ? node("has", { facet }) : ALL;
    }
    const raw = prefix ? found.text.slice(0, -1) : found.text[0] === '"' ? found.text.slice(1, -1) : found.text;
    const value = squeeze(raw.replace(/\\(.)/gsu, "$1"));
    if (!value) return this.wrong(_("there is nothing to look for here"), found.at, _("write a word, or * for any")) ?? ALL;
    if (!DATE_FACETS.has(facet)) return node("match", { facet, value, prefix: !!prefix });
    const date = this.date(facet, prefix ?? { ...found, text: value });
    return range(facet, date, date);
  }
  /** @param {string} facet */
  brackets(facet) {
    const open = this.take(T.RANGE_OPEN);
    if (!open) return null;
    const low = this.need(T.BOUND, T.ANY_BOUND);
    this.need(T.TO);
    const high = this.need(T.BOUND, T.ANY_BOUND), close = this.need(T.RANGE_CLOSE);
    return this.range(facet, low, high, open.text === "[", close.text === "]");
  }
  /** @param {string} facet */
  comparison(facet) {
    const sign = this.take(T.COMPARISON)?.text;
    if (!sign) return null;
    const bound = this.need(T.BOUND), [low, high] = sign[0] === ">" ? [bound, null] : [null, bound];
    return this.range(facet, low, high, sign !== ">", sign !== "<");
  }
  /** @param {string} facet @param {Mmu.Taken | null} low @param {Mmu.Taken | null} high @param {boolean} lowClosed @param {boolean} highClosed */
  range(facet, low, high, lowClosed, highClosed) {
    const { at } = /** @type {Mmu.Taken} */ (low ?? high);
    if (!DATE_FACETS.has(facet))
      return this.wrong(_("{facet} has no order to compare by", { facet }), at, _("only year, published and date take ranges")) ?? ALL;
    const first = this.date(facet, low), last = this.date(facet, high);
    const shared = Math.min(first?.length ?? 0, last?.length ?? 0);
    if (first && last && first.slice(0, shared) > last.slice(0, shared))
      this.wrong(_("the range ends before it begins"), at, _("write {filter}", { filter: `${facet}:[${last} TO ${first}]` }));
    return range(facet, first, last, !first || lowClosed, !last || highClosed);
  }
  /** @param {string} facet @param {Mmu.Taken | null} bound @returns {string | null} */
  date(facet, bound) {
    if (!bound || bound.text === "*") return null;
    /** @type {[thing: string, form: RegExp, hint: string]} */
    const [thing, form, hint] = facet === "date"
      ? ["date", /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/, _("write 2024, 2024-03 or 2024-03-17")]
      : ["year", /^[0-9]{4}$/, _("write 2024, >=2024 or [2023 TO *]")];
    return form.test(bound.text) ? bound.text : this.wrong(thing === "date" ? _("{value} is not a date", { value: repr(bound.text) }) : _("{value} is not a year", { value: repr(bound.text) }), bound.at, hint);
  }
}

// --- Explaining

const QUOTE_HINT = _("to look for the character itself, put the text in quotes");
const AT_FAULT = [ // what stands at the fault, the sentence, the hint; the first that fits counts
  ["&&?", _("'{sign}' is not an operator here"), _("write AND")],
  [String.raw`\|\|?`, _("'{sign}' is not an operator here"), _("write OR")],
  ["!", _("'!' is not an operator here"), _("write NOT, or - directly before the condition")],
  [`(?:AND|OR)${AFTER}`, _("'{sign}' has no condition before it"), _("write one, or put the word in quotes")],
  [`NOT${AFTER}`, _("'NOT' is not allowed here"), _("write it once, before a whole condition")],
  [OPERATOR + AFTER, _("'{sign}' is an operator only in capitals"), _("write {sign}, or put the word in quotes to look for it")],
  ["~", _("'~' for similar words is not supported"), _("write the beginning of the word and *")],
  [String.raw`\^`, _("'^' for weights is not supported"), _("delete it: a filter does not rank")],
  ["/", _("regular expressions are not supported"), _("put what begins with / in quotes")],
  [String.raw`\?`, _("'?' for one character is not supported"), _("write the beginning of the word and *")],
  [String.raw`\*`, _("'*' is allowed only at the end of a word"), _("a part of a word is found without it")],
  [String.raw`\+`, _("'+' is not an operator here"), _("delete it: all conditions apply anyway")],
  ["=", _("'=' is not an operator here"), _("write facet:value")],
  [String.raw`[<>\[{\]}]`, _("a range needs year:, published: or date: directly before it"), _("write year:>=2024, or year:[2023 TO *]")],
  ["-", _("'-' is written once, directly before what it excludes"), QUOTE_HINT],
  [String.raw`\\`, _("this backslash has no character after it"), _("write two for the character itself")],
].map(([source, message, hint]) => ({ terminal: sticky(source), message, hint }));

/** Why reading stopped there, and what to write instead.
    @param {string} text @param {number} at @returns {string[]} */
function reason(text, at) {
  const before = strip(text.slice(0, at)), [here = ""] = text.slice(at);
  if (/(?<!\\)[[{][^[\]{}()"]*$/.test(before))
    return [_("this is not how a range is written"), _("write year:[2023 TO 2025], or * for no bound")];
  if (before.endsWith(":") && here === "-") return [_("'-' is written before the facet"), _("write -facet:value")];
  if (here === "" || here === ")") return incomplete(before);
  if (here === ":") return colon(before, text.slice(0, at));
  for (const { terminal, message, hint } of AT_FAULT) {
    terminal.lastIndex = at;
    const found = terminal.exec(text)?.[0];
    if (found) return [message.replace("{sign}", found), hint.replace("{sign}", found.toUpperCase())];
  }
  return [_("{sign} is not allowed here", { sign: repr(here) }), QUOTE_HINT];
}

/** Something had to follow: the filter ends here, or its group does.
    @param {string} before */
function incomplete(before) {
  const last = split(before.replaceAll("(", " ( ")).at(-1) ?? "";
  if (last.endsWith(":")) return [_("a value is missing after {text}", { text: repr(last) }), _("write {filter} for any", { filter: `${last}*` })];
  if (last === "(") return [_("there is nothing between the parentheses"), _("delete them")];
  return [_("a condition is missing after {text}", { text: repr(last) }), _("write one, or delete the operator")];
}

/** @param {string} before @param {string} text */
function colon(before, text) {
  if (!before || before !== text) return [_("':' is written directly after the name of a facet"), _("write facet:value")];
  const [facet, ...value] = String(before.split(pattern(`[${SPACE}()"]`)).at(-1)).split(":");
  if (value.length) return [_("a condition has one colon"), _("put the value in quotes: {filter}", { filter: `${facet}:"${value.join(":")}:…"` })];
  return [_("the name of a facet begins with a letter, and has no signs"), QUOTE_HINT];
}

// --- Writing

const PLAIN = pattern(`^(?!${OPERATOR}$)[^${NO_START}][^${NO_WORD}]*$`);
const UNSAFE = pattern(String.raw`^[^${ALNUM}_]|[^${ALNUM}_/.\-]`, "gu");

/** A text as the value of an option of a directive: MyST reads YAML, in which some texts need quotes. */
const ODD = /^[^\p{L}\p{N}(]|: |:$| #|^\(.*[:#]\s/u;
/** @param {string} text */
export const option = text => ODD.test(squeeze(text)) ? `'${squeeze(text).replaceAll("'", "''")}'` : squeeze(text);

/** The canonical text of a filter: what is read from it is the same node again.
    @param {Mmu.Filter} filter @returns {string} */
export function toText(filter) {
  const { kind, facet, part, parts } = filter;
  if (kind === "not") return part.kind === "not" ? `-(${toText(part)})` : `-${operand(part)}`;
  if (kind === "and") return parts.map(operand).join(" ");
  if (kind === "or") return oneFacet(parts) || parts.map(operand).join(" OR ");
  return facet ? `${facet}:${valueText(filter)}` : valueText(filter);
}

/** @param {Mmu.Filter} filter @returns {string} */
function operand(filter) {
  const grouped = filter.kind === "and" || (filter.kind === "or" && !oneFacet(filter.parts));
  return grouped ? `(${toText(filter)})` : toText(filter);
}

/** facet:(a OR b) where all parts are conditions on the same facet, else nothing.
    @param {readonly Mmu.Filter[]} parts */
function oneFacet(parts) {
  const { facet } = parts[0];
  return facet && parts.every(p => p.facet === facet) ? `${facet}:(${parts.map(valueText).join(" OR ")})` : "";
}

/** @param {string} value */
export const quoted = value => `"${value.replace(/[\\"]/g, "\\$&")}"`;
/** @param {Mmu.Filter} node */
function valueText({ kind, value, prefix, low, high, lowClosed, highClosed }) {
  if (kind === "match" && prefix) return `${value.replace(UNSAFE, "\\$&")}*`;
  if (kind === "match") return PLAIN.test(value) ? value : quoted(value);
  const closed = lowClosed && highClosed;
  if (low && high && low === high && closed) return low;
  if (low && high) return `${lowClosed ? "[" : "{"}${low} TO ${high}${highClosed ? "]" : "}"}`;
  return low || high ? `${low ? ">" : "<"}${closed ? "=" : ""}${low || high}` : "*";
}

/** A text as someone types it who thinks of no syntax: words end without a question mark, and where no sign belongs to the
    syntax, "not" is a word.
    @param {string} text */
export function spoken(text) {
  const ended = text.replace(/(?<=[\p{L}\p{N}])[?!]+(?!\S)/gu, "");
  return /[:"()[\]{}*~^<>=|\\]|(?<!\S)(?:AND|OR|NOT|[-+/&])/.test(ended) ? ended : ended.replace(/(?<!\S)(?:and|or|not)(?!\S)/gi, '"$&"');
}

// --- Comparing

const NOT_ASCII = /[^\0-\x7f]/gu;

/** Python's casefold(): one case for all forms of a letter. Dotless ı is no i; alone, no σ is a final one.
    @param {string} text */
export const caseless = text =>
  text.replace(NOT_ASCII, c => c === "ı" ? c : c.toLowerCase().toUpperCase().toLowerCase()).toLowerCase();

/** Some Latin letters that Unicode does not take apart.
    @type {Record<string, string>} */
const STROKES = { æ: "ae", œ: "oe", ø: "o", ł: "l", ı: "i", ŋ: "n", đ: "d", ð: "d", ħ: "h", ŧ: "t", þ: "th" };
/** @param {string} text */
const plain = text => text.replace(/\p{M}/gu, "").replace(/[æœøłıŋđðħŧþ]/g, c => STROKES[c]);

/* A character folds alike whatever stands beside it, and a library has few that are not ASCII: each is folded once. */
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
function beginsWord(needle, text) {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) if (beginsAt(text, at)) return true;
  return false;
}

const LONGEST_WORD = 100; // no name is
/** The choice that has the longest sequence of letters in common with a word, as a question; "" if none is near.
    @param {string} word @param {Iterable<string>} choices */
function didYouMean(word, choices) {
  if (word.length > LONGEST_WORD) return "";
  const letters = (/** @type {string} */ text) => [...text.toLowerCase().replace(pattern(`[^${ALNUM}]`, "gu"), " ").trim()];
  const wanted = letters(word), likeness = (/** @type {string[]} */ other) => {
    const [short, long] = [wanted.length, other.length].sort((a, b) => a - b);
    if (2 * short < 0.6 * (short + long)) return 0; // whatever they have in common
    let row = new Array(other.length + 1).fill(0);
    for (const letter of wanted) {
      const next = [0];
      other.forEach((l, i) => next.push(l === letter ? row[i] + 1 : Math.max(row[i + 1], next[i])));
      row = next;
    }
    return 2 * row[row.length - 1] / (wanted.length + other.length || 1);
  };
  const scored = [...new Set(choices)].sort().map(choice => ({ choice, score: likeness(letters(choice)) }));
  const best = scored.reduce((a, b) => b.score > a.score ? b : a, { choice: "", score: 0 });
  return best.score >= 0.6 ? _("did you mean '{name}'?", { name: best.choice }) : "";
}

// --- The papers

/** @type {Record<string, (paper: Mmu.Paper) => string[]>} */
const DERIVED = { // facet → its values for a paper
  year: p => p.date ? [String(+p.date.slice(0, 4))] : [], published: p => p.placed && p.published ? [p.published] : [],
  venue: p => p.vs ? [p.vs, ...p.published ? [`${p.vs}/${p.published}`] : []] : [], results: p => p.results ?? [], author: p => p.authors.filter(name => name !== OTHERS),
  type: p => [p.type], has: p => p.has, key: p => [p.key], keyword: p => p.kw,
};
/** @type {Record<string, (paper: Mmu.Paper) => string>} */
const TEXTS = { // what free words look at; any other name is looked up in `fields`
  title: p => squeeze(p.title), short: p => squeeze(p.short), author: p => p.authors.join("\n"),
  venue: p => `${p.vs}\n${p.venue}`, abstract: p => squeeze(p.abs),
};
/** @type {Record<string, string>} */
const FIELD = { short: "shorttitle" };
/** What to print for a venue: "CVPR 2024" for "CVPR/2024".
    @param {string} value */
export const venueLabel = value => value.replace(/\/(?=[0-9]{4}$)/, " ");

/** What to call a value of a facet.
    @param {Mmu.Derived | undefined} facet @param {string} value */
export const labelOf = (facet, value) => facet?.labels.get(value) ?? (facet?.name === "venue" ? venueLabel(value) : value);
const KEPT = 32; // results of text searches

/** How many papers a mask has.
    @param {Mmu.Mask} mask */
export function size(mask) {
  let n = 0;
  for (let i = 0; i < mask.length; i++) n += mask[i];
  return n;
}
/** @param {Mmu.Mask} one @param {Mmu.Mask} other */
export const both = (one, other) => one.map((held, i) => held & other[i]);
/** Where a mask has 1.
    @param {Mmu.Mask} mask */
function positions(mask) {
  const found = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) found.push(i);
  return found;
}

/** A value and its parents: "a/b" gives "a", "a/b".
    @param {string} value */
const withParents = value => value.includes("/")
  ? value.split("/").map((_, n, parts) => parts.slice(0, n + 1).join("/")) : [value];

/** What a filter is evaluated over: the records and the facets of a data file. Each part is made when it is first
    asked for, and records and facets may not change after. A set of papers is a mask: 0 or 1 for each. Where records
    are kept in columns, these are read instead: {facets, values(facet), text(field)} give the facets of tags; {lists,
    numbers}, the different lists of values and of each paper the number of its list; and {text}, all texts with END
    between them, or {values, numbers}. What they do not have is null. `asked`: what `has:` may ask for though no paper may have
    it, each with its words. */
export class Index {
  #facets; #columns;
  /** @type {Set<string> | null} */
  #names = null;
  /** @type {string[] | null} */
  #venues = null;
  /** @type {Map<string, Mmu.ValueSet>} */
  #sets = new Map();
  /** @type {Map<string, Mmu.FoldedTexts>} */
  #texts = new Map();
  /** @type {Map<string, { kind: string, needle: string, found: Mmu.Mask }>} */
  #searches = new Map();

  /** @param {Mmu.Paper[]} papers @param {Mmu.Facet[]} facets @param {Mmu.Columns | null} [columns] @param {Map<string, string>} [asked] */
  constructor(papers, facets, columns = null, asked = new Map()) {
    this.papers = papers;
    this.asked = asked;
    this.size = papers.length;
    this.#facets = new Map(facets.map(f => [f.name, f]));
    this.#columns = columns;
  }

  /** Names of tag facets and of the ones derived from standard fields. */
  facets() {
    if (!this.#names) {
      this.#names = new Set(this.#columns?.facets);
      if (!this.#columns) for (const p of this.papers) for (const name in p.tags) this.#names.add(name);
      for (const name of [...this.#facets.keys(), ...Object.keys(DERIVED)])
        if (name !== "results" || this.#facets.has(name) || (!this.#columns && this.papers.some(p => p.results?.length))) this.#names.add(name);
    }
    return this.#names;
  }

  /** The facet of that name, ignoring case, as it is written; else undefined.
      @param {string} name */
  facet(name) {
    return this.facets().has(name) ? name : [...this.facets()].find(f => f.toLowerCase() === name.toLowerCase());
  }

  /** The values of a facet; the vocabulary's come first.
      @param {string} facet */
  values(facet) { return [...this.#set(facet).held.keys()]; }

  /** The values that begin with a folded text.
      @param {string} facet @param {string} start */
  beginning(facet, start) {
    const set = this.#set(facet);
    const all = set.folded ??= [...set.held.keys()].map(value => /** @type {[string, string]} */ ([value, fold(value)]));
    return all.filter(([, folded]) => folded.startsWith(start)).map(([value]) => value);
  }

  /** A value as the facet spells it, ignoring case; undefined if it has no such value.
      @param {string} facet @param {string} value */
  spelled(facet, value) {
    const { held, spelled } = this.#set(facet);
    return held.has(value) ? value : spelled.get(caseless(value));
  }

  /** The papers with any of some values or a child of it, ignoring case; null if the facet has none of them.
      @param {string} facet @param {string[]} values */
  mask(facet, values) {
    const { held, numbers, size } = this.#set(facet), wanted = new Uint8Array(size);
    const there = values.map(value => this.spelled(facet, value)).filter(value => value !== undefined);
    if (!there.length && facet === "venue") return this.#atVenues(values);
    for (const value of there) for (const n of held.get(value) ?? []) wanted[n] = 1;
    return there.length ? this.#spread(wanted, numbers) : null;
  }
  /** The papers with any value of a facet.
      @param {string} facet */
  any(facet) {
    const { numbers, some } = this.#set(facet);
    return this.#spread(some, numbers);
  }
  /** @param {Mmu.Numbers} wanted @param {Mmu.Numbers} numbers */
  #spread(wanted, numbers) {
    const found = new Uint8Array(this.size);
    for (let i = 0; i < found.length; i++) found[i] = wanted[numbers[i]];
    return found;
  }
  /** Venues are found by their whole names, too.
      @param {string[]} values */
  #atVenues(values) {
    const names = new Set(values.map(fold)), found = new Uint8Array(this.size);
    this.#venues ??= this.papers.map(p => fold(p.venue));
    for (let i = 0; i < found.length; i++) found[i] = +names.has(this.#venues[i]);
    return found.includes(1) ? found : null;
  }

  /** How many papers of a mask have each value of a facet: {values: Map, none, any}, `none` being those without any.
      @param {string} facet @param {Mmu.Mask} among @returns {Mmu.Counts} */
  counts(facet, among) {
    const set = this.#set(facet), { held, numbers, size, some } = set;
    if (set.counted?.among === among) return set.counted;
    const found = new Uint32Array(size), values = new Map();
    for (let i = 0; i < among.length; i++) found[numbers[i]] += among[i];
    for (const [value, lists] of held) values.set(value, lists.reduce((sum, n) => sum + found[n], 0));
    const any = found.reduce((sum, n, list) => sum + n * some[list], 0);
    return set.counted = { among, values, any, none: found.reduce((sum, n) => sum + n, 0) - any };
  }

  /** Of a facet: `numbers`, of each paper the number of its list of values, `size`, how many lists there are, `some`, 1
      for those with any value, `held`, value → the lists that have it or a child of it, `spelled`, other spellings.
      @param {string} facet @returns {Mmu.ValueSet} */
  #set(facet) {
    const made = this.#sets.get(facet);
    if (made) return made;
    const terms = this.#facets.get(facet)?.values ?? [], spelled = new Map(), { lists, numbers } = this.#lists(facet);
    /** @type {Map<string, number[]>} */
    const held = new Map([...terms.map(t => t.value), ...facet === "has" ? this.asked.keys() : []].map(v => [v, []]));
    lists.forEach((values, n) => {
      for (const value of new Set(values)) {
        const lists = held.get(value);
        if (lists) lists.push(n);
        else held.set(value, [n]);
      }
    });
    for (const { value, label } of [...terms].reverse()) if (label) spelled.set(caseless(label), value); // the first term that is called so
    for (const { value, aliases } of [...terms].reverse()) for (const alias of aliases ?? []) spelled.set(caseless(alias), value);
    if (facet === "venue") for (const value of held.keys()) spelled.set(caseless(venueLabel(value)), value);
    for (const value of held.keys()) spelled.set(caseless(value), value);
    const some = Uint8Array.from(lists, values => +(values.length > 0));
    const set = { held, spelled, numbers, size: lists.length, some };
    this.#sets.set(facet, set);
    return set;
  }
  /** The different lists of values that papers have, parents among them, and of each paper the number of its list.
      @param {string} facet @returns {Mmu.Lists} */
  #lists(facet) {
    const derived = own(DERIVED, facet), columns = derived && this.#facets.has(facet) ? null : this.#columns?.values(facet);
    if (columns) return derived ? columns : { ...columns, lists: columns.lists.map(list => list.flatMap(withParents)) };
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {string[][]} */
    const lists = [];
    const numbers = Uint32Array.from(this.papers, p => {
      const list = [...(own(p.tags, facet) ?? []).flatMap(withParents), ...derived?.(p) ?? []], name = list.join("\n");
      if (!known.has(name)) known.set(name, lists.push(list) - 1);
      return Number(known.get(name));
    });
    return { lists, numbers };
  }

  /** 0 or 1 for each paper: whether its text holds a folded needle, with `prefix` where a word begins.
      @param {string} needle @param {string} field @param {boolean} prefix @returns {Mmu.Mask} */
  text(needle, field, prefix) {
    const kind = `${prefix ? "*" : ""}${field}:`, searches = this.#searches;
    const known = searches.get(kind + needle);
    // A longer needle is only where a shorter one was: as a word is typed, each search looks at what is left.
    const within = (/** @type {string} */ n) => prefix ? needle.startsWith(n) : needle.includes(n);
    const left = known ? null : [...searches.values()].findLast(s => s.kind === kind && within(s.needle))?.found;
    const found = known?.found ?? this.#search(needle, field ? [field] : Object.keys(TEXTS), prefix, left);
    searches.delete(kind + needle); // to be the newest
    searches.set(kind + needle, { kind, needle, found });
    if (searches.size > KEPT) searches.delete(String(searches.keys().next().value));
    return found.slice();
  }

  /** Make what free words are looked for in, before anyone asks. */
  fold() {
    for (const field of Object.keys(TEXTS)) this.folded(field);
    this.#set("author"); // whose names are whole ones
  }

  /** @param {string} needle @param {string[]} fields @param {boolean} prefix @param {Mmu.Mask | null | undefined} left */
  #search(needle, fields, prefix, left) {
    const found = new Uint8Array(this.size), holds = (/** @type {string} */ text) => prefix ? beginsWord(needle, text) : text.includes(needle);
    if (needle.includes(END)) return found;
    let rest = positions(left ?? new Uint8Array(this.size).fill(1));
    for (const field of fields) {
      const few = rest.length * 8 < this.size;
      if (few && !this.#texts.has(field)) { // all are folded once many have to be
        const read = this.#reader(field);
        for (const i of rest) found[i] = +holds(fold(read(this.papers[i])));
      } else {
        const { text, starts, values, numbers } = this.folded(field);
        if (values) {
          const held = values.map(value => +holds(value));
          for (const i of rest) found[i] = held[numbers[i]];
        } else if (few || !needle) {
          for (const i of rest) found[i] = +holds(text.slice(starts[i], starts[i + 1] - 1));
        } else for (let at = text.indexOf(needle), i = 0; at >= 0; at = text.indexOf(needle, at)) {
          while (starts[i + 1] <= at) i++;
          found[i] |= +(!prefix || beginsWord(needle, text.slice(starts[i], starts[i + 1] - 1)));
          at = starts[i + 1];
        }
      }
      rest = rest.filter(i => !found[i]);
    }
    return found;
  }

  /** What is searched in a field: {text, starts}, the folded texts of all papers in one and where each begins, with the end of all;
      or {values, numbers}.
      @param {string} field @returns {Mmu.FoldedTexts} */
  folded(field) {
    const known = this.#texts.get(field);
    if (known) return known;
    const given = this.#columns?.text(field) ?? this.#read(field);
    const folded = given.text === undefined ? { values: given.values.map(fold), numbers: given.numbers } : this.#begun(fold(given.text));
    this.#texts.set(field, folded);
    return folded;
  }
  /** @param {string} text */
  #begun(text) { return { text, starts: this.#starts(text) }; }
  /** @param {string} field */
  #read(field) { return { text: this.papers.map(this.#reader(field)).join(END) }; }
  /** @param {string} field @returns {(paper: Mmu.Paper) => string} */
  #reader(field) {
    const read = own(TEXTS, field) ?? (p => own(p.fields, field) ?? "");
    return p => read(p).replaceAll(END, " ");
  }
  /** @param {string} text */
  #starts(text) {
    const starts = new Uint32Array(this.size + 1);
    for (let i = 1, at = 0; i <= this.size; i++) {
      at = text.indexOf(END, at) + 1 || text.length + 1;
      starts[i] = at;
    }
    return starts;
  }

  /** 0 or 1 for each paper: first public, or `published`, between two dates; a bound of fewer parts means all that begins
      with it.
      @param {Mmu.Filter} range */
  dates({ facet, low, high, lowClosed, highClosed }) {
    const found = new Uint8Array(this.size);
    const dateOf = (/** @type {Mmu.Paper} */ paper) => facet === "published" ? DERIVED.published(paper)[0] ?? "" : paper.date;
    this.papers.forEach((paper, i) => {
      const date = dateOf(paper);
      const begins = date && (!low || (lowClosed ? date >= low : date.slice(0, low.length) > low));
      const end = date.slice(0, high?.length);
      found[i] = +Boolean(begins && (!high || (highClosed ? end <= high : end < high)));
    });
    return found;
  }
}

/** @type {WeakMap<Mmu.Records, Index>} */
const indexes = new WeakMap();
/** What filters of some records are evaluated over; made once.
    @param {Mmu.Records} records @returns {Index} */
export function indexOf(records) {
  const { papers, facets, columns, asked } = records;
  const index = indexes.get(records) ?? new Index(papers, facets, columns, asked);
  indexes.set(records, index);
  return index;
}

// --- Evaluating and checking

/** The papers that a filter holds for: 0 or 1 for each. What the index does not know matches nothing.
    @param {Mmu.Filter} filter @param {Index} index @returns {Mmu.Mask} */
export function evaluate(filter, index) {
  const { kind, parts } = filter;
  if (parts) {
    const [found, ...rest] = parts.map(part => evaluate(part, index));
    for (const one of rest)
      for (let i = 0; i < found.length; i++) found[i] = kind === "and" ? found[i] & one[i] : found[i] | one[i];
    return found;
  }
  if (kind === "not") return evaluate(filter.part, index).map(held => 1 - held);
  if (kind === "range") return index.dates(filter);
  if (kind === "all") return new Uint8Array(index.size).fill(1);
  const facet = facetOf(filter, index);
  if (kind === "match" && !facet) return index.text(fold(filter.value), filter.facet, filter.prefix);
  return tagged(filter, facet, index) ?? new Uint8Array(index.size);
}

/** The facet that a condition is about; undefined if it is about a part of the text.
    @param {Mmu.Filter} node @param {Index} index */
const facetOf = ({ kind, facet, value, prefix }, index) => {
  const whole = kind === "match" && facet === "author" && !prefix && index.spelled(facet, value) !== undefined; // the name of one
  return facet && (kind === "has" || !TEXT_FIELDS.has(facet) || whole) ? index.facet(facet) : undefined;
};

/** The papers of a condition on a facet; null if there is no such value.
    @param {Mmu.Filter} node @param {string | undefined} facet @param {Index} index */
function tagged({ kind, facet: name, value, prefix }, facet, index) {
  if (kind === "has") return facet ? index.any(facet) : index.mask("has", [own(FIELD, name) ?? name]);
  return facet ? index.mask(facet, prefix ? beginning(value, facet, index) : [value]) : null;
}

/** The values that a prefix stands for.
    @param {string} prefix @param {string} facet @param {Index} index */
function beginning(prefix, facet, index) {
  return index.beginning(facet, fold(prefix));
}

/** What a filter names and the index does not have, each once, in the order of the filter: {code, message, hint}. The
    hint, which takes time, is looked for when it is asked for.
    @param {Mmu.Filter} filter @param {Index} index */
export function check(filter, index) {
  const faults = leaves(filter).map(leaf => fault(leaf, index)).filter(f => f !== null);
  return [...new Map(faults.map(f => [f.message, f])).values()];
}

/** Refuse a filter that looks for more different words than a page can while its reader waits. Python has the time.
    @param {Mmu.Filter} filter @param {Index} index */
export function bound(filter, index) {
  const texts = leaves(filter).filter(leaf => leaf.kind === "match" && !facetOf(leaf, index));
  const words = new Set(texts.map(({ facet, value, prefix }) => `${facet}:${fold(value)}${prefix ? "*" : ""}`));
  if (words.size > MAX_WORDS) throw new FilterError(_("the filter looks for more than {n} words", { n: MAX_WORDS }), "", undefined, _("leave some out"));
}

/** What no entry has in a field.
    @param {Mmu.Filter} leaf @param {Index} index @returns {Mmu.Fault | null} */
function unwritten({ kind, facet, value, prefix }, index) {
  if (kind !== "match" || index.text(fold(value), facet, prefix).includes(1)) return null;
  const message = _("no entry has {value} in the field {facet}", { value: repr(value), facet: repr(facet) });
  return { code: "unknown-value", message, hint: _("write it as entries do: another work by its key, which its page shows") };
}

/** @param {Mmu.Filter} leaf @param {Index} index @returns {Mmu.Fault | null} */
function fault(leaf, index) {
  const { kind, facet: name, value, prefix } = leaf;
  if (!name || kind === "range" || TEXT_FIELDS.has(name)) return null;
  const facet = index.facet(name);
  if (!facet) {
    if (index.mask("has", [name])) return unwritten(leaf, index);
    const message = _("there is no facet {name}", { name: repr(name) }), choices = [...index.facets(), ...TEXT_FIELDS, ...DATE_FACETS];
    return { code: "unknown-facet", message, get hint() {
      return didYouMean(name, choices) || _("put it in quotes if it is text to look for");
    } };
  }
  if (kind === "has" || index.mask(facet, [value]) || (prefix && beginning(value, facet, index).length)) return null;
  const named = { facet, value: repr(value) };
  const message = prefix ? _("{facet} has no value that begins with {value}", named) : _("{facet} has no value {value}", named);
  return { code: "unknown-value", message, get hint() { return didYouMean(value, index.values(facet)); } };
}
