/* The explorer: a table with facets, searched, filtered, sorted and chosen from. Whatever it shows is in the address,
   in the filter language: #q=<filter>&sort=…&cols=…&sel=…; further explorers of a page write q2, sort2 …

   Needs mmu-records.js, mmu-query.js, mmu-rows.js, mmu-conditions.js, mmu-rail.js and mmu-take.js. Other scripts find
   in `mmu.explorers` a handle for each: {element, query(text), keys(), selected(), text()}; an event "mmu:change" on the
   element says that what it shows has changed, "mmu:select" that the selection has. */
(() => {
"use strict";
const { el, collection, columnsOf, cell, row, order, sortOf } = window.mmu.rows;
const { parse, toText, check, evaluate, allOf, FilterError } = window.mmu.query;
const { read, nodeOf, filter, text: textOf, flip, drop, words } = window.mmu.conditions;

const STEP = 100; // rows drawn at a time: laying out rows is what takes time, matching is not
const AT_ONCE = 30, REST = 80; // of these as someone types, and ms until the others follow
const QUIET = 600, BURST = 1500; // ms until a result is said, and until typing counts as done
const CARDS = matchMedia("(max-width:46em)");
const button = (label, click, props = {}) => el("button", { type: "button", click, ...props }, label);
const number = n => n.toLocaleString("en");
const later = (wait, act) => {
  let timer;
  return Object.assign(() => { clearTimeout(timer); timer = setTimeout(act, wait); }, { stop: () => clearTimeout(timer) });
};
const SORTS = {
  "-date": "newest first", date: "oldest first", title: "title", venue: "venue", author: "first author", key: "key",
};
const FIRST_DOWN = new Set(["date", "year"]);

/* Put nodes into a parent in an order, moving as few as can be, and take out all others. */
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

class Explorer {
  conditions = []; typed = []; limit = STEP; sort = ""; selected = new Set(); hits = [];
  #masks = new Map(); #orders = new Map();

  constructor(element, n) {
    const { mmuCollection: name, mmuBase: base, mmuColumns: columns, mmuFacets: facets, mmuSort: sort } = element.dataset;
    const { mmuUnit: unit, mmuRoot: root, mmuDirective: directive, mmuGroup: group } = element.dataset;
    Object.assign(this, { element, n, name, unit, root, directive, group, facetNames: facets.split(" ").filter(Boolean) });
    Object.assign(this, { collection: collection(name), sort: sort || "-date", own: sort || "-date" });
    this.view = { facets: this.collection.facets, root, ...this.collection };
    this.table = element.querySelector(".mmu-table");
    this.columns = columnsOf(this.table, columns.split(" "));
    this.readRows();
    this.base = base ? evaluate(parse(base), this.collection.index) : new Uint8Array(this.size).fill(1);
    if (this.groups[1] || this.groups[0].head) this.keepToGroups();
    this.baseNode = base ? parse(base) : allOf();
    this.total = this.base.reduce((all, one) => all + one, 0);
    this.build();
  }
  get size() { return this.collection.papers.length; }

  // --- Rows

  /* The groups of the table as the build wrote it, with their rows by the position of the paper. */
  readRows() {
    this.groups = [...this.table.tBodies].map(body => {
      const head = body.querySelector(".mmu-group"), rows = new Map();
      for (const tr of body.querySelectorAll("tr[data-mmu-key]")) {
        const i = this.collection.position.get(tr.dataset.mmuKey);
        if (i !== undefined) rows.set(i, tr);
      }
      return { body, head, rows };
    });
  }
  /* A table in groups has all of its rows in the html: what is in no group is no part of it. */
  keepToGroups() {
    this.base = this.base.map((held, i) => held && +this.groups.some(g => g.rows.has(i)));
  }

  row(group, i) {
    let tr = group.rows.get(i);
    if (!tr) group.rows.set(i, tr = row(this.collection.papers[i], this.columns.filter(c => !c.extra), this.view));
    if (!tr.firstChild.classList.contains("mmu-pick")) tr.prepend(this.pick(i));
    if (tr.mmuColumns !== this.shownColumns) this.fit(tr, i);
    const box = tr.firstChild.firstChild, on = this.selected.has(i);
    if (box.checked !== on) box.checked = on;
    return tr;
  }
  pick(i) {
    const box = el("input", { type: "checkbox", "aria-label": `Select ${this.collection.papers[i].label}`,
      change: () => this.select([i], box.checked) });
    return el("td", { role: "cell", class: "mmu-pick" }, box);
  }
  /* A row shows the columns that the table does. */
  fit(tr, i) {
    if (this.columns.some(c => c.extra && !c.hidden))
      while (tr.cells.length <= this.columns.length)
        tr.append(cell(this.columns[tr.cells.length - 1], this.collection.papers[i], this.view));
    this.columns.forEach((column, n) => {
      if (tr.cells[n + 1]) tr.cells[n + 1].hidden = Boolean(column.hidden);
    });
    tr.mmuColumns = this.shownColumns;
  }

  // --- Building

  build() {
    const { element } = this;
    for (const facet of this.facetNames) {
      const known = this.collection.facets.get(facet);
      if (known && !this.columns.some(c => c.name === facet))
        this.columns.push({ name: facet, label: known.label, css: known.numbered ? "mmu-c-stage" : "mmu-k1", told: !known.numbered, extra: true, hidden: true });
    }
    this.own_columns = this.shownNames();
    this.status = el("p", { class: "mmu-sr", role: "status" });
    this.fill = later(REST, () => this.drawRows());
    this.say = later(QUIET, () => { this.status.textContent = [this.said, this.result()].filter(Boolean).join(". "); this.said = ""; });
    this.buildSearch();
    this.rail = window.mmu.rail(this);
    element.querySelector(".mmu-rail").replaceChildren(this.rail.element);
    this.buildResults();
    this.buildHead();
    element.prepend(this.form);
    element.append(this.status);
    element.classList.add("mmu-live");
  }

  buildSearch() {
    const id = `mmu-find-${this.n}`;
    this.field = el("input", { id, type: "search", autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-how ${id}-fault`,
      placeholder: ["words", "author:kim", this.example(), "-has:code"].filter(Boolean).join(", "),
      input: () => this.type(), blur: () => this.endBurst() });
    this.fault = el("p", { id: `${id}-fault`, class: "mmu-fault", role: "alert" });
    this.showFault = later(QUIET, () => this.tellFault());
    this.form = el("form", { class: "mmu-search", role: "search", "aria-label": `Filter the ${this.unit}`,
      submit: event => { event.preventDefault(); this.enter(); } },
      el("label", { for: id }, "Find"), this.field, el("span", { class: "mmu-hint", id: `${id}-how` }, "A blank means AND; a minus excludes."), this.fault);
  }

  /* A facet with its first value. */
  example() {
    const [name] = this.facetNames, value = name && [...this.collection.index.values(name)].find(([, found]) => found.length)?.[0];
    return value ? `${name}:${/[\s"()]/.test(value) ? `"${value}"` : value}` : "";
  }

  buildResults() {
    const results = this.element.querySelector(".mmu-results"), bar = results.querySelector(".mmu-bar");
    this.bar = bar;
    this.countOf = bar.querySelector("[data-mmu-count]");
    this.note = el("span", { class: "mmu-hint" });
    this.countOf.parentNode.replaceChildren(this.countOf, " ", this.unitText = el("span"), " ", this.note);
    this.chips = el("div", { class: "mmu-chips", role: "group", "aria-label": "Active filters", hidden: true });
    this.orderBox = el("select", { change: () => this.go({ sort: this.orderBox.value }, "") });
    const sorts = Object.keys(SORTS).filter(s => s !== "key").concat(this.columns.map(sortOf).filter(s => s && !SORTS[s]));
    for (const s of new Set([this.own, ...sorts])) if (s !== "year") this.orderBox.append(el("option", { value: s }, this.sortName(s)));
    this.menus = [this.columnMenu(), window.mmu.take.menu(this)];
    bar.append(el("label", { class: "mmu-order" }, "Sort ", this.orderBox), ...this.menus);
    bar.before(this.chips);
    this.empty = el("div", { class: "mmu-empty", hidden: true });
    this.more = el("p", { class: "mmu-more", hidden: true });
    results.querySelector(".mmu-pager")?.remove();
    this.files = results.querySelector(".mmu-take-files"); // of all papers
    this.table.before(this.empty);
    this.table.after(this.more);
    this.selbar = window.mmu.take.bar(this);
    results.append(this.selbar.element);
  }
  sortName(sort) {
    const column = this.columns.find(c => sortOf(c) === sort.replace(/^-/, ""));
    return SORTS[sort] ?? (sort === "file" ? "as listed" : `${column?.label ?? sort}${sort[0] === "-" ? ", descending" : ""}`).toLowerCase();
  }

  columnMenu() {
    const labels = this.columns.map(column => {
      const box = el("input", { type: "checkbox", disabled: column.header, change: () => {
        column.hidden = !box.checked;
        this.go({}, `Column ${column.label} ${box.checked ? "shown" : "hidden"}`);
      } });
      column.box = box;
      return el("label", {}, box, column.label);
    });
    return window.mmu.take.fold("Columns", el("div", { role: "group", "aria-label": "Columns" }, ...labels));
  }

  buildHead() {
    const tr = this.table.tHead.rows[0], cols = this.table.querySelector("colgroup");
    this.all = el("input", { type: "checkbox", change: () => this.select(this.hits, this.all.checked) });
    for (const column of this.columns.filter(c => c.extra)) {
      tr.append(el("th", { role: "columnheader", scope: "col", class: column.css }, column.label));
      cols.append(el("col", { class: column.css }));
    }
    this.columns.forEach((column, n) => {
      const th = tr.cells[n], sort = sortOf(column);
      Object.assign(column, { th, col: cols.children[n], sort });
      column.button = sort ? button(column.label, () => this.sortBy(sort)) : column.label;
    });
    const pick = el("th", { role: "columnheader", scope: "col", class: "mmu-pick" });
    tr.prepend(pick);
    cols.prepend(el("col", { class: "mmu-pick" }));
    for (const { head } of this.groups) if (head) head.cells[0].colSpan = this.columns.length + 1;
    const put = () => { // where rows are cards, nobody sees the head
      for (const column of this.columns) column.th.replaceChildren(CARDS.matches ? column.label : column.button);
      pick.replaceChildren(CARDS.matches ? "Select" : this.all);
    };
    CARDS.addEventListener("change", put);
    put();
  }
  sortBy(sort) {
    const down = FIRST_DOWN.has(sort), first = down ? `-${sort}` : sort, second = down ? sort : `-${sort}`;
    this.go({ sort: this.sort === first ? second : first }, "");
  }

  shownNames() { return this.columns.filter(c => !c.hidden).map(c => c.name).join(" "); }

  // --- Changing

  /* What is wrong with a text, as {error} or {fault}; else its conditions. */
  read(text) {
    if (!text.trim()) return { conditions: [] };
    try {
      const node = parse(text), [fault] = check(node, this.collection.index);
      return { conditions: read(node, this.collection.index), fault };
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      return { error };
    }
  }

  /* As someone types: what can be read counts at once; what cannot is told after a while, and the last good result
     stays, or the one without a condition that is only begun. */
  type() {
    const text = this.field.value, { conditions: all, error, fault } = this.read(text);
    this.wrong = error ?? fault ?? null;
    const begun = this.wrong && /^(.*?)\S*:\S*$/s.exec(text), before = begun ? this.read(begun[1]) : {};
    const conditions = this.wrong ? before.fault ? null : before.conditions : all;
    if (this.wrong) this.showFault();
    else {
      this.showFault.stop();
      this.tellFault();
    }
    if (!conditions) return undefined;
    Object.assign(this, { typed: conditions, unread: null, limit: STEP });
    this.draw(AT_ONCE);
    this.fill();
    return address.write(this, "type");
  }

  /* Conditions on facets become chips; words stay. */
  enter() {
    const { conditions, error, fault } = this.read(this.field.value);
    this.wrong = error ?? fault ?? null;
    this.showFault.stop();
    this.tellFault();
    if (this.wrong) return;
    const how = address.bursting ? "replace" : "push";
    this.endBurst();
    this.unread = null;
    this.take([...this.conditions, ...conditions]);
    this.draw();
    address.write(this, how);
  }
  endBurst() { address.endBurst(); }

  tellFault() {
    const fault = this.wrong, at = fault?.column;
    this.field.toggleAttribute("aria-invalid", Boolean(fault));
    if (fault) this.field.setAttribute("aria-invalid", "true");
    const near = at === undefined ? "" : this.near(fault);
    this.fault.textContent = fault ? `${capital(fault.message)}${near}.${fault.hint ? ` ${capital(fault.hint)}${/[.?]$/.test(fault.hint) ? "" : "."}` : ""}` : "";
  }
  near({ text, column }) {
    const rest = [...text].slice(column).join("").slice(0, 12).trim();
    return rest ? `, at character ${column + 1}, “${rest}”` : `, at character ${column + 1}, the end`;
  }

  /* Words go to the field, all else to chips. */
  take(conditions) {
    this.conditions = conditions.filter(c => c.kind !== "text");
    this.typed = conditions.filter(c => c.kind === "text");
    this.field.value = textOf(this.typed);
  }

  /** Other conditions, by a click: the field keeps its words. */
  change(conditions, said) {
    this.go({ conditions }, said);
  }
  go(changes, said) {
    this.said = said;
    if (this.unread) this.forgetUnread();
    Object.assign(this, changes, { limit: STEP });
    this.endBurst();
    this.draw();
    address.write(this, "push");
    const top = this.element.querySelector(".mmu-results").getBoundingClientRect().top;
    if (top < 0 && !this.selbar.element.contains(document.activeElement)) this.bar.scrollIntoView({ block: "start", behavior: "instant" });
  }

  forgetUnread() {
    Object.assign(this, { unread: null, wrong: null });
    this.field.value = "";
    this.tellFault();
  }

  /** What the address says. Texts that cannot be read show nothing but what is wrong with them. */
  restore({ q = "", sort, cols, sel }, limit) {
    const { conditions, error, fault } = this.read(q);
    this.wrong = error ?? fault ?? null;
    this.take(conditions ?? []);
    if (error) this.field.value = q;
    this.unread = error ? q : null;
    this.sort = sort || this.own;
    const shown = (cols ?? this.own_columns).split(/[ ,]/);
    for (const column of this.columns) column.hidden = !column.header && !shown.includes(column.name);
    this.limit = limit || STEP;
    this.match();
    this.selected = new Set(sel === "*" ? this.hits : (sel ?? "").split(",").map(key => this.collection.position.get(key)).filter(i => this.base[i]));
    this.tellFault();
    this.draw();
  }
  /** What the address is to say. */
  state() {
    const cols = this.shownNames(), { papers } = this.collection, found = new Set(this.hits);
    const all = this.selected.size > 1 && this.selected.size === this.hits.length && [...this.selected].every(i => found.has(i));
    return {
      q: this.text(), sort: this.sort === this.own ? "" : this.sort, cols: cols === this.own_columns ? "" : cols.replaceAll(" ", ","),
      sel: all ? "*" : [...this.selected].map(i => papers[i].key).join(","),
    };
  }
  text() { return this.unread ?? textOf([...this.conditions, ...this.typed]); }
  isDefault() { return Object.values(this.state()).every(value => !value); }

  // --- Matching

  mask(condition) {
    const node = nodeOf(condition), text = toText(node), masks = this.#masks;
    const mask = masks.get(text) ?? evaluate(node, this.collection.index);
    masks.delete(text);
    masks.set(text, mask);
    if (masks.size > 40) masks.delete(masks.keys().next().value);
    return mask;
  }
  /** 1 for each paper for which all conditions hold. */
  held(conditions) {
    const found = this.base.slice();
    for (const mask of conditions.map(c => this.mask(c)))
      for (let i = 0; i < found.length; i++) found[i] &= mask[i];
    return found;
  }
  match() {
    if (!this.#orders.has(this.sort)) this.#orders.set(this.sort, order(this.name, this.sort).filter(i => this.base[i]));
    this.found = this.unread ? new Uint8Array(this.size) : this.held([...this.conditions, ...this.typed]);
    this.hits = this.#orders.get(this.sort).filter(i => this.found[i]);
  }
  /* What a tick chooses from: for alternatives, what holds without the others of the facet. */
  counter() {
    const known = new Map();
    return (facet, all, value) => {
      const gone = c => c.kind === "facet" && c.facet === facet && (all ? c.values.includes(value) : !c.not);
      if (!this.conditions.some(gone)) return this.found;
      const name = `${facet} ${all ? value : ""}`;
      if (!known.has(name)) known.set(name, this.held([...this.conditions.filter(c => !gone(c)), ...this.typed]));
      return known.get(name);
    };
  }

  // --- Drawing

  draw(atOnce = Infinity) {
    this.match();
    this.rail.draw(this.counter());
    this.drawHead();
    this.drawRows(atOnce);
    this.drawChips();
    this.drawCount();
    this.drawEmpty();
    this.drawSelection();
    if (this.ready) this.say(); // a page that opens has said enough
    this.ready = true;
    this.element.dispatchEvent(new CustomEvent("mmu:change", { bubbles: true }));
  }

  drawHead() {
    const by = this.sort.replace(/^-/, ""), down = this.sort !== by;
    this.shownColumns = this.shownNames();
    for (const { th, col, hidden, sort, box } of this.columns) {
      th.hidden = col.hidden = Boolean(hidden);
      box.checked = !hidden;
      if (sort && sort === by) th.setAttribute("aria-sort", down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
    if (![...this.orderBox.options].some(o => o.value === this.sort)) this.orderBox.append(el("option", { value: this.sort }, this.sortName(this.sort)));
    this.orderBox.value = this.sort;
  }

  /* As many rows as the limit lets, of which only the first may be drawn as yet. */
  drawRows(atOnce = Infinity) {
    this.drawn = 0;
    let all = 0;
    for (const group of this.groups) {
      const { body, head, rows } = group, mine = head ? this.hits.filter(i => rows.has(i)) : this.hits;
      const shown = mine.slice(0, this.limit - this.drawn), now = shown.slice(0, Math.max(0, atOnce - this.drawn));
      this.drawn += shown.length;
      all += mine.length;
      if (head) head.querySelector(".mmu-n").textContent = mine.length;
      place(body, [...head && now.length ? [head] : [], ...now.map(i => this.row(group, i))]);
    }
    this.rest = all - this.drawn;
    this.table.hidden = !this.hits.length;
    this.drawMore();
    window.mmu.found?.(this);
  }
  /* Paper has no buttons. */
  drawAll() {
    const { limit } = this;
    this.limit = Infinity;
    this.drawRows();
    this.limit = limit;
  }
  drawMore() {
    const { rest } = this, focused = this.more.contains(document.activeElement);
    const buttons = [button(`Show ${number(Math.min(rest, STEP))} more`, () => this.showMore(this.limit + STEP))];
    if (rest > STEP) buttons.push(button(`Show all ${number(this.hits.length)}`, () => this.showMore(Infinity)));
    this.more.replaceChildren(...buttons);
    this.more.hidden = !rest;
    if (focused && rest) buttons[0].focus({ preventScroll: true });
  }
  showMore(limit) {
    const last = [...this.table.querySelectorAll("tr[data-mmu-key]")].at(-1);
    this.limit = limit;
    this.drawRows();
    this.drawCount();
    address.write(this, "replace");
    const next = last.nextElementSibling ?? last.parentNode.nextElementSibling?.querySelector("tr[data-mmu-key]");
    next?.querySelector("th a, input")?.focus({ preventScroll: true });
  }
  /** Show a row, whatever hides it. */
  reveal(i) {
    if (!this.found[i]) this.restore({}, STEP);
    const at = this.hits.indexOf(i);
    if (at >= this.limit) {
      this.limit = Math.ceil((at + 1) / STEP) * STEP;
      this.drawRows();
      this.drawCount();
    }
    const tr = this.groups.map(g => g.rows.get(i)).find(r => r?.isConnected);
    tr.classList.add("mmu-here");
    tr.scrollIntoView({ block: "center", behavior: "instant" });
  }

  drawChips() {
    const active = document.activeElement, held = this.chips.contains(active) ? active.dataset.mmuChip : "";
    const text = `${textOf(this.conditions)}\n${this.typed.length}`;
    if (this.chips.mmuText === text) return;
    this.chips.mmuText = text;
    const made = this.conditions.map((c, n) => this.chip(c, n));
    if (this.conditions.length + this.typed.length > 1)
      made.push(button("Clear all", () => this.clear()));
    this.chips.replaceChildren(...made);
    this.chips.hidden = !made.length;
    if (held) (this.chips.querySelector(`[data-mmu-chip="${held}"]`) ?? this.field).focus();
  }
  clear() {
    this.take([]);
    this.wrong = null;
    this.tellFault();
    this.go({}, "All filters cleared");
    this.field.focus();
  }
  chip(condition, n) {
    const { name, verb, labels } = words(condition, this.collection.facets), says = `${name} ${verb} ${labels.join(" or ")}`;
    const turn = () => this.change(flip(this.conditions, condition, this.collection.index), "");
    const made = el("span", { class: condition.not || condition.node?.kind === "not" ? "mmu-chip mmu-not" : "mmu-chip" }, name);
    made.append(condition.kind === "year" || !verb ? el("span", {}, verb)
      : button(verb, turn, { "aria-label": `${says}: turn round`, "data-mmu-chip": `verb-${n}` }));
    labels.forEach((label, at) => {
      const gone = () => this.change(drop(this.conditions, condition, condition.values?.[at]), `Removed ${name} ${verb} ${label}`);
      made.append(...at ? [el("span", { class: "mmu-hint" }, "or")] : [], el("span", {}, label),
        button("×", () => { gone(); this.chips.contains(document.activeElement) || this.field.focus(); },
          { "aria-label": `Remove ${name} ${verb} ${label}`, "data-mmu-chip": `x-${n}-${at}` }));
    });
    return made;
  }

  result() {
    const n = this.hits.length;
    return n === this.total ? `${number(n)} ${this.units(n)}` : `${number(n)} of ${number(this.total)} ${this.units(this.total)}`;
  }
  units(n) { return n === 1 ? this.unit.replace(/s$/, "") : this.unit; }
  drawCount() {
    const n = this.hits.length, all = n === this.total;
    this.countOf.textContent = number(n);
    this.unitText.textContent = all ? this.units(n) : `of ${number(this.total)} ${this.units(this.total)}`;
    if (this.files) this.files.hidden = !all;
    this.note.textContent = this.rest ? `${number(this.drawn)} shown` : "";
  }

  /* Which condition to take away, the one that leaves most first. */
  drawEmpty() {
    this.empty.hidden = this.hits.length > 0;
    if (this.hits.length) return;
    const all = [...this.conditions, ...this.typed];
    const ways = all.map(c => ({ c, n: this.held(all.filter(other => other !== c)).reduce((sum, one) => sum + one, 0) }));
    const items = ways.sort((a, b) => b.n - a.n).map(({ c, n }) => {
      const { name, verb, labels } = words(c, this.collection.facets);
      return el("li", {}, button(`${name} ${verb} ${labels.join(" or ")}`, () => this.forget(c)), ` leaves `, el("b", {}, number(n)));
    });
    const none = `No ${this.units(1)}`, enough = ways.some(({ n }) => n);
    const lead = !ways.length ? [el("b", {}, "This filter cannot be read.")]
      : ways.length === 1 ? [el("b", {}, `${none} matches.`), " Take this away:"]
        : enough ? [el("b", {}, `${none} has all of these.`), " Take one away:"]
          : [el("b", {}, `${none} has all of these, nor all but one.`)];
    if (ways.length > 1 && !enough) items.push(el("li", {}, button("Clear all", () => this.clear()), " leaves ", el("b", {}, number(this.total))));
    this.empty.replaceChildren(el("p", {}, ...lead), el("ul", {}, ...items));
  }
  forget(condition) {
    this.take([...this.conditions, ...this.typed].filter(c => c !== condition));
    this.go({}, "");
    this.field.focus();
  }

  // --- Selecting

  select(positions, on) {
    for (const i of positions) on ? this.selected.add(i) : this.selected.delete(i);
    for (const group of this.groups) for (const i of positions) if (group.rows.get(i)?.isConnected) this.row(group, i);
    this.drawSelection();
    address.write(this, "replace");
  }
  drawSelection() {
    const n = this.hits.filter(i => this.selected.has(i)).length, { length } = this.hits;
    this.all.checked = n > 0 && n === length;
    this.all.indeterminate = n > 0 && n < length;
    this.all.setAttribute("aria-label", `Select all ${number(length)} ${this.units(length)}`);
    this.selbar.draw();
    this.element.dispatchEvent(new CustomEvent("mmu:select", { bubbles: true }));
  }
}

const capital = text => text.slice(0, 1).toUpperCase() + text.slice(1);

// --- The address

const FIELDS = ["q", "sort", "cols", "sel"];
const address = {
  explorers: [], bursting: false, shown: null,
  done: later(BURST, () => address.endBurst()),
  settle: later(300, () => address.put("replace")),

  /* The fields of an explorer in a fragment; null if it has none. */
  parse(fragment) {
    const pairs = fragment.split("&").map(part => part.split(/=(.*)/s)).filter(([, value]) => value !== undefined);
    return pairs.length ? Object.fromEntries(pairs.map(([name, value]) => [name, decoded(value)])) : null;
  },
  of(all, n) { return Object.fromEntries(FIELDS.map(f => [f, all[n ? f + (n + 1) : f]])); },
  text() {
    const pairs = this.explorers.flatMap((e, n) => Object.entries(e.state()).filter(([, value]) => value)
      .map(([name, value]) => `${n ? name + (n + 1) : name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`));
    return pairs.length ? `#${pairs.join("&")}` : "";
  },

  write(_explorer, how) {
    if (how === "type" && this.bursting) this.settle();
    else this.put(how === "replace" ? "replace" : "push");
    if (how === "type") {
      this.bursting = true;
      this.done();
    }
  },
  put(how) {
    this.settle.stop();
    const fragment = this.text(), url = fragment || location.href.split("#")[0], state = { mmu: this.explorers.map(e => e.limit) };
    const push = how === "push" && fragment !== this.shown;
    if (push || how === "replace") {
      this.shown = fragment;
      try {
        history[push ? "pushState" : "replaceState"](state, "", url);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error; // too many in too short a time
      }
    }
  },
  endBurst() {
    if (this.bursting) this.put("replace");
    this.bursting = false;
    this.done.stop();
  },

  /* Show what the fragment says: the state of explorers, or a row. */
  restore(first) {
    const fragment = location.hash.slice(1), all = this.parse(fragment);
    const key = all ? "" : decoded(fragment), owner = key ? this.explorers.find(e => e.rowOf(key) !== undefined) : null;
    if (!first && location.hash === this.shown && fragment) return;
    for (const tr of document.querySelectorAll(".mmu-here")) tr.classList.remove("mmu-here");
    if (first || all || !fragment || owner) {
      this.shown = location.hash;
      this.explorers.forEach((e, n) => e.restore(this.of(all ?? {}, n), history.state?.mmu?.[n]));
    }
    owner?.reveal(owner.rowOf(key));
  },
};

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/* A row by its key, or by the id that the build gave it. */
Explorer.prototype.rowOf = function rowOf(name) {
  const i = this.collection.position.get(name);
  if (this.base[i]) return i;
  for (const { rows } of this.groups) for (const [at, tr] of rows) if (tr.id === name) return at;
  return undefined;
};

/** A handle for other scripts. */
const handle = explorer => ({
  element: explorer.element,
  query(text) {
    explorer.restore({ ...explorer.state(), q: text });
    address.write(explorer, "push");
    return this;
  },
  text: () => explorer.text(),
  keys: () => explorer.hits.map(i => explorer.collection.papers[i].key),
  selected: () => [...explorer.selected].map(i => explorer.collection.papers[i].key),
});

// --- The page

function start() {
  const there = [...document.querySelectorAll("[data-mmu-explorer]")].filter(e => e.querySelector(".mmu-table") && window.mmu.records(e.dataset.mmuCollection));
  address.explorers = there.map((element, n) => new Explorer(element, n));
  window.mmu.explorers = address.explorers.map(handle);
  if (!there.length) return;
  address.restore(true);
  addEventListener("popstate", () => address.restore());
  addEventListener("hashchange", () => address.restore());
  addEventListener("pagehide", () => address.endBurst());
  document.addEventListener("keydown", slash, true);
  addEventListener("beforeprint", () => address.explorers.forEach(e => e.drawAll()));
  addEventListener("afterprint", () => address.explorers.forEach(e => e.drawRows()));
}

/* A slash leads to the field of the explorer that is seen, before Sphinx takes it for the search of the site. */
function slash(event) {
  const { target, key, altKey, ctrlKey, metaKey } = event;
  if (key !== "/" || altKey || ctrlKey || metaKey || target.isContentEditable || target.closest?.("input:not([type=checkbox]),textarea,select")) return;
  const seen = address.explorers.find(e => e.element.getBoundingClientRect().bottom > 0) ?? address.explorers[0];
  event.preventDefault();
  event.stopPropagation();
  seen.field.focus();
  seen.field.select();
}

window.mmu.explore = start;
start();
})();
