/* The explorer: a table with facets, searched, filtered, sorted and chosen from. Whatever it shows is in the address,
   in the filter language. An event "mmu:change" on its element says that it shows something else, "mmu:select" that something
   else is selected. */
import { later, painted } from "./address.js";
import { drop, flip, nodeOf, read, text as textOf, tick, words } from "./conditions.js";
import { dropdown } from "./dropdown.js";
import { el, one } from "./el.js";
import { papers as finder } from "./find.js";
import { highlight } from "./highlight.js";
import { decoded } from "./fragment.js";
import * as keys from "./keys.js";
import { _, filled, lowerFirst } from "./messages.js";
import {
  allOf,
  both,
  bound,
  check,
  evaluate,
  FilterError,
  fold,
  labelOf,
  parse,
  quoted,
  size,
  spoken,
  TEXT_FIELDS,
  toText,
} from "./query.js";
import { facetPanel } from "./facets.js";
import { collectionOf, isOrder, number, order, sortOf } from "./rows.js";
import { Selection } from "./selection.js";
import { root } from "./statics.js";
import { Table } from "./table.js";
import * as downloads from "./downloads.js";

const STEP = 100; // rows drawn at a time: laying out rows is what takes time, matching is not
const FIRST = matchMedia("(max-height:70em)").matches ? 12 : 24; // of these as a page opens; the style sheet has the same
const MOST = 40,
  REST = 300; // of these at most as someone types, if they are in sight; ms until the others follow
const QUIET = 600,
  PAUSE = 1200; // ms until a result is announced, and until a mistake is
const BEGUN = /^(.*?)(-?)([\p{L}][\p{L}\p{N}_.-]*):"?([^\s"()]+)$/su; // a condition that is being written, and what is before it
const OFFERED = 20; // values that begin as is written
const WAYS = 8; // conditions that are offered to be removed where nothing matches
const FEW = 1000; // papers that are made ready for a search at once
const BEST = "match"; // the order by how well words fit
/** @type {Record<string, string>} */
const SORTS = {
  "-date": _("newest first"),
  date: _("oldest first"),
  title: _("title"),
  venue: _("venue"),
  author: _("first author"),
  [BEST]: _("best match"),
};

/** @param {string} label @param {Mmu.On<MouseEvent>} click @param {Mmu.Props} [props] */
const button = (label, click, props = {}) =>
  el("button", { type: "button", click, ...props }, label);
/* Whether a page opens at its top, and not as someone left it. Asked before anything has changed, it costs no layout. */
const atTop =
  !location.hash &&
  performance
    .getEntriesByType("navigation")
    .some(entry => /** @type {PerformanceNavigationTiming} */ (entry).type === "navigate") &&
  !(performance.getEntriesByType("paint").length && scrollY);
/** A condition that is a word without more: the search looks for it. What is written as a filter stays one.
    @param {Mmu.Condition} condition */
const wordOf = ({ kind, node }) =>
  kind === "text" && node.kind === "match" && !node.facet && !node.prefix && !/\s/.test(node.value)
    ? node.value
    : "";
