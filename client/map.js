/* The gap map, drawn anew for the facets, the threshold and the filter that a reader chooses: what figures/gap_map.py counts and
   ext/kinds/figures_html/gap_map.py writes, from the records that the page loads. The choice is in the address:
   #q=<filter>&rows=topic/2&columns=kind&expect=2; the second map of a page has q2, rows2 and so on. An explorer of the
   same number has the same q: either follows the other. */
import { copy, act } from "./clipboard.js";
import { el, one } from "./el.js";
import { fragment, decoded, encoded, isAuthor, setAddress } from "./fragment.js";
import { _ } from "./messages.js";
import { mmu } from "./mmu.js";
import * as query from "./query.js";
import { records } from "./records.js";

const MOST = 24,
  WIDEST = 5,
  LISTED = 3;

/** @param {string} words */
const heard = words => el("span", { class: "mmu-sr" }, ` ${words}`);

// --- Counting: figures/gap_map.py

/** One side: a facet at one depth, the values that papers of a set have. null if there is no such facet.
    @param {Mmu.Records} data @param {Mmu.Index} index @param {Mmu.Mask} found @param {string} spec @returns {Mmu.Side | null} */
function axis({ facets }, index, found, spec) {
  const [, name = "", depth = ""] = /^([^/]*)(?:\/(\d*))?$/.exec(spec) ?? [],
    facet = facets.find(f => f.name === name);
  if (!facet) return null;
  /** @type {Mmu.SideValue[]} */
  const values = [];
  const level = +(depth || 1),
    counts = index.counts(name, found).values;
  for (const { value, label } of facet.values) {
    const size = value.split("/").length === level ? counts.get(value) : 0;
    if (size) values.push({ value, label, size, mark: markOf(facet, value) });
  }
  const largest = new Set([...values].sort((a, b) => b.size - a.size).slice(0, MOST));
  const any = query.both(
    index.mask(
      name,
      values.map(v => v.value),
    ) ?? new Uint8Array(found.length),
    found,
  );
  return {
    name,
    label: facet.label,
    values: values.filter(v => largest.has(v)),
    any,
    leftOut: Math.max(0, values.length - MOST),
  };
}

/** The number badge of the top term that a value of a numbered facet is, or is below of.
    @param {Mmu.Facet} facet @param {string} value */
function markOf({ numbered, values }, value) {
  const top = numbered && values.find(v => v.value === value.split("/")[0]);
  return top && top.order ? top : null;
}

/** @param {Mmu.Side} rows @param {Mmu.Side} columns @param {Mmu.Index} index @param {Mmu.Mask} found @param {number} expect @returns {Mmu.Crossed} */
function cross(rows, columns, index, found, expect) {
  const total = query.size(found),
    common = query.both(rows.any, columns.any),
    tagged = query.size(common);
  const height = index.counts(rows.name, common).values,
    width = index.counts(columns.name, common).values;
  const cells = rows.values.map(row => {
    const held = query.both(/** @type {Mmu.Mask} */ (index.mask(rows.name, [row.value])), found);
    const counts = index.counts(columns.name, held).values;
    return columns.values.map(column => counts.get(column.value) ?? 0);
  });
  /** @type {Mmu.Gap[]} */
  const gaps = [];
  rows.values.forEach((r, i) =>
    columns.values.forEach((c, j) => {
      const product = (height.get(r.value) || 0) * (width.get(c.value) || 0);
      if (!cells[i][j] && product && product >= expect * tagged)
        gaps.push({ i, j, expected: product / tagged });
    }),
  );
  gaps.sort((a, b) => b.expected - a.expected || a.i - b.i || a.j - b.j);
  return { rows, columns, cells, total, both: tagged, gaps };
}

/** Count → shade from 1 to 5: fifths of the filled cells, equal counts alike.
    @param {Mmu.Crossed} crossed */
function shades({ cells }) {
  const filled = cells
    .flat()
    .filter(Boolean)
    .sort((a, b) => a - b);
  return new Map(filled.map(n => [n, 1 + Math.floor((5 * filled.indexOf(n)) / filled.length)]));
}

/** @param {number} number */
const tenths = number => (Math.floor(number * 10 + 0.5) / 10).toFixed(1);
/** @param {Mmu.Crossed} crossed @param {{ i: number, j: number }} gap */
const pair = ({ rows, columns }, { i, j }) =>
  `${rows.values[i].label} × ${columns.values[j].label}`;

