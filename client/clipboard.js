/* What is copied and saved. */
import { el } from "./el.js";
import { _ } from "./messages.js";

const SAID = 1500; // ms for which a button says what it has done

/** Put a text where it can be pasted from, or throw an error that says why not.
    @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // no permission, or no such thing: the old way
    const area = el("textarea", { class: "mmu-sr", "aria-hidden": "true" }),
      { activeElement } = document;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    /** @type {HTMLElement | null} */ (activeElement)?.focus();
    if (!done) throw new Error(_("Not copied: the browser forbids it"));
  }
  return _("Copied");
}

/** Save a text as a file.
    @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  return _("Saved");
}

/** A button for such acts: it says for a while what `run` gives, or what has failed; so does `status`, an element for those
    who listen, if there is one.
    @param {string} label @param {() => string | Promise<string>} run @param {HTMLElement | null} [status] */
export function act(label, run, status = null) {
  const made = el(
    "button",
    {
      type: "button",
      click: async () => {
        try {
          made.textContent = await run();
        } catch (error) {
          made.textContent = /** @type {Error} */ (error).message;
        }
        const said = _("{label}: {value}", { label, value: made.textContent });
        if (status) status.textContent = said;
        setTimeout(() => {
          made.textContent = label;
          if (status?.textContent === said) status.textContent = "";
        }, SAID);
      },
    },
    label,
  );
  return made;
}
