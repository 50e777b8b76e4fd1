/* What is shown of a hit, on the search page and in the palette. Needs mmu-dom.js, mmu-query.js and mmu-find.js.

     mmu.hits.root                        // the address of the site's root
     mmu.hits.content(hit, { within })    // kind, title, where or by whom, the sentence that matches: {kind, title, by, said}
     mmu.hits.load()                      // a promise of the search of the site, with whatever scripts are still missing */
(() => {
"use strict";
const statics = new URL(".", document.currentScript.src), root = new URL("..", statics);
const MOST = 6; // authors

const addressOf = ({ address }) => /^https?:/.test(address) ? address : new URL(address, root).href;

/* Words that match are set apart, as parts say. */
const texts = parts => parts.map(([text, found]) => {
  if (!found) return text;
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
});

/* Short name and venue; of many authors the first, and those who were asked for. */
function byline({ authors, vt, date, short, title }, found) {
  const { words } = window.mmu.find, asked = name => words(name).some(word => found.get(word)?.worth > 0.5);
  const shown = authors.length > MOST ? [...authors.filter((name, i) => i < 3 || asked(name)), "et al."] : authors;
  return [title.includes(short) ? "" : short, vt || date, shown.join(", ")].filter(Boolean).join(" · ");
}

/** The parts of a hit as lists of nodes; empty where there is nothing to say. */
function content({ document: found, words }, { within }) {
  const { snippet, marked } = window.mmu.find, { paper } = found;
  const by = paper ? byline(paper, words) : [found.names.join(", "), found.within && `${within} ${found.within}`].filter(Boolean).join(" · ");
  return {
    kind: found.label, href: addressOf(found),
    title: texts(marked(found.title, words)), by: texts(marked(by, words)), said: texts(snippet(found.text, words, found.title)),
  };
}

function script(name) {
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    Object.assign(made, { src: new URL(name, statics).href, onload: resolve, onerror: reject });
    document.head.append(made);
  });
}

let loading = null;
async function whole() {
  const { mmu } = window;
  const missing = [!mmu.find && "mmu-find.js", !mmu.papers && "mmu-papers.js", !mmu.findData && "mmu-find-data.js"];
  await Promise.all(missing.filter(Boolean).map(script));
  return window.mmu.find.site();
}
/** The search, once its scripts are there; asked for twice, they are loaded once. */
const load = () => loading ??= whole();

window.mmu.hits = { root, content, load };
})();