/** @param {Mmu.Crossed} crossed */
function finding(crossed) {
  const size = crossed.rows.values.length * crossed.columns.values.length,
    { gaps } = crossed;
  if (!gaps.length)
    return _(
      "No gap among {size} combinations: every cell has papers where the totals suggest some.",
      { size },
    );
  const widest = pair(crossed, gaps[0]);
  return gaps.length === 1
    ? _("One gap among {size} combinations: {pair}.", { size, pair: widest })
    : _("{n} gaps among {size} combinations; the widest is {pair}.", {
        n: gaps.length,
        size,
        pair: widest,
      });
}

// --- Drawing: ext/kinds/figures_html/gap_map.py

/** @param {string} facet @param {string} value */
const condition = (facet, value) =>
  query.toText(/** @type {Mmu.Filter} */ ({ kind: "match", facet, value, prefix: false }));
const SIMPLE = /^[\p{L}\p{N}_-]+:(?:[\p{L}\p{N}_./-]+|"[^"\\]*")$/u;
/** @param {string[]} filters */
const joined = filters =>
  filters.length === 1 ? filters[0] : filters.map(f => (SIMPLE.test(f) ? f : `(${f})`)).join(" ");

/** The table of a matrix. `page` is the explorer's address, "" where there is none.
    @param {Mmu.Crossed} crossed @param {{ page: string, filters: string[], root: string, places: Record<string, string> }} site */
function table(crossed, { page, filters, root, places }) {
  const { rows, columns, cells, total, gaps } = crossed,
    shade = shades(crossed);
  const expected = new Map(gaps.map(g => [`${g.i} ${g.j}`, tenths(g.expected)]));
  /** @type {(count: number, ...conditions: [side: Mmu.Side, value: Mmu.SideValue][]) => Mmu.Kid[]} */
  const number = (count, ...conditions) => {
    const words = conditions.map(([, { label }]) => label).join(" × "),
      inside = words ? [`${count}`, heard(words)] : [`${count}`];
    if (!page) return inside;
    const text = joined([
      ...filters,
      ...conditions.map(([{ name }, { value }]) => condition(name, value)),
    ]);
    return [el("a", { href: page + (text && `#q=${encoded(text)}`) }, ...inside)];
  };
  /** @type {(side: Mmu.Side, value: Mmu.SideValue) => HTMLElement} */
  const total_ = (side, v) => el("td", { class: "mmu-sum" }, ...number(v.size, [side, v]));
  /** @type {(scope: string, side: Mmu.Side, value: Mmu.SideValue) => HTMLElement} */
  const head = (scope, side, { value, label, mark }) => {
    const place = places[`${side.name}:${value}`],
      th = el("th", { scope });
    if (mark) th.append(badge(mark), " ");
    th.append(
      place === undefined ? label : el("a", { class: "mmu-term", href: root + place }, label),
    );
    return th;
  };
  /** @type {(i: number, j: number) => HTMLElement} */
  const cell = (i, j) => {
    /** @type {[side: Mmu.Side, value: Mmu.SideValue][]} */
    const sides = [
      [rows, rows.values[i]],
      [columns, columns.values[j]],
    ];
    const count = cells[i][j],
      gap = expected.get(`${i} ${j}`);
    if (count) return el("td", { class: `mmu-q${shade.get(count)}` }, ...number(count, ...sides));
    return gap
      ? el(
          "td",
          { class: "mmu-gap" },
          _("gap"),
          heard(`${pair(crossed, { i, j })}, ${_("{number} expected", { number: gap })}`),
        )
      : el("td", {}, "0");
  };
  const every = _("all papers");
  return el(
    "table",
    { class: "mmu-map" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, rows.label),
        ...columns.values.map(v => head("col", columns, v)),
        el("th", { scope: "col" }, every),
      ),
    ),
    el(
      "tbody",
      {},
      ...rows.values.map((row, i) =>
        el(
          "tr",
          {},
          head("row", rows, row),
          ...columns.values.map((_, j) => cell(i, j)),
          total_(rows, row),
        ),
      ),
    ),
    el(
      "tfoot",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "row" }, every),
        ...columns.values.map(v => total_(columns, v)),
        el("td", { class: "mmu-sum" }, ...number(total)),
      ),
    ),
  );
}

/** @param {Mmu.Mark} mark */
const badge = ({ order, label }) =>
  el("span", { class: `mmu-badge mmu-c${order}`, title: label }, `${order}`, heard(label));

