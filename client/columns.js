/* What the columns of records are made of. */
export const END = "\x7f"; // between the texts of papers: no needle has it
export const OTHERS = "et al."; // who is no author
