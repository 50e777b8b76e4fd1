/* The keyboard in an explorer: one Tab stop for a facet, arrows through its values and through rows, the list of keys.
   Letters act only while a row has the focus.

     keys.arrows(panel);           // once for a panel of facets
     keys.facets(panel);           // whenever its controls were made, shown or hidden
     keys.rows(explorer);          // {element, collection, field, table, empty, more, selection, announce}
     keys.toRows(explorer);        // the focus goes to the first row, or to what is offered instead
     keys.help();                  // opens the list of keys */
import { el } from "./el.js";
import { _ } from "./messages.js";
import { shortcuts, writes } from "./shortcuts.js";

const ROW = "tr[data-mmu-key]";
/** @type {Record<string, number>} */
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
/** @type {Record<string, number>} */
const SIDES = { ArrowLeft: -1, ArrowRight: 1 };
const KEYS = [
  ["/", _("Go to the search field")],
  ["↓", _("From the field: go to the first row")],
  ["j ↓", _("Next row")],
  ["k ↑", _("Previous row")],
  ["← →", _("Through the controls of a row, or of a value of a facet")],
  ["x", _("Select the row")],
  ["Shift ↑ ↓", _("Select several rows, as a click with Shift does")],
  ["Enter", _("Open the paper")],
  ["c", _("Go to what can be done with the selected rows")],
  ["?", _("Show these keys")],
];

/** @param {Element} control */
const seen = control => !control.closest("[hidden], .mmu-folded>:not(legend)");
/** @param {KeyboardEvent} given */
const plain = ({ altKey, ctrlKey, metaKey, isComposing }) =>
  !(altKey || ctrlKey || metaKey || isComposing);
/** @param {Event} event */
const handled = event => {
  event.preventDefault();
  event.stopPropagation();
};

// --- Facets

/** @param {Element} group */
const controlsOf = group => [...group.querySelectorAll("input, button")].filter(seen);
/** @param {Element} control */
const lineOf = control => control.closest(".mmu-opt") ?? control;

/** The facets of a panel have one Tab stop each: what had the focus last, or the first control.
    @param {Element} panel */
export function facets(panel) {
  for (const group of panel.querySelectorAll(".mmu-facet")) {
    const stop = controlsOf(group).find(c => c.getAttribute("tabindex") === "0");
    stopAt(group, stop ?? controlsOf(group)[0]);
  }
}
/** @param {Element} group @param {Element} stop */
function stopAt(group, stop) {
  for (const control of group.querySelectorAll("input, button")) {
    const wanted = control === stop ? "0" : "-1";
    if (control.getAttribute("tabindex") !== wanted) control.setAttribute("tabindex", wanted);
  }
}

/** Arrows move within a facet, and the Tab stop with them.
    @param {HTMLElement} panel */
export function arrows(panel) {
  panel.addEventListener("focusin", event => {
    const target = /** @type {Element} */ (event.target),
      group = target.matches("input, button") && target.closest(".mmu-facet");
    if (group) stopAt(group, target);
  });
  panel.addEventListener("keydown", event => {
    const { key } = event,
      target = /** @type {HTMLElement} */ (event.target),
      group = target.closest(".mmu-facet");
    if (!group || !plain(event) || event.shiftKey || !target.matches("input, button")) return;
    const controls = controlsOf(group),
      line = lineOf(target),
      firsts = controls.filter((c, n) => lineOf(c) !== lineOf(controls[n - 1] ?? group));
    const at = firsts.findIndex(c => lineOf(c) === line),
      beside = controls.filter(c => lineOf(c) === line),
      n = beside.indexOf(target);
    /** @type {Record<string, HTMLElement | undefined>} */
    const written = writes(target)
      ? {}
      : {
          ArrowLeft: beside[n - 1],
          ArrowRight: beside[n + 1],
          Home: firsts[0],
          End: firsts.at(-1),
        };
    const next =
      key === "ArrowUp" ? firsts[at - 1] : key === "ArrowDown" ? firsts[at + 1] : written[key];
    if (!next) return;
    handled(event);
    next.focus();
  });
}

