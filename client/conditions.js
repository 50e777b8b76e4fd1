/* A filter as conditions that hold together: what chips, ticks and the search field show of it, and how they change
   it. It touches no page.

     let list = conditions.read(query.parse("topic:routing -has:code fog"), index);
     list = conditions.tick(list, "method", "exact", true);
     conditions.text(list);   // "topic:routing -has:code fog method:exact"

   A condition is {kind: "facet", facet, values, not}, {kind: "year", facet, from, to}, {kind: "text", node} for words without
   a facet, or {kind: "other", node}. The value "" of a facet means papers without any, and with `not` those with any. */
import { _ } from "./messages.js";
import { parse, allOf, anyOf, leaves, toText, labelOf, quoted, TEXT_FIELDS } from "./query.js";

const NAME = /^\p{L}[\p{L}\p{N}_.-]*$/u;

/** Whether a filter can name a facet.
    @param {string} facet */
export const isNamed = facet => NAME.test(facet);

/** @param {Mmu.Filter} node @returns {Mmu.Filter} */
const negated = node =>
  node.kind === "not"
    ? node.part
    : /** @type {Mmu.Filter} */ (Object.freeze({ kind: "not", part: node }));
/** @param {string} facet @param {string[]} values @param {boolean} [not] */
const facetIs = (facet, values, not = false) =>
  /** @type {Mmu.Condition} */ (Object.freeze({ kind: "facet", facet, values, not }));
/** @param {string} facet @param {string} value */
const leaf = (facet, value) => parse(value ? `${facet}:${quoted(value)}` : `-${facet}:*`);

// --- Reading and writing

/** The conditions of a filter, each once.
    @param {Mmu.Filter} node @param {Mmu.Index} index */
export const read = (node, index) =>
  [...new Map(conjuncts(node).map(part => [toText(part), part])).values()].map(part =>
    classify(part, index),
  );

/** What must hold at once; a negated alternative is several.
    @param {Mmu.Filter} node @returns {Mmu.Filter[]} */
function conjuncts(node) {
  if (node.kind === "all") return [];
  if (node.kind === "and") return node.parts.flatMap(conjuncts);
  if (node.kind === "not" && node.part.kind === "not") return conjuncts(node.part.part);
  if (node.kind === "not" && node.part.kind === "or")
    return node.part.parts.flatMap(p => conjuncts(negated(p)));
  return [node];
}

/** @param {Mmu.Filter} node @param {Mmu.Index} index */
function classify(node, index) {
  if (leaves(node).every(l => !l.facet))
    return /** @type {Mmu.Condition} */ (Object.freeze({ kind: "text", node }));
  return (
    years(node) ??
    ofFacet(node, index) ??
    /** @type {Mmu.Condition} */ (Object.freeze({ kind: "other", node }))
  );
}

/** A year as a filter writes it; null for one that it cannot name.
    @param {number} year */
const fourDigits = year => (year >= 0 && year <= 9999 ? String(year).padStart(4, "0") : null);

/** @param {Mmu.Filter} node */
function years({ kind, facet, low, high, lowClosed, highClosed }) {
  if (kind !== "range" || !["year", "published"].includes(facet) || !(low || high)) return null;
  const from = low ? fourDigits(Number(low) + Number(!lowClosed)) : "",
    to = high ? fourDigits(Number(high) - Number(!highClosed)) : "";
  const none = from === null || to === null || (from && to && from > to);
  return none
    ? null
    : /** @type {Mmu.Condition} */ (Object.freeze({ kind: "year", facet, from, to }));
}

/** Whether a condition is that there is any value: of dates, a range without bounds.
    @param {Mmu.Filter} node */
const isAny = ({ kind, low, high }) => kind === "has" || (kind === "range" && !low && !high);

/** @param {Mmu.Filter} node @param {Mmu.Index} index */
function ofFacet(node, index) {
  if (isAny(node)) {
    const known = index.facet(node.facet);
    return known ? facetIs(known, [""], true) : null;
  }
  const not = node.kind === "not" && node.part.kind === "match";
  const parts = node.kind === "or" ? node.parts : [not ? node.part : node],
    all = parts.map(p => valueOf(p, index));
  const found = all.filter(f => f !== null),
    [first] = found;
  if (!first || found.length < all.length || found.some(f => f.facet !== first.facet)) return null;
  return facetIs(first.facet, [...new Set(found.map(f => f.value))], not);
}

