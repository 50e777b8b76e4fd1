// The site in Firefox, as a reader uses it: node firefox.mjs FIREFOX ROOT
// ROOT is the address of the built site, with a slash at its end. Prints, as JSON, what each step has seen, and every
// error that a page reported.
import puppeteer from "puppeteer-core";

const [executablePath, root] = process.argv.slice(2);
const PATIENCE = 60_000; // ms
const seen = {},
  faults = [];

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  protocolTimeout: PATIENCE,
});
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE);
await page.setViewport({ width: 1280, height: 900 });
page.on("pageerror", error => faults.push(error.message));
page.on("console", message => {
  if (message.type() === "error") faults.push(message.text());
});
await page.evaluateOnNewDocument(() =>
  addEventListener("securitypolicyviolation", event => {
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
  }),
);

const open = async path => {
  await page.goto("about:blank"); // else an address with another fragment is the same page
  await page.goto(root + path);
};
const text = selector => page.$eval(selector, element => element.innerText.trim());
const shown = selector => page.waitForSelector(selector, { visible: true });
const until = (test, ...given) => page.waitForFunction(test, {}, ...given);
const place = async () => (await page.evaluate(() => location.href)).slice(root.length); // page.url() can lag behind

const STEPS = {
  async "the box of the home page"() {
    await open("index.html");
    await page.focus(".mmu-search-box input");
    await page.keyboard.type("salun");
    await page.keyboard.press("Enter");
    await shown(".mmu-live");
    return place();
  },
  async "words in the explorer"() {
    await open("papers/index.html");
    await shown(".mmu-live");
    await page.type(".mmu-explorer input[type=search]", "saliency weights");
    await until(() => location.hash.startsWith("#q=saliency"));
    await until(() => document.querySelector(".mmu-live tbody tr")?.innerText.includes("SalUn"));
    return text(".mmu-live tbody tr .mmu-title");
  },
  async "a filter in the address"() {
    await open("papers/index.html#q=venue%3ACVPR%20year%3A2024");
    await shown(".mmu-live");
    await until(() =>
      /^\d+ of \d+/.test(document.querySelector(".mmu-live .mmu-bar").innerText.trim()),
    );
    return page.evaluate(() => window.mmu.explorers[0].text());
  },
  async "a box of a facet"() {
    await open("papers/index.html");
    await shown(".mmu-live");
    await page.$eval(".mmu-rail input[type=checkbox]", box => box.click());
    await until(() => location.hash.startsWith("#q="));
    return place();
  },
  async "the palette"() {
    await open("metrics.html");
    await page.keyboard.down("Control");
    await page.keyboard.press("k");
    await page.keyboard.up("Control");
    await shown(".mmu-palette[open] input");
    await page.keyboard.type("salun");
    await shown(".mmu-palette [role=option]");
    await page.keyboard.press("Enter");
    await until(() => location.pathname.endsWith("paper/fan2023salun.html"));
    return place();
  },
  async "the search page"() {
    await open("search.html?q=right+to+be+forgotten");
    await shown("ul.search > li");
    return text("ul.search > li");
  },
  async "two papers side by side"() {
    await open("compare.html#keys=yoon2025safree,wu2025erasing");
    await shown(".mmu-comparing table");
    return text(".mmu-comparing");
  },
  async "a cell of the gap map"() {
    await open("gap-map.html");
    await page.$eval("table a[href*='#q=']", link => link.click());
    await shown(".mmu-live");
    return place();
  },
  async "a model to explore"() {
    await open("taxonomy/decoding-time.html");
    await shown(".dg-sliders input");
    await page.focus(".dg-sliders input");
    const before = await text(".dg-reading");
    await page.keyboard.press("ArrowRight");
    await until(words => document.querySelector(".dg-reading").innerText.trim() !== words, before);
    return text(".dg-reading");
  },
};

try {
  for (const [name, step] of Object.entries(STEPS)) seen[name] = await step();
} finally {
  console.log(JSON.stringify({ seen, faults }));
  await browser.close();
}
