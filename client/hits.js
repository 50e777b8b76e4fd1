/* What is shown of a hit, on the search page and in the palette. The search itself,
   find.js, is loaded with what it reads when it is first wanted. */
import { el } from "./el.js";
import { mmu } from "./mmu.js";
import { root, script } from "./statics.js";

const MOST = 6; // authors
/** @type {Record<string, string>} */
const FILES = {
  // of the search: what each leaves in `mmu`
  query: "mmu-query.js",
  records: "mmu-records.js",
  find: "mmu-find.js",
  papers: "mmu-papers.js",
  findData: "mmu-find-data.js",
};

/** @param {{ address: string }} given */
const addressOf = ({ address }) =>
  /^https?:/.test(address) ? address : new URL(address, root).href;

/** Words that match are set apart, as parts say.
    @param {[string, boolean][]} parts */
const texts = parts => parts.map(([text, found]) => (found ? el("mark", {}, text) : text));

/** Short name and venue; of many authors the first, and those who were asked for.
    @param {Mmu.Paper} paper @param {Map<string, { worth: number }>} found */
function byline({ authors, vt, date, short, title }, found) {
  const { words } = mmu.find,
    asked = (/** @type {string} */ name) =>
      words(name).some(word => (found.get(word)?.worth ?? 0) > 0.5);
  const shown =
    authors.length > MOST
      ? [...authors.filter((name, i) => i < 3 || asked(name)), "et al."]
      : authors;
  return [title.includes(short) ? "" : short, vt || date, shown.join(", ")]
    .filter(Boolean)
    .join(" · ");
}

/** The parts of a hit as lists of nodes; empty where there is nothing to say.
    @param {Mmu.Hit} hit @param {{ within: string }} data */
export function content({ document: found, words }, { within }) {
  const { snippet, marked } = mmu.find,
    { paper } = found;
  const by = paper
    ? byline(paper, words)
    : [found.names.join(", "), found.within && `${within} ${found.within}`]
        .filter(Boolean)
        .join(" · ");
  return {
    kind: found.label,
    href: addressOf(found),
    title: texts(marked(found.title, words)),
    by: texts(marked(by, words)),
    said: texts(snippet(found.text, words, found.title)),
  };
}

/** @type {Promise<import("./find.js").Site> | null} */
let loading = null;
/** @returns {Promise<import("./find.js").Site>} */
async function whole() {
  await Promise.all(
    Object.keys(FILES)
      .filter(name => !(name in mmu))
      .map(name => script(FILES[name])),
  );
  return /** @type {import("./find.js").Site} */ (mmu.find.site());
}
/** The search, once its scripts are there; asked for twice, they are loaded once, but for what could not be. */
export const load = () =>
  (loading ??= whole().catch(error => {
    loading = null;
    throw error;
  }));
