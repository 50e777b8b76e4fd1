/* The search page: what kind of thing each hit is, papers by their names first, each place once.
   Sphinx searches; this uses its hook Scorer.score, which sees every hit before they are sorted and repeated ones
   dropped. An entry of a hit is [docname, title, anchor, description, score, filename, how it was found].
   mmu-kinds.js, made by the build, says what there is on the pages. */
"use strict";
(() => {
  const known = window.mmuKinds;
  if (!known || typeof Scorer === "undefined") return;

  const has = (map, name) => Object.hasOwn(map, name);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const query = new URLSearchParams(location.search).get("q") ?? "";
  const wanted = words(query), phrase = ` ${wanted.join(" ")}`;

  /* Names in the index are written as html */
  const signs = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
  const plain = (text) => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_all, name) => signs[name]);

  /* A paper's names weigh more than words that only stand on its page; what is called just so, more than anything */
  const called = (name) => wanted.length > 0 && words(name).join(" ") === wanted.join(" ");
  const holds = (name) => ` ${words(name).join(" ")}`.includes(phrase);
  const paperWorth = ([short, title, authors], score) => {
    if (called(short) || called(title)) return score + 100;
    const names = `${short} ${title} ${authors}`, own = ` ${words(names).join(" ")}`;
    if (!wanted.every((word) => own.includes(` ${word}`))) return Math.min(score, Scorer.term - 1);
    return score + (holds(names) ? 8 : 6);
  };
  const worth = (name, score) => { // 'Long name (LN)' goes by either
    return score + ([name, ...name.split(/[()]/)].some(called) ? 50 : holds(name) ? 8 : 0);
  };

  /* The thing that a hit leads to, as [anchor, kind, name]. The index has no anchors where they equal a name, and
     Sphinx then makes them from the name that it shows, which may differ. */
  const thingAt = (doc, anchor, name) => {
    const things = has(known.things, doc) ? known.things[doc] : {};
    if (has(things, anchor)) return [anchor, ...things[anchor]];
    const found = name && Object.entries(things).find(([, [, label]]) => label === name);
    return found ? [found[0], ...found[1]] : null;
  };

  const paperScore = (item, score) => {
    const paper = known.papers[item[0]], heading = item[2] !== "";
    [item[1], item[2]] = [paper[1], ""];
    return paperWorth(paper, heading ? 0 : score); // all papers have the same headings
  };

  const placeScore = (item, score) => {
    const [doc, title, anchor, , , , how] = item, named = how === "object" ? plain(title) : "";
    const thing = anchor || named ? thingAt(doc, anchor.slice(1), named) : null;
    if (thing) {
      [item[1], item[2], item[3]] = thing[0] ? [thing[2], `#${thing[0]}`, null] : [known.pages[doc][1], "", null];
      return worth(thing[2], score);
    }
    if (how !== "text" || score > Scorer.term) return worth(title, score);
    return has(known.pages, doc) && known.pages[doc][0] === known.chapter ? score : score - 2;
  };

  const given = Scorer.score ?? ((item) => item[4]);
  Scorer.score = (item) => (has(known.papers, item[0]) ? paperScore : placeScore)(item, given(item));

  /* --- what is shown */

  const element = (name, css, text) => {
    const made = document.createElement(name);
    made.className = css;
    made.textContent = text;
    return made;
  };

  const placeOf = (link) => {
    const { BUILDER, LINK_SUFFIX } = DOCUMENTATION_OPTIONS, root = document.documentElement.dataset.content_root ?? "";
    const [path, anchor = ""] = link.getAttribute("href").split("#");
    const name = root && path.startsWith(root) ? path.slice(root.length) : path;
    if (BUILDER !== "dirhtml") return [name.slice(0, name.length - LINK_SUFFIX.length), anchor];
    const folder = name.replace(/\/$/, ""), index = folder ? `${folder}/index` : "index";
    return [has(known.pages, index) ? index : folder, anchor];
  };

  /* Of many authors the first, and those who were asked for */
  const byline = ([short, title, authors, venue]) => {
    const names = authors.split(", "), asked = (name) => words(name).some((word) => wanted.includes(word));
    const shown = names.length > 6 ? [...names.filter((name, i) => i < 3 || asked(name)), "et al."] : names;
    return [title.includes(short) ? "" : short, shown.join(", "), venue].filter(Boolean).join(" · ");
  };

  const saying = (link) => {
    const [doc, anchor] = placeOf(link);
    if (has(known.papers, doc)) return [known.paper, byline(known.papers[doc])];
    const [kind, page] = has(known.pages, doc) ? known.pages[doc] : ["", ""], thing = anchor ? thingAt(doc, anchor) : null;
    return thing ? [thing[1], `${known.within} ${page}`] : [kind, ""];
  };

  const label = (hit) => {
    const link = hit.querySelector("a");
    if (!link || hit.querySelector(".mmu-kind")) return;
    const [kind, more] = saying(link);
    if (kind) link.before(element("span", "mmu-kind", kind), " ");
    if (more) link.after(" ", element("span", "mmu-by", more));
  };

  /* A word as the filter of an explorer takes it */
  const term = (word) => /^(?!(?:and|or|not)$)[\p{L}\p{N}][\p{L}\p{N}_.-]*$/iu.test(word) ? word : `"${word.replace(/[\\"]/g, "\\$&")}"`;

  const onward = () => {
    const made = element("p", "mmu-onward", ""), link = element("a", "", `${known.filter} “${query.trim()}”`);
    const text = query.trim().split(/\s+/).map(term).join(" ");
    link.href = `${document.documentElement.dataset.content_root ?? ""}${known.explorer}#q=${encodeURIComponent(text)}`;
    made.append(link);
    return made;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const results = document.getElementById("search-results");
    if (!results) return;
    if (wanted.length && known.explorer) results.before(onward());
    const look = () => {
      results.querySelector(".search-summary")?.setAttribute("role", "status");
      results.querySelectorAll("ul.search > li").forEach(label);
    };
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.("ul.search > li")) label(node);
      results.querySelector(".search-summary:not([role])")?.setAttribute("role", "status");
    }).observe(results, { childList: true, subtree: true });
    look();
  });
})();
