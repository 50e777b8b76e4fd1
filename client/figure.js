/* What readers take away from a figure, beside its address: its source line, its numbers as CSV and its drawing as SVG, each
   where the figure has it. */
import { copy, download, act } from "./clipboard.js";
import { _ } from "./messages.js";

const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-family",
  "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "paint-order", "display", "visibility"];

// --- Numbers

/** A value of its list on each side of a semicolon; of words that only some hear, nothing where others are seen.
    @param {HTMLElement} cell */
function textOf(cell) {
  const items = [...cell.querySelectorAll("li")], /** @type {(node: Node) => string} */ plain = node => String(node.textContent).replace(/\s+/g, " ").trim();
  if (items.length) return items.map(plain).join("; ");
  const seen = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const heard of seen.querySelectorAll(".mmu-sr, [aria-hidden=true]")) heard.remove();
  return plain(seen) || plain(cell);
}

/** A program that opens the file must not take a text for a formula.
    @param {string} text */
const field = text => {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** @param {HTMLTableElement} table */
function csv(table) {
  const lines = [...table.rows].map(row => [...row.cells].flatMap(cell => [textOf(cell), ...Array(cell.colSpan - 1).fill("")]));
  return `${lines.map(line => line.map(field).join(",")).join("\r\n")}\r\n`;
}

// --- Drawing

/** A drawing with the looks that style sheets give it, with whole addresses, and with its source.
    @param {SVGSVGElement} drawing @param {string} source */
function svg(drawing, source) {
  const made = /** @type {SVGSVGElement} */ (drawing.cloneNode(true)), { width, height } = drawing.getBoundingClientRect(), { backgroundColor } = getComputedStyle(document.body);
  const parts = /** @type {SVGElement[]} */ ([made, ...made.querySelectorAll("*")]);
  [drawing, ...drawing.querySelectorAll("*")].forEach((part, n) => {
    const looks = getComputedStyle(part);
    for (const name of DRAWN) parts[n].style.setProperty(name, looks.getPropertyValue(name).replace(/url\("?[^")]*#([^")]+)"?\)/g, "url(#$1)"));
    const { href } = /** @type {SVGAElement} */ (/** @type {Element} */ (part));
    if (href?.baseVal) parts[n].setAttribute("href", new URL(href.baseVal, location.href).href);
  });
  const metadata = document.createElementNS("http://www.w3.org/2000/svg", "metadata");
  metadata.textContent = source;
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
  const finding = figure.querySelector("figcaption b").textContent, [date] = new Date().toISOString().split("T");
  return `${_("{finding} {title}, retrieved {date}.", { finding, title: document.title, date })} ${location.hash.includes("=") ? location.href : `${location.href.split("#")[0]}#${figure.id}`}`;
}

for (const figure of document.querySelectorAll("figure.mmu-fig[id]")) {
  const table = () => figure.querySelector("table"), drawings = [...figure.querySelectorAll("svg")].filter(d => !d.closest("details"));
  const shown = () => drawings.filter(d => d.checkVisibility());
  const name = [...figure.classList].find(css => css.startsWith("mmu-") && !["mmu-fig", "mmu-chart"].includes(css))?.slice(4) ?? "figure";
  figure.querySelector(".mmu-fig-take").append(
    act(_("Copy source line"), () => copy(source(figure))),
    ...table() ? [act(_("Numbers as CSV"), () => download(`${name}.csv`, "text/csv", csv(table())))] : [],
    ...shown().length === 1 ? [act(_("Drawing as SVG"), () => download(`${name}.svg`, "image/svg+xml", svg(shown()[0], source(figure))))] : []);
}
