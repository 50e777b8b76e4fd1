/* The filter language in the browser: reads what sphinx_mmu/syntax.py reads, means what query.py means over
   what library.py indexes, and refuses with the same words at the same column. tests/browser/test_query_js.py
   compares them. A plain script without dependencies; it touches no page.

     const index = new mmu.query.Index(papers, facets);
     const found = mmu.query.evaluate(mmu.query.parse("stage:data-side -has:code"), index);  // found[i] is 0 or 1

   Nodes are frozen: {kind: "all"}, {kind: "match", facet, value, prefix}, {kind: "has", facet},
   {kind: "range", facet, low, high, lowClosed, highClosed}, {kind: "not", part}, {kind: "and" | "or", parts}. */
(() => {
"use strict";

const MAX_LENGTH = 2000, MAX_DEPTH = 50;
const DATE_FACETS = new Set(["year", "date"]);
const TEXT_FIELDS = new Set(["title", "short", "author", "abstract"]);
const SEARCHED = ["title", "short", "author", "venue", "abstract"];

/* Python's \s and \w, which are not JavaScript's. */
const SPACE = String.raw`\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const ALNUM = String.raw`\p{L}\p{N}`;
const SPACES = new RegExp(`[${SPACE}]+`, "u"), UNEVEN = new RegExp(`^ | $|  |(?! )[${SPACE}]`, "u");
const split = text => text.split(SPACES).filter(Boolean);
const squeeze = text => UNEVEN.test(text) ? split(text).join(" ") : text;
const strip = text => text.replace(new RegExp(`[${SPACE}]+$`, "u"), "");
const own = (object, name) => object && Object.hasOwn(object, name) ? object[name] : undefined;

/* Python's repr() of a text. */
function repr(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'", named = { "\n": "n", "\r": "r", "\t": "t" };
  return quote + text.replace(/[\\'"\p{C}\p{Z}]/gu, c => {
    if (c === quote || c === "\\" || named[c]) return `\\${named[c] ?? c}`;
    const hex = c.codePointAt(0).toString(16), [mark, length] = hex[4] ? ["U", 8] : hex[2] ? ["u", 4] : ["x", 2];
    return " '\"".includes(c) ? c : `\\${mark}${hex.padStart(length, "0")}`;
  }) + quote;
}

// --- Nodes

const node = (kind, props) => Object.freeze({ kind, ...props });
const ALL = node("all");
const not = part => node("not", { part });
const flat = (kind, nodes) => Object.freeze(nodes.flatMap(n => n.kind === kind ? n.parts : [n]));

/** The conjunction, flat; of nothing, every paper. */
function allOf(...nodes) {
  const parts = flat("and", nodes);
  return parts.length === 1 ? parts[0] : parts.length ? node("and", { parts }) : ALL;
}

/** The disjunction, flat; of nothing, no paper. */
function anyOf(...nodes) {
  const parts = flat("or", nodes);
  return parts.length === 1 ? parts[0] : parts.length ? node("or", { parts }) : not(ALL);
}

/** The conditions of a filter, from left to right. */
function leaves(filter) {
  return filter.kind === "not" ? leaves(filter.part) : filter.parts ? filter.parts.flatMap(leaves) : [filter];
}

// --- Reading: the terminals and rules of filter.lark

/** A filter that cannot be read: why, where (`column` counts characters from 0), and what to write instead. */
class FilterError extends Error {
  constructor(message, text, at, hint = "") {
    super(message);
    Object.assign(this, { name: "FilterError", text, column: [...text.slice(0, at)].length, hint });
  }
}

const token = source => new RegExp(source, "uy");
const NO_WORD = String.raw`${SPACE}()\[\]{}":*?~^<>=!|\\&`;
const WORD_SOURCE = String.raw`(?:\\[^]|[^${NO_WORD}+/\-])(?:\\[^]|&(?!&)|[^${NO_WORD}])*`;
const OPERATOR = "(?:[Aa][Nn][Dd]|[Oo][Rr]|[Nn][Oo][Tt])", AFTER = String.raw`(?=[${SPACE}()"]|$)`;
const [FACET, PREFIX, WORD, QUOTED, STAR, AND, OR, NOT, MINUS, OPEN, CLOSE, BLANK, FINISH] = [
  String.raw`[\p{L}\p{Nl}\p{No}][${ALNUM}_.\-]*:`, String.raw`${WORD_SOURCE}\*(?=[${SPACE})]|$)`,
  `(?!${OPERATOR}${AFTER})${WORD_SOURCE}`, String.raw`"(?:\\[^]|[^"\\])*"`,
  String.raw`(?<![^${SPACE}(:\-])\*(?=[${SPACE})]|$)`, `AND${AFTER}`, `OR${AFTER}`, `NOT${AFTER}`,
  `-(?=[^${SPACE}])`, String.raw`\(`, String.raw`\)`, `[${SPACE}]*`, String.raw`\)|OR${AFTER}|$`,
].map(token);
const [RANGE_OPEN, RANGE_CLOSE, BOUND, ANY_BOUND, TO, COMPARISON] = [
  String.raw`[\[{]`, String.raw`[\]}]`, String.raw`[^${SPACE}()\[\]{}":*<>=\\]+`, String.raw`\*`,
  `TO(?=[${SPACE}]|$)`, "[<>]=?",
].map(token);

/** Read a filter; a FilterError says what is wrong with one that cannot be read. */
function parse(text) {
  beforeReading(text);
  const reader = new Reader(text), found = reader.either("");
  reader.need(token("$"));
  if (reader.fault) throw reader.fault;
  return found;
}

/* Nothing at all, too much, and what is never closed. */
function beforeReading(text) {
  if (!strip(text)) throw new FilterError("the filter is empty", text, 0, "write * for every paper");
  const limit = [...text].slice(0, MAX_LENGTH).join("").length;
  if (text.length > limit) throw new FilterError("the filter is longer than 2,000 characters", text, limit);
  const opened = [];
  for (const { 0: sign, index } of text.matchAll(/\\.|"(?:\\.|[^"\\])*"|[()"]/gsu)) {
    if (sign === '"') throw new FilterError("this quote is never closed", text, index, 'add " at its end');
    if (sign === ")" && !opened.length)
      throw new FilterError("this parenthesis was never opened", text, index, "delete it");
    if (sign === "(" && opened.length === MAX_DEPTH)
      throw new FilterError(`parentheses are nested more than ${MAX_DEPTH} deep`, text, index);
    if (sign === "(") opened.push(index);
    if (sign === ")") opened.pop();
  }
  if (opened.length)
    throw new FilterError("this parenthesis is never closed", text, opened.at(-1), "add ) where the group ends");
}

