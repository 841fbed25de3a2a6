// <table data-one-at-a-time data-back="…" data-next="…">: on a phone one row is shown at a time, with buttons to
// the one before and the one after. Without scripts the rows stand beneath each other.
const phone = matchMedia("(max-width: 599.98px)");

export function watchOneAtATime() {
  for (const table of document.querySelectorAll("[data-one-at-a-time]")) watch(table);
}

function watch(table) {
  const rows = [...table.tBodies[0].rows];
  const bar = document.createElement("p");
  const back = button(table.dataset.back);
  const place = document.createElement("span");
  const next = button(table.dataset.next);
  bar.className = "one-at-a-time btn-list";
  place.setAttribute("aria-live", "polite");
  bar.append(back, place, next);
  table.parentElement.after(bar);
  let at = first(rows);
  const show = () => {
    const isOne = phone.matches && rows.length > 1;
    bar.hidden = !isOne;
    rows.forEach((row, number) => (row.hidden = isOne && number !== at));
    place.textContent = `${at + 1} / ${rows.length}`;
    back.disabled = at === 0;
    next.disabled = at === rows.length - 1;
  };
  const go = (to) => {
    at = to;
    show();
    table.parentElement.scrollIntoView({ block: "start", behavior: "instant" });
  };
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  phone.addEventListener("change", show);
  show();
}

// The first row with something to mend, else the first in which nothing is typed yet.
function first(rows) {
  const wrong = rows.findIndex((row) => row.querySelector(".errorlist, [aria-invalid=true]"));
  if (wrong >= 0) return wrong;
  const open = rows.findIndex((row) => [...row.querySelectorAll("input")].every((box) => !box.value));
  return Math.max(0, open);
}

function button(label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = label;
  return made;
}