/** @param {string} text */
const sentence = text =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? "" : "."}`;

/** The page of the search, from the root, which the script of its palette says; "" without one. */
const searchPage = () => document.querySelector("script[data-mmu-search]")?.dataset.mmuSearch ?? "";

/** @typedef {import("./find.js").Papers} Finder */

export class Explorer {
  /** @type {Mmu.Condition[]} */
  conditions = [];
  /** @type {Mmu.Condition[]} */
  typed = [];
  /** @type {Mmu.Fault | null} */
  wrong = null;
  /** @type {string | null} */
  unread = null;
  said = "";
  limit = STEP;
  atOnce = FIRST;
  /** @type {number[]} */
  hits = [];
  /** @type {Mmu.Mask} */
  found = new Uint8Array();
  chosen = false;
  /** @type {ReturnType<Finder["ask"]> | null} */
  asked = null;
  /** @type {string[]} */
  guesses = [];
  /** @type {(Mmu.Offer & { conditions: Mmu.Condition[] }) | null} */
  meant = null;
  /** @type {unknown[]} */
  chipsOf = [];
  /** @type {ReturnType<typeof facetPanel> | null} */
  facetPanel = null;
  /** @type {Mmu.Condition[] | null} */
  baseConditions = null;
  /** @type {WeakMap<Mmu.Condition, Mmu.Mask>} */
  #masks = new WeakMap();
  /** @type {Map<string, number[]>} */
  #orders = new Map();
  #opened = false;

  status = el("p", { class: "mmu-sr", role: "status" });
  fault = el("p", { class: "mmu-fault", role: "alert" });
  offered = el("span", { class: "mmu-offer", hidden: true });
  field = el("input", {
    type: "search",
    autocomplete: "off",
    spellcheck: "false",
    input: () => this.type(),
    blur: () => this.left(),
  });
  completions = el("datalist");
  units = el("span");
  note = el("span", { class: "mmu-hint" });
  earlier = el(
    "span",
    { class: "mmu-hint", hidden: true },
    _("(from the last filter that could be read)"),
  );
  feed = el("a", { class: "mmu-feed", hidden: true });
  order = el("select", { change: () => this.sortBy(this.order.value) });
  chips = el("div", {
    class: "mmu-chips",
    role: "group",
    "aria-label": _("Active filters"),
    hidden: true,
  });
  empty = el("div", { class: "mmu-empty", hidden: true });
  more = el("p", { class: "mmu-more", hidden: true });
  printed = el("p", { class: "mmu-printed" });

  fill = later(REST, () => {
    this.atOnce = Math.min(MOST, this.table.inSight() || FIRST); // asked before anything has changed
    this.drawRows();
  });
  mark = painted(() => highlight(this)); // words first, their marks then
  count = painted(() => this.drawBeside());
  follow = painted(() => this.address.type()); // browsers take their time for that
  prepare = painted(() => {
    this.finder.finish();
    this.type();
    this.count();
    this.fill();
  });
  say = later(QUIET, () => {
    this.status.textContent = [this.said, this.result()].filter(Boolean).join(". ");
    this.said = "";
  });
  showFault = later(PAUSE, () => this.tellFault());

  /** @param {HTMLElement} element @param {number} n @param {import("./address.js").Address} address */
  constructor(element, n, address) {
    const {
      mmuCollection = "",
      mmuBase,
      mmuColumns = "",
      mmuFacets = "",
      mmuSort = "",
      mmuUnit = "",
      mmuUnits = "",
      mmuRoot = "",
      mmuDirective = "",
      mmuGroup = "",
    } = element.dataset;
    this.element = element;
    this.n = n;
    this.address = address;
    this.name = mmuCollection;
    this.sort = mmuSort;
    this.usualSort = mmuSort;
    this.unit = mmuUnit; // what one is called, and several
    this.plural = mmuUnits;
    this.directive = mmuDirective;
    this.group = mmuGroup;
    this.facetNames = mmuFacets.split(" ");
    this.collection = collectionOf(this.name);
    this.every = new Uint8Array(this.collection.papers.length).fill(1);
    this.baseNode = mmuBase ? parse(mmuBase) : allOf();
    this.base = evaluate(this.baseNode, this.collection.index);
    this.table = new Table(this, mmuColumns.split(" "), mmuRoot, this.ordered());
    this.finder = /** @type {Finder} */ (
      finder(
        this.name,
        this.table.columns.map(column => column.name),
      )
    );
    const within = this.table.within(this.base);
    if (within !== this.base) this.#orders.clear(); // they were of more
    this.base = within;
    this.total = size(this.base);
    const results = one(element, ".mmu-results");
    this.bar = one(results, ".mmu-bar");
    this.countOf = one(this.bar, "[data-mmu-count]");
    this.files = results.querySelector(".mmu-take-files"); // of all papers
    this.selection = new Selection(this);
    this.selbar = downloads.bar(this);
    this.buildResults(results);
    this.build();
  }

  // --- Building

  build() {
    const { element } = this;
    element.prepend(this.buildSearch());
    element.append(this.status);
    keys.rows(this);
    this.table.element.addEventListener("click", event => this.narrow(event));
    element.classList.add("mmu-live");
  }

  buildSearch() {
    const id = `mmu-find-${this.n}`,
      how = el(
        "span",
        { class: "mmu-hint", id: `${id}-how` },
        _("A space means AND; a minus excludes."),
      );
    this.field.id = id;
    this.fault.id = `${id}-fault`;
    this.completions.id = `${id}-values`;
    this.field.setAttribute("aria-describedby", `${how.id} ${this.fault.id}`);
    /** @type {Mmu.On<SubmitEvent>} */
    const submit = event => {
      event.preventDefault();
      this.enter();
    };
    return el(
      "form",
      {
        class: "mmu-search",
        role: "search",
        "aria-label": _("Filter the {unit}", { unit: this.plural }),
        submit,
      },
      el("label", { for: id }, _("Find")),
      this.field,
      this.offered,
      button(_("Skip to results"), () => keys.toRows(this), { class: "mmu-skip" }),
      how,
      button(_("Keys"), () => keys.help(), { class: "mmu-help" }),
      this.fault,
      this.completions,
    );
  }
  /* What may be written: words, and a facet with its first value. */
  examples() {
    const [facet] = this.facetNames,
      values = facet ? this.collection.index.counts(facet, this.base).values : [];
    const value = [...values].find(([, n]) => n)?.[0],
      plain = value && !/[\s"():]/.test(value);
    return ["words", "author:kim", ...(plain ? [`${facet}:${value}`] : []), "-has:code"].join(", ");
  }

  /** @param {HTMLElement} results */
  buildResults(results) {
    const { bar } = this;
    this.countOf.parentElement?.replaceChildren(
      this.countOf,
      " ",
      this.units,
      " ",
      this.note,
      " ",
      this.earlier,
      " ",
      this.feed,
    );
    const sorts = [BEST, this.usualSort, ...Object.keys(SORTS), ...this.table.columns.map(sortOf)];
    this.order.append(
      ...Array.from(new Set(sorts.filter(sort => sort && sort !== "year")), sort =>
        this.offer(sort),
      ),
    );
    bar.append(
      el("label", { class: "mmu-order" }, el("span", {}, _("Sort")), this.order),
      this.columnMenu(),
      downloads.menu(this),
    );
    results.querySelector(".mmu-pager")?.remove();
    bar.before(this.chips, this.printed);
    this.table.element.before(this.empty);
    this.table.element.after(this.more);
    results.append(this.selbar.element);
  }
  /** An order in the list.
      @param {string} sort */
  offer(sort) {
    const by = sort.replace(/^-/, ""),
      { label = by } = this.table.columns.find(column => column.sort === by) ?? {};
    const said = (/** @type {string} */ order) =>
      Object.hasOwn(SORTS, order) ? SORTS[order] : null;
    const name = by === "file" ? _("as listed") : (said(by) ?? lowerFirst(label));
    return el(
      "option",
      { value: sort },
      said(sort) ?? (sort === by ? name : _("{order}, descending", { order: name })),
    );
  }
  columnMenu() {
    const boxes = this.table.columns.map(column => {
      const said = (/** @type {{ target: HTMLInputElement }} */ { target }) =>
        target.checked
          ? _("Column {name} shown", { name: column.label })
          : _("Column {name} hidden", { name: column.label });
      column.box = el("input", {
        type: "checkbox",
        disabled: column.header,
        change: event => {
          column.hidden = !event.target.checked;
          this.go({}, said(event));
        },
      });
      return el("label", {}, column.box, column.label);
    });
    return dropdown(
      _("Columns"),
      el("div", { role: "group", "aria-label": _("Columns") }, ...boxes),
    );
  }

  // --- Reading what is typed

  /** The conditions of a text; or {error} if it cannot be read, and a {fault} if it names what there is not.
      @param {string} text @returns {{ conditions?: Mmu.Condition[], error?: FilterError, fault?: Mmu.Fault }} */
  read(text) {
    if (!text.trim()) return { conditions: [] };
    try {
      const node = this.parse(text),
        [fault] = check(node, this.collection.index);
      bound(node, this.collection.index);
      return { conditions: read(node, this.collection.index), fault };
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      return { error };
    }
  }

  /** @param {string} text @returns {Mmu.Filter} */
  parse(text) {
    try {
      return parse(text);
    } catch (error) {
      const said = spoken(text);
      if (said === text) throw error;
      return parse(said);
    }
  }

  /* What can be read counts at once; a mistake is reported after a while. The last good result stays, or the one without
     a condition that is only begun. Of many papers, the first letter is painted before they are made ready for a search, and
     what is found comes before anything else that waits. */
  type() {
    if (!this.finder.ready && this.collection.papers.length > FEW) {
      this.count.stop();
      this.fill.stop();
      this.prepare();
      return;
    }
    const text = this.field.value,
      { conditions, error, fault } = this.read(text);
    this.wrong = error ?? fault ?? null;
    if ((this.complete(text) && !error) || !this.wrong)
      this.tellFault(null); // what is being written is no mistake yet
    else this.showFault();
    const last = text.search(/\s\S*$/) + 1,
      begun = this.wrong && text.slice(last).includes(":");
    const rest = begun ? this.read(text.slice(0, last)) : {};
    const typed = this.wrong ? !rest.fault && rest.conditions : conditions;
    if (!typed) return;
    this.typed = typed;
    this.unread = null;
    this.limit = STEP;
    this.draw(this.atOnce);
    this.fill();
    this.follow();
  }
  /** Offer the values of a facet that begin as is written.
      @param {string} text */
  complete(text) {
    const [, before = "", minus = "", name = "", start = ""] = BEGUN.exec(text) ?? [],
      { index, facets, derived } = this.collection;
    const facet = name && !TEXT_FIELDS.has(name) ? index.facet(name) : undefined,
      { values } = facet ? index.counts(facet, this.base) : { values: new Map() };
    const found =
      facet && /(^|[\s(])$/.test(before)
        ? index
            .beginning(facet, fold(start))
            .filter(value => values.get(value) && fold(value) !== fold(start))
        : [];
    this.completions.replaceChildren(
      ...found.slice(0, OFFERED).map(value =>
        el("option", {
          value: before + minus + toText(parse(`${facet}:${quoted(value)}`)),
          label: labelOf(facets.get(facet ?? "") ?? derived.get(facet ?? ""), value),
        }),
      ),
    );
    if (found.length) this.field.setAttribute("list", this.completions.id);
    else this.field.removeAttribute("list");
    return found.length > 0;
  }
  left() {
    this.address.settle();
    this.tellFault();
  }
  /* Conditions on facets become chips; words stay. */
  enter() {
    const { conditions = [], error, fault } = this.read(this.field.value);
    this.wrong = error ?? fault ?? null;
    this.tellFault();
    if (this.wrong) return;
    this.unread = null;
    this.take([...this.conditions, ...conditions]);
    this.draw();
    this.address.finish();
  }
  tellFault(wrong = this.wrong) {
    this.showFault.stop();
    if (wrong) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
    const earlier = wrong && !this.unread && this.field.value !== textOf(this.typed); // rows that would vanish while one types stay
    this.earlier.hidden = !earlier;
    const parts = wrong
      ? [
          this.placed(wrong),
          wrong.hint,
          earlier ? _("The rows are those of the last filter that could be read") : "",
        ]
      : [];
    this.fault.textContent = parts.filter(Boolean).map(sentence).join(" ");
  }
  /** What is wrong, and where in the text.
      @param {Mmu.Fault} fault */
  placed({ message, text = "", column }) {
    if (column === undefined) return message;
    const rest = [...text].slice(column).join("").slice(0, 12).trim();
    return rest
      ? _("{problem}, at character {n}, “{text}”", { problem: message, n: column + 1, text: rest })
      : _("{problem}, at character {n}, the end", { problem: message, n: column + 1 });
  }

  // --- Changing

  /** Words go to the field, all else to chips.
      @param {Mmu.Condition[]} conditions */
  take(conditions) {
    this.prepare.stop();
    this.conditions = conditions.filter(c => c.kind !== "text");
    this.typed = conditions.filter(c => c.kind === "text");
    this.field.value = textOf(this.typed);
  }
  /** Other conditions; the field keeps its words.
      @param {Mmu.Condition[]} conditions @param {string} [said] */
  change(conditions, said) {
    this.go({ conditions }, said);
  }

  /** A step: something else is shown, and said.
      @param {Partial<Pick<Explorer, "conditions" | "sort" | "chosen">> & { taken?: Mmu.Condition[] | null }} changes @param {string} [said] */
  go({ taken = this.unread ? [] : null, ...changes }, said = "") {
    this.address.settle();
    if (taken) {
      this.take(taken);
      this.wrong = this.unread = null;
    }
    Object.assign(this, { said, limit: STEP }, changes);
    this.tellFault();
    this.draw();
    this.address.push();
    const results = /** @type {HTMLElement} */ (this.bar.parentNode);
    if (results.getBoundingClientRect().top < 0)
      results.scrollIntoView({ block: "start", behavior: "instant" });
  }
  /** A tag of a row narrows what is shown. Opened elsewhere, its address shows all papers that have it.
      @param {MouseEvent} event */
  narrow(event) {
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event,
      link = /** @type {HTMLAnchorElement | null} */ (
        /** @type {Element | null} */ (/** @type {Element} */ (event.target).closest("a.mmu-tag"))
      );
    if (!link || button || ctrlKey || metaKey || shiftKey || altKey) return;
    const { conditions: [tag] = [] } = this.read(decoded(link.hash.replace("#q=", "")));
    if (tag?.kind !== "facet") return;
    event.preventDefault();
    const [value] = tag.values;
    this.change(
      tick(this.conditions, tag.facet, value, true, true),
      _("{value} chosen", { value: words(tag, this.collection).labels[0] }),
    );
    link.focus({ preventScroll: true });
  }
  /** Another order, which stays whatever is typed.
      @param {string} sort */
  sortBy(sort) {
    this.go({ sort, chosen: sort !== this.usual() });
  }
  clear() {
    this.go({ taken: [] }, _("All filters cleared"));
    this.field.focus();
  }

  /** The text of the filter. */
  text() {
    return this.unread ?? textOf([...this.conditions, ...this.typed]);
  }

  /** What the address is to say. */
  state() {
    const { papers } = this.collection,
      {
        selection: { papers: selected },
        hits,
        sort,
      } = this,
      names = this.table.names();
    const all =
      selected.size > 1 && selected.size === hits.length && hits.every(i => selected.has(i));
    return {
      q: this.text(),
      sort: sort === this.usual() ? "" : sort,
      cols: String(names) === String(this.table.usual) ? "" : names.join(","),
      sel: all ? "*" : [...selected].map(i => papers[i].key).join(","),
    };
  }
  /** Show what the address says. A filter that cannot be read shows nothing but what is wrong with it; `fault` is what
      is wrong with all of the address.
      @param {Mmu.State} state @param {number} [limit] @param {Mmu.Fault} [fault] */
  restore({ q, sort, cols, sel }, limit, fault) {
    const { conditions = [], error, fault: unknown } = this.read(q ?? "");
    this.take(conditions);
    if (error) this.field.value = q ?? "";
    this.wrong = error ?? unknown ?? fault ?? null;
    this.unread = error ? (q ?? "") : null;
    this.chosen = !!sort && isOrder(this.name, sort);
    this.sort = sort && this.chosen ? sort : this.usualSort;
    this.limit = limit || STEP;
    this.table.show(cols ? cols.split(",") : this.table.usual);
    this.match();
    const chosen = (sel ? sel.split(",") : [])
      .flatMap(key => this.collection.at(key) ?? [])
      .filter(i => this.base[i]);
    this.selection.papers = new Set(sel === "*" ? this.hits : chosen);
    this.tellFault();
    this.draw(atTop && !this.#opened ? FIRST : undefined);
    this.fill();
  }
  /** @param {string} name */
  find(name) {
    return this.table.find(name);
  }

  /** Show a row, whatever hides it.
      @param {number} i */
  reveal(i) {
    const at = this.hits.indexOf(i);
    if (at >= this.limit) {
      this.limit = Math.ceil((at + 1) / STEP) * STEP;
      this.drawRows();
    }
    if (this.table.lead(i)) return;
    this.showMore(Infinity); // groups have an order of their own
    this.table.lead(i);
  }

  // --- Finding

  /* The words that are looked for. */
  words() {
    return this.typed.map(wordOf).filter(Boolean);
  }

  /** The order as long as nobody has chosen one: of what words find the best first. */
  usual() {
    return this.words().length && !this.group ? BEST : this.usualSort;
  }

  /* What the search finds for the words, beside what has them as they are typed. A word is guessed only where nothing
     has it. */
  look() {
    const conditions = this.typed.filter(wordOf);
    this.asked = conditions.length ? this.finder.ask(conditions.map(wordOf)) : null;
    this.guesses = [];
    conditions.forEach((condition, n) => {
      const mask = evaluate(nodeOf(condition), this.collection.index);
      this.#masks.set(condition, mask);
      if (this.asked?.whole[n]) this.#masks.set(condition, this.asked.masks[n]);
      if (!this.asked || this.asked.whole[n] || (this.asked.guessed[n] && mask.includes(1))) return;
      if (this.asked.guessed[n] && this.asked.masks[n].includes(1))
        this.guesses.push(wordOf(condition));
      for (let i = 0; i < mask.length; i++) mask[i] |= this.asked.masks[n][i];
    });
  }

  /* A filter that means what the words say, beside the other conditions. What is none of it only looks like an answer where
     it is about a venue, a year or a link: it comes last. */
  findMeant() {
    const [offer] = this.asked ? this.finder.offered(this.words(), this.hits) : [],
      { conditions = [] } = offer ? this.read(offer.filter) : {};
    const words = new Map(this.typed.map(c => [wordOf(c), c])),
      others = [...this.conditions, ...this.typed.filter(c => !wordOf(c))];
    this.meant = offer
      ? {
          ...offer,
          conditions: [...others, ...conditions.map(c => (wordOf(c) && words.get(wordOf(c))) || c)],
        }
      : null;
    if (!offer?.sure || this.sort !== BEST) return;
    const mask = this.held(this.meant?.conditions ?? []);
    this.hits = [...this.hits.filter(i => mask[i]), ...this.hits.filter(i => !mask[i])];
  }
  drawMeant() {
    const { filter = "", note = "", sure = false, conditions = [] } = this.meant ?? {},
      n = filter ? size(this.held(conditions)) : 0;
    const said = [note, sure && n < this.hits.length ? _("which come first") : ""].filter(Boolean);
    this.offered.hidden = !n;
    this.offered.replaceChildren(
      ...(n
        ? filled(_("Or as a filter: {filter} {about}"), {
            filter: button(filter, () => {
              this.go({ taken: conditions });
              this.field.focus();
            }),
            about: [number(n), ...said].join(", "),
          })
        : []),
    );
  }

  // --- Matching

  /** @param {Mmu.Condition} condition */
  #mask(condition) {
    const masks = this.#masks;
    const mask = masks.get(condition) ?? evaluate(nodeOf(condition), this.collection.index);
    masks.set(condition, mask);
    return mask;
  }
  /** 1 for each paper for which all conditions hold; not to be changed.
      @param {Mmu.Condition[]} conditions */
  held(conditions) {
    if (!conditions.length) return this.base;
    return conditions.map(c => this.#mask(c)).reduce(both, this.base);
  }
  /** How many papers there would be without each condition: those for which all before it and all after it hold.
      @param {Mmu.Condition[]} conditions */
  sizesWithout(conditions) {
    const masks = conditions.map(c => this.#mask(c)),
      after = [this.base];
    for (const mask of masks.slice(1).reverse()) after.push(both(after[after.length - 1], mask));
    let before = this.base;
    return masks.map(mask => {
      const n = size(both(before, /** @type {Mmu.Mask} */ (after.pop())));
      before = both(before, mask);
      return n;
    });
  }
  /* All that the page is about, in order; not to be changed. */
  ordered() {
    const sort = this.sort === BEST ? this.usualSort : this.sort,
      orders = this.#orders;
    const found = orders.get(sort) ?? order(this.name, sort).filter(i => this.base[i]);
    orders.set(sort, found);
    return found;
  }
  match() {
    if (!this.chosen) this.sort = this.usual();
    this.look();
    this.found = this.unread
      ? new Uint8Array(this.base.length)
      : this.held([...this.conditions, ...this.typed]);
    const all = this.ordered();
    this.hits = this.found === this.base ? all : all.filter(i => this.found[i]);
    if (this.sort === BEST && this.asked) this.hits = this.asked.order(this.hits);
    this.findMeant();
  }
  /* What a tick chooses from: for alternatives, what matches without the others of the facet. */
  counter() {
    /** @type {Map<string, Mmu.Mask>} */
    const known = new Map();
    return (
      /** @type {string} */ facet,
      /** @type {boolean} */ all,
      /** @type {string} */ value,
    ) => {
      const gone = (/** @type {Mmu.Condition} */ c) =>
        c.kind === "facet" && c.facet === facet && (all ? c.values.includes(value) : !c.not);
      if (!this.conditions.some(gone)) return this.found;
      const name = `${facet} ${all ? value : ""}`;
      const mask =
        known.get(name) ?? this.held([...this.conditions.filter(c => !gone(c)), ...this.typed]);
      known.set(name, mask);
      return mask;
    };
  }

  // --- Drawing

  /** @param {number} [atOnce] */
  draw(atOnce) {
    this.match();
    if (atOnce)
      this.count(); // rows first, what a tick would leave then
    else this.drawBeside();
    this.table.drawHead();
    this.drawRows(atOnce);
    this.drawControls();
    this.drawChips();
    this.drawEmpty();
    this.selection.draw();
    if (this.#opened) this.say(); // a page that opens has said enough
    this.#opened = true;
    this.element.dispatchEvent(new CustomEvent("mmu:change", { bubbles: true }));
  }

  drawBeside() {
    this.drawFacets();
    this.drawMeant();
  }
  /* Until it is made, there are the links of the build, and the field has no examples. */
  drawFacets() {
    if (this.facetPanel) this.facetPanel.draw(this.counter());
    else this.makeFacets();
  }
  makeFacets() {
    this.facetPanel = facetPanel(this);
    this.field.placeholder = this.examples();
    const place = one(this.element, ".mmu-rail"),
      held = place.contains(document.activeElement);
    place.replaceChildren(this.facetPanel.element);
    this.facetPanel.draw(this.counter()); // its first control may be one of these
    if (held) this.facetPanel.focus();
  }
  drawControls() {
    for (const { box, hidden } of this.table.columns) box.checked = !hidden;
    const options = [...this.order.options],
      [best] = options; // the first that are in the list
    best.hidden = best.disabled = !this.words().length || !!this.group;
    if (!options.some(({ value }) => value === this.sort)) this.order.append(this.offer(this.sort));
    this.order.value = this.sort;
  }
  /** @param {number} [atOnce] @param {number} [limit] */
  drawRows(atOnce, limit = this.limit) {
    const { drawn, rest } = this.table.draw(this.hits, limit, atOnce);
    const found = this.hits.length,
      all = found === this.total;
    const focused = this.more.contains(document.activeElement);
    const more = [
      button(_("Show {n} more", { n: number(Math.min(rest, STEP)) }), () =>
        this.showMore(this.limit + STEP),
      ),
    ];
    if (rest > STEP)
      more.push(button(_("Show all {n}", { n: number(found) }), () => this.showMore(Infinity)));
    this.more.replaceChildren(...more);
    this.more.hidden = !rest || drawn > (atOnce ?? drawn); // it would move as the others follow
    if (focused && rest) more[0].focus({ preventScroll: true });
    this.countOf.textContent = number(found);
    this.units.textContent = all
      ? this.unitOf(found)
      : _("of {n} {unit}", { n: number(this.total), unit: this.unitOf(this.total) });
    const said = [
      rest ? _("{n} shown", { n: number(drawn) }) : "",
      this.guesses.length
        ? _("no match for {words}, so similar words are shown", {
            words: this.guesses.map(word => `“${word}”`).join(` ${_("or")} `),
          })
        : "",
    ];
    this.note.textContent = said.filter(Boolean).join("; ");
    this.drawFeed();
    if (this.files) this.files.hidden = !all;
    this.mark();
  }
  /** The feed that has all of these papers, and the fewest others: its address, "" without one, its title and size. */
  feedOf() {
    const {
        collection: { feed, feeds, facets, derived, index },
        conditions,
        typed,
      } = this,
      known = (this.baseConditions ??= read(this.baseNode, index));
    const all = [...known, ...conditions, ...typed],
      narrowed = all.filter(
        ({ kind, values, not }) => kind === "facet" && !not && values.length === 1,
      );
    if (!all.length) return { way: feed, title: _("all papers"), n: this.hits.length };
    const ways = narrowed.map(({ facet, values: [value] }) => ({
      way: facets.get(facet)?.terms.get(value)?.feed ?? feeds[facet]?.[value] ?? "",
      title: labelOf(facets.get(facet) ?? derived.get(facet), value),
      n: Number(index.counts(facet, this.every).values.get(value)),
    }));
    return ways.filter(one => one.way).sort((a, b) => a.n - b.n)[0] ?? { way: "", title: "", n: 0 };
  }
  drawFeed() {
    const { way, title, n } = this.feedOf();
    this.feed.hidden = !way;
    if (!way) return this.feed.replaceChildren();
    this.feed.textContent =
      n > this.hits.length
        ? _("Feed of {title}, which is wider than this list", { title })
        : _("Feed of new works: {title}", { title });
    this.feed.href = this.table.view.root + way;
  }
  /** Every row, and with it the filter and the address: paper has no buttons. */
  drawAll() {
    this.fill.stop();
    this.printed.replaceChildren(
      ...(this.text() ? [_("Filter: {filter}", { filter: this.text() }), el("br")] : []),
      location.href,
    );
    this.drawRows(Infinity, Infinity);
  }
  /** More rows; the focus goes to the first of them.
      @param {number} limit */
  showMore(limit) {
    const before = Math.min(this.limit, this.hits.length);
    this.limit = limit;
    this.drawRows();
    this.address.replace();
    const next = this.table.rows[before];
    (next?.querySelector("th a") ?? next?.querySelector("input"))?.focus({ preventScroll: true });
  }
  /** @param {number} n */
  unitOf(n) {
    return n === 1 ? this.unit : this.plural;
  }

  /** How many there are, in words. */
  result() {
    const n = this.hits.length,
      all = number(this.total),
      unit = this.unitOf(this.total);
    return n === this.total
      ? `${all} ${unit}`
      : _("{n} of {all} {unit}", { n: number(n), all, unit });
  }

  drawChips() {
    const { activeElement: active } = document,
      held = this.chips.contains(active) ? /** @type {HTMLElement} */ (active).dataset.mmuChip : "";
    const shown = [...this.conditions, this.typed.length],
      before = this.chipsOf;
    if (shown.length === before.length && shown.every((one, n) => one === before[n])) return;
    this.chipsOf = shown;
    const several = this.conditions.length + this.typed.length > 1;
    const clear = several ? [button(_("Clear all"), () => this.clear())] : [];
    this.chips.replaceChildren(...this.conditions.map((c, n) => this.chip(c, n)), ...clear);
    this.chips.hidden = !this.chips.firstChild;
    if (held) (this.chips.querySelector(`[data-mmu-chip="${held}"]`) ?? this.field).focus();
  }
  /** @param {Mmu.Condition} condition @param {number} n */
  chip(condition, n) {
    const { collection } = this,
      { name, verb, labels } = words(condition, collection);
    const not = condition.not || condition.node?.kind === "not",
      fixed = condition.kind === "year" || !verb;
    const turn = () => this.change(flip(this.conditions, condition, collection.index));
    const turned = {
      "aria-label": _("{condition}: invert", {
        condition: `${name} ${verb} ${labels.join(` ${_("or")} `)}`,
      }),
      "data-mmu-chip": `verb-${n}`,
    };
    const made = el("span", { class: not ? "mmu-chip mmu-not" : "mmu-chip" }, name);
    made.append(fixed ? el("span", {}, verb) : button(verb, turn, turned));
    labels.forEach((label, at) => {
      const says = `${name} ${verb} ${label}`,
        gone = () => {
          this.change(
            drop(this.conditions, condition, condition.values?.[at]),
            _("Removed {what}", { what: says }),
          );
          if (!this.chips.contains(document.activeElement)) this.field.focus();
        };
      if (at) made.append(el("span", { class: "mmu-hint" }, _("or")));
      const remove = {
        "aria-label": _("Remove {what}", { what: says }),
        "data-mmu-chip": `x-${n}-${at}`,
      };
      made.append(el("span", {}, label), button("×", gone, remove));
    });
    return made;
  }

  /* Which condition to remove, the one that leaves most first. */
  drawEmpty() {
    this.empty.hidden = this.hits.length > 0;
    if (this.hits.length) return;
    const all = [...this.conditions, ...this.typed],
      sizes = this.sizesWithout(all);
    const ways = all
      .map((c, at) => ({ c, n: sizes[at] }))
      .sort((a, b) => b.n - a.n)
      .slice(0, WAYS);
    const none = this.unitOf(1),
      few = ways.length < 2,
      enough = few || ways.some(({ n }) => n);
    const way = (
      /** @type {string} */ without,
      /** @type {() => void} */ act,
      /** @type {number} */ n,
    ) =>
      el(
        "li",
        {},
        button(_("Without {what}", { what: without }), act),
        ": ",
        el("b", {}, number(n)),
      );
    const items = enough
      ? ways.map(({ c, n }) => way(`“${this.phrase(c)}”`, () => this.forget(c), n))
      : [way(_("any of them"), () => this.clear(), this.total)];
    const lead = () => {
      if (!ways.length) return _("This filter cannot be read.");
      if (few) return _("No {unit} matches this.", { unit: none });
      return enough
        ? _("No {unit} matches all of these.", { unit: none })
        : _("No {unit} matches all of these, or all but one of them.", { unit: none });
    };
    const text = this.words().join(" "),
      page = searchPage();
    if (text && page)
      items.push(
        el(
          "li",
          {},
          el(
            "a",
            { href: `${new URL(page, root).href}?q=${encodeURIComponent(text)}` },
            _("Search all of this site for “{text}”", { text }),
          ),
        ),
      );
    this.empty.replaceChildren(
      el("p", {}, el("b", {}, lead())),
      el("ul", {}, ...(ways.length ? items : [])),
    );
  }
  /** A condition in a sentence.
      @param {Mmu.Condition} condition */
  phrase(condition) {
    const { name, verb, labels } = words(condition, this.collection);
    return condition.kind === "text"
      ? textOf([condition])
      : `${name} ${verb} ${labels.join(` ${_("or")} `)}`;
  }
  /** @param {Mmu.Condition} condition */
  forget(condition) {
    this.go({ taken: [...this.conditions, ...this.typed].filter(c => c !== condition) });
    this.field.focus();
  }

  /** @param {string} said */
  announce(said) {
    this.said = said;
    this.say();
  }
}