/** The facet and value of a leaf as the index spells them; null if it is about anything else.
    @param {Mmu.Filter} node @param {Mmu.Index} index */
function valueOf(node, index) {
  const none = node.kind === "not" && isAny(node.part);
  const { facet: name, value, prefix } = none ? node.part : node;
  const part = TEXT_FIELDS.has(name) && name !== "author"; // the whole name of an author is a value
  const facet = name && (none || !part) ? index.facet(name) : null;
  if (!facet || prefix || !(none || node.kind === "match")) return null;
  if (none) return { facet, value: "" };
  const spelled = index.spelled(facet, value);
  return spelled === undefined ? null : { facet, value: spelled };
}

/** The node of one condition.
    @param {Mmu.Condition} condition */
export function nodeOf({ kind, node, facet, values, not, from, to }) {
  if (kind === "year") return parse(`${facet}:[${from || "*"} TO ${to || "*"}]`);
  if (kind !== "facet") return node;
  const any = anyOf(...values.map(value => leaf(facet, value)));
  return not ? negated(any) : any;
}

/** The text of conditions as a search field has it; "" for none.
    @param {Mmu.Condition[]} conditions */
export const text = conditions =>
  conditions.length ? toText(allOf(...conditions.map(nodeOf))) : "";

// --- Changing

/** @param {string} value @param {string} other */
const within = (value, other) => value === other || value.startsWith(`${other}/`);

/** Conditions on a facet lose values; a condition without any goes.
    @param {Mmu.Condition[]} conditions @param {string} facet @param {(value: string, not: boolean) => boolean} gone */
const without = (conditions, facet, gone) =>
  conditions.flatMap(
    /** @returns {Mmu.Condition[]} */ c => {
      if (c.kind !== "facet" || c.facet !== facet) return [c];
      const values = c.values.filter(value => !gone(value, c.not));
      return values.length === c.values.length
        ? [c]
        : values.length
          ? [facetIs(facet, values, c.not)]
          : [];
    },
  );

/** Put a value into force or out of it: as an alternative to others of its facet, or with `all` beside them. A value
    takes the place of what it is within, and of what is within it.
    @param {Mmu.Condition[]} conditions @param {string} facet @param {string} value @param {boolean} on @param {boolean} [all] */
export function tick(conditions, facet, value, on, all = false) {
  let rest = without(conditions, facet, v => v === value);
  if (!on) return rest;
  rest = without(rest, facet, (v, not) =>
    Boolean(v && value && (within(value, v) || (within(v, value) && !not))),
  );
  const at = all ? -1 : rest.findIndex(c => c.kind === "facet" && c.facet === facet && !c.not);
  if (at < 0) return [...rest, facetIs(facet, [value])];
  return rest.map((c, n) => (n === at ? facetIs(facet, [...c.values, value]) : c));
}

/** Exclude a value, or no longer.
    @param {Mmu.Condition[]} conditions @param {string} facet @param {string} value @param {boolean} on */
export function exclude(conditions, facet, value, on) {
  const rest = without(
    conditions,
    facet,
    (v, not) => v === value || Boolean(on && !not && value && within(v, value)),
  );
  return on ? [...rest, facetIs(facet, [value], true)] : rest;
}

/** Turn a condition round, in its place.
    @param {Mmu.Condition[]} conditions @param {Mmu.Condition} condition @param {Mmu.Index} index */
export function flip(conditions, condition, index) {
  const { kind, facet, values, not, node } = condition,
    rest = drop(conditions, condition);
  const before = conditions.slice(0, conditions.indexOf(condition));
  const turned =
    kind !== "facet"
      ? [...rest, ...read(negated(node), index)]
      : values.reduce(
          (found, v) =>
            not ? tick(found, facet, v, true, facet === "has") : exclude(found, facet, v, true),
          rest,
        );
  const kept = turned.filter(c => before.includes(c)),
    made = turned.filter(c => !conditions.includes(c));
  return [...new Set([...kept, ...made, ...turned])];
}

