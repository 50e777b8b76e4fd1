/* Buttons that copy the BibTeX of a work, and its references in plain text. Needs mmu-dom.js. */
(() => {
"use strict";
const { el, copy } = window.mmu, SAID = 1500; // ms for which a button says what it has done

/** A button that copies the text of an element as it is now. */
function button(name, { textContent }) {
  const label = `Copy ${name}`, said = el("span", { class: "mmu-sr", role: "status" });
  const made = el("button", { type: "button" }, label);
  made.addEventListener("click", async () => {
    try {
      await copy(textContent.trim());
      made.textContent = "Copied";
    } catch (error) {
      made.textContent = error.message;
    }
    said.textContent = `${label}: ${made.textContent}`;
    setTimeout(() => {
      made.textContent = label;
      said.textContent = "";
    }, SAID);
  });
  return el("span", { class: "mmu-copy" }, made, said);
}

for (const block of document.querySelectorAll(".mmu-code, .highlight-bibtex pre")) block.after(button("BibTeX", block));
for (const name of document.querySelectorAll(".mmu-references dt")) {
  const text = name.nextElementSibling;
  text.append(" ", button(name.textContent, text));
}
})();
