/* A form for a paper that is missing: what is typed becomes a BibTeX entry, to copy or to send as an issue. It looks in
   the records whether the work is there, takes words of the title for tags, and asks no server for anything. */
import { el } from "./el.js";
import { copy } from "./clipboard.js";
import { Identifiers } from "./identifiers.js";
import { _, filled } from "./messages.js";
import { fold } from "./query.js";
import { records } from "./records.js";

const ORDER = [
  "title",
  "author",
  "booktitle",
  "journal",
  "volume",
  "number",
  "pages",
  "publisher",
  "venue",
  "year",
  "origdate",
  "eprint",
  "eprinttype",
  "doi",
  "openreview",
  "url",
];
const SMALL = new Set(
  "a an and are at by do does for from how in into is of on or the to toward towards via what when with without".split(
    " ",
  ),
);
const WEB = /^https?:\/\/[^\s{}"<>\\]+$/i;
/** Lower-case letters and digits, one blank between words.
    @param {string} text */
const letters = text =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
/** @param {string} text */
const protectedTitle = text =>
  /[{}$\\]/.test(text)
    ? text // as protected() of lookup/new_entry.py has it
    : text.replace(
        /(?<![\p{L}\p{N}_])([\p{L}\p{N}_-]*(?:[a-z0-9][A-Z]|[A-Z]{2})[\p{L}\p{N}_-]*)(?![\p{L}\p{N}_])/gu,
        "{$1}",
      );
/** @param {string} text */
const bare = text =>
  text
    .replace(/\\([&%_#])/g, "$1")
    .replace(/[{}]/g, "")
    .replace(/\s+/g, " ")
    .trim();

// --- BibTeX

/** The first entry of a text: {type, fields}, null where it cannot be read.
    @param {string} text @returns {{ type: string, fields: Mmu.Fields } | null} */
function parsed(text) {
  const head = /^\s*@\s*([A-Za-z]+)\s*[{(]\s*[^\s,{}()"=]*\s*,/.exec(text);
  /** @type {Mmu.Fields} */
  const fields = {};
  if (!head) return null;
  for (let at = head[0].length; ;) {
    const name = /^[\s,]*([A-Za-z][\w-]*)\s*=\s*/.exec(text.slice(at));
    if (!name)
      return /^[\s,]*[})]/.test(text.slice(at)) ? { type: head[1].toLowerCase(), fields } : null;
    at += name[0].length;
    const end = valueEnd(text, at);
    if (end < 0) return null;
    fields[name[1].toLowerCase()] = text
      .slice(at, end)
      .trim()
      .replace(/^[{"]|[}"]$/g, "")
      .replace(/\s+/g, " ")
      .trim();
    at = end;
  }
}

/** Behind a value that begins at a place: in braces, in quotation marks, or a word; -1 if it has no end.
    @param {string} text @param {number} start */
function valueEnd(text, start) {
  const quoted = text[start] === '"';
  if (!quoted && text[start] !== "{")
    return start + (/^[\w.-]*/.exec(text.slice(start))?.[0].length ?? 0) || -1;
  for (let at = start + (quoted ? 1 : 0), depth = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0 && !quoted) return at + 1;
    else if (quoted && text[at] === '"' && depth === 0) return at + 1;
    if (depth < 0) return -1;
  }
  return -1;
}

const VERBATIM = new Set(["doi", "eprint", "openreview", "url"]);
/** @type {Record<string, string>} */
const COMMANDS = { "{": "\\lbrace{}", "}": "\\rbrace{}" };
/** @type {Record<string, string>} */
const PERCENT_CODES = { "{": "%7B", "}": "%7D" };

/** Text with TeX's signs escaped; commands and formulas in it stay. As bib/writer.py has it.
    @param {string} text */
const escaped = text =>
  text
    .split(/(?<!\\)(\$(?=\S)[^$]*(?<=[^\s\\])\$(?!\d))/)
    .map((part, n) => (n % 2 ? part : part.replace(/(?<!\\)([&%#_$])/g, "\\$1")))
    .join("");

/** A value between braces: one without a partner becomes what prints it. As bib/writer.py has it.
    @param {string} name @param {string} text */
function braced(name, text) {
  /** @type {RegExpExecArray[]} */
  const opened = [];
  /** @type {RegExpExecArray[]} */
  const lonely = [];
  const printed = VERBATIM.has(name) ? PERCENT_CODES : COMMANDS;
  for (const brace of text.matchAll(/(\\*)([{}])/g)) {
    if (brace[2] === "{") opened.push(brace);
    else if (!opened.pop()) lonely.push(brace);
  }
  let whole = "",
    at = 0;
  for (const { 0: found, 1: slashes, 2: sign, index } of [...lonely, ...opened].sort(
    (a, b) => a.index - b.index,
  )) {
    whole +=
      text.slice(at, index) +
      slashes.slice(0, slashes.length - (slashes.length % 2)) +
      printed[sign];
    at = index + found.length;
  }
  whole = (whole + text.slice(at)).replace(/\s*[\n\r]\s*@/g, " @");
  return `{${whole}${whole.endsWith("\\") ? " " : ""}}`;
}
/** @param {string} name @param {string} text */
const value = (name, text) =>
  braced(name, VERBATIM.has(name) || name === "keywords" ? text : escaped(text));

/** @param {{ type: string, fields: Mmu.Fields, tags: string[] }} entry @param {string} source */
function entryText({ type, fields, tags }, source) {
  const kept = ORDER.filter(name => fields[name]).map(name => [name, fields[name]]);
  const rows = tags.length ? [...kept, ["keywords", tags.join(", ")], [source, "proposed"]] : kept;
  const wide = Math.max(0, ...rows.map(([name]) => name.length));
  return `@${type}{${keyOf(fields)},\n${rows.map(([name, text]) => `  ${name.padEnd(wide)} = ${value(name, text)}`).join(",\n")}\n}\n`;
}

/** Family name, year, first telling word.
    @param {Mmu.Fields} fields */
function keyOf({ author = "", title = "", year = "" }) {
  const first = bare(author.split(/\sand\s/i)[0]),
    family = first.includes(",") ? first.split(",")[0] : String(first.split(" ").at(-1));
  const word =
    letters(bare(title))
      .split(" ")
      .find(w => !SMALL.has(w)) ?? "";
  return `${letters(family)}${year}${word}`.replace(/[^a-z0-9]/g, "") || "new";
}

// --- The form

class Form {
  /** @param {HTMLElement} box */
  constructor(box) {
    const { papers } = /** @type {Mmu.Records} */ (records("papers"));
    this.box = box;
    this.papers = papers;
    const {
      mmuRoot = "",
      mmuIssue = "",
      mmuWords = "",
      mmuFiles = "",
      mmuSource = "",
      mmuIdentifiers = "",
    } = box.dataset;
    this.root = mmuRoot;
    this.issue = mmuIssue;
    this.source = mmuSource;
    /** @type {Mmu.WordFacet[]} */
    this.facets = JSON.parse(mmuWords);
    /** @type {Record<string, string>} */
    this.files = JSON.parse(mmuFiles);
    this.identifiers = new Identifiers(JSON.parse(mmuIdentifiers));
    this.marks = new Map(
      papers
        .flatMap(p => p.links.map(({ url }) => /** @type {const} */ ([this.mark(url), p])))
        .reverse(),
    ); // the first has it
    this.titles = new Map(papers.map(p => [letters(p.title), p]));
    /** @type {Map<string, boolean>} */
    this.chosen = new Map(); // tag → whether it is wanted; what a reader chose overrides a proposal
    this.fault = "";
    this.what = this.field(
      "textarea",
      "what",
      _("arXiv identifier, DOI, address or BibTeX"),
      { rows: 3, spellcheck: "false", "aria-describedby": "mmu-add-said" },
      () => this.read(),
    );
    this.title = this.field("input", "title", _("Title"), { type: "text", autocomplete: "off" });
    this.author = this.field("input", "author", _("Authors, with “and” between them"), {
      type: "text",
      autocomplete: "off",
      placeholder: _("Family, Given and Family, Given"),
    });
    this.year = this.field("input", "year", _("Year"), {
      type: "text",
      inputmode: "numeric",
      autocomplete: "off",
      maxlength: 4,
    });
    this.month = this.field("input", "month", _("Month of the first public version"), {
      type: "text",
      autocomplete: "off",
      maxlength: 7,
      placeholder: "2024-03",
    });
    this.said = el("p", { class: "mmu-hint", id: "mmu-add-said", role: "status" });
    this.tags = el("div");
    this.more = el(
      "select",
      { id: "mmu-add-more", change: () => this.choose() },
      el("option", { value: "" }, _("Choose")),
      ...this.facets.map(([label, , terms]) =>
        el(
          "optgroup",
          { label },
          ...terms.map(([tag, name]) => el("option", { value: tag }, name)),
        ),
      ),
    );
    this.text = el("code");
    this.lacks = el("p", { class: "mmu-hint" });
    this.place = el("p", { class: "mmu-hint" });
    this.copied = el("span", { class: "mmu-hint", role: "status" });
    this.send = el(
      "a",
      { class: "mmu-add-send", rel: "noopener", hidden: true },
      _("Open a prefilled issue"),
    );
    this.type = "misc";
    /** @type {Mmu.Fields} */
    this.rest = {};
    /** @type {Mmu.Fields} */
    this.filled = {}; // what an identifier gave
    box.replaceChildren(
      el(
        "div",
        { class: "mmu-add-form" },
        around(this.what),
        this.said,
        around(this.title),
        around(this.author),
        around(this.year),
        around(this.month),
        el(
          "fieldset",
          {},
          el("legend", {}, _("Tags, proposed by words of the title")),
          this.tags,
          el(
            "div",
            { class: "mmu-add-field" },
            el("label", { for: "mmu-add-more" }, _("Another tag")),
            this.more,
          ),
          this.lacks,
        ),
        el("pre", { tabindex: "0", role: "group", "aria-label": _("BibTeX entry") }, this.text),
        this.place,
        el(
          "div",
          { class: "mmu-add-out" },
          el("button", { type: "button", click: () => this.copy() }, _("Copy the entry")),
          this.send,
          this.copied,
        ),
      ),
    );
    this.draw();
  }

  /** @template {"input" | "textarea"} T @param {T} tag @param {string} name @param {string} label @param {Mmu.Props} props @param {() => void} [act] */
  field(tag, name, label, props, act = () => this.draw()) {
    const id = `mmu-add-${name}`,
      input = el(tag, { id, ...props, input: act });
    el("div", { class: "mmu-add-field" }, el("label", { for: id }, label), input);
    return input;
  }

  /* The first field was changed: BibTeX fills the others. */
  read() {
    const text = this.what.value.trim(),
      entry = text.startsWith("@") ? parsed(text) : null;
    this.fault = "";
    this.type = entry?.type ?? "misc";
    this.rest = entry ? this.completed(entry.fields) : {};
    if (entry)
      for (const name of /** @type {const} */ (["title", "author", "year"]))
        if (entry.fields[name]) this[name].value = entry.fields[name];
    if (text && !entry) {
      this.rest = this.identified(text);
      if (this.rest.origdate) this.fill("year", this.rest.origdate.slice(0, 4));
      else if (!Object.keys(this.rest).length) {
        this.fault = text.startsWith("@")
          ? _("This BibTeX cannot be read: perhaps a brace is missing.")
          : _("This is neither an arXiv identifier, nor a DOI, an address or BibTeX.");
      }
    }
    if (this.rest.origdate) this.fill("month", this.rest.origdate);
    this.draw();
  }

  /** The fields of an identifier or an address; none of anything else.
      @param {string} text @returns {Mmu.Fields} */
  identified(text) {
    const found = this.identifiers.recognised(text);
    if (!found) return WEB.test(text) ? { url: text } : {};
    if (found.kind === "arxiv") return this.fromArxiv(this.identifiers.unversioned(found.value));
    if (!ORDER.includes(found.kind)) return { url: this.identifiers.address(found) };
    return { [found.kind]: found.kind === "doi" ? found.value.toLowerCase() : found.value };
  }

  /** Fields of an arXiv identifier: it gives the month, too.
      @param {string} eprint @returns {Mmu.Fields} */
  fromArxiv(eprint) {
    const origdate = this.identifiers.posted(eprint);
    return { eprint, eprinttype: "arxiv", ...(origdate && { origdate }) };
  }

  /** Fields of pasted BibTeX, whose arXiv number may be in any of several.
      @param {Mmu.Fields} fields @returns {Mmu.Fields} */
  completed(fields) {
    const { eprint = "", doi = "", url = "", journal, volume, howpublished, note } = fields;
    const own = [eprint, doi, url].map(text => this.identified(text).eprint).find(Boolean);
    const number = own ?? this.identifiers.named([journal, volume, howpublished, note].join(" "));
    return number
      ? { ...this.fromArxiv(number), ...fields, eprint: number, eprinttype: "arxiv" }
      : { ...fields };
  }

  /** What two texts have in common that are the same identifier or address.
      @param {string} text */
  mark(text) {
    const found = this.identifiers.recognised(text);
    return found ? this.identifiers.normal(found) : text.toLowerCase();
  }

  /** The address of a value of the field `openreview`.
      @param {string} text */
  forum(text) {
    return this.identifiers.recognised(text)
      ? text
      : this.identifiers.address({ kind: "openreview", value: text });
  }

  /** Write into a field, but not over what somebody typed.
      @param {"year" | "month"} name @param {string} text */
  fill(name, text) {
    if (!this[name].value || this[name].value === this.filled[name])
      this.filled[name] = this[name].value = text;
  }

  /** @returns {Mmu.Fields} */
  get fields() {
    const [title, author, year, origdate] = /** @type {const} */ ([
      "title",
      "author",
      "year",
      "month",
    ]).map(name => this[name].value.trim().replace(/\s+/g, " "));
    return { ...this.rest, title: protectedTitle(title), author, year, origdate };
  }

  /** The paper of the list that this is, if there is one.
      @returns {Mmu.Paper | null} */
  there() {
    const { title, eprint, doi, openreview, url } = this.fields;
    const listed = [eprint, doi, openreview && this.forum(openreview), url].map(
      text => text && this.marks.get(this.mark(text)),
    );
    return listed.find(Boolean) || (title && this.titles.get(letters(bare(title)))) || null;
  }

  /* Tags that new entries usually have, and those whose words the title has; of facets with one value, none but the first. */
  proposals() {
    const title = ` ${letters(bare(this.title.value))} `,
      found = [];
    for (const [, single, terms, usual] of this.facets) {
      if (usual) found.push(usual);
      const named = terms.filter(([, , words]) =>
        words.some(
          word => title.includes(` ${letters(word)} `) || title.includes(` ${letters(word)}s `),
        ),
      );
      const deepest = named.filter(
        ([tag]) => !named.some(([other]) => other.startsWith(`${tag}/`)),
      );
      found.push(...(single ? deepest.slice(0, 1) : deepest).map(([tag]) => tag));
    }
    return found;
  }

  choose() {
    if (this.more.value) {
      const tag = this.more.value,
        [, single = false, terms = []] =
          this.facets.find(([, , all]) => all.some(([t]) => t === tag)) ?? [];
      if (single)
        for (const [other] of terms)
          if (this.wanted().includes(other)) this.chosen.set(other, false);
      this.chosen.set(tag, true);
    }
    this.more.value = "";
    this.draw();
  }

  wanted() {
    const proposed = this.proposals();
    return this.facets
      .flatMap(([, , terms]) => terms.map(([tag]) => tag))
      .filter(tag => this.chosen.get(tag) ?? proposed.includes(tag));
  }

  draw() {
    const { fields } = this,
      there = this.there(),
      wanted = this.wanted(),
      shown = new Set([...wanted, ...this.proposals(), ...this.chosen.keys()]);
    const bad =
      fields.year && !/^(?:19|20)\d\d$/.test(fields.year)
        ? _("The year is not one of four digits.")
        : "";
    const dated =
      !fields.origdate || /^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$/.test(fields.origdate);
    const fault =
      this.fault || bad || (dated ? "" : _("Write the month as year and number: 2024-03."));
    this.what.setAttribute("aria-invalid", String(Boolean(this.fault)));
    this.year.setAttribute("aria-invalid", String(Boolean(bad)));
    this.month.setAttribute("aria-invalid", String(!dated));
    this.said.classList.toggle("mmu-add-wrong", Boolean(fault || there));
    const href = there && (there.url ? this.root + there.url : there.links[0]?.url);
    this.said.replaceChildren(
      ...(there
        ? filled(_("This work is listed already: {title}"), {
            title: href ? el("a", { href }, there.title) : there.title,
          })
        : [
            fault ||
              (this.what.value.trim()
                ? _("No paper of the list has this identifier or title.")
                : _("Any one of these will do.")),
          ]),
    );
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.mmuTag;
    const rows = this.facets.flatMap(([label, , terms]) =>
      terms
        .filter(([tag]) => shown.has(tag))
        .map(([tag, name]) => {
          const box = el("input", {
            type: "checkbox",
            "data-mmu-tag": tag,
            change: () => {
              this.chosen.set(tag, box.checked);
              this.draw();
            },
          });
          box.checked = wanted.includes(tag);
          return el("label", {}, box, `${label}: ${name}`);
        }),
    );
    this.tags.replaceChildren(
      ...(rows.length ? rows : [el("p", { class: "mmu-hint" }, _("None yet."))]),
    );
    if (focused) this.tags.querySelector(`[data-mmu-tag="${CSS.escape(focused)}"]`)?.focus();
    this.text.textContent = entryText({ type: this.type, fields, tags: wanted }, this.source);
    this.copied.textContent = "";
    const lacking = this.facets
      .filter(([, , terms, , always]) => always && !terms.some(([tag]) => wanted.includes(tag)))
      .map(([label]) => label);
    this.lacks.textContent = lacking.length
      ? _("Every listed paper also has a tag for: {facets}.", { facets: lacking.join(", ") })
      : "";
    const file = this.files[wanted.find(tag => this.files[tag]) ?? ""];
    this.place.textContent = file ? _("This entry belongs in {file}.", { file }) : "";
    this.send.hidden =
      !this.issue || Boolean(there || fault) || !(fields.title || Object.keys(this.rest).length);
    if (!this.send.hidden) this.send.href = this.address(fields);
  }

  /** @param {Mmu.Fields} fields */
  address({ title, eprint, doi, openreview, url }) {
    const forum = openreview && this.forum(openreview);
    const parts = {
      title: _("Add: {work}", { work: bare(title) || eprint || doi || forum || url }),
      identifier: eprint || doi || forum || url || "",
      body: this.text.textContent,
    };
    return this.issue.replace(
      /\{(title|identifier|body)\}/g,
      (/** @type {string} */ _, /** @type {keyof typeof parts} */ name) =>
        encodeURIComponent(parts[name]),
    );
  }

  async copy() {
    try {
      await copy(this.text.textContent);
      this.copied.textContent = _("Copied.");
    } catch {
      getSelection()?.selectAllChildren(this.text);
      this.copied.textContent = _("The entry is selected: copy it with the keyboard.");
    }
  }
}

/** @param {HTMLElement} field */
const around = field => /** @type {HTMLElement} */ (field.parentNode);

const box = document.querySelector("[data-mmu-add]");
if (box && records("papers")) new Form(box);
