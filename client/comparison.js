/* Papers side by side, on the page of the directive `compare`: the field that finds papers and the table; which ones is in
   the address, #keys=a,b; without any, an example is shown. */
import { LEAST, MOST } from "./compared.js";
import { el, one } from "./el.js";
import { papers as finder } from "./find.js";
import { fragment, decoded, setAddress } from "./fragment.js";
import { _, filled } from "./messages.js";
import { records, shortened, titleParts } from "./records.js";

/** @type {Record<string, string>} what verdicts are called */
const VERDICTS = { same: _("same"), "in part": _("in part"), differs: _("differs") };
const SUGGESTED = 8,
  AUTHORS = 8,
  LONG = 24,
  WIDE = 80,
  SUMMARY = "summary",
  IN_EXAMPLE = 3;
const MANY = 5,
  OPEN = 2; // conditions from which on there is a list of them; of these on phones so many are open
const PHONE = matchMedia("(max-width:46em)");

/** The words of a row's cells: {label, cells: [[{text, href}]], compared} — rows that are not `compared` are only shown. In
    two parts: what the works are about, by the names in `first`, and all else.
    @param {Mmu.Paper[]} papers @param {Mmu.Facet[]} facets @param {[name: string, label: string, separator: string][]} fields @param {Map<string, string>} labels @param {string[]} first */
function rowsOf(papers, facets, fields, labels, first) {
  const plain = (/** @type {string} */ text) => (text ? [{ text }] : []);
  /** @type {Mmu.Compared[]} */
  const known = [
    ...facets.map(f => ({
      name: f.name,
      label: f.label,
      cells: papers.map(p => (p.tags[f.name] ?? []).map(v => ({ text: path(f, v) }))),
      compared: true,
    })),
    ...fields.map(([name, label, separator]) => ({
      name,
      label,
      compared: name !== SUMMARY,
      cells: papers.map(p => {
        const text = p.field(name),
          parts = separator ? text.split(separator) : [text];
        return parts
          .map(part => part.trim())
          .filter(Boolean)
          .map(part => ({ text: separator === "," ? (labels.get(part) ?? part) : part }));
      }),
    })),
  ];
  /** @type {Mmu.Compared[]} */
  const others = [
    { label: _("Authors"), cells: papers.map(p => plain(shortened(p.authors, AUTHORS))) },
    { label: _("Venue"), cells: papers.map(p => plain(p.vt)), compared: true },
    { label: _("Date"), cells: papers.map(p => plain(p.date)), compared: true },
    {
      label: _("Links"),
      cells: papers.map(p => p.links.map(k => ({ text: k.label, href: k.url }))),
    },
  ];
  const there = (/** @type {Mmu.Compared} */ row) => row.cells.some(cell => cell.length);
  const at = (/** @type {Mmu.Compared} */ { name = "" }) => first.indexOf(name);
  return [
    known.filter(row => at(row) >= 0).sort((a, b) => at(a) - at(b)),
    [...known.filter(row => at(row) < 0), ...others],
  ].map(rows => rows.filter(there));
}

/** The results that two or more of the papers have: {title, rows, notes, whole} for each condition; those that all papers
    have come first.
    @param {Mmu.Paper[]} papers @param {Mmu.Measured[]} results @returns {Mmu.ComparedGroup[]} */
function resultsOf(papers, results) {
  return results
    .map(([title, metrics, notes]) => {
      /** @type {Map<string, Set<string>>} */
      const used = new Map();
      const rows = metrics
        .map(([label, values]) => {
          const cells = papers.map(({ key }) => values.filter(([of]) => of === key));
          return { label, compared: true, measured: true, cells };
        })
        .filter(({ cells }) => cells.filter(cell => cell.length).length >= LEAST);
      for (const { cells } of rows)
        cells.forEach((cell, n) => {
          for (const [, , note] of cell)
            for (const remark of notes[note - 1] ?? [])
              used.set(remark, (used.get(remark) ?? new Set()).add(papers[n].label));
        });
      const measured = papers.filter((_, n) => rows.some(({ cells }) => cells[n].length)).length; // a remark on all needs no names
      const common = [...used]
        .filter(([, names]) => names.size === measured)
        .map(([remark]) => remark)
        .join("; ");
      const others = [...used]
        .filter(([, names]) => names.size < measured)
        .map(([remark, names]) => `${[...names].join(", ")}: ${remark}`);
      return {
        title,
        rows: rows.map(row => ({
          ...row,
          cells: row.cells.map(cell => cell.map(([, text]) => ({ text }))),
        })),
        notes: [common, ...others].filter(Boolean),
        whole: measured === papers.length,
      };
    })
    .filter(({ rows }) => rows.length)
    .sort((a, b) => Number(b.whole) - Number(a.whole));
}

