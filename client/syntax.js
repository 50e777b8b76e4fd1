/* Filters as nodes: read from a text, explained where that cannot be read, and written. As filters/syntax.py has them.

   Nodes are frozen: {kind: "all"}, {kind: "match", facet, value, prefix}, {kind: "has", facet}, {kind: "not", part},
   {kind: "range", facet, low, high, lowClosed, highClosed}, {kind: "and", parts}, {kind: "or", parts}. */
import { _ } from "./messages.js";
import { ALNUM, pattern, repr, SPACE, split, squeeze, strip } from "./python.js";

const MAX_LENGTH = 2000,
  MAX_DEPTH = 50;
export const DATE_FACETS = new Set(["year", "published", "date"]);
export const TEXT_FIELDS = new Set(["title", "short", "author", "abstract"]);

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
  const parts = Object.freeze(nodes.flatMap(n => (n.kind === kind ? n.parts : [n])));
  return parts.length > 1 ? node(kind, { parts }) : (parts[0] ?? none);
}

/** The conjunction, flat; of nothing, every paper.
    @param {...Mmu.Filter} nodes */
export const allOf = (...nodes) => joined("and", nodes, ALL);

/** The disjunction, flat; of nothing, no paper.
    @param {...Mmu.Filter} nodes */
export const anyOf = (...nodes) => joined("or", nodes, not(ALL));

/** The conditions of a filter, from left to right.
    @param {Mmu.Filter} filter @returns {Mmu.Filter[]} */
export const leaves = filter =>
  filter.part ? leaves(filter.part) : (filter.parts?.flatMap(leaves) ?? [filter]);

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
const NO_WORD = String.raw`${SPACE}()\[\]{}"“”„:*?~^<>=!|\\&`,
  NO_START = String.raw`${NO_WORD}+/\-`;
const LETTERS = String.raw`(?:\\[^]|[^${NO_START}])(?:\\[^]|&(?!&)|[^${NO_WORD}])*`;
const OPERATOR = "(?:[Aa][Nn][Dd]|[Oo][Rr]|[Nn][Oo][Tt])",
  AFTER = String.raw`(?=[${SPACE}()"“”„]|$)`;
const TERMINALS = {
  FACET: String.raw`[\p{L}\p{Nl}\p{No}][${ALNUM}_.\-]*:`,
  PREFIX: String.raw`${LETTERS}\*(?=[${SPACE})]|$)`,
  WORD: `(?!${OPERATOR}${AFTER})${LETTERS}`,
  QUOTED: String.raw`"(?:\\[^]|[^"\\])*"|[“”„][^“”„]*[“”]`,
  STAR: String.raw`(?<![^${SPACE}(:\-])\*(?=[${SPACE})]|$)`,
  MINUS: `-(?=[^${SPACE}])`,
  AND: `AND${AFTER}`,
  OR: `OR${AFTER}`,
  NOT: `NOT${AFTER}`,
  OPEN: String.raw`\(`,
  CLOSE: String.raw`\)`,
  END: "$",
  RANGE_OPEN: String.raw`[\[{]`,
  RANGE_CLOSE: String.raw`[\]}]`,
  COMPARISON: "[<>]=?",
  TO: `TO(?=[${SPACE}]|$)`,
  BOUND: String.raw`[^${SPACE}()\[\]{}"“”„:*<>=\\]+`,
  ANY_BOUND: String.raw`\*`,
};
/** @param {string} source */
const sticky = source => pattern(source, "uy");
const T = Object.fromEntries(
  Object.entries(TERMINALS).map(([name, source]) => [name, sticky(source)]),
);
const BLANK = sticky(`[${SPACE}]*`);

/** Read a filter; a FilterError says what is wrong with one that cannot be read.
    @param {string} text */
export function parse(text) {
  beforeReading(text);
  const reader = new Reader(text),
    found = reader.either("");
  reader.need(T.END);
  if (reader.fault) throw reader.fault;
  return found;
}

/** Nothing at all, too much, and what is never closed.
    @param {string} text */
