/* Records for scripts. `_static/mmu-papers.js` and `mmu-datasets.js`, which export.py writes small, are unpacked here,
   in one place. A plain script that needs no other and touches no page; only `index` needs mmu-query.js.

     const { papers, facets, index } = mmu.records("papers");   // null where that data script was not loaded

   A paper: {key, type, title, short, label, authors: [name], by, venue, vs, vt, date, tags: {facet: [value]}, kw,
   links: [{kind, label, url}], has: [name], abs, fields: {name: text}, url}. `label` is what to call it, `by` and `vt`
   are authors and venue as tables print them, `url` is its page from the site's root, "" without one. It is what
   mmu.query.Index wants. A facet is as export.py writes it; its `labels` are a Map from each value to its label. */
(() => {
"use strict";

const known = new Map();

function unpack({ facets: heads, shapes, rows }) {
  const facets = heads.map(f => ({ ...f, labels: new Map(f.values.map(v => [v.value, v.label])) }));
  const papers = rows.map(([key, type, title, short, label, authors, by, venue, vs, vt, date, values, kw, links, shape,
                            abs, fields, url]) => {
    const tags = {};
    values.forEach((numbers, f) => {
      if (numbers.length) tags[facets[f].name] = numbers.map(n => facets[f].values[n].value);
    });
    return { key, type, title, short, label, authors, by, venue, vs, vt, date, tags, kw,
             links: links.map(([kind, name, address]) => ({ kind, label: name, url: address })), has: shapes[shape],
             abs, fields, url };
  });
  let index;
  return { papers, facets, get index() { return index ??= new window.mmu.query.Index(papers, facets); } };
}

/** The records of a collection, "papers" or "datasets"; unpacked once. */
function records(name) {
  const data = window.mmu[name];
  if (!known.has(name) && data) known.set(name, unpack(data));
  return known.get(name) ?? null;
}

window.mmu ??= {};
window.mmu.records = records;
})();
