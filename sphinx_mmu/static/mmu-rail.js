/* The rail of an explorer: facets with live counts, years, what papers have. Needs mmu-dom.js, mmu-query.js,
   mmu-conditions.js, mmu-rows.js and mmu-keys.js.

     const rail = mmu.rail(explorer);   // {collection, base, conditions, facetNames, name, change(conditions, said),
                                        //  result(), drawRail()}
     rail.element;                      // to be put on the page
     rail.focus();                      // to its first control
     rail.draw(count);                  // count(facet, all, value): 0 or 1 for each paper that a tick there chooses from */
(() => {
"use strict";
const { el, keys, query: { labelOf } } = window.mmu, { number, badge } = window.mmu.rows;
const { tick, exclude, between, state, opened, isNamed } = window.mmu.conditions;

const FEW = 10, LONG = 16, MANY = 100; // values of a long facet that show at first; where a facet is long; further ones at a time

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
  const { collection: { index, facets, derived }, base } = explorer, facet = facets.get(name) ?? derived.get(name);
  const counts = index.counts(name, base), used = [...counts.values].filter(([, n]) => n);
  const ranked = derived.has(name) || facet.open;
  if (ranked) used.sort((a, b) => b[1] - a[1]);
  const known = new Set(used.map(([value]) => value).filter(Boolean)); // "" stands for papers without any
  const above = value => value.slice(0, Math.max(0, value.lastIndexOf("/")));
  const parent = value => name !== "author" && known.has(above(value)) ? above(value) : null;
  const children = new Map([null, ...known].map(value => [value, []]));
  for (const value of known) children.get(parent(value)).push(value);
  if (name === "venue") for (const years of children.values()) if (years !== children.get(null)) years.sort().reverse();
  const option = value => new Option(explorer, {
    facet: name, value, label: labelOf(facet, value), mark: facet.numbered && !parent(value) ? numberOf(facet, value) : null,
    below: children.get(value).map(option),
  });
  const names = otherNames(explorer, facet);
  const said = value => [labelOf(facet, value), ...names.get(value) ?? [], ...children.get(value).map(said)].join("\n");
  const values = children.get(null).map(value => ({ value, make: () => option(value), said: () => said(value) }));
  if (!values.length) return null;
  if (counts.none) {
    const label = facets.has(name) ? "Not tagged" : "Not recorded";
    values.push({ value: "", make: () => new Option(explorer, { facet: name, value: "", label }), said: () => label });
  }
  return new Group(explorer, { name, label: facet.label, values, ranked });
}

/* What values are called besides their labels: value → names. */
function otherNames(explorer, { name, terms }) {
  const found = new Map([...terms ?? []].map(([value, { aliases }]) => [value, aliases]));
  if (name !== "venue") return found;
  for (const text of window.mmu.records(explorer.name).columns.text(name).values) {
    const [short, long] = text.split("\n");
    found.set(short, [...found.get(short) ?? [], long]);
  }
  return found;
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

/* Values: {value, make, said}, of which `make` gives the option, and `said` all that the value is called. Options are made
   when they are shown: of a long facet few are. `ranked`: those that most papers have come first, whatever is chosen. */
class Group {
  #options = new Map(); #shown = [];

  constructor(explorer, { name, label, values, ranked = false }) {
    Object.assign(this, { explorer, name, values, ranked, limit: FEW, long: values.length > LONG });
    this.element = el("fieldset", { class: "mmu-facet" }, el("legend", {}, label));
    this.list = el("ul");
    if (this.long) this.shorten(label);
    this.element.append(this.list, ...this.more ? [this.more] : []);
  }

  /* A long facet shows its first values, more of them on demand, and those that a word is found in. */
  shorten(label) {
    const show = limit => {
      this.limit = limit;
      this.explorer.drawRail();
    };
    this.find = el("input", {
      type: "search", class: "mmu-within", placeholder: `Find one of ${number(this.values.filter(({ value }) => value).length)}`,
      "aria-label": `Find in ${label}`, autocomplete: "off", spellcheck: "false", input: () => show(FEW),
    });
    const click = () => show(this.rest > MANY ? this.limit + MANY : this.rest ? Infinity : FEW);
    this.more = el("button", { type: "button", class: "mmu-all", click });
    this.element.append(this.find);
  }

  draw(count) {
    if (this.long) this.drawSome(count);
    else this.show(this.values);
    for (const one of this.#shown) this.#options.get(one).draw(count);
  }
  drawSome(count) {
    const { fold } = window.mmu.query, wanted = fold(this.find.value.trim()), active = this.active();
    const found = wanted ? this.values.filter(one => (one.folded ??= fold(one.said())).includes(wanted)) : this.values;
    const all = this.ranked ? this.inOrder(found, count) : found;
    const some = all.filter(({ value }, n) => n < this.limit || (!wanted && active(value)));
    this.rest = all.length - some.length;
    this.show(some);
    this.more.hidden = !this.rest && all.length <= FEW;
    this.more.textContent = !this.rest ? "Show fewer" : this.rest > MANY ? `Show ${MANY} more of ${number(this.rest)}` : `Show all ${number(all.filter(({ value }) => value).length)}`;
  }
  /* What most papers have first. */
  inOrder(found, count) {
    const { values } = this.explorer.collection.index.counts(this.name, count(this.name, false, ""));
    const n = ({ value }) => value ? values.get(value) ?? 0 : -1;
    return [...found].sort((a, b) => n(b) - n(a));
  }
  /* In force or excluded, or above what is. */
  active() {
    const held = this.explorer.conditions.filter(c => c.kind === "facet" && c.facet === this.name).flatMap(c => c.values);
    return value => held.some(one => one === value || (value && one.startsWith(`${value}/`)));
  }

  /* Nothing moves or goes while a hand is on it. */
  show(some) {
    const held = this.list.contains(document.activeElement) ? this.#shown : [];
    const next = held.length ? [...held, ...some.filter(one => !held.includes(one))] : some;
    if (next.length === this.#shown.length && next.every((one, n) => one === this.#shown[n])) return;
    const added = next.slice(held.length).map(one => this.option(one).element);
    if (held.length) this.list.append(...added);
    else this.list.replaceChildren(...added);
    this.#shown = next;
  }
  option(one) {
    if (!this.#options.has(one)) this.#options.set(one, one.make());
    return this.#options.get(one);
  }
}

/* From and to which year, each with what there is, and papers without one. */
class Years {
  constructor(explorer, name) {
    const { collection: { index, derived }, base } = explorer, change = () => this.change();
    const { values, none } = index.counts(name, base), { label } = derived.get(name);
    const all = [...values].filter(([year, n]) => +year && n).map(([year]) => year).sort();
    Object.assign(this, { explorer, name, label, count: all.length });
    const options = () => [el("option", { value: "" }, "any"), ...all.map(year => el("option", {}, year))];
    this.selects = [0, 1].map(() => el("select", { change }, ...options()));
    const labels = ["from", "to"].map((name, n) => el("label", {}, el("span", {}, name), this.selects[n]));
    this.none = none ? new Option(explorer, { facet: name, value: "", label: "Not recorded", all: true }) : null;
    this.element = el("fieldset", { class: "mmu-facet mmu-years" }, el("legend", {}, label), ...labels,
      ...this.none ? [el("ul", {}, this.none.element)] : []);
  }
  change() {
    const [from, to] = this.selects.map(s => s.value);
    const [first, last] = from && to ? [from, to].sort() : [from, to];
    this.explorer.change(between(this.explorer.conditions, this.name, from, to), `${this.label} ${first || "any"} to ${last || "any"}`);
  }
  draw(count) {
    const { from = "", to = "" } = this.explorer.conditions.find(c => c.kind === "year" && c.facet === this.name) ?? {};
    this.none?.draw(count);
    [from, to].forEach((year, n) => {
      const select = this.selects[n];
      if (select.value === year) return;
      if (year && ![...select.options].some(o => o.value === year)) select.append(el("option", {}, year));
      select.value = year;
    });
  }
}

function yearsGroup(explorer, name) {
  const years = new Years(explorer, name);
  return years.count > 1 ? years : null;
}

/* What papers have, each for itself: links that are no ways to the text, results, a venue. */
function hasGroup(explorer) {
  const links = explorer.collection.kinds.filter(({ rank }) => !rank);
  const options = [
    ...links.map(({ name, label }) => ({ facet: "has", value: name, label, all: true })),
    { facet: "results", value: "", label: "Results", turned: true },
    { facet: "venue", value: "", label: "Venue", turned: true },
  ].map(option => new Option(explorer, option)).filter(option => option.counted(explorer.base));
  const values = options.map(option => ({ value: option.value, make: () => option, said: () => option.label }));
  return values.length ? new Group(explorer, { name: "has", label: "Has", values }) : null;
}

/** The rail of an explorer: facets in the order in which they are named; years, and what papers have, at the end unless
    they are. */
function rail(explorer) {
  const { facets, derived } = explorer.collection, named = explorer.facetNames.filter(name => isNamed(name) && (facets.has(name) || derived.has(name)));
  const rest = ["year", ...explorer.name === "papers" ? ["has"] : []].filter(name => !named.includes(name));
  const makers = new Map([["year", yearsGroup], ["published", yearsGroup], ["has", hasGroup]].filter(([name]) => !facets.has(name)));
  const there = [...named, ...rest].map(name => (makers.get(name) ?? facetGroup)(explorer, name)).filter(Boolean);
  const active = el("span"), narrow = matchMedia("(max-width:60em)");
  const summary = el("summary", {}, "Filters ", active);
  const element = el("details", { class: "mmu-panel" }, summary, ...there.map(group => group.element));
  const fold = () => { element.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  keys.arrows(element);
  fold();
  return {
    element,
    focus() { (narrow.matches ? summary : element.querySelector("input, select"))?.focus({ preventScroll: true }); },
    draw(count) {
      const n = explorer.conditions.length;
      active.textContent = n ? `(${n}): ${explorer.result()}` : "";
      for (const group of there) group.draw(count);
      keys.facets(element);
    },
  };
}

window.mmu.rail = rail;
})();