/** A value with what it is below of.
    @param {Mmu.Facet} facet @param {string} value */
const path = ({ labels }, value) =>
  value
    .split("/")
    .map((_, n, parts) => labels.get(parts.slice(0, n + 1).join("/")) ?? parts[n])
    .join(" › ");

/** "same", "in part" where two or more share something, "differs"; "" for a row that is not compared.
    @param {Mmu.Compared} row */
function verdict({ cells, compared }) {
  if (!compared || cells.length < LEAST) return "";
  const texts = cells.map(cell =>
    cell
      .map(v => v.text)
      .sort()
      .join("\n"),
  );
  if (texts.every(text => text === texts[0])) return "same";
  return cells.some(cell => cell.some(v => having(cells, v.text) > 1)) ? "in part" : "differs";
}

/** Fold rows below their name, or unfold them.
    @param {HTMLElement} body @param {boolean} yes */
function fold(body, yes) {
  body.classList.toggle("mmu-folded", yes);
  body.querySelector("button")?.setAttribute("aria-expanded", String(!yes));
}

/** How many have a value.
    @param {Mmu.Compared["cells"]} cells @param {string} text */
const having = (cells, text) => cells.filter(cell => cell.some(v => v.text === text)).length;

class Comparison {
  /** @param {HTMLElement} box */
  constructor(box) {
    const { papers, facets } = /** @type {Mmu.Records} */ (records("papers"));
    this.box = box;
    this.papers = papers;
    this.facets = facets;
    const {
      mmuRoot = "",
      mmuFields = "",
      mmuResults = "",
      mmuFirst = "",
      mmuNames = "",
      mmuOften = "",
    } = box.dataset;
    this.root = mmuRoot;
    /** @type {[name: string, label: string, separator: string][]} */
    this.fields = JSON.parse(mmuFields);
    /** @type {Mmu.Measured[]} */
    this.results = JSON.parse(mmuResults);
    /** @type {string[]} */
    this.first = JSON.parse(mmuFirst);
    this.byKey = new Map(papers.map(p => [p.key, p]));
    /** @type {Map<string, string>} */
    this.labels = new Map([
      ...papers.map(p => /** @type {const} */ ([p.key, p.label])),
      ...Object.entries(JSON.parse(mmuNames)),
    ]);
    this.finder = new Finder(papers, key => this.add(key));
    this.status = el("p", { class: "mmu-hint", role: "status" });
    /** @type {[title: string, keys: string[]][]} */
    const often = JSON.parse(mmuOften);
    this.often = often.map(([title, keys]) => ({
      title,
      keys: keys.filter(key => this.byKey.has(key)),
    }));
    this.table = el("table", { class: "mmu-table mmu-compare", role: "table" });
    this.frame = el(
      "div",
      {
        class: "mmu-scroll",
        tabindex: "0",
        role: "group",
        "aria-label": _("Comparison"),
        hidden: true,
      },
      this.table,
    );
    this.note = el(
      "p",
      { class: "mmu-hint", hidden: true },
      ...filled(_("In rows that agree {part}, {bold} is what only one has."), {
        part: el("i", {}, _("in part")),
        bold: el("b", {}, _("bold")),
      }),
    );
    this.contents = el("details", { class: "mmu-compare-often", hidden: true });
    box.prepend(
      el(
        "div",
        { class: "mmu-compare-set" },
        this.finder.element,
        this.status,
        ...this.sets(),
        this.contents,
      ),
      this.frame,
      this.note,
    );
    box.querySelector(":scope>.mmu-nojs")?.remove();
    /** @type {string[]} */
    this.unknown = [];
    /** @type {string[]} */
    this.keys = [];
    this.isExample = false;
    this.said = "";
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /* What the address asks for. */
  follow() {
    const { fields: asked, fault } = fragment(),
      keys = (asked.get("keys") ?? "").split(",").map(decoded).filter(Boolean);
    this.unknown = keys.filter(key => !this.byKey.has(key));
    this.keys = [...new Set(keys)].filter(key => this.byKey.has(key)).slice(0, MOST);
    this.isExample = !keys.length && this.often.length > 0;
    if (this.isExample) {
      this.keys = this.often[0].keys.slice(0, IN_EXAMPLE);
      /** @type {HTMLDetailsElement} */ (one(this.box, ".mmu-compare-often")).open = true;
    }
    this.said = fault ? `${fault.message}: ${fault.hint}. ` : "";
    this.draw();
  }

  /* What is often compared, as addresses. */
  sets() {
    if (!this.often.length) return [];
    const items = this.often.map(({ title, keys }) =>
      el(
        "li",
        {},
        el(
          "a",
          { href: `#keys=${keys.map(encodeURIComponent).join(",")}` },
          keys.map(key => this.labels.get(key)).join(", "),
        ),
        el("span", { class: "mmu-by" }, title),
      ),
    );
    return [
      el(
        "details",
        { class: "mmu-compare-often" },
        el("summary", {}, _("Often compared")),
        el("ul", { class: "mmu-list" }, ...items),
      ),
    ];
  }

  /* The choice as an address of its own: one step of the history. */
  go() {
    const text = this.keys.length ? `keys=${this.keys.map(encodeURIComponent).join(",")}` : "";
    this.isExample = false;
    if (text !== location.hash.slice(1))
      setAddress("pushState", text ? `#${text}` : location.pathname + location.search);
    this.draw();
  }

  /** @param {string} key */
  add(key) {
    if (this.isExample) this.keys = [];
    if (this.keys.includes(key) || this.keys.length >= MOST) return;
    this.keys.push(key);
    this.unknown = [];
    this.said = `${_("{paper} added.", { paper: this.labels.get(key) ?? key })} `;
    this.go();
  }

  /** @param {string} key */
  remove(key) {
    this.keys = this.keys.filter(k => k !== key);
    this.said = `${_("{paper} removed.", { paper: this.labels.get(key) ?? key })} `;
    this.go();
    this.finder.input.focus();
  }

  draw() {
    const papers = this.keys.flatMap(key => this.byKey.get(key) ?? []),
      { length } = papers;
    const [about, rest] = rowsOf(papers, this.facets, this.fields, this.labels, this.first),
      same = [...about, ...rest].filter(row => verdict(row) === "same");
    const body = (/** @type {Mmu.Compared[]} */ rows) =>
      el(
        "tbody",
        { role: "rowgroup" },
        ...rows.filter(row => !same.includes(row)).map(row => this.row(row, papers)),
      );
    const groups = resultsOf(papers, this.results),
      others = groups.length
        ? [
            this.group(
              { title: _("Tags and other fields"), rows: rest.filter(row => !same.includes(row)) },
              papers,
            ),
          ]
        : [body(rest)];
    let open = 0;
    const measured = groups.map(group =>
      this.group(group, papers, PHONE.matches && !(group.whole && open++ < OPEN)),
    );
    this.finder.taken(this.isExample ? [] : this.keys, length >= MOST && !this.isExample);
    const keys = this.unknown
      .slice(0, MOST)
      .map(short)
      .join(` ${_("or")} `);
    const lost = !keys
      ? ""
      : this.unknown.length > MOST
        ? `${_("No paper has the key {keys} or others that were asked for.", { keys })} `
        : `${_("No paper has the key {keys}.", { keys })} `;
    const next =
      length >= MOST
        ? _("Five at most: remove one to add another.")
        : length >= LEAST
          ? ""
          : length
            ? _("Choose one more.")
            : _("Choose two to five.");
    this.status.textContent = this.isExample
      ? `${this.said}${_("An example. Choose two to five papers of your own.")}`
      : `${lost}${this.said}${length ? `${_("{n} of {most} chosen.", { n: length, most: MOST })} ` : ""}${next}`;
    this.frame.hidden = !length;
    this.note.hidden = length < LEAST;
    this.table.replaceChildren(
      el("caption", { class: "mmu-sr" }, papers.map(p => p.label).join(", ")),
      el(
        "thead",
        { role: "rowgroup" },
        el("tr", { role: "row" }, el("td", { role: "cell" }), ...papers.map(p => this.head(p))),
      ),
      body(about),
      ...measured,
      ...others,
      ...this.alike(same, papers),
    );
    this.table.dataset.mmuColumns = `${length}`;
    this.drawContents(groups, measured);
  }

  /** A list of many conditions, which leads to the rows of each. Their places have no address: it says which papers are chosen.
      @param {Mmu.ComparedGroup[]} groups @param {HTMLElement[]} bodies */
  drawContents(groups, bodies) {
    const lead = (/** @type {HTMLElement} */ body) => {
      fold(body, false);
      body.scrollIntoView();
      body.querySelector("button")?.focus({ preventScroll: true });
    };
    this.contents.hidden = groups.length <= MANY;
    this.contents.replaceChildren(
      el("summary", {}, _("{n} tables of results", { n: groups.length })),
      el(
        "ul",
        { class: "mmu-list" },
        ...groups.map(({ title, whole }, n) =>
          el(
            "li",
            {},
            el("button", { type: "button", click: () => lead(bodies[n]) }, title),
            ...(whole ? [] : [el("span", { class: "mmu-by" }, _("not of all papers"))]),
          ),
        ),
      ),
    );
  }

  /** @param {Mmu.Paper} paper */
  head(paper) {
    const [bold, rest] = titleParts(paper),
      href = paper.url ? this.root + paper.url : paper.links[0]?.url;
    const name = [el("b", {}, bold || paper.label)],
      title = bold ? rest.replace(/^( ·|:) /, "") : paper.title;
    return el(
      "th",
      { role: "columnheader", scope: "col", "data-mmu-key": paper.key },
      ...(href ? [el("a", { class: "mmu-title", href }, ...name)] : name),
      el("span", { class: "mmu-by" }, title),
      el(
        "button",
        {
          type: "button",
          "aria-label": _("Remove {what}", { what: paper.label }),
          click: () => this.remove(paper.key),
        },
        _("Remove"),
      ),
    );
  }

  /** What is the same for all, folded.
      @param {Mmu.Compared[]} rows @param {Mmu.Paper[]} papers */
  alike(rows, papers) {
    if (!rows.length) return [];
    const names = rows.map(({ label }) => label).join(", ");
    const title =
      rows.length === 1
        ? _("1 row is the same: {rows}", { rows: names })
        : _("{n} rows are the same: {rows}", { n: rows.length, rows: names });
    return [this.group({ title, rows }, papers, true)];
  }

  /** Rows with a name above, for instance what was measured under one condition, and with the names of the papers, which are
      out of sight by now. The name of rows that can be folded is a button.
      @param {Mmu.ComparedGroup} group @param {Mmu.Paper[]} papers @param {boolean} [folded] */
  group({ title, rows, notes = [] }, papers, folded) {
    const name =
      folded === undefined
        ? el("span", {}, title)
        : el(
            "button",
            { type: "button", click: () => fold(body, !body.classList.contains("mmu-folded")) },
            title,
          );
    const head = el(
      "th",
      { role: "rowheader", scope: "rowgroup", colspan: papers.length + 1 },
      name,
      ...notes.map(note => el("span", { class: "mmu-by" }, note)),
    );
    const body = el(
      "tbody",
      { role: "rowgroup" },
      el("tr", { role: "row", class: "mmu-compare-group" }, head),
      el(
        "tr",
        { class: "mmu-compare-names", "aria-hidden": "true" },
        el("td"),
        ...papers.map(paper => el("td", {}, titleParts(paper)[0] || paper.label)),
      ),
      ...rows.map(row => this.row(row, papers)),
    );
    if (folded !== undefined) fold(body, folded);
    return body;
  }

  /** @param {Mmu.Compared} row @param {Mmu.Paper[]} papers */
  row(row, papers) {
    const word = verdict(row),
      alone = (/** @type {string} */ text) => word === "in part" && having(row.cells, text) === 1;
    const head = el(
      "th",
      { role: "rowheader", scope: "row" },
      row.label,
      ...(word && !row.measured ? [" ", el("span", { class: "mmu-nr" }, VERDICTS[word])] : []),
    );
    return el(
      "tr",
      { role: "row", class: word ? `mmu-${word.replace(" ", "-")}` : null },
      head,
      ...row.cells.map((cell, n) =>
        el(
          "td",
          { role: "cell", "data-mmu-l": papers[n].label },
          ...(cell.length
            ? values(cell, alone)
            : [el("span", { class: "mmu-nr" }, _("not recorded"))]),
        ),
      ),
    );
  }
}

/** The values of a cell, on lines of their own where they are long; `strong` says which of them are set in bold.
    @param {Mmu.Compared["cells"][number]} cell @param {(text: string) => boolean} strong @returns {Mmu.Kid[]} */
function values(cell, strong) {
  const nodes = cell.map(({ text, href }) =>
    href ? el("a", { href }, text) : strong(text) ? el("b", {}, text) : text,
  );
  if (cell.length > 1 && cell.some(v => v.text.length > LONG))
    return [el("ul", { class: "mmu-stats" }, ...nodes.map(node => el("li", {}, node)))];
  return nodes.flatMap((node, n) => (n ? [cell[n].href ? " " : ", ", node] : [node]));
}

/** A key as a line has room for it.
    @param {string} key */
const short = key => (key.length > WIDE ? `${key.slice(0, WIDE)}…` : key);

// --- The field that finds papers: a combobox with a list

class Finder {
  /** @param {Mmu.Paper[]} papers @param {(key: string) => void} choose */
  constructor(papers, choose) {
    this.choose = choose;
    this.papers = [...papers.keys()]
      .sort((a, b) => (papers[a].date < papers[b].date ? 1 : -1))
      .map(i => /** @type {const} */ ([i, papers[i]]));
    this.list = el("ul", {
      role: "listbox",
      id: "mmu-compare-list",
      "aria-label": _("Papers"),
      hidden: true,
    });
    this.input = el("input", {
      type: "text",
      role: "combobox",
      id: "mmu-compare-q",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "mmu-compare-list",
      placeholder: _("Name, title, author or year"),
      input: () => this.open(),
      keydown: event => this.key(event),
      blur: () => this.close(),
      click: () => this.open(),
    });
    this.element = el(
      "div",
      { class: "mmu-combo" },
      el("label", { for: "mmu-compare-q" }, _("Add a paper")),
      this.input,
      this.list,
    );
    /** @type {Set<string>} */
    this.keys = new Set();
    this.full = false;
    this.at = -1;
    /** @type {HTMLElement[]} */
    this.options = [];
    /** @type {Mmu.Paper[]} */
    this.shown = [];
    this.taken([], false);
  }

