/* The table of an explorer: its rows as the build wrote them or made anew, its groups, columns and heads.

     const table = new Table(explorer, ["topic", "paper"], root);
     table.draw(hits, 100);   // → {drawn, rest}: rows that the limit lets, and how many there are beyond it */
import { el, one } from "./el.js";
import { _ } from "./messages.js";
import { cell, columnsOf, row, sortOf } from "./rows.js";

const CARDS = matchMedia("(max-width:46em)"); // rows are cards there, and nobody sees the head
const FIRST_DOWN = new Set(["date", "year"]);
const ROWS = "tr[data-mmu-key]";

/** Put nodes into a parent in an order, moving as few as can be, and take out all others.
    @param {Element} parent @param {Iterable<Element>} wanted */
function place(parent, wanted) {
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

export class Table {
  /** `usual`: the positions of the rows as the build wrote them; where these are others, the table is slower.
      @param {Mmu.Explorer} explorer @param {string[]} names @param {string} root @param {number[]} usual */
  constructor(explorer, names, root, usual) {
    const { collection, facetNames } = explorer;
    this.explorer = explorer;
    this.collection = collection;
    this.view = { ...collection, root };
    this.element = /** @type {HTMLTableElement} */ (one(explorer.element, ".mmu-table"));
    this.columns = [
      ...columnsOf(this.element, names),
      ...facetNames.flatMap(name => this.extra(name, names)),
    ];
    this.groups = [...this.element.tBodies].map(body => this.group(body, usual));
    this.usual = this.names();
    this.shown = "";
    this.all = el("input", {
      type: "checkbox",
      change: ({ target }) => explorer.selection.setAll(target.checked),
    });
    this.buildHead();
  }

  /** A facet of the panel is a column that can be shown.
      @param {string} name @param {string[]} names */
  extra(name, names) {
    const facet = this.collection.facets.get(name),
      css = facet?.numbered ? "mmu-c-badge" : "mmu-k1";
    if (!facet || names.includes(name)) return [];
    return [
      /** @type {Mmu.Column} */ ({
        name,
        label: facet.label,
        css,
        labelled: !facet.numbered,
        extra: true,
        hidden: true,
      }),
    ];
  }
  /** A group as the build wrote it, with its rows by the position of the paper.
      @param {HTMLTableSectionElement} body @param {number[]} usual @returns {Mmu.Group} */
  group(body, usual) {
    /** @type {Map<number, Mmu.Row>} */
    const rows = new Map();
    const { papers, at } = this.collection;
    body.querySelectorAll(ROWS).forEach((tr, n) => {
      const key = String(tr.dataset.mmuKey),
        i = papers[usual[n]]?.key === key ? usual[n] : at(key);
      if (i !== undefined) rows.set(i, /** @type {Mmu.Row} */ (/** @type {Element} */ (tr)));
    });
    return {
      body,
      head: /** @type {HTMLTableRowElement | null} */ (body.querySelector(".mmu-group")),
      rows,
    };
  }
  /** Of some papers those in a group: a table in groups has all of its rows in the html.
      @param {Mmu.Mask} base */
  within(base) {
    const { groups } = this;
    return groups[1] || groups[0].head
      ? base.map((held, i) => held && +groups.some(g => g.rows.has(i)))
      : base;
  }

  // --- Columns

  /** The names of the columns that are shown. */
  names() {
    return this.columns.filter(c => !c.hidden).map(c => c.name);
  }

  /** Show these columns; the one that names the paper stays.
      @param {string[]} names */
  show(names) {
    for (const column of this.columns)
      column.hidden = !column.header && !names.includes(column.name);
  }

  buildHead() {
    const { all } = this,
      tr = /** @type {HTMLTableSectionElement} */ (this.element.tHead).rows[0],
      cols = one(this.element, "colgroup");
    const head = (/** @type {string} */ css) =>
        el("th", { role: "columnheader", scope: "col", class: css }),
      pick = head("mmu-pick");
    for (const { css } of this.columns.filter(c => c.extra)) {
      tr.append(head(css));
      cols.append(el("col", { class: css }));
    }
    this.columns.forEach((column, n) => {
      const sort = sortOf(column),
        { label } = column,
        click = () => this.sortBy(sort);
      const sorted = sort ? el("button", { type: "button", click }, label) : label;
      Object.assign(column, { th: tr.cells[n], col: cols.children[n], sort, sorted });
    });
    tr.prepend(pick);
    cols.prepend(el("col", { class: "mmu-pick" }));
    const put = () => {
      for (const { th, label, sorted } of this.columns)
        th.replaceChildren(CARDS.matches ? label : sorted);
      pick.replaceChildren(CARDS.matches ? _("Select") : all);
    };
    CARDS.addEventListener("change", put);
    put();
  }
  /** @param {string} sort */
  sortBy(sort) {
    const down = `-${sort}`,
      [first, second] = FIRST_DOWN.has(sort) ? [down, sort] : [sort, down];
    this.explorer.sortBy(this.explorer.sort === first ? second : first);
  }
  drawHead() {
    const { sort: wanted } = this.explorer,
      by = wanted.replace(/^-/, "");
    const names = this.names();
    this.shown = names.join(" ");
    for (const { head } of this.groups) if (head) head.cells[0].colSpan = names.length + 1;
    for (const { th, col, hidden, sort } of this.columns) {
      th.hidden = col.hidden = Boolean(hidden);
      if (sort && sort === by)
        th.setAttribute("aria-sort", wanted === by ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
    }
  }

  // --- Rows

  /** @param {Mmu.Group} group @param {number} i */
  row(group, i) {
    let tr = group.rows.get(i);
    if (!tr)
      group.rows.set(
        i,
        (tr = row(
          this.collection.papers[i],
          this.columns.filter(c => !c.extra),
          this.view,
        )),
      );
    if (!tr.cells[0].classList.contains("mmu-pick")) {
      for (const tag of tr.querySelectorAll(".mmu-tag")) tag.tabIndex = -1; // arrows lead there
      tr.prepend(this.pickOf(i));
    }
    if (tr.mmuColumns !== this.shown) this.fit(tr, i);
    const box = /** @type {HTMLInputElement} */ (tr.cells[0].firstChild),
      on = this.explorer.selection.papers.has(i);
    if (box.checked !== on) box.checked = on;
    return tr;
  }
  /** @param {number} i */
  pickOf(i) {
    /** @type {Mmu.On<MouseEvent>} */
    const click = ({ target, shiftKey }) =>
        this.explorer.selection.choose(i, target.checked, shiftKey),
      { label } = this.collection.papers[i];
    const box = el("input", {
      type: "checkbox",
      "aria-label": _("Select {what}", { what: label }),
      click,
    });
    return el("td", { role: "cell", class: "mmu-pick" }, box);
  }
  /** A row shows the columns that the head does.
      @param {Mmu.Row} tr @param {number} i */
  fit(tr, i) {
    if (this.columns.some(c => c.extra && !c.hidden))
      while (tr.cells.length <= this.columns.length)
        tr.append(cell(this.columns[tr.cells.length - 1], this.collection.papers[i], this.view));
    this.columns.forEach((column, n) => {
      if (tr.cells[n + 1]) tr.cells[n + 1].hidden = Boolean(column.hidden);
    });
    tr.mmuColumns = this.shown;
  }

  /** Draw the rows that a limit lets, at once only the first of them.
      @param {number[]} hits @param {number} limit @param {number} [atOnce] */
  draw(hits, limit, atOnce = Infinity) {
    let drawn = 0,
      all = 0;
    for (const group of this.groups) {
      const { body, head, rows } = group,
        mine = head ? hits.filter(i => rows.has(i)) : hits;
      const shown = mine.slice(0, limit - drawn),
        now = shown.slice(0, Math.max(0, atOnce - drawn));
      drawn += shown.length;
      all += mine.length;
      if (head) one(head, ".mmu-n").textContent = `${mine.length}`;
      place(body, [...(head && now.length ? [head] : []), ...now.map(i => this.row(group, i))]);
    }
    this.element.hidden = !hits.length;
    return { drawn, rest: all - drawn };
  }
  /** Tick the boxes of rows that are drawn as the selection has them.
      @param {Iterable<number>} positions */
  tick(positions) {
    for (const group of this.groups)
      for (const i of positions) if (group.rows.get(i)?.isConnected) this.row(group, i);
  }

  /** How many rows fill the window; 0 if there is none to measure. */
  inSight() {
    const { rows, element } = this,
      height = rows.length && element.offsetHeight / rows.length;
    return height && Math.ceil(innerHeight / height) + 1;
  }

  /** The rows that are drawn. */
  get rows() {
    return [...this.element.querySelectorAll(ROWS)];
  }

  /** The position of the paper of a row.
      @param {HTMLElement} tr */
  at(tr) {
    return this.collection.at(String(tr.dataset.mmuKey));
  }

  /** The position of a paper by its key, or by the id that the build gave its row.
      @param {string} name */
  find(name) {
    const i = this.collection.at(name);
    if (i !== undefined && this.explorer.base[i]) return i;
    for (const { rows } of this.groups) for (const [at, tr] of rows) if (tr.id === name) return at;
    return undefined;
  }
  /** Lead to a row, and say whether it is drawn.
      @param {number} i */
  lead(i) {
    const tr = this.groups.map(g => g.rows.get(i)).find(r => r?.isConnected);
    tr?.classList.add("mmu-here");
    tr?.scrollIntoView({ block: "center", behavior: "instant" });
    return Boolean(tr);
  }
}
