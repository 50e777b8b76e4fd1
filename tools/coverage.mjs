// What ran of the scripts: node tools/coverage.mjs FOLDER, where Node and pages left it (tests/script_coverage.py).
// Made scripts are measured, and told by the modules that they come from. What Node ran of a module itself counts as run in
// what was made of it. Functions within one that never ran are not known, and not counted.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { argv, execPath } from "node:process";
import { pathToFileURL } from "node:url";

const FOLDER = argv[2],
  MAPS = join(FOLDER, "maps"),
  STATIC = "sphinx_mmu/static",
  CLIENT = pathToFileURL("client/").href;
const read = path => readFileSync(path, "utf8"),
  json = path => JSON.parse(read(path));
const MADE = Object.keys(json("sphinx_mmu/ext/scripts.json"));

/** A file as all its runs together had it: which characters ran, and its functions by their ranges. */
class Script {
  static #all = new Map();
  static of(path) {
    return this.#all.get(path) ?? this.#all.set(path, new Script(path)).get(path);
  }
  constructor(path) {
    const text = read(path);
    this.ran = new Uint8Array(text.length);
    this.functions = new Map();
    this.lines = [...text.matchAll(/^/gm)].map(({ index }) => index);
  }
  /** Adds a run. What V8 says of a block or a function inside of another one holds there instead. */
  add(functions) {
    const here = new Uint8Array(this.ran.length),
      first = ({ ranges }) => ranges[0];
    functions.sort(
      (a, b) =>
        first(a).startOffset - first(b).startOffset || first(b).endOffset - first(a).endOffset,
    );
    for (const { functionName: name, isBlockCoverage, ranges } of functions) {
      const { startOffset: start, endOffset: end, count } = ranges[0],
        at = `${start}-${end}`;
      this.functions.set(at, { start, end, name, ran: count > 0 || !!this.functions.get(at)?.ran });
      for (const range of ranges)
        here.fill(+(isBlockCoverage && range.count > 0), range.startOffset, range.endOffset);
    }
    here.forEach((yes, i) => {
      this.ran[i] ||= yes;
    });
  }
}

for (const name of readdirSync(FOLDER).filter(name => name.endsWith(".json")))
  for (const { url, functions } of json(join(FOLDER, name)).result) {
    const file = url.replace(/^.*\/|\?.*$/g, "");
    if (url.startsWith(CLIENT)) Script.of(`client/${file}`).add(functions);
    else if (MADE.includes(file)) Script.of(join(STATIC, file)).add(functions);
  }

mkdirSync(MAPS, { recursive: true });
execFileSync(execPath, ["tools/bundle.mjs", "--maps", MAPS]);
const modules = new Map(); // path → {all and ran: its characters, functions: place → whether it ran}
for (const name of MADE) {
  const { ran, functions, lines } = Script.of(join(STATIC, name)),
    map = new SourceMap(json(join(MAPS, `${name}.map`)));
  /** Where each character comes from; what esbuild adds comes from nowhere. */
  const origins = Array.from(ran, (_, i) => {
    const line = lines.findLastIndex(start => start <= i),
      found = map.findEntry(line, i - lines[line]);
    return { ...found, path: /client\/\w+\.js$/.exec(found.originalSource)?.[0] };
  });
  for (const [i, { path, originalLine, originalColumn }] of origins.entries()) {
    if (!path) continue;
    if (!modules.has(path)) modules.set(path, { all: 0, ran: 0, functions: new Map() });
    const module = modules.get(path),
      source = Script.of(path);
    if (source.ran[source.lines[originalLine] + originalColumn]) ran[i] = 1;
    module.all++;
    module.ran += ran[i];
  }
  for (const { start, end, name, ran: said } of functions.values()) {
    const { path, originalLine, originalColumn } = origins[start],
      known = modules.get(path)?.functions;
    const place = `${path}:${originalLine + 1}:${originalColumn + 1} ${name}`;
    known?.set(place, known.get(place) || said || ran.subarray(start, end).includes(1));
  }
}

const share = (ran, all) =>
  `${ran} of ${all}`.padStart(18) + (all ? `${((100 * ran) / all).toFixed(1)} %` : "").padStart(8);
function row(name, found) {
  const functions = found.flatMap(({ functions }) => [...functions.values()]),
    sum = which => found.reduce((n, one) => n + one[which], 0);
  console.log(
    name.padEnd(24) +
      share(functions.filter(Boolean).length, functions.length) +
      share(sum("ran"), sum("all")),
  );
}
console.log("module".padEnd(24) + "functions".padStart(26) + "characters".padStart(26));
for (const [path, module] of [...modules].sort()) row(path, [module]);
row("all", [...modules.values()]);
console.log("\nFunctions that never ran:");
const idle = [...modules.values()].flatMap(({ functions }) =>
  [...functions].flatMap(([place, yes]) => (yes ? [] : place)),
);
console.log(idle.sort(new Intl.Collator("en", { numeric: true }).compare).join("\n"));