  /** The keys that are chosen already, and whether there may be no more.
      @param {string[]} keys @param {boolean} full */
  taken(keys, full) {
    this.keys = new Set(keys);
    this.input.readOnly = this.full = full;
    this.close();
  }

  /* Papers with all words, the best first; without words the newest. */
  found() {
    const byPosition = new Map(this.papers);
    const open = this.papers.filter(([, { key }]) => !this.keys.has(key)).map(([i]) => i);
    const { masks, order } = /** @type {import("./find.js").Papers} */ (finder("papers")).ask([
        this.input.value,
      ]),
      hits = open.filter(i => masks.every(mask => mask[i]));
    return (this.input.value.trim() ? order(hits) : hits)
      .slice(0, SUGGESTED)
      .flatMap(i => byPosition.get(i) ?? []);
  }

  open() {
    if (this.full) return;
    const papers = this.found();
    this.options = papers.map((paper, n) =>
      el(
        "li",
        {
          role: "option",
          id: `mmu-compare-${n}`,
          "aria-selected": "false",
          pointerdown: event => event.preventDefault(),
          click: () => this.take(n),
        },
        ...named(paper),
        el(
          "span",
          { class: "mmu-by" },
          [paper.by, paper.vt || paper.date].filter(Boolean).join(" · "),
        ),
      ),
    );
    this.shown = papers;
    this.list.replaceChildren(
      ...(papers.length
        ? this.options
        : [
            el(
              "li",
              { role: "option", "aria-disabled": "true", "aria-selected": "false" },
              _("No paper has these words."),
            ),
          ]),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(-1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.point(-1);
  }

  /* The suggestion that Enter takes: as long as no arrow was pressed, the first, if something is typed. */
  get next() {
    return this.at < 0 && this.input.value.trim() ? 0 : this.at;
  }
  /** To one of the suggestions, or with -1 to none.
      @param {number} at */
  point(at) {
    this.at = at;
    this.options.forEach((option, n) =>
      option.setAttribute("aria-selected", String(n === this.next)),
    );
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", `mmu-compare-${at}`);
      this.options[at].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {number} n */
  take(n) {
    const { key } = this.shown[n];
    this.input.value = "";
    this.choose(key);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { key, isComposing } = event,
      shown = !this.list.hidden,
      { length } = this.shown;
    if (isComposing) return; // the keys are those of what is being written
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!shown) this.open();
      else if (length)
        this.point((this.at + (key === "ArrowDown" ? 1 : this.at < 0 ? 0 : -1) + length) % length);
    } else if (key === "Enter") {
      event.preventDefault();
      if (shown && this.next in this.shown) this.take(this.next);
    } else if (key === "Escape") {
      if (!shown) this.input.value = "";
      this.close();
    }
  }
}

/** A suggestion's words: the short name in bold in front of the title, or what else the paper is called.
    @param {Mmu.Paper} paper */
function named(paper) {
  const [bold, rest] = titleParts(paper);
  return bold ? [el("b", {}, bold), rest] : [el("b", {}, paper.label), ` ${rest}`];
}

const box = document.querySelector("[data-mmu-compare]");
if (box && records("papers")) new Comparison(box);
