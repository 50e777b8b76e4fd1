/* What readers can copy and save of a figure, beside its address: its source line, its numbers as CSV and its drawing as SVG, each
   where the figure has it. A figure that is a table is drawn as it is seen. */
import { copy, download, act } from "./clipboard.js";
import { one } from "./el.js";
import { _ } from "./messages.js";

const DRAWN = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
  "display",
  "visibility",
];

// --- Numbers

/** A value of its list on each side of a semicolon; of words that only some hear, nothing where others are seen.
    @param {HTMLElement} cell */
function textOf(cell) {
  const items = [...cell.querySelectorAll("li")],
    /** @type {(node: Node) => string} */ plain = node =>
      String(node.textContent).replace(/\s+/g, " ").trim();
  if (items.length) return items.map(plain).join("; ");
  const seen = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const heard of seen.querySelectorAll(".mmu-sr, [aria-hidden=true]")) heard.remove();
  return plain(seen) || plain(cell);
}

/** A program that opens the file must not take a text for a formula.
    @param {string} text */
const field = text => {
  const safe = /^[=+@\t\r]|^-(?!\d+(?:\.\d+)?$)/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** @param {HTMLTableElement} table */
function csv(table) {
  const lines = [...table.rows].map(row =>
    [...row.cells].flatMap(cell => [textOf(cell), ...Array(cell.colSpan - 1).fill("")]),
  );
  return `${lines.map(line => line.map(field).join(",")).join("\r\n")}\r\n`;
}

// --- Drawing

/** @param {string} name @param {Record<string, string | number>} looks @param {string} [text] */
function part(name, looks, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [look, value] of Object.entries(looks)) made.setAttribute(look, `${value}`);
  made.textContent = text;
  return made;
}

/** A table as a drawing: what is filled, and above it each line of words where it is seen.
    @param {HTMLTableElement} table @param {string} title */
function drawn(table, title) {
  if (table.parentElement) table.parentElement.scrollLeft = 0; // heads of rows move with it
  const { left, top, width, height } = table.getBoundingClientRect();
  const made = /** @type {SVGSVGElement} */ (
    part("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" })
  );
  made.append(part("title", {}, title));
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll("*"))) {
    const { backgroundColor, borderTopColor, borderTopLeftRadius, borderTopWidth } =
        getComputedStyle(one),
      box = one.getBoundingClientRect();
    if (one.closest(".mmu-sr") || (!one.matches("th,td") && /, 0\)$/.test(backgroundColor)))
      continue;
    made.append(
      part("rect", {
        x: box.left - left,
        y: box.top - top,
        width: box.width,
        height: box.height,
        rx: parseFloat(borderTopLeftRadius) || 0,
        fill: backgroundColor,
        stroke: parseFloat(borderTopWidth) ? borderTopColor : "none",
      }),
    );
  }
  const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT),
    range = document.createRange();
  while (texts.nextNode()) {
    const node = /** @type {Text} */ (texts.currentNode),
      held = /** @type {HTMLElement} */ (node.parentElement);
    /** @type {Map<number, { x: number, y: number, words: string[] }>} */
    const lines = new Map();
    if (held.closest(".mmu-sr")) continue;
    const { color, fontFamily, fontSize, fontWeight, rotate, writingMode } = getComputedStyle(held);
    const angle = !writingMode.startsWith("vertical") ? 0 : rotate === "180deg" ? -90 : 90;
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const box = range.getBoundingClientRect(),
        key = Math.round(angle ? box.left : box.top);
      const x = angle ? (box.left + box.right) / 2 : box.left,
        y = !angle ? (box.top + box.bottom) / 2 : angle < 0 ? box.bottom : box.top;
      const line = lines.get(key) ?? { x: x - left, y: y - top, words: [] };
      line.words.push(word);
      lines.set(key, line);
    }
    for (const { x, y, words } of lines.values())
      made.append(
        part(
          "text",
          {
            x,
            y,
            transform: `rotate(${angle} ${x} ${y})`,
            fill: color,
            "dominant-baseline": "central",
            "font-family": fontFamily,
            "font-size": fontSize,
            "font-weight": fontWeight,
          },
          words.join(" "),
        ),
      );
  }
  return made;
}

/** A drawing with the looks that style sheets give it, and with whole addresses.
    @param {SVGSVGElement} drawing */
function copied(drawing) {
  const made = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const parts = /** @type {SVGElement[]} */ ([made, ...made.querySelectorAll("*")]);
  [drawing, ...drawing.querySelectorAll("*")].forEach((part, n) => {
    const looks = getComputedStyle(part);
    for (const name of DRAWN)
      parts[n].style.setProperty(
        name,
        looks.getPropertyValue(name).replace(/url\("?[^")]*#([^")]+)"?\)/g, "url(#$1)"),
      );
    const { href } = /** @type {SVGAElement} */ (/** @type {Element} */ (part));
    if (href?.baseVal) parts[n].setAttribute("href", new URL(href.baseVal, location.href).href);
  });
  return made;
}

/** A drawing as the text of a file, with its source.
    @param {SVGSVGElement} made @param {DOMRect} box @param {string} source */
function svg(made, { width, height }, source) {
  const { backgroundColor } = getComputedStyle(document.body),
    metadata = part("metadata", {}, source);
  const title = made.querySelector(":scope>title"); // which has to be first
  if (title) title.after(metadata);
  else made.prepend(metadata);
  made.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  made.setAttribute("width", `${Math.round(width)}`);
  made.setAttribute("height", `${Math.round(height)}`);
  made.style.setProperty("background", backgroundColor);
  return new XMLSerializer().serializeToString(made);
}

// --- Figures

/** What a figure shows, where, and when it was read. An address that has what readers have chosen stays as it is.
    @param {Element} figure */
function source(figure) {
  const finding = one(figure, "figcaption b").textContent,
    [date] = new Date().toISOString().split("T");
  return `${_("{finding} {title}, retrieved {date}.", { finding, title: document.title, date })} ${location.hash.includes("=") ? location.href : `${location.href.split("#")[0]}#${figure.id}`}`;
}

for (const figure of document.querySelectorAll("figure.mmu-fig[id]")) {
  const table = () => figure.querySelector("table"),
    drawings = [...figure.querySelectorAll("svg")].filter(d => !d.closest("details"));
  const shown = () => drawings.filter(d => d.checkVisibility());
  const title = () => String(one(figure, "figcaption b").textContent);
  const save = (/** @type {SVGSVGElement} */ made, /** @type {DOMRect} */ box) =>
    download(`${name}.svg`, "image/svg+xml", svg(made, box, source(figure)));
  const name =
    [...figure.classList]
      .find(css => css.startsWith("mmu-") && !["mmu-fig", "mmu-chart"].includes(css))
      ?.slice(4) ?? "figure";
  one(figure, ".mmu-fig-take").append(
    act(_("Copy source line"), () => copy(source(figure))),
    ...(table()
      ? [
          act(_("Numbers as CSV"), () =>
            download(`${name}.csv`, "text/csv", csv(one(figure, "table"))),
          ),
        ]
      : []),
    ...(shown().length === 1
      ? [
          act(_("Drawing as SVG"), () =>
            save(copied(shown()[0]), shown()[0].getBoundingClientRect()),
          ),
        ]
      : !drawings.length && table()?.checkVisibility()
        ? [
            act(_("Drawing as SVG"), () =>
              save(
                drawn(one(figure, "table"), title()),
                one(figure, "table").getBoundingClientRect(),
              ),
            ),
          ]
        : []),
  );
}
