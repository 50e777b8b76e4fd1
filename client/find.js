/* The search: one index and one ranking for every field of the site. It touches no page; what
   site() reads are mmu-papers.js and mmu-find-data.js, where they are loaded.

     const site = find.site();                       // papers, terms, sections, …; made once
     const { hits, count, offers, known } = site.search("what is direct gradient");
     const papers = find.papers("papers");           // the records of an explorer, by their positions
     while (papers.step());                          // makes its index by parts; ask() makes what is left of it
     const { masks, order } = papers.ask(["concept", "erasure"]);

   `count` says how many documents have all words; `hits` are the best. A hit is {document, score, all, words}: `all` says that every word was found, `words` are those of the texts that
   match, folded. A document: {n, group, label, title, within, address, names, text, paper}. `offers` are
   filters that mean what was typed: {filter, count, note, sure}. `known` is false where a word was only guessed. */
export { Papers, papers } from "./finder.js";
export { Site, site } from "./site.js";
export { marked, snippet } from "./snippets.js";
export { words } from "./words.js";