/** Without a condition, or without one of its values.
    @param {Mmu.Condition[]} conditions @param {Mmu.Condition} condition @param {string} [value] */
export function drop(conditions, condition, value) {
  const kept = condition.values?.filter(v => v !== value) ?? [],
    less = value !== undefined && kept.length > 0;
  return conditions.flatMap(c =>
    c !== condition ? [c] : less ? [facetIs(c.facet, kept, c.not)] : [],
  );
}

/** With other years of a facet; "" for no bound.
    @param {Mmu.Condition[]} conditions @param {string} facet @param {string} from @param {string} to */
export const between = (conditions, facet, from, to) => {
  const rest = conditions.filter(c => c.kind !== "year" || c.facet !== facet),
    turned = from && to && from > to;
  const [first, last] = turned ? [to, from] : [from, to];
  return from || to
    ? [
        ...rest,
        /** @type {Mmu.Condition} */ (
          Object.freeze({ kind: "year", facet, from: first, to: last })
        ),
      ]
    : rest;
};

// --- Asking

/** 1 if a value is in force, -1 if it is excluded, else 0.
    @param {Mmu.Condition[]} conditions @param {string} facet @param {string} value */
export function state(conditions, facet, value) {
  const found = conditions.find(
    c => c.kind === "facet" && c.facet === facet && c.values.includes(value),
  );
  return found ? (found.not ? -1 : 1) : 0;
}

/** Whether a value is in force, or one below it.
    @param {Mmu.Condition[]} conditions @param {string} facet @param {string} value */
export const opened = (conditions, facet, value) =>
  conditions.some(
    c => c.kind === "facet" && c.facet === facet && c.values.some(v => v.startsWith(`${value}/`)),
  );

/** A condition in words: {name, verb, labels}, one label a value. The facets are those of `rows.collection`, and
    `derived` the ones that follow from standard fields; `index.asked` are the words of what `has:` asks for.
    @param {Mmu.Condition} condition @param {Pick<Mmu.Collection, "facets" | "derived" | "index">} collection */
export function words(condition, { facets, derived, index: { asked } }) {
  const { kind, facet, values, not, from, to, node } = condition;
  const span = from === to ? from : _("{first} to {last}", { first: from || "…", last: to || "…" });
  if (kind === "text") return textWords(node);
  if (kind === "other") return otherWords(node, facets);
  if (facet === "has")
    return {
      name: _("Paper"),
      verb: not ? _("lacks") : _("has"),
      labels: values.map(v => asked.get(v) ?? v),
    };
  const found = facets.get(facet) ?? derived.get(facet),
    name = found?.label ?? facet,
    tagged = facets.has(facet);
  if (kind === "year") return { name, verb: _("in"), labels: [span] };
  const none = values.length === 1 && !values[0],
    [yes, no] = facet === "results" ? [_("on"), _("not on")] : [_("is"), _("is not")];
  if (none && facet === "results")
    return { name: _("Paper"), verb: not ? _("has") : _("lacks"), labels: [_("results")] };
  if (none)
    return {
      name,
      verb: not ? _("is") : _("is not"),
      labels: [tagged ? _("tagged") : _("recorded")],
    };
  const labels = values.map(v =>
    v ? labelOf(found, v) : tagged ? _("not tagged") : _("not recorded"),
  );
  return { name, verb: not ? no : yes, labels };
}

/** @param {Mmu.Filter} node */
const textWords = node => ({
  name: _("Text"),
  verb: node.kind === "not" ? _("lacks") : _("has"),
  labels: [toText(node.kind === "not" ? node.part : node)],
});

/** @param {Mmu.Filter} node @param {Map<string, Mmu.NamedFacet>} facets */
function otherWords(node, facets) {
  const not = node.kind === "not",
    { kind, facet, value, prefix } = not ? node.part : node;
  if (kind !== "match")
    return {
      name: _("Filter"),
      verb: not ? _("not") : "",
      labels: [toText(not ? node.part : node)],
    };
  const name = facets.get(facet)?.label ?? facet[0].toUpperCase() + facet.slice(1),
    part = TEXT_FIELDS.has(facet);
  const verb = part ? (not ? _("lacks") : _("has")) : not ? _("is not") : _("is");
  return { name, verb, labels: [prefix ? `${value}…` : value] };
}
