/* The rail of an explorer: facets with live counts, years, what papers have. Needs mmu-conditions.js and mmu-rows.js.

     const rail = mmu.rail(explorer);   // {collection, base, conditions, facetNames, name, change(conditions, said)}
     rail.element;                      // to be put on the page
     rail.focus();                      // to its first control
     rail.draw(count);                  // count(facet, all): 0 or 1 for each paper that a tick there chooses from */
(() => {
"use strict";
const { el } = window.mmu, { number, badge, labelOf } = window.mmu.rows;
const { tick, exclude, between, state, opened, isNamed } = window.mmu.conditions;

const FEW = 10, LONG = 16; // values of a long facet that show at first; where a facet is long
/* One value: its tick, its number, the button that excludes it, and the values below it. The value "" stands for none.
   `all`: it holds beside others of its facet, not instead of them; `turned`: a tick stands for the opposite. */
class Option {
  constructor(explorer, { facet, value, label, mark, all = false, turned = false, below = [] }) {
    Object.assign(this, { explorer, facet, value, label, all, turned, below });
    this.box = el("input", { type: "checkbox", change: () => this.set(this.box.checked, false) });
    this.n = el("span", { class: "mmu-n" });
    this.not = el("button", {
      type: "button", class: "mmu-except", "aria-pressed": "false", "aria-label": `Exclude ${label}`,
      title: `Exclude ${label}`, click: () => this.set(this.not.getAttribute("aria-pressed") !== "true", true),
    }, "≠");
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

  /* In force, or excluded; or no longer so. */
  set(on, not) {
    const { explorer, facet, value, label, all, turned } = this, { conditions } = explorer;
    const next = not === turned ? tick(conditions, facet, value, on, all) : exclude(conditions, facet, value, on);
    explorer.change(next, `${label} ${on ? "" : "no longer "}${not ? "excluded" : "chosen"}`);
  }

  /* How many papers of a mask a tick would leave. */
  counted(among) {
    const { values, none, any } = this.explorer.collection.index.counts(this.facet, among);
    return this.value ? values.get(this.value) ?? 0 : this.turned ? any : none;
  }

  draw(count) {
    const { facet, value, all, turned, explorer: { conditions } } = this;
    const found = state(conditions, facet, value) * (turned ? -1 : 1);
    const below = Boolean(value) && opened(conditions, facet, value);
    const n = this.counted(count(facet, all || turned, value)), text = found < 0 ? "not" : number(n);
    const css = `mmu-opt${found < 0 ? " mmu-not" : n || found ? "" : " mmu-zero"}`;
    if (found !== this.found) {
      this.found = found;
      this.box.checked = found !== 0;
      this.not.setAttribute("aria-pressed", String(found < 0));
    }
    this.box.indeterminate = !found && below;
    this.active = found !== 0 || below;
    if (text !== this.n.textContent) this.n.textContent = text;
    if (css !== this.head.className) this.head.className = css;
    if (this.list?.hidden && (found > 0 || below)) this.open(true);
    for (const option of this.below) option.draw(count);
  }
}

// --- Groups

/* A facet as a group of its values; null if no paper of the explorer has any. */
function facetGroup(explorer, name) {
  const { collection: { index, facets }, base } = explorer, facet = facets.get(name);
  const counts = index.counts(name, base), used = [...counts.values].filter(([, n]) => n);
  if (facet.open) used.sort((a, b) => b[1] - a[1]);
  const known = new Set(used.map(([value]) => value).filter(Boolean)); // "" stands for papers without any
  const above = value => value.slice(0, Math.max(0, value.lastIndexOf("/")));
  const parent = value => known.has(above(value)) ? above(value) : null;
  const children = new Map([null, ...known].map(value => [value, []]));
  for (const value of known) children.get(parent(value)).push(value);
  const option = value => new Option(explorer, {
    facet: name, value, label: labelOf(facet, value), mark: facet.numbered && !parent(value) ? numberOf(facet, value) : null,
    below: children.get(value).map(option),
  });
  const options = children.get(null).map(option);
  if (options.length && counts.none) options.push(new Option(explorer, { facet: name, value: "", label: "Not tagged" }));
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
    this.find = el("input", {
      type: "search", class: "mmu-within", placeholder: "Find a value", "aria-label": `Find in ${label}`,
      autocomplete: "off", spellcheck: "false", input: () => this.fold(),
    });
    const click = () => {
      this.whole = !this.whole;
      this.fold();
    };
    this.more = el("button", { type: "button", class: "mmu-all", "aria-expanded": "false", click });
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
    const { collection: { index }, base } = explorer, change = () => this.change();
    const all = [...index.counts("year", base).values].filter(([year, n]) => +year && n).map(([year]) => year).sort();
    this.count = all.length;
    this.explorer = explorer;
    const options = () => [el("option", { value: "" }, "any"), ...all.map(year => el("option", {}, year))];
    this.selects = [0, 1].map(() => el("select", { change }, ...options()));
    const labels = ["from", "to"].map((name, n) => el("label", {}, el("span", {}, name), this.selects[n]));
    this.element = el("fieldset", { class: "mmu-facet mmu-years" }, el("legend", {}, "First public"), ...labels);
  }
  change() {
    const [from, to] = this.selects.map(s => s.value);
    const [first, last] = from && to ? [from, to].sort() : [from, to];
    this.explorer.change(between(this.explorer.conditions, from, to), `Years ${first || "any"} to ${last || "any"}`);
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

/* What papers have, each for itself: the kinds of links that lead to no text of the work, and a venue. */
function hasGroup(explorer) {
  const more = explorer.collection.kinds.filter(({ rank }) => !rank);
  const options = [
    ...more.map(({ name, label }) => ({ facet: "has", value: name, label, all: true })),
    { facet: "venue", value: "", label: "Venue", turned: true },
  ].map(option => new Option(explorer, option)).filter(option => option.counted(explorer.base));
  return options.length ? new Group("Has", options) : null;
}

/** The rail of an explorer. */
function rail(explorer) {
  const facets = explorer.facetNames.filter(name => isNamed(name) && explorer.collection.facets.has(name));
  const groups = facets.map(name => facetGroup(explorer, name));
  const years = new Years(explorer);
  if (years.count > 1) groups.push(years);
  if (explorer.name === "papers") groups.push(hasGroup(explorer));
  const active = el("span"), narrow = matchMedia("(max-width:60em)"), there = groups.filter(Boolean);
  const summary = el("summary", {}, "Filters ", active);
  const element = el("details", { class: "mmu-panel" }, summary, ...there.map(group => group.element));
  const fold = () => { element.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  return {
    element,
    focus() { (narrow.matches ? summary : element.querySelector("input, select"))?.focus({ preventScroll: true }); },
    draw(count) {
      const n = explorer.conditions.length;
      active.textContent = n ? `(${n}): ${explorer.result()}` : "";
      for (const group of there) group.draw(count);
    },
  };
}

window.mmu.rail = rail;
})();
