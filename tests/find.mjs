/* Asks the search of a built site, without a browser: node find.mjs STATIC QUERIES. Prints the addresses that each text
   finds, the filters that it offers, and the snippets of the first hits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { papers as finder, site as siteOf, snippet } from "../client/find.js";
import { records } from "../client/records.js";

const [, , folder, file] = process.argv,
  { texts, words = [] } = JSON.parse(readFileSync(file, "utf8"));
globalThis.window = globalThis;
for (const name of ["mmu-papers.js", "mmu-find-data.js"])
  runInThisContext(readFileSync(join(folder, name), "utf8"), { filename: name });
const site = siteOf(),
  papers = finder("papers");
const { papers: every } = records("papers");
/* The keys of the papers that an explorer lists, the best first. */
const listed = asked => {
  const { masks, order } = papers.ask(asked);
  return order([...every.keys()].filter(i => masks.every(mask => mask[i]))).map(i => every[i].key);
};
const answers = texts.map(text => {
  const { hits, count, offers, known, all, sure } = site.search(text);
  return {
    text,
    count,
    known,
    all,
    sure,
    offers,
    listed: listed(text.split(/\s+/)),
    found: hits.map(({ document }) => document.address),
    groups: hits.map(({ document }) => document.group),
    said: hits.slice(0, 3).map(({ document, words }) => snippet(document.text, words)),
  };
});
const rows = words.map(word => listed([word]));
process.stdout.write(JSON.stringify({ answers, rows }));
