/* Buttons that copy the BibTeX of a work, and its references in plain text. */
import { el } from "./el.js";
import { copy, act } from "./clipboard.js";
import { _ } from "./messages.js";

/** A button that copies the text of an element as it is now.
    @param {string} name @param {Element} given */
function button(name, { textContent }) {
  const said = el("span", { class: "mmu-sr", role: "status" });
  return el(
    "span",
    { class: "mmu-copy" },
    act(_("Copy {what}", { what: name }), () => copy(textContent.trim()), said),
    said,
  );
}

for (const block of document.querySelectorAll(".highlight-bibtex pre"))
  block.after(button("BibTeX", block));
for (const name of document.querySelectorAll(".mmu-references dt")) {
  const text = /** @type {Element} */ (name.nextElementSibling);
  text.append(" ", button(name.textContent, text));
}
