/* Rows as client/rows.js makes them, as trees: [tag, [[name, value], …], [child, …]]. Run by Node with a folder that has
   scripts with records, a file with what to make, and where to write what was made; its document is only as much of one as
   rows need. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import * as rows from "../client/rows.js";

const [folder, asked, made] = process.argv.slice(2),
  { collection, columns, orders } = JSON.parse(readFileSync(asked, "utf8"));

class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: new Map(), kids: [] });
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  append(...kids) {
    this.kids.push(...kids);
  }
  tree() {
    const kids = [];
    for (const kid of this.kids.map(kid => (kid instanceof Element ? kid.tree() : String(kid))))
      if (typeof kid === "string" && typeof kids.at(-1) === "string") kids.push(kids.pop() + kid);
      else if (kid !== "") kids.push(kid);
    return [this.tag, [...this.attributes].sort(), kids];
  }
}

globalThis.window = globalThis;
globalThis.document = { createElement: tag => new Element(tag) };
runInThisContext(readFileSync(join(folder, `mmu-${collection}.js`), "utf8"));
const found = rows.collection(collection),
  view = { ...found, root: "" };
const head = {
  tHead: {
    rows: [{ cells: columns.map(({ css, label }) => ({ className: css, textContent: label })) }],
  },
};
const heads = rows.columnsOf(
  head,
  columns.map(({ name }) => name),
);
writeFileSync(
  made,
  JSON.stringify({
    rows: found.papers.map(paper => rows.row(paper, heads, view).tree()),
    labels: found.papers.map(({ key, label, by }) => [key, label, by]),
    sorts: heads.map(rows.sortOf),
    orders: Object.fromEntries(
      orders.map(by => [by, rows.order(collection, by).map(i => found.papers[i].key)]),
    ),
  }),
);