/** What the shades mean, the rule of gaps, and the widest of them.
    @param {Mmu.Crossed} crossed @param {number} expect */
function legend(crossed, expect) {
  /** @type {Map<number, [low: number, high: number]>} */
  const steps = new Map();
  const leftOut = crossed.rows.leftOut + crossed.columns.leftOut;
  for (const [count, shade] of [...shades(crossed)].sort(([a], [b]) => a - b))
    steps.set(shade, [steps.get(shade)?.[0] ?? count, count]);
  const scale = [...steps].map(([shade, [low, high]]) =>
    el("span", { class: `mmu-q${shade}` }, low === high ? `${low}` : `${low}–${high}`),
  );
  const more = leftOut
    ? ` ${leftOut === 1 ? _("{n} value with fewer papers is left out.", { n: leftOut }) : _("{n} values with fewer papers are left out.", { n: leftOut })}`
    : "";
  const values = { expect, n: crossed.both };
  const rule =
    crossed.both === 1
      ? _(
          "no paper, though at least {expect} would be expected ({n} paper is tagged in both)",
          values,
        )
      : _(
          "no paper, though at least {expect} would be expected ({n} papers are tagged in both)",
          values,
        );
  const made = [
    el(
      "p",
      { class: "mmu-hint mmu-scale" },
      ...scale,
      ` ${_("papers")} `,
      el("span", { class: "mmu-gap" }, _("gap")),
      ` ${rule}.${more}`,
    ),
  ];
  const widest = crossed.gaps
    .slice(0, WIDEST)
    .map(g => `${pair(crossed, g)}, ${_("{number} expected", { number: tenths(g.expected) })}`);
  if (crossed.gaps.length > 1)
    made.push(
      el("p", { class: "mmu-hint" }, _("Widest gaps: {gaps}.", { gaps: widest.join("; ") })),
    );
  return made;
}

// --- A map and its controls

class GapMap {
  /** @param {HTMLElement} figure @param {number} number */
  constructor(figure, number) {
    const {
      mmuRows: rows = "",
      mmuColumns: columns = "",
      mmuExpect: expect = "",
      mmuFilters = "",
      mmuPlaces = "",
      mmuRoot: root = "",
      mmuExplorerPage: page = "",
    } = figure.dataset;
    this.figure = figure;
    this.number = number;
    this.suffix = number ? `${number + 1}` : "";
    this.data = /** @type {Mmu.Records} */ (records("papers"));
    this.index = query.indexOf(this.data);
    /** @type {string[]} */
    this.filters = JSON.parse(mmuFilters);
    this.site = { root, page, places: JSON.parse(mmuPlaces) };
    this.base = this.held(this.filters);
    /** @type {Mmu.MapState} */
    this.defaults = { q: "", rows, columns, expect };
    this.state = { ...this.defaults };
    this.typing = this.leading = false;
    this.caption = one(figure, "figcaption span").textContent;
    this.choices = this.specs();
    const error = `mmu-map-error${this.suffix}`;
    this.rows = this.select("rows");
    this.columns = this.select("columns");
    this.expect = el("input", {
      type: "number",
      min: "1",
      step: "1",
      change: ev => this.change({ expect: ev.target.value }),
    });
    this.field = el("input", {
      type: "search",
      placeholder: this.example(),
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": error,
      input: () => this.typed(),
      change: () => this.typed(),
    });
    this.said = el("p", { id: error, class: "mmu-map-error", role: "status" });
    this.live = el("p", { class: "mmu-sr", role: "status" });
    this.reset = el(
      "button",
      {
        type: "button",
        click: () => {
          this.change(this.defaults);
          this.rows.focus();
        },
      },
      _("Reset"),
    );
    this.copy = act(_("Copy as directive"), () => copy(this.directive()), this.live);
    this.foot = el("p", { class: "mmu-map-foot", hidden: !isAuthor() }, this.copy);
    this.controls();
    addEventListener("hashchange", () => this.follow());
    this.follow();
    document.addEventListener("mmu:change", () => this.listen());
  }

  /* The explorer of papers that has the same number on the page, if there is one. */
  get explorer() {
    const there = mmu.explorers?.[this.number];
    return there?.element.dataset.mmuCollection === "papers" ? there : null;
  }

  /* What the explorer filters by, the map does, unless it was the map that was changed. */
  listen() {
    const q = this.leading ? undefined : this.explorer?.text();
    if (q === undefined || q === this.state.q) return;
    this.state = { ...this.state, q };
    this.field.value = q;
    this.typing = false;
    this.show();
  }

