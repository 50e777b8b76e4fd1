/* What is found, and how it is called: papers, and the terms, sections and pages of the site. */
import { PARTS } from "./word_index.js";
import { initials, stemmed, words } from "./words.js";

/** How exactly a document is called what was asked for, in all of its words: 3 by the title of a page, or the title or name
    of a paper; 2 by the heading of a section, another name of a page, or the title of a list, which is called like what it
    lists; 1 if its title begins so. `meant` is what a question for a meaning asks for.
    @param {Mmu.Entry} document @param {string} whole @param {string} meant */
export function exactly(document, whole, meant) {
  document.plain ??= [document.title, ...document.names].map(name => words(name).join(" "));
  const [title, ...names] = document.plain,
    page = !document.address.includes("#");
  const is = (/** @type {string} */ name) => name !== "" && (name === whole || name === meant);
  if (is(title)) return page && document.group !== "list" ? 3 : 2;
  if (page && names.some(is)) return document.paper ? 3 : 2;
  return whole.split(" ").length > 2 && title.startsWith(`${whole} `) ? 1 : 0;
}

/** Whether a document is called so, however it is written.
    @param {Mmu.Entry} document @param {Set<string>} letters */
export function isCalled(document, letters) {
  document.letters ??= [document.title, ...document.names].map(name => words(name).join(""));
  return document.letters.some(name => letters.has(name));
}
/** Whether every word of one of the names of a document is asked for.
    @param {Mmu.Entry} document @param {Set<string>} said @param {number} least words of such a name */
export function isOf(document, said, least) {
  document.called ??= [document.title, ...document.names].map(stemmed);
  return document.called
    .map(name => name.split(" "))
    .some(parts => parts[0] && parts.length >= least && parts.every(word => said.has(word)));
}

/** How much more a document is worth that is called as was asked, or says just that. `phrase` has no words of questions,
    `whole` has all.
    @param {Mmu.Entry} document @param {string} phrase @param {string} whole @param {Set<string>} letters @param {boolean} read */
export function called(document, phrase, whole, letters, read) {
  document.called ??= [document.title, ...document.names].map(stemmed);
  document.also ??= document.paper
    ? [document.paper.vt, ...document.paper.authors].map(stemmed)
    : [];
  const { called: names, also } = document,
    asked = new Set(whole.split(" "));
  if (names.some(name => name === phrase || name === whole) || isCalled(document, letters))
    return 3;
  document.initials ??= [document.title, ...document.names].map(shortOf);
  if (document.initials.includes(phrase)) return 2.5;
  const shared = Math.max(
    ...names
      .map(name => name.split(" "))
      .map(name => name.filter(word => asked.has(word)).length / name.length),
  );
  const likeness = 1 + shared / 2;
  if (also.some(name => name === phrase)) return 2 * likeness;
  if (names.some(name => name.startsWith(`${phrase} `))) return 1.5 * likeness;
  if (names.some(name => ` ${name} `.includes(` ${phrase} `))) return 1.3 * likeness;
  if (!read || !whole.includes(" ")) return likeness;
  const text = ` ${(document.stems ??= stemmed(document.text))} `;
  return likeness * (text.includes(` ${whole} `) ? 1.5 : text.includes(` ${phrase} `) ? 1.2 : 1);
}

/** The initials of a name of several words; "" of any other.
    @param {string} name */
function shortOf(name) {
  const parts = words(name);
  return parts.length > 2 && parts.length <= PARTS ? initials(parts) : "";
}

class Found {
  /** @param {number} n @param {string} group */
  constructor(n, group) {
    this.n = n;
    this.group = group;
    /** @type {string[] | null} */
    this.plain = null;
    /** @type {string[] | null} */
    this.letters = null;
    /** @type {string[] | null} */
    this.initials = null;
    /** @type {string[] | null} */
    this.called = null;
    /** @type {string[] | null} */
    this.also = null;
    /** @type {string | null} */
    this.stems = null;
  }
}
export class Thing extends Found {
  /** @param {number} n @param {Mmu.FindData["documents"][number]} row @param {Mmu.FindData} data */
  constructor(n, [group, label, within, address, title, names, text], { groups, labels, pages }) {
    super(n, groups[group]);
    this.paper = /** @type {Mmu.Paper | null} */ (null);
    this.label = labels[label];
    this.within = pages[within];
    this.address = address;
    this.title = title;
    this.names = names;
    this.text = text;
  }
}
export class PaperFound extends Found {
  /** @param {number} n @param {Mmu.Paper} paper @param {Pick<Mmu.FindData, "paper" | "explorer">} data @param {string[]} searched */
  constructor(n, paper, data, searched) {
    super(n, "paper");
    this.paper = paper;
    this.data = data;
    this.searched = searched;
  }
  get label() {
    return this.data.paper;
  }
  get within() {
    return "";
  }
  get title() {
    return this.paper.title;
  }
  get names() {
    return [this.paper.short || this.paper.label];
  }
  get text() {
    return [this.paper.abs, ...this.searched.map(name => this.paper.field(name))]
      .filter(Boolean)
      .join("\n");
  }
  /* Its page; without one its row, or where it is to be read. */
  get address() {
    const {
      paper: { url, key, links },
      data: { explorer },
    } = this;
    return url || (explorer ? `${explorer}#${encodeURIComponent(key)}` : (links[0]?.url ?? ""));
  }
}
