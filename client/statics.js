/* Where the files of the site are, and scripts that are loaded when they are wanted. */
const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
export const statics = new URL(".", src);
export const root = new URL("..", statics);

/** Load a script of the site; several that are asked for at once run in that order.
    @param {string} name @returns {Promise<unknown>} */
export function script(name) {
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    Object.assign(made, { src: new URL(name, statics).href, async: false, onload: resolve, onerror: reject });
    document.head.append(made);
  });
}
