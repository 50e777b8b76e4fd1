/* The one global name: what scripts with data leave there (papers, datasets, findData, papersExport), what others of the page
   may use (explorers), and the modules that are files of their own. */
export const mmu = (globalThis.mmu ??= /** @type {Mmu.Shared} */ ({}));

/** What export/client_data.py has written of a collection; undefined where that script was not loaded.
    @param {string} name */
export const dataOf = name =>
  /** @type {Record<string, Mmu.Data | undefined>} */ (/** @type {unknown} */ (mmu))[name];