function beforeReading(text) {
  /** @type {(message: string, at: number, hint?: string) => never} */
  const fail = (message, at, hint) => {
    throw new FilterError(message, text, at, hint);
  };
  const limit = [...text.slice(0, 2 * MAX_LENGTH)].slice(0, MAX_LENGTH).join("").length,
    opened = [];
  if (!strip(text)) fail(_("the filter is empty"), 0, _("write * for every paper"));
  if (text.length > limit) fail(_("the filter is longer than 2,000 characters"), limit);
  for (const { 0: sign, index } of text.matchAll(
    /\\.|"(?:\\.|[^"\\])*"|[“”„][^“”„]*[“”]|[()"“”„]/gsu,
  )) {
    if (/^["“”„]$/.test(sign)) fail(_("this quote is never closed"), index, _('add " at its end'));
    if (sign === ")" && !opened.length)
      fail(_("this parenthesis was never opened"), index, _("delete it"));
    if (sign === "(" && opened.length === MAX_DEPTH)
      fail(_("parentheses are nested more than {n} deep", { n: MAX_DEPTH }), index);
    if (sign === "(") opened.push(index);
    if (sign === ")") opened.pop();
  }
  if (opened.length)
    fail(
      _("this parenthesis is never closed"),
      opened[opened.length - 1],
      _("add ) where the group ends"),
    );
}

/* Recursive descent. `facet` is "" among conditions, and the name of a facet among its values. */
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
  /** What the grammar allows and the meaning does not: the first is reported, once the rest has been read.
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
      // the tables of Python's parser do not distinguish a value in parentheses from one without.
      if (!this.take(T.AND) && facet && this.sees(T.FACET)) this.refuse();
      parts.push(this.single(facet));
    }
    return allOf(...parts);
  }
  /** @param {string} facet */
  single(facet) {
    return (this.take(T.NOT) ?? this.take(T.MINUS))
      ? not(this.condition(facet))
      : this.condition(facet);
  }
  /** @param {string} facet */
  condition(facet) {
    const name = facet ? null : this.take(T.FACET)?.text.slice(0, -1);
    return this.value(name ? (/^[\0-\x7f]*$/.test(name) ? name.toLowerCase() : name) : facet);
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
    const prefix = this.take(T.PREFIX),
      found = prefix ?? this.take(T.WORD) ?? this.take(T.QUOTED);
    if (!found) {
      this.need(T.STAR);
      return DATE_FACETS.has(facet)
        ? range(facet, null, null)
        : facet
          ? node("has", { facet })
          : ALL;
    }
    const raw = prefix
      ? found.text.slice(0, -1)
      : /^["“”„]/.test(found.text)
        ? found.text.slice(1, -1)
        : found.text;
    const value = squeeze(/^[“”„]/.test(found.text) ? raw : raw.replace(/\\(.)/gsu, "$1"));
    if (!value)
      return (
        this.wrong(
          _("there is nothing to look for here"),
          found.at,
          _("write a word, or * for any"),
        ) ?? ALL
      );
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
    const high = this.need(T.BOUND, T.ANY_BOUND),
      close = this.need(T.RANGE_CLOSE);
    return this.range(facet, low, high, open.text === "[", close.text === "]");
  }
  /** @param {string} facet */
  comparison(facet) {
    const sign = this.take(T.COMPARISON)?.text;
    if (!sign) return null;
    const bound = this.need(T.BOUND),
      [low, high] = sign[0] === ">" ? [bound, null] : [null, bound];
    return this.range(facet, low, high, sign !== ">", sign !== "<");
  }
  /** @param {string} facet @param {Mmu.Taken | null} low @param {Mmu.Taken | null} high @param {boolean} lowClosed @param {boolean} highClosed */
  range(facet, low, high, lowClosed, highClosed) {
    const { at } = /** @type {Mmu.Taken} */ (low ?? high);
    if (!DATE_FACETS.has(facet))
      return (
        this.wrong(
          _("{facet} cannot be compared", { facet }),
          at,
          _("only year, published and date take ranges"),
        ) ?? ALL
      );
    const first = this.date(facet, low),
      last = this.date(facet, high);
    const shared = Math.min(first?.length ?? 0, last?.length ?? 0);
    if (first && last && first.slice(0, shared) > last.slice(0, shared))
      this.wrong(
        _("the range ends before it begins"),
        at,
        _("write {filter}", { filter: `${facet}:[${last} TO ${first}]` }),
      );
    return range(facet, first, last, !first || lowClosed, !last || highClosed);
  }
  /** @param {string} facet @param {Mmu.Taken | null} bound @returns {string | null} */
  date(facet, bound) {
    if (!bound || bound.text === "*") return null;
    /** @type {[thing: string, form: RegExp, hint: string]} */
    const [thing, form, hint] =
      facet === "date"
        ? [
            "date",
            /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/,
            _("write 2024, 2024-03 or 2024-03-17"),
          ]
        : ["year", /^[0-9]{4}$/, _("write 2024, >=2024 or [2023 TO *]")];
    return form.test(bound.text)
      ? bound.text
      : this.wrong(
          thing === "date"
            ? _("{value} is not a date", { value: repr(bound.text) })
            : _("{value} is not a year", { value: repr(bound.text) }),
          bound.at,
          hint,
        );
  }
}

// --- Explaining

const QUOTE_HINT = _("to look for the character itself, put the text in quotes");
const AT_FAULT = [
  // what is at the fault, the sentence, the hint; the first that fits counts
  ["&&?", _("'{sign}' is not an operator here"), _("write AND")],
  [String.raw`\|\|?`, _("'{sign}' is not an operator here"), _("write OR")],
  ["!", _("'!' is not an operator here"), _("write NOT, or - directly before the condition")],
  [
    `(?:AND|OR)${AFTER}`,
    _("'{sign}' has no condition before it"),
    _("write one, or put the word in quotes"),
  ],
  [`NOT${AFTER}`, _("'NOT' is not allowed here"), _("write it once, before a whole condition")],
  [
    OPERATOR + AFTER,
    _("'{sign}' is an operator only in capitals"),
    _("write {sign}, or put the word in quotes to look for it"),
  ],
  ["~", _("'~' for similar words is not supported"), _("write the beginning of the word and *")],
  [String.raw`\^`, _("'^' for weights is not supported"), _("delete it: a filter does not rank")],
  ["/", _("regular expressions are not supported"), _("put what begins with / in quotes")],
  [
    String.raw`\?`,
    _("'?' for one character is not supported"),
    _("write the beginning of the word and *"),
  ],
  [
    String.raw`\*`,
    _("'*' is allowed only at the end of a word"),
    _("a part of a word is found without it"),
  ],
  [String.raw`\+`, _("'+' is not an operator here"), _("delete it: all conditions apply anyway")],
  ["=", _("'=' is not an operator here"), _("write facet:value")],
  [
    String.raw`[<>\[{\]}]`,
    _("a range needs year:, published: or date: directly before it"),
    _("write year:>=2024, or year:[2023 TO *]"),
  ],
  ["-", _("'-' is written once, directly before what it excludes"), QUOTE_HINT],
  [
    String.raw`\\`,
    _("this backslash has no character after it"),
    _("write two for the character itself"),
  ],
].map(([source, message, hint]) => ({ terminal: sticky(source), message, hint }));

/** Why reading stopped there, and what to write instead.
    @param {string} text @param {number} at @returns {string[]} */
function reason(text, at) {
  const before = strip(text.slice(0, at)),
    [here = ""] = text.slice(at);
  if (/(?<!\\)[[{][^[\]{}()"]*$/.test(before))
    return [
      _("this is not how a range is written"),
      _("write year:[2023 TO 2025], or * for no bound"),
    ];
  if (before.endsWith(":") && here === "-")
    return [_("'-' is written before the facet"), _("write -facet:value")];
  if (here === "" || here === ")") return incomplete(before);
  if (here === ":") return colon(before, text.slice(0, at));
  for (const { terminal, message, hint } of AT_FAULT) {
    terminal.lastIndex = at;
    const found = terminal.exec(text)?.[0];
    if (found)
      return [message.replace("{sign}", found), hint.replace("{sign}", found.toUpperCase())];
  }
  return [_("{sign} is not allowed here", { sign: repr(here) }), QUOTE_HINT];
}

/** Something had to follow: the filter ends here, or its group does.
    @param {string} before */
function incomplete(before) {
  const last = split(before.replaceAll("(", " ( ")).at(-1) ?? "";
  if (last.endsWith(":"))
    return [
      _("a value is missing after {text}", { text: repr(last) }),
      _("write {filter} for any", { filter: `${last}*` }),
    ];
  if (last === "(") return [_("there is nothing between the parentheses"), _("delete them")];
  return [
    _("a condition is missing after {text}", { text: repr(last) }),
    _("write one, or delete the operator"),
  ];
}

/** @param {string} before @param {string} text */
function colon(before, text) {
  if (!before || before !== text)
    return [_("':' is written directly after the name of a facet"), _("write facet:value")];
  const [facet, ...value] = String(before.split(pattern(`[${SPACE}()"“”„]`)).at(-1)).split(":");
  if (value.length)
    return [
      _("a condition has one colon"),
      _("put the value in quotes: {filter}", { filter: `${facet}:"${value.join(":")}:…"` }),
    ];
  return [
    _(
      "the name of a facet begins with a letter and contains only letters, digits, '.', '-' and '_'",
    ),
    QUOTE_HINT,
  ];
}

// --- Writing

const PLAIN = pattern(`^(?!${OPERATOR}$)[^${NO_START}][^${NO_WORD}]*$`);
const UNSAFE = pattern(String.raw`^[^${ALNUM}_]|[^${ALNUM}_/.\-]`, "gu");

/** A text as the value of an option of a directive: MyST reads YAML, in which some texts need quotes. */
const ODD = /^[^\p{L}\p{N}(]|: |:$| #|^\(.*[:#]\s/u;
/** @param {string} text */
export const option = text =>
  ODD.test(squeeze(text)) ? `'${squeeze(text).replaceAll("'", "''")}'` : squeeze(text);

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
  return facet && parts.every(p => p.facet === facet)
    ? `${facet}:(${parts.map(valueText).join(" OR ")})`
    : "";
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
  return /[:"“”„()[\]{}*~^<>=|\\]|(?<!\S)(?:AND|OR|NOT|[-+/&])/.test(ended)
    ? ended
    : ended.replace(/(?<!\S)(?:and|or|not)(?!\S)/gi, '"$&"');
}
