/* The rail of an explorer: facets with live counts, years, what papers have. Needs mmu-conditions.js and mmu-rows.js.

     const rail = mmu.rail(explorer);   // explorer: {collection, base, conditions, facetNames, change(conditions, said)}
     rail.element;                      // to be put on the page
     rail.draw(count);                  // count(facet, all): 0 or 1 for each paper that a tick there chooses from */
(() => {
"use strict";
const { el, badge, labelOf } = window.mmu.rows, { tick, exclude, between, state, opened, isNamed } = window.mmu.conditions;

const FEW = 10, LONG = 16; // values of a long facet that show at first; where a facet is long
const sum = (positions, among) => {
  let n = 0;
  for (const i of positions) n += among[i];
  return n;
};
/* One value: its tick, its number, the button that excludes it, and the values below it. */
class Option {
  constructor(explorer, { facet, value, label, mark, number, all = false, turned = false, below = [] }) {
    Object.assign(this, { explorer, facet, value, label, all, turned, below, shown: -1, number });
    this.box = el("input", { type: "checkbox", change: () => this.tick(this.box.checked) });
    this.n = el("span", { class: "mmu-n" });
    this.not = el("button", { type: "button", class: "mmu-except", "aria-pressed": "false", "aria-label": `Exclude ${label}`,
      title: `Exclude ${label}`, click: () => this.exclude(this.not.getAttribute("aria-pressed") !== "true") }, "≠");
    const name = el("label", {}, this.box, el("span", {}, ...mark ? [mark, label] : [label]), this.n);
    this.head = el("div", { class: "mmu-opt" }, name, this.not);
    this.element = el("li", {}, this.head);
    if (below.length) this.nest();
  }

  nest() {
    const list = el("ul", {}, ...this.below.map(o => o.element));
    this.fold = el("button", { type: "button", class: "mmu-fold", "aria-label": `Values of ${this.label}`,
      click: () => this.open(list.hidden) });
    this.list = list;
    this.head.append(this.fold);
    this.element.append(list);
    this.open(false);
  }
  open(yes) {
    this.list.hidden = !yes;
    this.fold.setAttribute("aria-expanded", String(yes));
  }

  tick(on) {
    const { conditions } = this.explorer, { facet, value, all } = this;
    const next = this.turned ? exclude(conditions, facet, value, on) : tick(conditions, facet, value, on, all);
    this.explorer.change(next, `${this.label} ${on ? "chosen" : "no longer chosen"}`);
  }
  exclude(on) {
    const { conditions } = this.explorer, { facet, value, all } = this;
    const next = this.turned ? tick(conditions, facet, value, on, all) : exclude(conditions, facet, value, on);
    this.explorer.change(next, `${this.label} ${on ? "excluded" : "no longer excluded"}`);
  }

  draw(count) {
    const found = state(this.explorer.conditions, this.facet, this.value) * (this.turned ? -1 : 1);
    const n = this.number(count(this.facet, this.all || this.turned, this.value)), below = opened(this.explorer.conditions, this.facet, this.value);
    if (found !== this.found) {
      this.found = found;
      this.box.checked = found !== 0;
      this.not.setAttribute("aria-pressed", String(found < 0));
    }
    this.box.indeterminate = !found && Boolean(this.value) && below;
    this.active = found !== 0 || below;
    const text = found < 0 ? "not" : n.toLocaleString("en"), css = found < 0 ? "mmu-opt mmu-not" : n || found ? "mmu-opt" : "mmu-opt mmu-zero";
    if (text !== this.n.textContent) this.n.textContent = text;
    if (css !== this.head.className) this.head.className = css;
    if (this.list?.hidden && (found > 0 || below)) this.open(true);
    for (const option of this.below) option.draw(count);
  }
}

// --- Groups

/* A facet as a group of its values. */
function facetGroup(explorer, name) {
  const { collection: { index, facets, papers }, base } = explorer, facet = facets.get(name);
  const used = [...index.values(name)].filter(([, positions]) => sum(positions, base));
  if (facet.open) used.sort((a, b) => sum(b[1], base) - sum(a[1], base));
  const known = new Set(used.map(([value]) => value));
  const parent = value => value.includes("/") && known.has(value.slice(0, value.lastIndexOf("/"))) ? value.slice(0, value.lastIndexOf("/")) : "";
  const option = ([value, positions]) => new Option(explorer, {
    facet: name, value, label: labelOf(facet, value), mark: facet.numbered && !parent(value) ? numberOf(facet, value) : null,
    number: among => sum(positions, among), below: used.filter(([v]) => parent(v) === value).map(option),
  });
  const options = used.filter(([value]) => !parent(value)).map(option), tagged = new Uint8Array(papers.length);
  for (const [, positions] of index.values(name)) for (const i of positions) tagged[i] = 1;
  const untagged = [...papers.keys()].filter(i => !tagged[i]);
  if (options.length && sum(untagged, base)) options.push(new Option(explorer, {
    facet: name, value: "", label: "Not tagged", number: among => sum(untagged, among),
  }));
  return options.length ? new Group(facet.label, options) : null;
}

function numberOf(facet, value) {
  const term = facet.terms.get(value);
  if (!term?.order) return null;
  const made = badge(term);
  made.removeAttribute("title");
  made.lastChild.remove(); // the label follows
  made.setAttribute("aria-hidden", "true");
  return made;
}

class Group {
  constructor(label, options) {
    this.options = options;
    this.element = el("fieldset", { class: "mmu-facet" }, el("legend", {}, label));
    this.list = el("ul", {}, ...options.map(o => o.element));
    if (options.length > LONG) this.shorten(label);
    this.element.append(this.list, ...this.more ? [this.more] : []);
  }

  /* A long facet shows its first values, all of them on demand, and those that a word is found in. */
  shorten(label) {
    this.find = el("input", { type: "search", class: "mmu-within", placeholder: "Find a value", "aria-label": `Find in ${label}`,
      autocomplete: "off", spellcheck: "false", input: () => this.fold() });
    this.find.addEventListener("keydown", event => { if (event.key === "Enter") event.preventDefault(); });
    this.more = el("button", { type: "button", class: "mmu-all", "aria-expanded": "false", click: () => {
      this.whole = !this.whole;
      this.fold();
    } });
    this.element.append(this.find);
  }
  fold() {
    if (!this.more) return;
    const { fold } = window.mmu.query, wanted = fold(this.find.value.trim());
    this.options.forEach((option, n) => {
      option.element.hidden = wanted ? !fold(option.label).includes(wanted) : !(this.whole || n < FEW || option.active);
    });
    this.more.hidden = Boolean(wanted);
    this.more.textContent = this.whole ? "Show fewer" : `Show all ${this.options.length}`;
    this.more.setAttribute("aria-expanded", String(Boolean(this.whole)));
  }

  draw(count) {
    for (const option of this.options) option.draw(count);
    this.fold();
  }
}

/* From and to which year, each with what there is. */
class Years {
  constructor(explorer) {
    const { collection: { papers }, base } = explorer;
    const there = papers.flatMap((p, i) => base[i] && p.date ? [String(+p.date.slice(0, 4))] : []);
    const all = [...new Set(there)].sort(), pick = (name, n) => el("label", {}, el("span", {}, name),
      el("select", { change: () => this.change() }, el("option", { value: "" }, "any"), ...all.map(y => el("option", {}, y))));
    this.count = all.length;
    this.explorer = explorer;
    this.labels = [pick("from"), pick("to")];
    this.selects = this.labels.map(label => label.lastChild);
    this.element = el("fieldset", { class: "mmu-facet mmu-years" }, el("legend", {}, "First public"), ...this.labels);
  }
  change() {
    const [from, to] = this.selects.map(s => s.value);
    this.explorer.change(between(this.explorer.conditions, from, to), `Years ${from || "any"} to ${to || "any"}`);
  }
  draw() {
    const { from = "", to = "" } = this.explorer.conditions.find(c => c.kind === "year") ?? {};
    [from, to].forEach((year, n) => {
      const select = this.selects[n];
      if (select.value === year) return;
      if (year && ![...select.options].some(o => o.value === year)) select.append(el("option", {}, year));
      select.value = year;
    });
  }
}

/* What papers have, each for itself. */
function hasGroup(explorer) {
  const { collection: { index, papers }, base } = explorer, there = facet => value => index.values(facet).get(value) ?? [];
  const made = [["code", "Code"], ["project", "Project page"]].map(([value, label]) => [
    { facet: "has", value, label, all: true }, there("has")(value)]);
  const published = [...papers.keys()].filter(i => papers[i].vs);
  made.push([{ facet: "venue", value: "", label: "Peer-reviewed", turned: true }, published]);
  const options = made.filter(([, positions]) => sum(positions, base)).map(([option, positions]) =>
    new Option(explorer, { ...option, number: among => sum(positions, among) }));
  return options.length ? new Group("Has", options) : null;
}

/** The rail of an explorer. */
function rail(explorer) {
  const groups = explorer.facetNames.filter(f => isNamed(f) && explorer.collection.facets.has(f)).map(f => facetGroup(explorer, f));
  const years = new Years(explorer);
  if (years.count > 1) groups.push(years);
  if (explorer.name === "papers") groups.push(hasGroup(explorer));
  const active = el("span"), narrow = matchMedia("(max-width:60em)"), there = groups.filter(Boolean);
  const element = el("details", { class: "mmu-panel" }, el("summary", {}, "Filters ", active), ...there.map(g => g.element));
  const fold = () => { element.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  return {
    element,
    draw(count) {
      const n = explorer.conditions.length;
      active.textContent = n ? `(${n})` : "";
      for (const group of there) group.draw(count);
    },
  };
}

window.mmu.rail = rail;
})();
