/** An element with children: el("a", { href, click: act }, "text"). A property of null or false is left out, true is an
    attribute without a value, a function listens to the event of its name.
    @template {keyof HTMLElementTagNameMap} T
    @param {T} tag @param {Mmu.Props} [props] @param {...Mmu.Kid} kids */
export const el = (tag, props = {}, ...kids) => {
  const made = document.createElement(tag);
  for (const name in props) {
    const value = props[name];
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== false && value !== undefined)
      made.setAttribute(name, String(value));
  }
  made.append(.../** @type {(string | Node)[]} */ (kids));
  return made;
};

/** What the build has written: a selector always finds it.
    @template {Element} [E=HTMLElement] @param {ParentNode} within @param {string} selector @returns {E} */
export function one(within, selector) {
  const found = within.querySelector(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return /** @type {E} */ (/** @type {Element} */ (found));
}
