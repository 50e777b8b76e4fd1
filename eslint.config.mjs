// What eslint asks of the scripts: its own recommendations, over those of pages and those that Node runs.
import js from "@eslint/js";
import globals from "globals";

const PAGES = ["docs/_ext/*/static/*.js", "docs/_static/*.js", "benchmarks/*.js"];
const SPHINX = { Search: "readonly", SphinxHighlight: "readonly" }; // what its scripts define

export default [
  { ignores: [".venv/", "_build/", "dist/", "sphinx_mmu/static/"] },
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
  { files: ["client/*.js"], languageOptions: { globals: { ...globals.browser, ...SPHINX } } },
  {
    files: PAGES,
    languageOptions: { sourceType: "script", globals: { ...globals.browser, ...SPHINX } },
  },
  {
    files: ["tests/browser/*.mjs"],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  }, // hand functions to pages
];
