/* Identifiers of works, read by the patterns of model/identifiers.py, which a page has as data. Both read
   tests/cases/identifiers.json alike. */
import { caseless, trimmed } from "./query.js";

const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/u;

/** Python's unquote().
    @param {string} text */
const unquoted = text =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, codes =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      Uint8Array.from(codes.slice(1).split("%"), code => parseInt(code, 16)),
    ),
  );

export class Identifiers {
  #kinds;
  #version;
  #named;
  #posted;
  #firstYear;
  #longest;
  /** @param {Mmu.IdentifierPatterns} patterns */
  constructor({ kinds, version, named, posted, firstYear, longest }) {
    this.#kinds = new Map(
      kinds.map(([kind, pattern, base]) => [
        kind,
        { whole: new RegExp(`^(?:${pattern})$`, "i"), base },
      ]),
    );
    this.#version = new RegExp(version, "i");
    this.#named = new RegExp(named, "i");
    this.#posted = new RegExp(posted, "i");
    this.#firstYear = firstYear;
    this.#longest = longest;
  }

  /** {kind, value} of a text that is as a whole an identifier, or the address of a work; else null.
      @param {string} text @returns {Mmu.Identifier | null} */
  recognised(text) {
    const bare = trimmed(text),
      wanted = /^http/i.test(bare) ? unquoted(bare) : bare;
    if (
      UNPRINTABLE.test(wanted) ||
      [...wanted.slice(0, 2 * this.#longest + 1)].length > this.#longest
    )
      return null;
    for (const [kind, { whole }] of this.#kinds) {
      const value = whole.exec(wanted)?.[1];
      if (value) return { kind, value };
    }
    return null;
  }

  /** "kind:value" in the one form in which identifiers are compared.
      @param {Mmu.Identifier} identifier */
  normal({ kind, value }) {
    const written = kind === "arxiv" || kind === "doi" ? caseless(value) : value;
    return `${kind}:${kind === "arxiv" ? this.unversioned(written) : written.replace(/\/+$/, "")}`;
  }

  /** The address of an identifier.
      @param {Mmu.Identifier} identifier */
  address({ kind, value }) {
    return (
      this.#kinds.get(kind)?.base +
      encodeURIComponent(value).replace(/%(?:2F|3A|3B|2C|2B|40)/g, decodeURIComponent)
    );
  }

  /** @param {string} value */
  unversioned(value) {
    return value.replace(this.#version, "");
  }

  /** The arXiv identifier that a text names; "" if there is none.
      @param {string} text */
  named(text) {
    return this.#named.exec(text)?.[1] ?? "";
  }

  /** Year and month of an arXiv identifier; "" if it has none.
      @param {string} value */
  posted(value) {
    const [found, year = "", month = ""] = this.#posted.exec(value) ?? [];
    return found ? `${+year >= this.#firstYear ? 19 : 20}${year}-${month}` : "";
  }
}
