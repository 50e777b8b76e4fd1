/* Marks the words of a search in the rows that an explorer shows, without a change to the page (CSS Custom Highlight
   API; where there is none, nothing is marked). */
import { fold, beginsAt } from "./query.js";

const MOST = 4000; // ranges on a page: browsers get slow with more
const LONGEST = 2000; // characters of an element that are looked at

const marks = globalThis.CSS?.highlights && globalThis.Highlight ? new Highlight() : null;
if (marks) CSS.highlights.set("mmu-found", marks);
/** @type {WeakMap<Mmu.Explorer, Range[]>} */
const own = new WeakMap();
/** @type {WeakMap<Element, { text: string, from: [node: Node, start: number, end: number][] }>} */
const texts = new WeakMap();

/** @type {Record<string, string>} */
const PLACES = { title: ".mmu-title, th[scope=row] > b", author: ".mmu-by" };
const ALL = `${PLACES.title}, .mmu-by, .mmu-c-venue`;

/** The text of an element as it is searched, and for each of its characters the node and offset that it comes from.
    @param {Element} element */
function read(element) {
  const known = texts.get(element);
  if (known) return known;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  /** @type {[node: Node, start: number, end: number][]} */
  const from = [];
  let text = "";
  for (let node = walker.nextNode(); node && text.length < LONGEST; node = walker.nextNode()) {
    let at = 0;
    for (const sign of String(node.nodeValue).slice(0, LONGEST)) {
      for (const unit of fold(sign)) {
        text += unit;
        for (let n = 0; n < unit.length; n++) from.push([node, at, at + sign.length]);
      }
      at += sign.length;
    }
  }
  const made = { text, from };
  texts.set(element, made);
  return made;
}

/** @param {Element} element @param {string} needle @param {boolean} prefix */
function* ranges(element, needle, prefix) {
  const { text, from } = read(element);
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    if (prefix && !beginsAt(text, at)) continue;
    const range = new Range(),
      [first, start] = from[at],
      [last, , end] = from[at + needle.length - 1];
    range.setStart(first, start);
    range.setEnd(last, end);
    yield range;
  }
}

/** The words that must be there; what is excluded is nowhere to be seen.
    @param {Mmu.Filter} node @returns {Mmu.Filter[]} */
const wanted = node =>
  node.kind === "not"
    ? []
    : node.parts
      ? node.parts.flatMap(wanted)
      : node.kind === "match" && (!node.facet || Object.hasOwn(PLACES, node.facet))
        ? [node]
        : [];

/** The different words of an explorer's conditions: {facet, needle, prefix}.
    @param {Mmu.Explorer} explorer */
function needles(explorer) {
  const nodes = [...explorer.conditions, ...explorer.typed]
      .filter(c => c.node)
      .flatMap(c => wanted(c.node)),
    found = new Map();
  for (const { facet, value, prefix } of nodes) {
    const needle = fold(value);
    if (needle) found.set(`${facet}:${needle}${prefix ? "*" : ""}`, { facet, needle, prefix }); // of marks alone nothing is left
  }
  return [...found.values()];
}

/** The ranges to mark, from the first row on, no more than MOST.
    @param {Mmu.Explorer} explorer */
function* marked(explorer) {
  const words = needles(explorer);
  if (!words.length) return;
  for (const tr of explorer.table.rows)
    for (const { facet, needle, prefix } of words)
      for (const element of tr.querySelectorAll(PLACES[facet] ?? ALL))
        yield* ranges(element, needle, prefix);
}

/** Mark what an explorer has searched for.
    @param {Mmu.Explorer} explorer */
export function highlight(explorer) {
  if (!marks) return;
  for (const range of own.get(explorer) ?? []) marks.delete(range);
  const made = [];
  for (const range of marked(explorer)) {
    made.push(range);
    marks.add(range);
    if (made.length === MOST) break;
  }
  own.set(explorer, made);
}
