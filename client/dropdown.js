import { el } from "./el.js";

/** A button that opens what is below it; Escape and a click elsewhere close it.
    @param {string} label @param {HTMLElement} content */
export function dropdown(label, content) {
  const summary = el("summary", {}, label),
    menu = el("details", { class: "mmu-menu" }, summary, content);
  menu.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    summary.focus();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !menu.contains(relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
  });
  return menu;
}