  /** 0 or 1 for each paper that matches all filters.
      @param {string[]} filters */
  held(filters) {
    return query.evaluate(query.allOf(...filters.map(query.parse)), this.index);
  }

  /* What a side may be: each facet, at each depth at which papers have values; spec → label. */
  specs() {
    const found = new Map();
    for (const { name, label, values } of this.data.facets) {
      const depths = new Set(values.map(v => v.value.split("/").length));
      for (const depth of [...depths].sort()) {
        const spec = depth > 1 ? `${name}/${depth}` : name;
        if (axis(this.data, this.index, this.base, spec)?.values.length)
          found.set(spec, depth > 1 ? _("{facet}, level {n}", { facet: label, n: depth }) : label);
      }
    }
    return found;
  }

  /* A filter that this survey's words make. */
  example() {
    const tags = this.data.facets.flatMap(f => f.values.map(v => `${f.name}:${v.value}`));
    return [tags.find(tag => !/[\s"()]/.test(tag)), "has:code"].filter(Boolean).join(" ");
  }

  /** @param {"rows" | "columns"} name */
  select(name) {
    return el(
      "select",
      { change: ev => this.change({ [name]: ev.target.value }) },
      ...[...this.choices].map(([value, label]) => el("option", { value }, label)),
    );
  }

  controls() {
    /** @type {(text: string, control: HTMLElement, className?: string | null) => HTMLElement} */
    const label = (text, control, className = null) =>
      el("label", { class: className }, text, control);
    const form = el(
      "form",
      {
        class: "mmu-map-set",
        submit: ev => {
          ev.preventDefault();
          this.typed();
        },
      },
      label(_("Rows"), this.rows),
      label(_("Columns"), this.columns),
      el(
        "button",
        {
          type: "button",
          click: () => this.change({ rows: this.state.columns, columns: this.state.rows }),
        },
        _("Swap"),
      ),
      label(_("Expected for a gap"), this.expect),
      label(_("Only papers that match"), this.field, "mmu-map-q"),
      this.reset,
      this.said,
      this.live,
    );
    form.setAttribute(
      "aria-label",
      _("Rows, columns and papers of map {n}", { n: this.number + 1 }),
    );
    one(this.figure, "figcaption").after(form);
    this.figure.insertBefore(this.foot, this.figure.querySelector(".mmu-fig-take"));
  }

  /* The state that the address asks for; what it leaves out or gets wrong is as the page was built. */
  follow() {
    const { fields: asked, fault } = fragment(),
      { q, rows, columns, expect } = this.defaults;
    /** @type {(name: string, valid: (value: string) => boolean, other: string) => string} */
    const get = (name, valid, other) => {
      const given = asked.get(name + this.suffix),
        value = given === undefined ? given : decoded(given);
      return value !== undefined && valid(value) ? value : other;
    };
    const spec = (/** @type {string} */ value) => this.choices.has(value),
      sides = { rows: get("rows", spec, rows), columns: get("columns", spec, columns) };
    this.state = {
      q: get("q", () => true, q),
      ...(sides.rows === sides.columns ? { rows, columns } : sides),
      expect: get("expect", isCount, expect),
    };
    this.field.value = this.state.q;
    this.typing = false;
    this.show(fault);
  }

  /** A reader's change: a new entry of the history, but one for the letters of a filter. A side that takes the facet of the
      other gives it its own.
      @param {Partial<Mmu.MapState>} changes @param {boolean} [typing] */
  change(changes, typing = false) {
    if (changes.expect !== undefined && !isCount(changes.expect)) return this.show();
    const { rows, columns } = this.state;
    this.state = {
      ...this.state,
      ...(changes.rows === columns && { columns: rows }),
      ...(changes.columns === rows && { rows: columns }),
      ...changes,
    };
    if (!typing) this.field.value = this.state.q;
    const { fields: asked } = fragment();
    for (const [name, value] of /** @type {[keyof Mmu.MapState, string][]} */ (
      Object.entries(this.state)
    )) {
      asked.delete(name + this.suffix);
      if (value !== this.defaults[name])
        asked.set(name + this.suffix, encodeURIComponent(value).replaceAll("%2F", "/"));
    }
    const text = [...asked].map(pair => pair.join("=")).join("&");
    const address = text ? `#${text}` : location.pathname + location.search;
    if (location.hash.slice(1) !== text)
      setAddress(typing && this.typing ? "replaceState" : "pushState", address);
    this.typing = typing;
    this.show();
    this.leading = true;
    this.explorer?.follow();
    this.leading = false;
  }

  typed() {
    const q = this.field.value.trim();
    if (q !== this.state.q) this.change({ q }, true);
  }

  /** @param {Mmu.Fault} [fault] */
  show(fault) {
    const { q, rows, columns, expect } = this.state;
    this.rows.value = rows;
    this.columns.value = columns;
    this.expect.value = expect;
    this.reset.hidden = /** @type {(keyof Mmu.MapState)[]} */ (Object.keys(this.defaults)).every(
      name => this.state[name] === this.defaults[name],
    );
    const filters = q ? [...this.filters, q] : this.filters,
      found = this.read(q, filters, fault);
    this.copy.disabled = !found;
    if (found) this.draw(filters, found, rows, columns, +expect);
  }

  /** The papers of the state; null, and the reason in words, for a filter that cannot be read. `fault` is what is wrong
      with all of the address.
      @param {string} q @param {string[]} filters @param {Mmu.Fault} [fault] */
  read(q, filters, fault) {
    let words,
      found = null;
    try {
      const node = q && query.parse(q),
        faults = node ? query.check(node, this.index) : [];
      if (node) query.bound(node, this.index);
      found = this.held(filters);
      const said = [...(fault ? [fault] : []), ...faults.slice(0, LISTED)].map(
        f => `${f.message}${f.hint ? `: ${f.hint}` : ""}`,
      );
      if (faults.length > LISTED) said.push(_("and {n} more", { n: faults.length - LISTED }));
      words = said.join("; ");
    } catch (error) {
      if (!(error instanceof query.FilterError)) throw error;
      words = _("The map is unchanged: {reason}.", {
        reason: error.hint ? `${error.message}; ${error.hint}` : error.message,
      });
    }
    if (words) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
    this.said.textContent = words;
    return found;
  }

  /** @param {string[]} filters @param {Mmu.Mask} found @param {string} rows @param {string} columns @param {number} expect */
  draw(filters, found, rows, columns, expect) {
    const { data, figure } = this,
      total = query.size(found),
      sides = [axis(data, this.index, found, rows), axis(data, this.index, found, columns)];
    const empty = sides.some(side => !side?.values.length),
      box = one(figure, ".mmu-scroll"),
      caption = this.captionOf();
    const [side, other] = sides,
      crossed = side && other && !empty ? cross(side, other, this.index, found, expect) : null;
    const words = crossed
      ? finding(crossed)
      : total
        ? _("None of {n} papers has values of both.", { n: total })
        : _("Nothing matches.");
    one(figure, "figcaption b").textContent = words;
    one(figure, "figcaption span").textContent = caption;
    box.setAttribute("aria-label", caption);
    box.hidden = empty;
    box.replaceChildren(...(crossed ? [table(crossed, { ...this.site, filters })] : []));
    for (const old of figure.querySelectorAll(":scope>.mmu-hint")) old.remove();
    if (crossed) this.foot.before(...legend(crossed, expect));
    this.live.textContent = `${_("{n} papers.", { n: total })} ${words}`;
  }

  captionOf() {
    const { q, rows, columns } = this.state,
      { defaults, choices, caption } = this;
    const same = rows === defaults.rows && columns === defaults.columns;
    return (
      (same
        ? caption
        : _("{rows} by {columns}.", {
            rows: choices.get(rows) ?? "",
            columns: choices.get(columns) ?? "",
          })) + (q ? ` ${_("Only papers that match {filter}.", { filter: q })}` : "")
    );
  }

  /* What an author pastes to show this very map. */
  directive() {
    const { q, rows, columns, expect } = this.state,
      filters = q ? [...this.filters, q] : this.filters;
    const filter =
      filters.length > 1 ? filters.map(f => `(${f})`).join(" AND ") : (filters[0] ?? "");
    const options = { filter, rows, columns, expect, caption: this.captionOf() };
    const lines = Object.entries(options)
      .filter(([, value]) => value)
      .map(([name, value]) => `:${name}: ${query.option(value)}`);
    return ["```{mmu:gap-map}", ...lines, "```", ""].join("\n");
  }
}

/** @param {string} text */
const isCount = text => /^[1-9][0-9]{0,5}$/.test(text);

if (records("papers"))
  document.querySelectorAll("[data-mmu-map]").forEach((figure, n) => new GapMap(figure, n));
