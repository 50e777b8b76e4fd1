/* Under the content security policy the link "Hide Search Matches", which Sphinx makes of an address that is a script,
   does nothing: what it should do is done here. */
"use strict";
document.addEventListener("click", event => {
  if (!event.target.closest("#searchbox .highlight-link a")) return;
  event.preventDefault();
  SphinxHighlight.hideSearchWords();
});