/* Recursive descent. `facet` is "" where conditions stand, and a facet's name where its values do. */
class Reader {
  constructor(text) {
    Object.assign(this, { text, at: 0, fault: null });
  }
  sees(terminal) {
    BLANK.lastIndex = this.at;
    BLANK.test(this.text);
    terminal.lastIndex = this.at = BLANK.lastIndex;
    return terminal.exec(this.text);
  }
  take(terminal) {
    const found = this.sees(terminal);
    if (!found) return null;
    this.at += found[0].length;
    return { text: found[0], at: found.index };
  }
  need(...terminals) {
    for (const terminal of terminals) {
      const found = this.take(terminal);
      if (found) return found;
    }
    return this.refuse();
  }
  refuse() {
    const at = this.at === this.text.length ? strip(this.text).length : this.at;
    throw new FilterError(...explain(this.text, at));
  }
  /* What the grammar allows and the meaning does not: told if the whole filter can be read, the first of them. */
  wrong(message, at, hint) {
    this.fault ??= new FilterError(message, this.text, at, hint);
    return null;
  }

  either(facet) {
    const parts = [this.both(facet)];
    while (this.take(OR)) parts.push(this.both(facet));
    return anyOf(...parts);
  }
  both(facet) {
    const parts = [this.single(facet)];
    while (!this.sees(FINISH)) {
      // Within facet:(…) a second facet is refused at its beginning after a value, at its colon after an operator:
      // so do the tables of Python's parser, whose states after a value do not know what they are in.
      if (!this.take(AND) && facet && this.sees(FACET)) this.refuse();
      parts.push(this.single(facet));
    }
    return allOf(...parts);
  }
  single(facet) {
    return this.take(NOT) || this.take(MINUS) ? not(this.operand(facet)) : this.operand(facet);
  }
  operand(facet) {
    const name = !facet && this.take(FACET)?.text.slice(0, -1);
    return this.value(name ? /^[\0-\x7f]*$/.test(name) ? name.toLowerCase() : name : facet);
  }
  value(facet) {
    if (this.take(OPEN)) {
      const inner = this.either(facet);
      this.need(CLOSE);
      return inner;
    }
    const range = facet && (this.brackets(facet) || this.comparison(facet));
    if (range) return range;
    for (const [terminal, from, to, prefix] of [[PREFIX, 0, -1, true], [WORD, 0, undefined, false], [QUOTED, 1, -1, false]]) {
      const found = this.take(terminal);
      if (found) return this.match(facet, found, found.text.slice(from, to), prefix);
    }
    this.need(STAR);
    if (DATE_FACETS.has(facet)) return rangeNode(facet, null, null, true, true);
    return facet ? node("has", { facet }) : ALL;
  }
  match(facet, { text, at }, raw, prefix) {
    const value = squeeze(raw.replace(/\\(.)/gsu, "$1"));
    if (!value) return this.wrong("there is nothing to look for here", at, "write a word, or * for any") ?? ALL;
    if (!DATE_FACETS.has(facet)) return node("match", { facet, value, prefix });
    const date = this.date(facet, { text: prefix ? text : value, at });
    return rangeNode(facet, date, date, true, true);
  }
  brackets(facet) {
    const open = this.take(RANGE_OPEN);
    if (!open) return null;
    const low = this.need(BOUND, ANY_BOUND);
    this.need(TO);
    const high = this.need(BOUND, ANY_BOUND), close = this.need(RANGE_CLOSE);
    return this.range(facet, low, high, open.text === "[", close.text === "]");
  }
  comparison(facet) {
    const sign = this.take(COMPARISON)?.text;
    if (!sign) return null;
    const bound = this.need(BOUND);
    return this.range(facet, ...(sign[0] === ">" ? [bound, null] : [null, bound]), sign !== ">", sign !== "<");
  }
  range(facet, low, high, lowClosed, highClosed) {
    const { at } = low ?? high;
    if (!DATE_FACETS.has(facet))
      return this.wrong(`${facet} has no order to compare by`, at, "only year and date take ranges") ?? ALL;
    const first = this.date(facet, low), last = this.date(facet, high);
    const shared = Math.min(first?.length ?? 0, last?.length ?? 0);
    if (first && last && first.slice(0, shared) > last.slice(0, shared))
      this.wrong("the range ends before it begins", at, `write ${facet}:[${last} TO ${first}]`);
    return rangeNode(facet, first, last, !first || lowClosed, !last || highClosed);
  }
  date(facet, bound) {
    if (!bound || bound.text === "*") return null;
    const days = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/;
    if ((facet === "date" ? days : /^[0-9]{4}$/).test(bound.text)) return bound.text;
    const hint = facet === "date" ? "write 2024, 2024-03 or 2024-03-17" : "write 2024, >=2024 or [2023 TO *]";
    return this.wrong(`${repr(bound.text)} is not a ${facet}`, bound.at, hint);
  }
}

