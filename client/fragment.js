/* The state that the address has behind its #. */
import { _ } from "./messages.js";

const LONGEST = 200_000; // characters: more keep a browser busy for seconds

/** {fields, anchor, fault}: the fields as they are written, a Map; or the anchor, where there are none; `fault`,
    {message, hint}, if there is too much to be read.
    @returns {{ fields: Map<string, string>, anchor: string, fault?: Mmu.Fault }} */
export function fragment() {
  const text = location.hash.slice(1),
    fields = new Map();
  if (text.length > LONGEST)
    return {
      fields,
      anchor: "",
      fault: {
        message: _("the address is longer than 200,000 characters and has not been read"),
        hint: _("shorten what follows the #"),
      },
    };
  for (const part of text.split("&")) {
    const at = part.indexOf("=");
    if (at >= 0) fields.set(part.slice(0, at), part.slice(at + 1));
  }
  return { fields, anchor: fields.size ? "" : text };
}

/** What a field means; also of one that no program has written.
    @param {string} text */
export function decoded(text) {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Another address, as far as the browser allows: on a disk, or too often in too short a time, it does not.
    @param {"pushState" | "replaceState"} how @param {string} address @param {unknown} [state] */
export function setAddress(how, address, state = null) {
  try {
    history[how](state, "", address);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** A text in an address, as Python's quote() writes it.
    @param {string} text */
export const encoded = text =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Whether an author reads: with ?author in the address, what only authors of pages need is shown as well. */
export const isAuthor = () => new URLSearchParams(location.search).has("author");
