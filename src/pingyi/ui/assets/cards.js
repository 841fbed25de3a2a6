// On a phone a list that is wider than the page becomes cards: one for each line, its subject first, what the
// column is called before each value. Without scripts it scrolls sideways, as lists do that hold a grid to type in.
const phone = matchMedia("(max-width: 599.98px)");
const lists = ".table-scroll > .list-table:not(.compared):not([data-grid])";

function name(table) {
  // What is only read out says what a button says anyway.
  const names = [...table.tHead.rows[0].cells].map((head) =>
    head.querySelector(".visually-hidden") ? "" : head.textContent.trim(),
  );
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    // In a group the first line alone has the group's cell.
    const before = names.length - row.cells.length;
    // A line that says there is nothing goes over all columns.
    if (before && !(before === 1 && table.classList.contains("grouped"))) continue;
    for (const cell of row.cells) {
      const label = names[cell.cellIndex + before];
      if (cell.tagName === "TD" && label) cell.dataset.label = label;
      if (!cell.children.length && !cell.textContent.trim()) cell.replaceChildren();
    }
  }
}

export function watchCards() {
  const lay = () => {
    for (const table of document.querySelectorAll(lists)) {
      if (!table.tHead || !table.tBodies.length) continue;
      table.classList.remove("row-cards");
      const isWide = phone.matches && table.scrollWidth > table.parentElement.clientWidth;
      if (isWide) name(table);
      table.classList.toggle("row-cards", isWide);
    }
  };
  lay();
  addEventListener("resize", lay);
  document.addEventListener("htmx:load", lay);
  // In what is folded nothing has a width.
  document.addEventListener("toggle", lay, true);
}
