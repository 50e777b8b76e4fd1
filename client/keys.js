/* The keyboard in an explorer: one Tab stop for a facet, arrows through its values and through rows, the list of keys.
   Letters act only while a row has the focus.

     keys.arrows(rail);            // once for a rail
     keys.facets(rail);            // whenever its controls were made, shown or hidden
     keys.rows(explorer);          // {element, collection, field, table, empty, more, selected, choose, extend, announce}
     keys.toRows(explorer);        // the focus goes to the first row, or to what is offered instead
     keys.help();                  // opens the list of keys */
import { el } from "./el.js";
import { shortcuts, writes } from "./shortcuts.js";

const ROW = "tr[data-mmu-key]";
const KEYS = [
  ["/", "Go to the search field"],
  ["↓", "From the field: go to the first row"],
  ["j ↓", "Next row"], ["k ↑", "Previous row"],
  ["← →", "Through the controls of a row, or of a value of a facet"],
  ["x", "Select the row"], ["Shift ↑ ↓", "Select several rows, as a click with Shift does"],
  ["Enter", "Open the paper"],
  ["?", "Show these keys"],
];

const seen = control => !control.closest("[hidden]");
const plain = ({ altKey, ctrlKey, metaKey, isComposing }) => !(altKey || ctrlKey || metaKey || isComposing);
const handled = event => {
  event.preventDefault();
  event.stopPropagation();
};

// --- Facets

const controlsOf = group => [...group.querySelectorAll("input, button")].filter(seen);
const lineOf = control => control.closest(".mmu-opt") ?? control;

/** The facets of a rail have one Tab stop each: what had the focus last, or the first control. */
export function facets(rail) {
  for (const group of rail.querySelectorAll(".mmu-facet")) {
    const stop = controlsOf(group).find(c => c.getAttribute("tabindex") === "0");
    stopAt(group, stop ?? controlsOf(group)[0]);
  }
}
function stopAt(group, stop) {
  for (const control of group.querySelectorAll("input, button")) {
    const wanted = control === stop ? "0" : "-1";
    if (control.getAttribute("tabindex") !== wanted) control.setAttribute("tabindex", wanted);
  }
}

/** Arrows move within a facet, and the Tab stop with them. */
export function arrows(rail) {
  rail.addEventListener("focusin", ({ target }) => {
    const group = target.matches("input, button") && target.closest(".mmu-facet");
    if (group) stopAt(group, target);
  });
  rail.addEventListener("keydown", event => {
    const { key, target } = event, group = target.closest(".mmu-facet");
    if (!group || !plain(event) || event.shiftKey || !target.matches("input, button")) return;
    const controls = controlsOf(group), line = lineOf(target), firsts = controls.filter((c, n) => lineOf(c) !== lineOf(controls[n - 1] ?? group));
    const at = firsts.findIndex(c => lineOf(c) === line), beside = controls.filter(c => lineOf(c) === line), n = beside.indexOf(target);
    const written = writes(target) ? {} : { ArrowLeft: beside[n - 1], ArrowRight: beside[n + 1], Home: firsts[0], End: firsts.at(-1) };
    const next = { ArrowUp: firsts[at - 1], ArrowDown: firsts[at + 1], ...written }[key];
    if (!next) return;
    handled(event);
    next.focus();
  });
}

// --- Rows

const mainOf = row => row.querySelector("th a") ?? row.querySelector("input");

/** The first row has the focus, or the first thing that is offered where nothing matches. */
export function toRows({ table, empty, field }) {
  const [row] = table.rows;
  (row ? mainOf(row) : empty.querySelector("button") ?? field).focus();
}

export function rows(explorer) {
  const { element, field, table, more } = explorer;
  field.addEventListener("keydown", event => {
    if (event.key !== "ArrowDown" || !plain(event) || event.defaultPrevented) return;
    handled(event);
    toRows(explorer);
  });
  element.addEventListener("keydown", event => {
    const { target, key, shiftKey } = event, row = target.closest(ROW), last = more.contains(target);
    if (!(row || last) || !plain(event) || writes(target)) return;
    const all = table.rows, at = row ? all.indexOf(row) : all.length, step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
    const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (step) go(event, all[at], all[at + step], step);
    else if (row && key === "x") choose(row);
    else if (row && side && !shiftKey) beside(row, target, side);
    else return;
    handled(event);
  });

  function go({ key, shiftKey }, from, to, step) {
    const ranging = shiftKey && key.startsWith("Arrow");
    if (ranging && from && to) {
      explorer.extend(table.at(from), table.at(to));
      explorer.announce(`${explorer.selected.size} selected`);
    }
    const above = key === "ArrowUp" && !shiftKey ? field : null, beyond = step > 0 ? more.querySelector("button") : above;
    (to ? mainOf(to) : beyond)?.focus();
  }
  function choose(row) {
    const i = table.at(row), on = !explorer.selected.has(i);
    explorer.choose(i, on);
    explorer.announce(`${explorer.collection.papers[i].label} ${on ? "selected" : "no longer selected"}`);
  }
  function beside(row, target, side) {
    const controls = [...row.querySelectorAll("a, input")].filter(seen);
    controls[controls.indexOf(target) + side]?.focus();
  }
}

// --- The list

let dialog = null;

/** Show the keys. */
export function help() {
  dialog ??= el("dialog", { class: "mmu-keys", "aria-label": "Keys", click: ({ target }) => {
    if (target === dialog) dialog.close(); // its backdrop
  } }, el("form", { method: "dialog" },
    el("h2", {}, "Keys"),
    el("dl", {}, ...KEYS.map(([keys, text]) => el("div", {}, el("dt", {}, ...keys.split(" ").flatMap(k => [el("kbd", {}, k), " "])), el("dd", {}, text)))),
    el("p", { class: "mmu-hint" }, "Letters and arrows act while a row has the focus."), shortcuts.box(),
    el("p", {}, el("button", { autofocus: true }, "Close"))));
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("keydown", event => {
  if (event.key !== "?" || !plain(event) || writes(event.target) || !shortcuts.on || document.querySelector("dialog[open]")) return;
  handled(event);
  help();
});
