/* The toys of docs/_ext/diagrams/explore.py: the same formulas, when a slider moves. */
(() => {
  "use strict";
  const percent = part => Math.floor(part * 100 + 0.5);
  const way = points =>
    points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

  const sigma = 0.6;
  const grid = Array.from({ length: 181 }, (_, i) => -6 + i / 20);
  const normal = (x, mean) =>
    Math.exp(-(((x - mean) / sigma) ** 2) / 2) / (sigma * Math.sqrt(2 * Math.PI));

  const toys = {
    guidance(svg, { scale }) {
      const tilted = grid.map(x => {
        const ratio = 0.5 + 0.5 * Math.exp((-2 * x) / sigma ** 2);
        return (0.5 * normal(x, -1) + 0.5 * normal(x, 1)) * ratio ** scale;
      });
      const mass = tilted.reduce((a, b) => a + b) / 20;
      const density = tilted.map(p => p / mass);
      const target = density.reduce((sum, p, i) => (grid[i] > 0 ? sum + p : sum), 0) / 20;
      const like = density.reduce((sum, p, i) => sum + Math.min(p, normal(grid[i], -1)), 0) / 20;
      const points = density.map((p, i) => [8 + ((grid[i] + 6) * 304) / 9, 150 - p * 185]);
      svg.querySelector(".dg-changed-flow").setAttribute("d", way(points));
      return (
        `Scale ${scale.toFixed(2)}: ${percent(target)}% of the pictures still show the target, and the ` +
        `pictures overlap with kept ones by ${percent(like)}%.`
      );
    },

    "trade-off"(svg, { push, overlap }) {
      const at = u => [40 + (overlap * u) ** 2 * 250, 172 - (1 - u) ** 2 * 150];
      svg
        .querySelector(".dg-changed-flow")
        .setAttribute("d", way(grid.slice(0, 21).map((_, i) => at(i / 20))));
      const dot = svg.querySelector("circle");
      const [x, y] = at(push);
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
      return (
        `Push ${push.toFixed(2)}, overlap ${overlap.toFixed(2)}: ${percent((1 - push) ** 2)}% of the target ` +
        `is left, and ${percent((overlap * push) ** 2)}% of what is kept is lost.`
      );
    },

    mask(svg, { size, quality }, box) {
      const part = quality / 100;
      const weights = box.dataset.dgScores.split(" ").map((word, i) => {
        const [truth, noise, target] = word.split(",").map(Number);
        return { i, target, score: part * truth + (1 - part) * noise };
      });
      const ranked = [...weights].sort((a, b) => b.score - a.score || a.i - b.i);
      const mask = new Set(ranked.slice(0, size).map(weight => weight.i));
      const cells = svg.querySelectorAll("rect");
      let edited = 0;
      for (const { i, target } of weights) {
        const inside = mask.has(i);
        const hatching = cells[i].nextElementSibling;
        cells[i].setAttribute("class", inside ? "dg-changed-cell" : "dg-frozen-cell");
        hatching.setAttribute("class", inside ? "dg-none" : "dg-hatch");
        if (target) {
          hatching.nextElementSibling.setAttribute(
            "class",
            inside ? "dg-mark-line" : "dg-bold-forget",
          );
          edited += inside;
        }
      }
      const targets = weights.filter(weight => weight.target).length;
      return (
        `Mask of ${size} weights, map of ${quality}%: ${edited} of ${targets} weights that carry the target ` +
        `are edited, and ${size - edited} others with them.`
      );
    },
  };

  for (const box of document.querySelectorAll("[data-dg-toy]")) {
    const figure = box.closest("figure");
    const [svg, reading] = [figure.querySelector("svg"), figure.querySelector(".dg-reading")];
    const sliders = [...box.querySelectorAll("input")];
    const draw = () => {
      const values = Object.fromEntries(sliders.map(slider => [slider.name, slider.valueAsNumber]));
      reading.textContent = toys[box.dataset.dgToy](svg, values, box);
    };
    box.addEventListener("input", draw);
    box.hidden = false;
    draw();
  }
})();
