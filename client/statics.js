/* Where the files of the site are, and scripts that are loaded when they are wanted. */
import { el } from "./el.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
export const statics = new URL(".", src);
export const root = new URL("..", statics);

/** Load a script of the site; several that are asked for at once run in that order.
    @param {string} name @returns {Promise<unknown>} */
export function script(name) {
  return new Promise((resolve, reject) => {
    const made = el("script", { src: new URL(name, statics).href, load: resolve, error: reject });
    made.async = false;
    document.head.append(made);
  });
}
