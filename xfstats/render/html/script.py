"""Script of a page: sorting of tables by buttons in their heads, and charts that answer to the keyboard and the pointer.

It asks for nothing from elsewhere, and the page is whole without it.
"""

SCRIPT = r"""
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const number = text => {
    const found = text.replace(/[,\s]/g, "").match(/^[+\-−]?\d+(\.\d+)?/);
    return found ? parseFloat(found[0].replace("−", "-")) : null;
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const body = table.tBodies[0], first = [...body.rows], heads = [...table.tHead.querySelectorAll("th[data-column]")];
    const groups = first.filter(row => row.className === "group"), others = first.filter(row => row.className !== "group");
    const order = (column, sign) => [...groups].sort((one, other) => {
      const [a, b] = [one, other].map(row => row.cells[column].textContent.trim());
      const [x, y] = [number(a), number(b)];
      if (column < +table.dataset.sortable) return sign * a.localeCompare(b, document.documentElement.lang, {numeric: true});
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (x - y);
    });
    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const label = +head.dataset.column < +table.dataset.sortable, was = head.getAttribute("aria-sort");
        const turns = label ? ["ascending", "descending", "none"] : ["descending", "ascending", "none"];
        const now = turns[was === "none" ? 0 : turns.indexOf(was) + 1];
        heads.forEach(one => one.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", now);
        body.append(...(now === "none" ? groups : order(+head.dataset.column, now === "ascending" ? 1 : -1)), ...others);
      });
    }
  }
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const show = mark => {
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    const box = mark.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    const left = Math.min(box.left + box.width / 2 - tip.offsetWidth / 2, wide - tip.offsetWidth - 8);
    tip.style.left = Math.max(8, left) + scrollX + "px";
    tip.style.top = (box.top > tip.offsetHeight + 8 ? box.top - tip.offsetHeight - 4 : box.bottom + 4) + scrollY + "px";
  };
  const hide = () => { tip.hidden = true; };
  for (const chart of document.querySelectorAll("figure svg")) {
    const marks = [...chart.querySelectorAll(".mark")];
    marks.forEach((mark, place) => {
      mark.addEventListener("pointerenter", () => show(mark));
      mark.addEventListener("pointerleave", hide);
      mark.addEventListener("focus", () => show(mark));
      mark.addEventListener("blur", hide);
      mark.addEventListener("keydown", event => {
        const last = marks.length - 1;
        const next = place + 1, before = place - 1;
        const steps = {ArrowRight: next, ArrowDown: next, ArrowLeft: before, ArrowUp: before, Home: 0, End: last};
        const to = steps[event.key];
        if (event.key === "Escape") hide();
        if (to === undefined) return;
        event.preventDefault();
        const chosen = marks[Math.max(0, Math.min(to, last))];
        marks.forEach(one => one.setAttribute("tabindex", one === chosen ? "0" : "-1"));
        chosen.focus();
      });
    });
  }
});
"""
