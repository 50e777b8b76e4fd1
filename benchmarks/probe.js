/* Runs in every measured page, before anything of its own: tells when a result has been painted. `tool` says how a page
   is read: {field, count, rows, seen}, selectors of the search field, of the number of matches and of the rows, and how
   many rows the window shows.

   A result is what a reader sees of it: the number of matches and the text of the rows in the window. It counts as
   painted when a frame has begun with it in the page and the browser has laid out and painted that frame. What a tool
   puts into the page in a frame, not before it, may count one frame late; none of these does. */
(() => {
  "use strict";
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => waiting.shift()();
  const painted = () =>
    new Promise(resolve => {
      // called in a frame, it comes back once that frame is painted
      waiting.push(resolve);
      port2.postMessage(0);
    });
  const frame = () => new Promise(requestAnimationFrame);
  let tool,
    pressed = 0;

  const field = () => document.querySelector(tool.field);
  function result() {
    const rows = [...document.querySelectorAll(tool.rows)].slice(0, tool.seen);
    return [document.querySelector(tool.count)?.textContent, ...rows.map(r => r.textContent)].join(
      "\n",
    );
  }

  /* Called in a frame, it comes back when a result has been painted, with the time. */
  async function until(wanted) {
    while (result() !== wanted) await frame();
    await painted();
    return performance.now();
  }

  window.probe = {
    /** Type a letter as soon as there is a field; the time from the start of navigation until its result was painted. */
    async usable(given, letter, wanted) {
      tool = given;
      do await frame();
      while (!document.body || !field());
      const input = field();
      input.value = letter;
      input.dispatchEvent(
        new InputEvent("input", { bubbles: true, data: letter, inputType: "insertText" }),
      );
      return until(wanted);
    },
    /** How many rows begin in the window. */
    inSight({ rows }) {
      return [...document.querySelectorAll(rows)].filter(
        row => row.getBoundingClientRect().top < innerHeight,
      ).length;
    },
    /** What is shown once nothing has changed for a while. */
    async settled(given, quiet) {
      tool = given;
      let last = result(),
        since = performance.now();
      while (performance.now() - since < quiet) {
        await frame();
        const now = result();
        if (now !== last) [last, since] = [now, performance.now()];
      }
      return last;
    },
    /** From the next key that goes down until its result has been painted. */
    watch(wanted) {
      pressed = 0;
      addEventListener(
        "keydown",
        event => {
          pressed = event.timeStamp;
        },
        { capture: true, once: true },
      );
      window.probe.answer = (async () => {
        while (!pressed) await frame();
        return (await until(wanted)) - pressed;
      })();
    },
    focus() {
      field().focus();
    },
  };
})();
