/* What the scripts of pages share.
   An element with children: mmu.el("a", { href, click: act }, "text"). A property of null or false is left out, true is an
   attribute without a value, a function listens to the event of its name.
   The state that the address holds: mmu.fragment() gives {fields, anchor, fault}: the fields behind # as they are written,
   a Map; or the anchor, where there are none; `fault`, {message, hint}, if there is too much to be read.
   mmu.decoded(text) is what a field means; also of one that no program has written.
   mmu.copy(text) puts a text where it can be pasted from, or throws an error that says why not. */
(() => {
"use strict";
const LONGEST = 200_000; // characters: more keep a browser busy for seconds
const { mmu = {} } = window;

const el = (tag, props = {}, ...kids) => {
  const made = document.createElement(tag);
  for (const name in props) {
    const value = props[name];
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...kids);
  return made;
};

function fragment() {
  const text = location.hash.slice(1), fields = new Map();
  if (text.length > LONGEST) return { fields, anchor: "", fault: {
    message: "the address is longer than 200,000 characters and has not been read", hint: "shorten what follows the #",
  } };
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    if (at >= 0) fields.set(part.slice(0, at), part.slice(at + 1));
  }
  return { fields, anchor: fields.size ? "" : text };
}

function decoded(text) {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // no permission, or no such thing: the old way
    const area = el("textarea", { class: "mmu-sr", "aria-hidden": "true" }), { activeElement } = document;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    activeElement?.focus();
    if (!done) throw new Error("Not copied: the browser forbids it");
  }
}

window.mmu = Object.assign(mmu, { el, fragment, decoded, copy });
})();