const rangeNode = (facet, low, high, lowClosed, highClosed) =>
  node("range", { facet, low, high, lowClosed, highClosed });

// --- Explaining

const QUOTE_HINT = "to look for the character itself, put the text in quotes";
const AT_FAULT = [ // what stands at the fault, the sentence, the hint; the first that fits counts
  ["&&?", s => `'${s}' is not an operator here`, "write AND"],
  [String.raw`\|\|?`, s => `'${s}' is not an operator here`, "write OR"],
  ["!", () => "'!' is not an operator here", "write NOT, or - directly before the condition"],
  [`(?:AND|OR)${AFTER}`, s => `'${s}' has no condition before it`, "write one, or put the word in quotes"],
  [`NOT${AFTER}`, () => "'NOT' cannot stand here", "write it once, before a whole condition"],
  [OPERATOR + AFTER, s => `'${s}' is an operator only in capitals`,
    s => `write ${s.toUpperCase()}, or put the word in quotes to look for it`],
  ["~", () => "'~' for similar words is not supported", "write the beginning of the word and *"],
  [String.raw`\^`, () => "'^' for weights is not supported", "delete it: a filter does not rank"],
  ["/", () => "regular expressions are not supported", "put what begins with / in quotes"],
  [String.raw`\?`, () => "'?' for one character is not supported", "write the beginning of the word and *"],
  [String.raw`\*`, () => "'*' stands only at the end of a word", "a part of a word is found without it"],
  [String.raw`\+`, () => "'+' is not an operator here", "delete it: every condition must hold anyway"],
  ["=", () => "'=' is not an operator here", "write facet:value"],
  [String.raw`[<>\[{\]}]`, () => "a range needs year: or date: directly before it",
    "write year:>=2024, or year:[2023 TO *]"],
  ["-", () => "'-' stands once, directly before what it excludes", QUOTE_HINT],
  [String.raw`\\`, () => "this backslash has no character after it", "write two for the character itself"],
].map(([source, message, hint]) => [token(source), message, hint]);