// --- Rows

/** @param {Element} row */
const mainOf = row => row.querySelector("th a") ?? row.querySelector("input");

/** The first row has the focus, or the first thing that is offered where nothing matches.
    @param {Mmu.Explorer} explorer */
export function toRows({ table, empty, field }) {
  const [row] = table.rows;
  ((row ? mainOf(row) : empty.querySelector("button")) ?? field).focus();
}

/** @param {Mmu.Explorer} explorer */
export function rows(explorer) {
  const { element, field, table, more } = explorer;
  field.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" || !plain(event) || event.defaultPrevented || field.list) return; // to the values offered
    handled(event);
    toRows(explorer);
  });
  element.addEventListener("keydown", event => {
    const { key, shiftKey } = event,
      target = /** @type {HTMLElement} */ (event.target),
      row = target.closest(ROW),
      last = more.contains(target);
    if (!(row || last) || !plain(event) || writes(target)) return;
    const all = table.rows,
      at = row ? all.indexOf(row) : all.length,
      step = STEPS[key];
    const side = SIDES[key];
    if (step) go(event, all[at], all[at + step], step);
    else if (row && key === "x") choose(row);
    else if (row && key === "c" && explorer.selection.papers.size)
      explorer.selbar.element.querySelector("summary")?.focus();
    else if (row && side && !shiftKey) beside(row, target, side);
    else return;
    handled(event);
  });

  /** @param {KeyboardEvent} given @param {HTMLElement | undefined} from @param {HTMLElement | undefined} to @param {number} step */
  function go({ key, shiftKey }, from, to, step) {
    const ranging = shiftKey && key.startsWith("Arrow");
    if (ranging && from && to) {
      explorer.selection.extend(Number(table.at(from)), Number(table.at(to)));
      explorer.announce(_("{n} selected", { n: explorer.selection.papers.size }));
    }
    const above = key === "ArrowUp" && !shiftKey ? field : null,
      beyond = step > 0 ? more.querySelector("button") : above;
    (to ? mainOf(to) : beyond)?.focus();
  }
  /** @param {HTMLElement} row */
  function choose(row) {
    const i = Number(table.at(row)),
      on = !explorer.selection.papers.has(i),
      paper = explorer.collection.papers[i].label;
    explorer.selection.choose(i, on);
    explorer.announce(
      on ? _("{paper} selected", { paper }) : _("{paper} no longer selected", { paper }),
    );
  }
  /** @param {HTMLElement} row @param {HTMLElement} target @param {number} side */
  function beside(row, target, side) {
    const controls = [...row.querySelectorAll("a, input")].filter(seen);
    controls[controls.indexOf(target) + side]?.focus();
  }
}

// --- The list

/** @type {HTMLDialogElement | null} */
let dialog = null;

/** Show the keys. */
export function help() {
  const made = (dialog ??= el(
    "dialog",
    {
      class: "mmu-keys",
      "aria-label": _("Keys"),
      click: ({ target }) => {
        if (target === dialog) dialog?.close(); // its backdrop
      },
    },
    el(
      "form",
      { method: "dialog" },
      el("h2", {}, _("Keys")),
      el(
        "dl",
        {},
        ...KEYS.map(([keys, text]) =>
          el(
            "div",
            {},
            el("dt", {}, ...keys.split(" ").flatMap(k => [el("kbd", {}, k), " "])),
            el("dd", {}, text),
          ),
        ),
      ),
      el("p", { class: "mmu-hint" }, _("Letters and arrows act while a row has the focus.")),
      shortcuts.box(),
      el("p", {}, el("button", { autofocus: true }, _("Close"))),
    ),
  ));
  if (!made.isConnected) document.body.append(made);
  if (!made.open) made.showModal();
}

document.addEventListener("keydown", event => {
  if (
    event.key !== "?" ||
    !plain(event) ||
    writes(event.target) ||
    !shortcuts.on ||
    document.querySelector("dialog[open]")
  )
    return;
  handled(event);
  help();
});
