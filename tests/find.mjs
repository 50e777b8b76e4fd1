/* Asks the search of a built site, without a browser: node find.mjs STATIC QUERIES. Prints the addresses that each text
   finds, the filters that it offers, and the snippets of the first hits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { papers as finder, site as siteOf, snippet } from "../client/find.js";
import { records } from "../client/records.js";

const [, , folder, file] = process.argv, { texts, words = [] } = JSON.parse(readFileSync(file, "utf8"));
globalThis.window = globalThis;
for (const name of ["mmu-papers.js", "mmu-find-data.js"])
  runInThisContext(readFileSync(join(folder, name), "utf8"), { filename: name });
const site = siteOf(), papers = finder("papers");
const answers = texts.map(text => {
  const { hits, count, offers, known } = site.search(text);
  return {
    text, count, known, offers, found: hits.map(({ document }) => document.address),
    groups: hits.map(({ document }) => document.group),
    said: hits.slice(0, 3).map(({ document, words }) => snippet(document.text, words)),
  };
});
const { papers: every } = records("papers");
const rows = words.map(word => {
  const { masks } = papers.ask([word]);
  return every.filter((paper, i) => masks.every(mask => mask[i])).map(({ key }) => key);
});
process.stdout.write(JSON.stringify({ answers, rows }));
