/* Which keys act on a page. */
import { el } from "./el.js";
import { _, filled } from "./messages.js";

/** Whether a sign that is pressed there is written.
    @param {any} target */
export const writes = target =>
  target.isContentEditable ||
  Boolean(target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select"));

const OFF = "mmu-keys-off"; // what the browser remembers
/** Whether the keys / and ? act anywhere, which readers choose with the box. */
export const shortcuts = {
  off: false,
  /** @returns {boolean} */
  get on() {
    try {
      return !this.off && !localStorage.getItem(OFF);
    } catch {
      // a browser that remembers nothing
      return !this.off;
    }
  },
  set on(yes) {
    this.off = false;
    try {
      if (yes) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // until the page is left
      this.off = !yes;
    }
  },
  box() {
    const box = el("input", {
      type: "checkbox",
      change: () => {
        shortcuts.on = box.checked;
      },
    });
    box.checked = this.on;
    return el(
      "label",
      { class: "mmu-shortcuts" },
      box,
      " ",
      ...filled(_("The keys {slash} and {question} act anywhere on a page"), {
        slash: el("kbd", {}, "/"),
        question: el("kbd", {}, "?"),
      }),
    );
  },
};
