/* Links to papers show a card when they are pointed at or focused: title, authors, tags, the first words of the
   abstract, venue and date. The records are loaded once, when the first card is wanted. On touch a link only leads. */
import { el } from "./el.js";
import { mmu } from "./mmu.js";
import { root, script } from "./statics.js";

const LINKS = "a.mmu-title,a.mmu-entry,a:has(>.mmu-ref),a:has(>.mmu-title),a:has(>.mmu-entry)";
const OPENS = 150,
  CLOSES = 250; // ms

// --- The papers

/** @type {Promise<Map<string, { paper: Mmu.Paper, facets: Mmu.Facet[] }>> | undefined} */
let papers; // the address of a page → its paper

/* Asked for once; a page that has the records already asks for nothing. */
async function load() {
  if (!mmu.records) await script("mmu-records.js");
  if (!mmu.papers) await script("mmu-papers.js");
  const data = /** @type {Mmu.Records} */ (mmu.records.records("papers")),
    pages = data.papers.filter(p => p.url);
  return new Map(
    pages.map(paper => [new URL(paper.url, root).href, { paper, facets: data.facets }]),
  );
}

/** @param {HTMLAnchorElement} link */
const placeOf = link => link.href.split(/[?#]/)[0];

// --- The card

/** @param {{ paper: Mmu.Paper, facets: Mmu.Facet[] }} given */
function content({ paper, facets }) {
  const [bold, rest] = mmu.records.titleParts(paper),
    tags = mmu.records.summary(paper, facets);
  const made = [
    el("span", { class: "mmu-card-title" }, ...(bold ? [el("b", {}, bold)] : []), rest),
  ];
  if (paper.by) made.push(el("span", { class: "mmu-by" }, paper.by));
  const line = [...badges(paper, facets), tags];
  if (line.some(Boolean)) made.push(el("span", { class: "mmu-tagline" }, ...line));
  if (paper.abs) made.push(el("span", { class: "mmu-card-abs" }, paper.abs));
  const foot = [
    ["mmu-venue", paper.vt],
    ["mmu-c-date", paper.date],
    ["mmu-n", paper.links.map(k => k.label).join(", ")],
  ];
  made.push(
    el(
      "span",
      { class: "mmu-foot" },
      ...foot
        .filter(([, text]) => text)
        .flatMap(([css, text]) => [el("span", { class: css }, text), " "]),
    ),
  );
  return made;
}

/** The numbers of the top terms of numbered facets, and what they are called.
    @param {Mmu.Paper} paper @param {Mmu.Facet[]} facets */
function badges(paper, facets) {
  return facets
    .filter(f => f.numbered)
    .flatMap(({ name, values }) => {
      const tops = [...new Set((paper.tags[name] ?? []).map(v => v.split("/")[0]))];
      const terms = tops
        .flatMap(top => values.find(v => v.value === top) ?? [])
        .filter(t => t.order);
      return terms.flatMap(t => [
        el("span", { class: `mmu-badge mmu-c${t.order}` }, `${t.order}`),
        ` ${t.label} · `,
      ]);
    });
}

const card = el("div", { class: "mmu-card", id: "mmu-card", popover: "manual", role: "tooltip" });
/** @type {HTMLAnchorElement | null} */
let owner = null;
/** @type {number | undefined} */
let timer;

/** @param {HTMLAnchorElement} link */
async function show(link) {
  if (link === owner || link === dismissed) return;
  papers ??= load().catch(() => new Map());
  const found = (await papers).get(placeOf(link));
  if (!found || link !== wanted || !link.isConnected || isHere(found.paper)) return;
  hide();
  owner = link;
  card.replaceChildren(...content(found));
  if (!card.isConnected)
    (document.querySelector("article,main,[role=main]") ?? document.body).append(card);
  link.setAttribute("aria-describedby", card.id);
  card.showPopover();
  place(link);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["hidden", "open", "class"],
  });
}

/* A card goes with its link: when this is taken away, hidden or scrolled out of its place, and when the page is left. */
const changes = new MutationObserver(() => {
  if (!owner?.checkVisibility()) hide();
});
addEventListener("pagehide", () => hide());
addEventListener(
  "scroll",
  ({ target }) => {
    if (target !== document && /** @type {Node} */ (target).contains(owner)) hide();
  },
  { capture: true, passive: true },
);

/** @param {Mmu.Paper} paper */
const isHere = paper => new URL(paper.url, root).href === location.href.split(/[?#]/)[0];

/** Below the line of the link that was pointed at, above where there is no room; in the page's coordinates, so that it
    stays beside its link while the page scrolls.
    @param {HTMLAnchorElement} link */
function place(link) {
  const boxes = [...link.getClientRects()],
    box = boxes.find(b => pointer && pointer.y >= b.top && pointer.y <= b.bottom) ?? boxes[0];
  const { width, height } = card.getBoundingClientRect(),
    view = document.documentElement.clientWidth;
  const below = box.bottom + height + 8 < innerHeight || box.top < height + 8;
  card.style.left = `${Math.max(8, Math.min(box.left, view - width - 8)) + scrollX}px`;
  card.style.top = `${(below ? box.bottom + 4 : box.top - height - 4) + scrollY}px`;
}

function hide() {
  leaving = false;
  changes.disconnect();
  if (!owner) return;
  owner.removeAttribute("aria-describedby");
  owner = null;
  card.hidePopover();
}

// --- What opens and closes it

/** @type {HTMLAnchorElement | null} */
let wanted = null;
/** @type {HTMLAnchorElement | null} */
let dismissed = null;
/** @type {{ y: number } | null} */
let pointer = null;
let leaving = false;
/** @param {() => void} run @param {number} ms */
const later = (run, ms) => {
  clearTimeout(timer);
  timer = setTimeout(run, ms);
};
/** @param {Event} given @returns {HTMLAnchorElement | null} */
const linkOf = ({ target }) =>
  target instanceof Element
    ? /** @type {HTMLAnchorElement | null} */ (
        /** @type {Element | null} */ (target.closest(LINKS))
      )
    : null;

document.addEventListener("pointerover", event => {
  if (event.pointerType === "touch") return;
  const link = linkOf(event);
  if (link) {
    [wanted, pointer, leaving] = [link, { y: event.clientY }, false];
    later(() => show(link), OPENS);
  } else if (card.contains(/** @type {Node} */ (event.target))) {
    leaving = false;
    clearTimeout(timer);
  } else {
    leave();
  }
});
document.documentElement.addEventListener("pointerleave", leave);

/* The pointer is elsewhere; a card that the keyboard has opened stays. */
function leave() {
  if (leaving || !(owner || wanted) || owner?.matches(":focus-visible")) return;
  [wanted, dismissed, leaving] = [null, null, true];
  later(hide, CLOSES);
}
document.addEventListener("focusin", event => {
  const link = linkOf(event);
  if (!link?.matches(":focus-visible") || link.closest("tr[data-mmu-key]")) return; // a row says as much, and arrows lead through rows
  [wanted, pointer] = [link, null];
  clearTimeout(timer);
  show(link);
});
document.addEventListener("focusout", event => {
  if (linkOf(event) !== owner && linkOf(event) !== wanted) return;
  [wanted, dismissed] = [null, null];
  clearTimeout(timer);
  hide();
});
document.addEventListener(
  "keydown",
  event => {
    if (event.key !== "Escape" || !owner) return;
    dismissed = owner; // until the link is left
    clearTimeout(timer);
    hide();
    event.stopPropagation();
  },
  true,
);
addEventListener("pointerdown", ({ target }) => {
  if (!card.contains(/** @type {Node} */ (target))) hide();
});
