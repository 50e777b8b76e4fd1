/* The one global name: what scripts with data leave there (papers, datasets, findData, papersExport), what others of the page
   may use (explorers), and the modules that are files of their own. */
export const mmu = globalThis.mmu ??= /** @type {Mmu.Shared} */ ({});
