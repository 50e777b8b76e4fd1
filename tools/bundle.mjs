// The scripts that pages load, sphinx_mmu/static/mmu-*.js, from the modules in client/: node tools/bundle.mjs
// With --check nothing is written: it names each file that is not what client/ gives, and exits with 1 if there is one.
// With --maps FOLDER only their source maps are written, there.
//
// Pages are also opened from a folder, where browsers load no modules: each file is a classic script. A module that several
// of them use is in one file, which leaves its exports in the global `mmu`; the others take them from there. LIST names what
// each file needs before it, for the build of pages, and what it was made from, for a test that has no Node.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

const FROM = "client",
  TO = "sphinx_mmu/static",
  LIST = "sphinx_mmu/ext/scripts.json",
  CHECK = process.argv.includes("--check");
const MAPS = process.argv[2] === "--maps" && process.argv[3];
const SHARED = {
  // file → the modules whose exports it leaves in `mmu`; what these import is in it too
  dom: ["el", "fragment", "clipboard", "shortcuts", "statics"],
  query: ["query"],
  records: ["records"],
  find: ["find"],
  hits: ["hits"],
};
const FIRST = { explorer: "explorers" }; // file → its first module, where that is called otherwise
const SMALL = ["columns", "messages", "mmu"]; // modules that are in each file that imports them
const PAGES = [
  "add",
  "cards",
  "cite",
  "compare",
  "comparison",
  "explorer",
  "figure",
  "map",
  "palette",
  "search",
];
const HOME = new Map(
  Object.entries(SHARED).flatMap(([file, modules]) => modules.map(module => [module, file])),
);

const file = name => join(TO, `mmu-${name}.js`);
const read = path => readFileSync(path, "utf8");

/** What each shared module exports. */
async function exportsOf() {
  const entryPoints = [...HOME.keys()].map(module => `${FROM}/${module}.js`);
  const { metafile } = await build({
    entryPoints,
    format: "esm",
    outdir: TO,
    write: false,
    metafile: true,
  });
  return new Map(
    Object.values(metafile.outputs).map(({ entryPoint, exports }) => [
      basename(entryPoint, ".js"),
      exports,
    ]),
  );
}

/** A module of another file is read from `mmu`; `needed` notes the file. */
const elsewhere = (own, names, needed) => ({
  name: "elsewhere",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/\w+\.js$/ }, ({ path }) => {
      const module = basename(path, ".js"),
        home = HOME.get(module) ?? own;
      if (home === own) return null;
      needed.add(home);
      return { path: module, namespace: "mmu" };
    });
    onLoad({ filter: /./, namespace: "mmu" }, ({ path }) => ({
      contents: `export const { ${names.get(path).join(", ")} } = globalThis.mmu.${HOME.get(path)};`,
    }));
  },
});

/** The modules of a file as one script that runs them. */
function entry(name, names) {
  const modules = SHARED[name];
  if (!modules) return `import "./${FIRST[name] ?? name}.js";`;
  const imports = modules.map(
    module => `import { ${names.get(module).join(", ")} } from "./${module}.js";`,
  );
  return `${imports.join("\n")}\nimport { mmu } from "./mmu.js";\nmmu.${name} = { ${modules.flatMap(module => names.get(module)).join(", ")} };`;
}

/** {text, map, needed, sources} of a file. */
async function bundled(name, names) {
  const needed = new Set(),
    {
      outputFiles: [{ text: map }, { text }],
      metafile,
    } = await build({
      stdin: { contents: entry(name, names), resolveDir: FROM },
      plugins: [elsewhere(name, names, needed)],
      bundle: true,
      write: false,
      format: "iife",
      target: "esnext",
      charset: "utf8",
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: "none",
      tsconfigRaw: {},
      metafile: true,
      logLevel: "warning",
      banner: { js: `"use strict";` },
      sourcemap: "external",
      outfile: file(name),
    });
  return {
    text,
    map,
    needed,
    sources: Object.keys(metafile.inputs)
      .filter(path => path.startsWith(`${FROM}/`))
      .sort(),
  };
}

/** The files that must come before one, in their order. */
const before = (name, all) => [
  ...new Set(
    Object.keys(SHARED)
      .filter(other => all.get(name).needed.has(other))
      .flatMap(other => [...before(other, all), other]),
  ),
];

const digest = parts => createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 16);

const names = await exportsOf(),
  all = new Map();
for (const name of [...Object.keys(SHARED), ...PAGES]) all.set(name, await bundled(name, names));
const shared = new Set(
  Object.keys(SHARED)
    .flatMap(name => all.get(name).sources)
    .filter(path => !SMALL.includes(basename(path, ".js"))),
);
for (const path of shared) {
  const files = [...all].filter(([, { sources }]) => sources.includes(path)).map(([name]) => name);
  if (files.length > 1)
    throw new Error(
      `${path} is in mmu-${files.join(".js and mmu-")}.js: import it from a module that SHARED names`,
    );
}
if (MAPS) {
  for (const [name, { map }] of all) writeFileSync(join(MAPS, `mmu-${name}.js.map`), map);
  process.exit();
}
const made = new Map([...all].map(([name, { text }]) => [file(name), text]));
const list = Object.fromEntries(
  [...all].sort().map(([name, { text, sources }]) => [
    `mmu-${name}.js`,
    {
      needs: before(name, all).map(other => `mmu-${other}.js`),
      sources,
      digest: digest([...sources.map(read), text]),
    },
  ]),
);
made.set(LIST, `${JSON.stringify(list, null, 1)}\n`);
const there = readdirSync(TO)
  .filter(name => /^mmu-.*\.js$/.test(name))
  .map(name => join(TO, name));
const stale = [
  ...[...made]
    .filter(([path, text]) => !existsSync(path) || read(path) !== text)
    .map(([path]) => path),
  ...there.filter(path => !made.has(path)),
];
for (const path of stale) {
  if (CHECK) console.log(`${path} is not what ${FROM}/ gives: run make scripts`);
  else if (made.has(path)) writeFileSync(path, made.get(path));
  else rmSync(path);
}
process.exit(CHECK && stale.length ? 1 : 0);
