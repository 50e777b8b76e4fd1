/* Records for scripts. `_static/mmu-papers.js` and `mmu-datasets.js`, which export.py writes small, are unpacked here,
   in one place. A plain script that needs no other and touches no page; only `index` needs mmu-query.js.

     const { papers, facets, index } = mmu.records("papers");   // null where that data script was not loaded

   A paper: {key, type, title, short, label, authors: [name], by, venue, vs, vt, date, tags: {facet: [value]}, kw,
   links: [{kind, label, url}], has: [name], abs, fields: {name: text}, url}. `label` is what to call it, `by` and `vt`
   are authors and venue as tables print them, `url` is its page from the site's root, "" without one. It is what
   mmu.query.Index wants. A facet is as export.py writes it; its `labels` are a Map from each value to its label.
   records.titleParts(paper) is [bold words, rest], records.summary(paper, facets) the line of tags below a title: both
   as cells.py has them. */
(() => {
"use strict";

const known = new Map();

/* Family names as tables print them: the first three, and how many more. */
const byline = names =>
  names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

function unpack({ facets: heads, shapes, kinds, rows }) {
  const facets = heads.map(f => ({ ...f, labels: new Map(f.values.map(v => [v.value, v.label])) }));
  const papers = rows.map(([key, type, title, short, label, people, venue, vs, published, date, values, kw, links, shape,
                            abs, fields, url]) => {
    const tags = {}, names = (people || []).map(name => name.split("\t")), rests = (links || []).map(([, rest]) => rest);
    values.forEach((numbers, f) => {
      if (numbers) tags[facets[f].name] = numbers.map(n => facets[f].values[n].value);
    });
    const urls = (links || []).map(([kind, rest]) => kinds[kind][2] + rest);
    const same = [venue || vs || "", vs || "", date || "", (date || "").slice(0, 4), ...rests, ...urls];
    for (const name in fields) if (typeof fields[name] === "number") fields[name] = same[fields[name]];
    if (shapes[shape].includes("shorttitle")) fields.shorttitle = short || "";
    if (shapes[shape].includes("keywords")) Object.defineProperty(fields, "keywords", { get: () =>
      [...Object.keys(tags).sort().flatMap(f => tags[f].map(v => `${f}:${v}`)), ...kw || []].join(", ") });
    return {
      key, type, title, short: short || "", label: label || short || key, authors: names.map(n => n.join(" ")),
      by: byline(names.map(n => n.at(-1))), venue: same[0], vs: same[1], vt: vs ? `${vs} ${published || ""}`.trim() : "",
      date: same[2], tags, kw: kw || [],
      links: (links || []).map(([kind], n) => ({ kind: kinds[kind][0], label: kinds[kind][1], url: urls[n] })),
      has: shapes[shape], abs: abs || "", fields, url: url || "",
    };
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

/** The title in two parts: the short name to be set bold in front, but never twice, and the rest. */
function titleParts({ title, short }) {
  if (!short) return ["", title];
  const start = title.slice(0, short.length), rest = title.slice(short.length);
  return start.toLowerCase() === short.toLowerCase() && !/^[\p{L}\p{N}]/u.test(rest) ? [start, rest] : [short, ` · ${title}`];
}

/** The tags of a paper in one line of words. */
function summary(paper, facets) {
  return facets.filter(f => f.summary).map(({ name, labels, verb, usual, numbered }) => {
    const values = (paper.tags[name] ?? []).filter(v => !usual.includes(v) && (!numbered || v.includes("/")));
    const words = values.map(v => labels.get(v)).map(label => verb && !/^.\p{Lu}/u.test(label)
      ? label.slice(0, 1).toLowerCase() + label.slice(1) : label);
    return words.length ? `${verb} ${words.join(", ")}`.trim() : "";
  }).filter(Boolean).join(" · ");
}

window.mmu ??= {};
window.mmu.records = Object.assign(records, { titleParts, summary });
})();
