/* Where the files of the site are, and scripts that are loaded when they are wanted. */
export const statics = new URL(".", document.currentScript.src);
export const root = new URL("..", statics);

/** Load a script of the site; several that are asked for at once run in that order. */
export function script(name) {
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    Object.assign(made, { src: new URL(name, statics).href, async: false, onload: resolve, onerror: reject });
    document.head.append(made);
  });
}