/* Why reading stopped there, as the arguments of a FilterError. */
function explain(text, at) {
  const before = strip(text.slice(0, at)), [here = ""] = text.slice(at);
  const [message, hint] = reason(text, at, before, here);
  return [message, text, at, hint];
}

function reason(text, at, before, here) {
  if (/(?<!\\)[[{][^[\]{}()"]*$/.test(before))
    return ["this is not how a range is written", "write year:[2023 TO 2025], or * for no bound"];
  if (before.endsWith(":") && here === "-") return ["'-' stands before the facet", "write -facet:value"];
  if (here === "" || here === ")") return incomplete(before);
  if (here === ":") return colon(before, text.slice(0, at));
  for (const [terminal, message, hint] of AT_FAULT) {
    terminal.lastIndex = at;
    const found = terminal.exec(text)?.[0];
    if (found) return [message(found), typeof hint === "string" ? hint : hint(found)];
  }
  return [`${repr(here)} cannot stand here`, QUOTE_HINT];
}

function incomplete(before) {
  const last = split(before.replaceAll("(", " ( ")).at(-1) ?? "";
  if (last.endsWith(":")) return [`a value is missing after ${repr(last)}`, `write ${last}* for any`];
  if (last === "(") return ["there is nothing between the parentheses", "delete them"];
  return [`a condition is missing after ${repr(last)}`, "write one, or delete the operator"];
}

function colon(before, text) {
  if (!before || before !== text) return ["':' stands directly after the name of a facet", "write facet:value"];
  const last = before.split(new RegExp(`[${SPACE}()"]`, "u")).at(-1), at = last.indexOf(":");
  if (at < 0) return ["the name of a facet begins with a letter, and has no signs", QUOTE_HINT];
  return ["a condition has one colon", `put the value in quotes: ${last.slice(0, at)}:"${last.slice(at + 1)}:…"`];
}

// --- Writing

const PLAIN = new RegExp(String.raw`^(?!${OPERATOR}$)[^${NO_WORD}+/\-][^${NO_WORD}]*$`, "u");
const UNSAFE = new RegExp(String.raw`^[^${ALNUM}_]|[^${ALNUM}_/.\-]`, "gu");

/** The canonical text of a filter: what is read from it is the same node again. */
function toText(filter) {
  switch (filter.kind) {
    case "not": return filter.part.kind === "not" ? `-(${toText(filter.part)})` : `-${operand(filter.part)}`;
    case "and": return filter.parts.map(operand).join(" ");
    case "or": return oneFacet(filter.parts) || filter.parts.map(operand).join(" OR ");
    default: return filter.facet ? `${filter.facet}:${valueText(filter)}` : valueText(filter);
  }
}

function operand(part) {
  const grouped = part.kind === "and" || (part.kind === "or" && !oneFacet(part.parts));
  return grouped ? `(${toText(part)})` : toText(part);
}

/* facet:(a OR b) where all parts are conditions on the same facet, else nothing. */
function oneFacet(parts) {
  const { facet } = parts[0];
  return facet && parts.every(p => p.facet === facet) ? `${facet}:(${parts.map(valueText).join(" OR ")})` : "";
}

function valueText({ kind, value, prefix, low, high, lowClosed, highClosed }) {
  if (kind === "match") {
    if (prefix) return `${value.replace(UNSAFE, "\\$&")}*`;
    return PLAIN.test(value) ? value : `"${value.replace(/[\\"]/g, "\\$&")}"`;
  }
  if (low && high)
    return low === high && lowClosed && highClosed ? low
      : `${lowClosed ? "[" : "{"}${low} TO ${high}${highClosed ? "]" : "}"}`;
  return low || high ? `${low ? ">" : "<"}${lowClosed && highClosed ? "=" : ""}${low || high}` : "*";
}

// --- Comparing

const NOT_ASCII = /[^\0-\x7f]/gu;

/* Python's casefold(): one case for all forms of a letter, but dotless ı is no i, and no σ is final. */
const caseless = text => text.replace(NOT_ASCII, c => c === "ı" ? c : c.toLowerCase().toUpperCase().toLowerCase())
  .toLowerCase().replaceAll("ς", "σ");

/* Characters fold one by one, whatever stands beside them; few differ in a library, so each is folded once. */
const folded = new Map();
function foldOne(c) {
  if (!folded.has(c)) folded.set(c, caseless(c.normalize("NFKD")).normalize("NFKD").replace(/\p{M}/gu, ""));
  return folded.get(c);
}

/** Text for comparing: compatibility forms resolved, case folded, accents and other marks dropped. */
const fold = text => text.replace(NOT_ASCII, foldOne).toLowerCase();

// --- Evaluating

const DERIVED = { // facet → its values for a paper
  year: p => p.date ? [String(+p.date.slice(0, 4))] : [], venue: p => p.vs ? [p.vs] : [], author: p => p.authors,
  type: p => [p.type], has: p => p.has, key: p => [p.key], keyword: p => p.kw,
};
const TEXTS = { // field → a paper's text; any other name is looked up in `fields`
  title: p => squeeze(p.title), short: p => squeeze(p.short), author: p => p.authors.join("\n"),
  venue: p => `${p.vs}\n${p.venue}`, abstract: p => squeeze(p.abs),
};
const ALWAYS_ASKED = ["paper", "arxiv", "doi", "openreview", "anthology", "code", "project", "abstract"]; // with has:
const KEPT = 32; // results of text searches

/* A value and its parents: "a/b" gives "a", "a/b". */
const withParents = value => value.includes("/") ? value.split("/").map((_, n, parts) => parts.slice(0, n + 1).join("/")) : [value];

/** What a filter is evaluated over: records of a data file and its facets. Each part is made when it is first asked
    for; neither records nor facets may change after. */
class Index {
  #facets; #names; #sets = new Map(); #texts = new Map(); #searches = new Map();

  constructor(papers, facets) {
    this.papers = papers;
    this.size = papers.length;
    this.#facets = new Map(facets.map(f => [f.name, f]));
  }

  /** Names of tag facets and of the ones derived from standard fields. */
  facets() {
    return this.#names ??= new Set([
      ...this.papers.flatMap(p => Object.keys(p.tags)), ...this.#facets.keys(), ...Object.keys(DERIVED),
    ]);
  }

  /** The facet of that name, ignoring case, as it is written; else undefined. */
  facet(name) {
    if (this.facets().has(name)) return name;
    return [...this.facets()].find(f => f.toLowerCase() === name.toLowerCase());
  }

  /** Value → positions of the papers with it or a child of it, ascending: of the vocabulary, then of the papers. */
  values(facet) {
    if (!this.#sets.has(facet)) {
      const known = (this.#facets.get(facet)?.values ?? []).map(v => v.value), derived = own(DERIVED, facet);
      const found = new Map([...known, ...facet === "has" ? ALWAYS_ASKED : []].map(value => [value, []]));
      const add = (value, i) => {
        const positions = found.get(value);
        if (!positions) found.set(value, [i]);
        else if (positions.at(-1) !== i) positions.push(i);
      };
      this.papers.forEach((p, i) => {
        for (const tag of own(p.tags, facet) ?? []) for (const value of withParents(tag)) add(value, i);
        for (const value of derived?.(p) ?? []) add(value, i);
      });
      this.#sets.set(facet, { found, ...this.#spellings(facet, found) });
    }
    return this.#sets.get(facet).found;
  }

  /* Values of the vocabulary and of papers by their caseless forms; aliases are names of the first kind. */
  #spellings(facet, found) {
    const known = this.#facets.get(facet)?.values ?? [];
    const terms = new Map(known.map(v => [caseless(v.value), v.value]));
    for (const { value, aliases = [] } of known)
      for (const alias of aliases) if (!terms.has(caseless(alias))) terms.set(caseless(alias), value);
    return { exact: new Set(known.map(v => v.value)), terms, used: new Map([...found.keys()].map(v => [caseless(v), v])) };
  }

  /** Positions of the papers with a value or a child of it, ignoring case; null if the facet has no such value. */
  tagged(facet, value) {
    this.values(facet);
    const { found, exact, terms, used } = this.#sets.get(facet), wanted = caseless(value);
    const name = exact.has(value) ? value : terms.get(wanted) ?? (found.has(value) ? value : used.get(wanted));
    if (name !== undefined) return found.get(name);
    if (facet === "venue") {
      const venue = fold(value), venues = this.#fullVenues ??= this.papers.map(p => fold(p.venue));
      const positions = [...venues.keys()].filter(i => venues[i] === venue);
      return positions.length ? positions : null;
    }
    return facet === "year" && /^[0-9]+$/.test(value) ? [] : null;
  }
  #fullVenues;

  /** 0 or 1 for each paper: whether its text holds a folded needle, with `prefix` where a word begins. */
  text(needle, field, prefix) {
    const searches = this.#searches, kind = `${prefix ? "*" : ""}${field}`, key = `${kind}:${needle}`;
    let found = searches.get(key);
    if (!found) {
      // A longer needle is only where a shorter one was: typing on looks at what is left.
      const within = prefix ? n => needle.startsWith(n) : n => needle.includes(n);
      let before;
      for (const search of searches.values()) if (search.kind === kind && within(search.needle)) before = search.papers;
      const texts = this.#folded(field), papers = new Uint8Array(this.size);
      for (let i = 0; i < papers.length; i++)
        if (!before || before[i]) papers[i] = +(prefix ? beginsWord(needle, texts[i]) : texts[i].includes(needle));
      found = { kind, needle, papers };
    }
    searches.delete(key);
    searches.set(key, found); // now the newest
    if (searches.size > KEPT) searches.delete(searches.keys().next().value);
    return found.papers.slice();
  }

  #folded(field) {
    if (!this.#texts.has(field)) {
      const read = own(TEXTS, field) ?? (p => own(p.fields, field) ?? "");
      this.#texts.set(field, field ? this.papers.map(p => fold(read(p))) : this.#everyText());
    }
    return this.#texts.get(field);
  }
  #everyText() {
    const texts = SEARCHED.map(field => this.#folded(field));
    return this.papers.map((_, i) => texts.map(t => t[i]).join("\n"));
  }

  /** 0 or 1 for each paper: first public between two dates; a bound of fewer parts means all that begins with it. */
  dates(low, high, lowClosed, highClosed) {
    const found = new Uint8Array(this.size);
    this.papers.forEach(({ date }, i) => {
      const begins = date && (!low || (lowClosed ? date >= low : date.slice(0, low.length) > low));
      const end = high && date.slice(0, high.length);
      found[i] = +(begins && (!high || (highClosed ? end <= high : end < high)));
    });
    return found;
  }
}

const ENDS_IN_WORD = new RegExp(`[${ALNUM}]$`, "u");
function beginsWord(needle, text) {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const before = text[at - 1] ?? " ";
    if (before === " " || !ENDS_IN_WORD.test(before < "\x80" ? before : text.slice(Math.max(0, at - 2), at))) return true;
  }
  return false;
}

