/* What the scripts of pages share.
   An element with children: mmu.el("a", { href, click: act }, "text"). A property of null or false is left out, true is an
   attribute without a value, a function listens to the event of its name.
   The state that the address holds: mmu.fragment() gives {fields, anchor, fault}: the fields behind # as they are written,
   a Map; or the anchor, where there are none; `fault`, {message, hint}, if there is too much to be read.
   mmu.decoded(text) is what a field means; also of one that no program has written. mmu.encoded(text) is a text in an
   address, as Python's quote() writes it.
   mmu.copy(text) puts a text where it can be pasted from, or throws an error that says why not; mmu.download(name, type,
   text) saves it as a file. mmu.act(label, run, status) is a button for such acts: it says for a while what `run` gives, or
   what has failed; so does `status`, an element for those who listen, if there is one.
   mmu.isAuthor(): with ?author in the address, what only authors of pages need is shown as well.
   Keys: mmu.writes(target) says whether a sign that is pressed there is written; mmu.shortcuts.on, whether the keys / and ?
   act on a page, which readers choose with mmu.shortcuts.box(). */
(() => {
"use strict";
const LONGEST = 200_000; // characters: more keep a browser busy for seconds
const SAID = 1500; // ms for which a button says what it has done
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

const encoded = text => encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

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
  return "Copied";
}

function download(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  return "Saved";
}

function act(label, run, status = null) {
  const made = el("button", { type: "button", click: async () => {
    try {
      made.textContent = await run();
    } catch (error) {
      made.textContent = error.message;
    }
    const said = `${label}: ${made.textContent}`;
    if (status) status.textContent = said;
    setTimeout(() => {
      made.textContent = label;
      if (status?.textContent === said) status.textContent = "";
    }, SAID);
  } }, label);
  return made;
}

const writes = target => target.isContentEditable
  || Boolean(target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select"));

const OFF = "mmu-keys-off"; // what the browser remembers
const shortcuts = {
  get on() {
    try {
      return !localStorage.getItem(OFF);
    } catch { // a browser that remembers nothing
      return !this.off;
    }
  },
  set on(yes) {
    this.off = !yes;
    try {
      if (yes) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch { /* until the page is left */ }
  },
  box() {
    const box = el("input", { type: "checkbox", change: () => { shortcuts.on = box.checked; } });
    box.checked = this.on;
    return el("label", { class: "mmu-shortcuts" }, box, " The keys ", el("kbd", {}, "/"), " and ", el("kbd", {}, "?"), " act anywhere on a page");
  },
};

window.mmu = Object.assign(mmu, {
  el, fragment, decoded, encoded, copy, download, act, writes, shortcuts, isAuthor: () => new URLSearchParams(location.search).has("author"),
});
})();
