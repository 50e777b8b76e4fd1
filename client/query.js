/* The filter language in the browser: it reads what filters/syntax.py reads, means what filters/evaluate.py means over
   what library/collection.py indexes, and refuses with the same words at the same column. tests/browser/test_query_js.py
   compares them; only what "did you mean" proposes may differ. It touches no page.

     const index = new query.Index(papers, facets);
     const found = query.evaluate(query.parse("topic:routing -has:code"), index);  // found[i] is 0 or 1 */
export { beginsAt, caseless, fold } from "./fold.js";
export { bound, check, evaluate } from "./evaluate.js";
export { both, Index, indexOf, labelOf, size, venueLabel } from "./index.js";
export { own, trimmed } from "./python.js";
export {
  allOf,
  anyOf,
  FilterError,
  leaves,
  option,
  parse,
  quoted,
  spoken,
  TEXT_FIELDS,
  toText,
} from "./syntax.js";