/** The papers that a filter holds for: 0 or 1 for each. What the index does not know matches nothing. */
function evaluate(filter, index) {
  switch (filter.kind) {
    case "not": return evaluate(filter.part, index).map(held => 1 - held);
    case "and": case "or": {
      const [found, ...rest] = filter.parts.map(part => evaluate(part, index)), and = filter.kind === "and";
      for (const one of rest)
        for (let i = 0; i < found.length; i++) found[i] = and ? found[i] & one[i] : found[i] | one[i];
      return found;
    }
    case "range": return index.dates(filter.low, filter.high, filter.lowClosed, filter.highClosed);
    case "match": return matches(filter, index);
    case "has": return has(filter.facet, index);
    default: return new Uint8Array(index.size).fill(1);
  }
}

function marked(index, sets) {
  const found = new Uint8Array(index.size);
  for (const positions of sets) for (const i of positions) found[i] = 1;
  return found;
}

function has(name, index) {
  const facet = index.facet(name);
  return marked(index, facet ? index.values(facet).values() : [index.tagged("has", name === "short" ? "shorttitle" : name) ?? []]);
}

function matches(match, index) {
  const { facet: name, value, prefix } = match, facet = !name || TEXT_FIELDS.has(name) ? undefined : index.facet(name);
  if (!facet) return index.text(fold(value), name, prefix);
  const values = prefix ? beginning(match, facet, index) : [value];
  return marked(index, values.map(v => index.tagged(facet, v) ?? []));
}

