/* The panel beside the results of an explorer: facets with live counts, years, what papers have.

     const made = facetPanel(explorer); // {collection, base, conditions, facetNames, name, change(conditions, said),
                                        //  result(), drawFacets()}
     made.element;                      // to be put on the page
     made.focus();                      // to its first control
     made.draw(count);                  // count(facet, all, value): 0 or 1 for each paper that a tick there chooses from */
import { between, exclude, isNamed, opened, state, tick } from "./conditions.js";
import { el } from "./el.js";
import * as keys from "./keys.js";
import { _ } from "./messages.js";
import { fold, labelOf } from "./query.js";
import { records } from "./records.js";
import { badge, number } from "./rows.js";

const FEW = 10,
  LONG = 16,
  MANY = 100; // values of a long facet that show at first; where a facet is long; further ones at a time

/** A value of a group: `make` gives its option, `said` all that it is called.
    @typedef {{ value: string, make(): Option, said(): string, folded?: string }} Choice */

/* One value: its tick, its number, the button that excludes it, and the values below it. The value "" means none.
   `all`: it applies beside others of its facet, not instead of them; `turned`: a tick means the opposite. */
class Option {
  /** @param {Mmu.Explorer} explorer @param {{ facet: string, value: string, label: string, mark?: HTMLElement | null, all?: boolean, turned?: boolean, below?: Option[] }} given */
  constructor(explorer, { facet, value, label, mark, all = false, turned = false, below = [] }) {
    this.explorer = explorer;
    this.facet = facet;
    this.value = value;
    this.label = label;
    this.all = all;
    this.turned = turned;
    this.below = below;
    this.box = el("input", { type: "checkbox", change: () => this.set(this.box.checked, false) });
    this.n = el("span", { class: "mmu-n" });
    this.not = el(
      "button",
      {
        type: "button",
        class: "mmu-except",
        "aria-pressed": "false",
        "aria-label": _("Exclude {what}", { what: label }),
        title: _("Exclude {what}", { what: label }),
        click: () => this.set(this.not.getAttribute("aria-pressed") !== "true", true),
      },
      "≠",
    );
    const name = el(
      "label",
      {},
      this.box,
      el("span", {}, ...(mark ? [mark, label] : [label])),
      this.n,
    );
    this.head = el("div", { class: "mmu-opt" }, name, this.not);
    /** @type {number | null} */
    this.found = null;
    this.active = false;
    /** @type {HTMLElement | null} */
    this.list = null;
    /** @type {HTMLElement | null} */
    this.fold = null;
    this.element = el("li", {}, this.head);
    if (below.length) this.nest();
  }

  nest() {
    const list = el("ul", {}, ...this.below.map(o => o.element));
    this.fold = el("button", {
      type: "button",
      class: "mmu-fold",
      "aria-label": _("Values of {what}", { what: this.label }),
      click: () => this.open(Boolean(list.hidden)),
    });
    this.list = list;
    this.head.append(this.fold);
    this.element.append(list);
    this.open(false);
  }
  /** @param {boolean} yes */
  open(yes) {
    if (this.list) this.list.hidden = !yes;
    this.fold?.setAttribute("aria-expanded", String(yes));
  }

  /** In force, or excluded; or no longer so.
      @param {boolean} on @param {boolean} not */
  set(on, not) {
    const { explorer, facet, value, label, all, turned } = this,
      { conditions } = explorer;
    const next =
      not === turned
        ? tick(conditions, facet, value, on, all)
        : exclude(conditions, facet, value, on);
    explorer.change(
      next,
      not
        ? on
          ? _("{value} excluded", { value: label })
          : _("{value} no longer excluded", { value: label })
        : on
          ? _("{value} chosen", { value: label })
          : _("{value} no longer chosen", { value: label }),
    );
  }

  /** How many papers of a mask a tick would leave.
      @param {Mmu.Mask} among */
  counted(among) {
    const { values, none, any } = this.explorer.collection.index.counts(this.facet, among);
    return this.value ? (values.get(this.value) ?? 0) : this.turned ? any : none;
  }