/* The values that a prefix stands for. */
function beginning({ value, prefix }, facet, index) {
  const start = fold(value);
  return prefix ? [...index.values(facet).keys()].filter(v => fold(v).startsWith(start)) : [];
}

// --- Checking

/** What a filter names and the index does not have, each once, in the order of the filter: {code, message, hint}. */
function check(filter, index) {
  const faults = leaves(filter).map(leaf => fault(leaf, index)).filter(Boolean);
  return [...new Map(faults.map(f => [`${f.code} ${f.message}`, f])).values()];
}

function fault(leaf, index) {
  if (!["match", "has"].includes(leaf.kind) || !leaf.facet || TEXT_FIELDS.has(leaf.facet)) return null;
  const facet = index.facet(leaf.facet);
  if (!facet) {
    if (index.tagged("has", leaf.facet)) return null;
    const hint = didYouMean(leaf.facet, [...index.facets(), ...TEXT_FIELDS, ...DATE_FACETS])
      || "put it in quotes if it is text to look for";
    return { code: "unknown-facet", message: `there is no facet ${repr(leaf.facet)}`, hint };
  }
  if (leaf.kind === "has" || index.tagged(facet, leaf.value) || beginning(leaf, facet, index).length) return null;
  const value = leaf.prefix ? `that begins with ${repr(leaf.value)}` : repr(leaf.value);
  const hint = didYouMean(leaf.value, [...index.values(facet).keys()]);
  return { code: "unknown-value", message: `${facet} has no value ${value}`, hint };
}

/* The nearest of the choices by the longest sequence of letters that both have, as a question; "" if none is near. */
function didYouMean(word, choices) {
  const plain = text => text.toLowerCase().replace(new RegExp(`[^${ALNUM}]`, "gu"), " ").trim();
  const wanted = [...plain(word)];
  let best = "", most = 0.6;
  for (const choice of [...new Set(choices)].sort()) {
    const letters = [...plain(choice)];
    let row = new Array(letters.length + 1).fill(0);
    for (const letter of wanted) {
      const next = [0];
      letters.forEach((l, i) => next.push(l === letter ? row[i] + 1 : Math.max(row[i + 1], next[i])));
      row = next;
    }
    const alike = 2 * row.at(-1) / (wanted.length + letters.length || 1);
    if (alike > most || (alike === most && !best)) [best, most] = [choice, alike];
  }
  return best && `did you mean '${best}'?`;
}

window.mmu ??= {};
window.mmu.query = { parse, toText, check, evaluate, fold, leaves, allOf, anyOf, FilterError, Index };
})();