  /** @param {Mmu.Counter} count */
  draw(count) {
    const {
      facet,
      value,
      all,
      turned,
      explorer: { conditions },
    } = this;
    const found = state(conditions, facet, value) * (turned ? -1 : 1);
    const below = Boolean(value) && opened(conditions, facet, value);
    const n = this.counted(count(facet, all || turned, value)),
      text = found < 0 ? _("not") : number(n);
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

/** A facet as a group of its values; null if no paper of the explorer has any.
    @param {Mmu.Explorer} explorer @param {string} name */
function facetGroup(explorer, name) {
  const {
    collection: { index, facets, derived },
    base,
  } = explorer;
  const facet = /** @type {Mmu.NamedFacet} */ (facets.get(name) ?? derived.get(name));
  const counts = index.counts(name, base),
    used = [...counts.values].filter(([, n]) => n);
  const ranked = derived.has(name) || facet.open;
  if (ranked) used.sort((a, b) => b[1] - a[1]);
  const known = new Set(used.map(([value]) => value).filter(Boolean)); // "" means papers without any
  const above = (/** @type {string} */ value) =>
    value.slice(0, Math.max(0, value.lastIndexOf("/")));
  const parent = (/** @type {string} */ value) =>
    name !== "author" && known.has(above(value)) ? above(value) : null;
  /** @type {Map<string | null, string[]>} */
  const children = new Map([null, ...known].map(value => [value, []]));
  const below = (/** @type {string | null} */ value) => children.get(value) ?? [];
  for (const value of known) below(parent(value)).push(value);
  if (name === "venue")
    for (const years of children.values()) if (years !== children.get(null)) years.sort().reverse();
  /** @type {(value: string) => Option} */
  const option = value =>
    new Option(explorer, {
      facet: name,
      value,
      label: labelOf(facet, value),
      mark: facet.numbered && !parent(value) ? numberOf(facet, value) : null,
      below: below(value).map(option),
    });
  const names = otherNames(explorer, facet);
  /** @type {(value: string) => string} */
  const said = value =>
    [labelOf(facet, value), ...(names.get(value) ?? []), ...below(value).map(said)].join("\n");
  const values = below(null).map(value => ({
    value,
    make: () => option(value),
    said: () => said(value),
  }));
  if (!values.length) return null;
  if (counts.none) {
    const label = facets.has(name) ? _("Not tagged") : _("Not recorded");
    values.push({
      value: "",
      make: () => new Option(explorer, { facet: name, value: "", label }),
      said: () => label,
    });
  }
  return new Group(explorer, { name, label: facet.label, values, ranked });
}

/** What values are called besides their labels: value → names.
    @param {Mmu.Explorer} explorer @param {Mmu.NamedFacet} facet */
function otherNames(explorer, { name, terms }) {
  /** @type {Map<string, string[]>} */
  const found = new Map([...(terms ?? [])].map(([value, { aliases }]) => [value, aliases]));
  if (name !== "venue") return found;
  for (const text of records(explorer.name)?.columns.text(name)?.values ?? []) {
    const [short, long] = text.split("\n");
    found.set(short, [...(found.get(short) ?? []), long]);
  }
  return found;
}

/** @param {Mmu.NamedFacet} facet @param {string} value */
function numberOf(facet, value) {
  const term = facet.terms.get(value);
  if (!term?.order) return null;
  const made = badge(term);
  made.removeAttribute("title");
  made.lastElementChild?.remove(); // the label follows
  made.setAttribute("aria-hidden", "true");
  return made;
}

/* Options are made when they are shown: of a long facet few are. `ranked`: those that most papers have come first, whatever
   is chosen. */
class Group {
  /** @type {Map<Choice, Option>} */
  #options = new Map();
  /** @type {Choice[]} */
  #shown = [];
  rest = 0;
  find = el("input", {
    type: "search",
    class: "mmu-within",
    autocomplete: "off",
    spellcheck: "false",
  });
  more = el("button", { type: "button", class: "mmu-all" });

  /** @param {Mmu.Explorer} explorer @param {{ name: string, label: string, values: Choice[], ranked?: boolean }} given */
  constructor(explorer, { name, label, values, ranked = false }) {
    this.explorer = explorer;
    this.name = name;
    this.values = values;
    this.ranked = ranked;
    this.limit = FEW;
    this.long = values.length > LONG;
    this.element = el("fieldset", { class: "mmu-facet" }, el("legend", {}, label));
    this.list = el("ul");
    if (this.long) this.shorten(label);
    this.element.append(this.list, ...(this.long ? [this.more] : []));
  }

  /** A long facet shows its first values, more of them on demand, and those that a word is found in.
      @param {string} label */
  shorten(label) {
    const show = (/** @type {number} */ limit) => {
      this.limit = limit;
      this.explorer.drawFacets();
    };
    this.find.placeholder = _("Find one of {n}", {
      n: number(this.values.filter(({ value }) => value).length),
    });
    this.find.setAttribute("aria-label", _("Find in {what}", { what: label }));
    this.find.addEventListener("input", () => show(FEW));
    this.more.addEventListener("click", () =>
      show(this.rest > MANY ? this.limit + MANY : this.rest ? Infinity : FEW),
    );
    this.element.append(this.find);
  }

  /** @param {Mmu.Counter} count */
  draw(count) {
    if (this.long) this.drawSome(count);
    else this.show(this.values);
    for (const one of this.#shown) this.option(one).draw(count);
  }
  /** @param {Mmu.Counter} count */
  drawSome(count) {
    const wanted = fold(this.find.value.trim()),
      active = this.active();
    const found = wanted
      ? this.values.filter(one => (one.folded ??= fold(one.said())).includes(wanted))
      : this.values;
    const all = this.ranked ? this.inOrder(found, count) : found;
    const some = all.filter(({ value }, n) => n < this.limit || (!wanted && active(value)));
    this.rest = all.length - some.length;
    this.show(some);
    this.more.hidden = !this.rest && all.length <= FEW;
    this.more.textContent = !this.rest
      ? _("Show fewer")
      : this.rest > MANY
        ? _("Show {n} more of {all}", { n: MANY, all: number(this.rest) })
        : _("Show all {n}", { n: number(all.filter(({ value }) => value).length) });
  }
  /** What most papers have first.
      @param {Choice[]} found @param {Mmu.Counter} count */
  inOrder(found, count) {
    const { values } = this.explorer.collection.index.counts(
      this.name,
      count(this.name, false, ""),
    );
    const n = (/** @type {Choice} */ { value }) => (value ? (values.get(value) ?? 0) : -1);
    return [...found].sort((a, b) => n(b) - n(a));
  }
  /* In force or excluded, or above what is. */
  active() {
    const held = this.explorer.conditions
      .filter(c => c.kind === "facet" && c.facet === this.name)
      .flatMap(c => c.values);
    return (/** @type {string} */ value) =>
      held.some(one => one === value || (value && one.startsWith(`${value}/`)));
  }

  /** Nothing moves or goes while a hand is on it.
      @param {Choice[]} some */
  show(some) {
    const held = this.list.contains(document.activeElement) ? this.#shown : [];
    const next = held.length ? [...held, ...some.filter(one => !held.includes(one))] : some;
    if (next.length === this.#shown.length && next.every((one, n) => one === this.#shown[n]))
      return;
    const added = next.slice(held.length).map(one => this.option(one).element);
    if (held.length) this.list.append(...added);
    else this.list.replaceChildren(...added);
    this.#shown = next;
  }
  /** @param {Choice} one */
  option(one) {
    const option = this.#options.get(one) ?? one.make();
    this.#options.set(one, option);
    return option;
  }
}

/* From and to which year, each with what there is, and papers without one. */
class Years {
  /** @param {Mmu.Explorer} explorer @param {string} name */
  constructor(explorer, name) {
    const {
        collection: { index, derived },
        base,
      } = explorer,
      change = () => this.change();
    const { values, none } = index.counts(name, base),
      { label } = /** @type {Mmu.Derived} */ (derived.get(name));
    const all = [...values]
      .filter(([year, n]) => +year && n)
      .map(([year]) => year)
      .sort();
    this.explorer = explorer;
    this.name = name;
    this.label = label;
    this.count = all.length;
    const options = () => [
      el("option", { value: "" }, _("any")),
      ...all.map(year => el("option", {}, year)),
    ];
    this.selects = [0, 1].map(() => el("select", { change }, ...options()));
    const labels = [_("from"), _("to")].map((name, n) =>
      el("label", {}, el("span", {}, name), this.selects[n]),
    );
    this.none = none
      ? new Option(explorer, { facet: name, value: "", label: _("Not recorded"), all: true })
      : null;
    this.element = el(
      "fieldset",
      { class: "mmu-facet mmu-years" },
      el("legend", {}, label),
      ...labels,
      ...(this.none ? [el("ul", {}, this.none.element)] : []),
    );
  }
  change() {
    const [from, to] = this.selects.map(s => s.value);
    const [first, last] = from && to ? [from, to].sort() : [from, to];
    this.explorer.change(
      between(this.explorer.conditions, this.name, from, to),
      _("{facet} {first} to {last}", {
        facet: this.label,
        first: first || _("any"),
        last: last || _("any"),
      }),
    );
  }
  /** @param {Mmu.Counter} count */
  draw(count) {
    const { from = "", to = "" } =
      this.explorer.conditions.find(c => c.kind === "year" && c.facet === this.name) ?? {};
    this.none?.draw(count);
    [from, to].forEach((year, n) => {
      const select = this.selects[n];
      if (select.value === year) return;
      if (year && ![...select.options].some(o => o.value === year))
        select.append(el("option", {}, year));
      select.value = year;
    });
  }
}

/** @param {Mmu.Explorer} explorer @param {string} name */
function yearsGroup(explorer, name) {
  const years = new Years(explorer, name);
  return years.count > 1 ? years : null;
}

/** What papers have, each for itself: links that are no ways to the text, results, a venue.
    @param {Mmu.Explorer} explorer */
function hasGroup(explorer) {
  const links = explorer.collection.kinds.filter(({ rank }) => !rank);
  const options = [
    ...links.map(({ name, label }) => ({ facet: "has", value: name, label, all: true })),
    { facet: "results", value: "", label: _("Results"), turned: true },
    { facet: "venue", value: "", label: _("Venue"), turned: true },
  ]
    .map(option => new Option(explorer, option))
    .filter(option => option.counted(explorer.base));
  const values = options.map(option => ({
    value: option.value,
    make: () => option,
    said: () => option.label,
  }));
  return values.length ? new Group(explorer, { name: "has", label: _("Has"), values }) : null;
}

/** The name of a facet is a button that folds its values, or is not.
    @param {HTMLElement} facet @param {boolean} yes @param {boolean} open */
function foldable(facet, yes, open) {
  const legend = /** @type {HTMLElement} */ (facet.querySelector("legend")),
    name = legend.textContent;
  const fold = (/** @type {boolean} */ folded) => {
    facet.classList.toggle("mmu-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
  };
  const button = el(
    "button",
    { type: "button", click: () => fold(!facet.classList.contains("mmu-folded")) },
    name,
  );
  fold(yes && !open);
  legend.replaceChildren(yes ? button : name);
}

/** The panel of an explorer: facets in the order in which they are named; years, and what papers have, at the end unless
    they are.
    @param {Mmu.Explorer} explorer */
export function facetPanel(explorer) {
  const { facets, derived } = explorer.collection,
    named = explorer.facetNames.filter(
      name => isNamed(name) && (facets.has(name) || derived.has(name)),
    );
  const rest = ["year", ...(explorer.name === "papers" ? ["has"] : [])].filter(
    name => !named.includes(name),
  );
  /** @type {[name: string, make: (explorer: Mmu.Explorer, name: string) => Group | Years | null][]} */
  const special = [
    ["year", yearsGroup],
    ["published", yearsGroup],
    ["has", hasGroup],
  ];
  const makers = new Map(special.filter(([name]) => !facets.has(name)));
  const there = [...named, ...rest]
    .map(name => (makers.get(name) ?? facetGroup)(explorer, name))
    .filter(group => group !== null);
  const active = el("span"),
    narrow = matchMedia("(max-width:60em)"),
    done = el("button", {
      type: "button",
      click: () => {
        element.open = false;
        explorer.bar.scrollIntoView();
        keys.toRows(explorer);
      },
    });
  const summary = el("summary", {}, _("Filters"), " ", active);
  const element = el(
    "details",
    { class: "mmu-panel" },
    summary,
    ...there.map(group => group.element),
    el("p", { class: "mmu-panel-foot" }, done),
  );
  const fold = () => {
    element.open = !narrow.matches;
    for (const { element: group, name } of there)
      foldable(
        group,
        narrow.matches,
        explorer.conditions.some(({ facet }) => facet === name),
      );
    keys.facets(element);
  };
  narrow.addEventListener("change", fold);
  keys.arrows(element);
  fold();
  return {
    element,
    focus() {
      (narrow.matches ? summary : element.querySelector("input, select"))?.focus({
        preventScroll: true,
      });
    },
    /** @param {Mmu.Counter} count */
    draw(count) {
      const n = explorer.conditions.length;
      active.textContent = n ? `(${n}): ${explorer.result()}` : "";
      done.textContent = _("Show {n} {unit}", {
        n: number(explorer.hits.length),
        unit: explorer.unitOf(explorer.hits.length),
      });
      for (const group of there) group.draw(count);
      keys.facets(element);
    },
  };
}
