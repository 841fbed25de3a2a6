// <table data-grid>: a meeting grid of inputs that is filled from the keyboard.
// Enter goes down, Shift+Enter up, Alt+arrows anywhere; plain arrows leave a cell only from its
// edge, so that texts can still be edited. A block copied from Excel fills the cells from here on;
// where its first column has names of the rows, each line goes to the row of its name. The sentence
// data-said="… {n} … {m} …" then tells how many lines were filled and how many have no place.
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function watchGrids() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !inGrid(event.target)) return;
    const move = moveOf(event);
    if (!move) return;
    const next = neighbour(event.target, ...move);
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next.select) next.select();
  });
  document.addEventListener("focusin", (event) => {
    if (inGrid(event.target)) requestAnimationFrame(() => showHeads(event.target));
  });
  document.addEventListener("paste", (event) => {
    if (!inGrid(event.target)) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const rows = readTsv(text.replace(/\n$/, ""));
    if (rows.length === 1 && rows[0].length === 1) return;
    event.preventDefault();
    fill(event.target, rows);
  });
}

// A long grid scrolls in a frame of its own: the whole frame comes into sight, and with it the heads.
function showHeads(cell) {
  const frame = cell.closest(".grid-scroll");
  if (frame && frame.offsetHeight < innerHeight) {
    frame.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
}

function inGrid(target) {
  return target.matches?.("input, select, textarea") && target.closest("[data-grid]");
}

function moveOf(event) {
  const cell = event.target;
  if (event.key === "Enter" && !event.ctrlKey && !event.altKey) return [event.shiftKey ? -1 : 1, 0];
  const move = MOVES[event.key];
  if (!move || event.shiftKey || event.ctrlKey || event.metaKey) return null;
  if (event.altKey) return move;
  // In a select the arrows choose; in a text they leave it only where they cannot go further.
  if (cell.tagName === "SELECT") return move[0] ? null : move;
  if (typeof cell.selectionStart !== "number") return move;
  if (cell.selectionStart === 0 && cell.selectionEnd === cell.value.length) return move;
  const atStart = cell.selectionStart === 0 && cell.selectionEnd === 0;
  const atEnd = cell.selectionStart === cell.value.length;
  if (cell.tagName === "INPUT" && move[0]) return move;
  return (move[0] + move[1] < 0 ? atStart : atEnd) ? move : null;
}

function cellsOf(grid) {
  return [...grid.querySelectorAll("tr")]
    .map((row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")])
    .filter((row) => row.length);
}

function placeOf(cell, cells) {
  const row = cells.findIndex((candidates) => candidates.includes(cell));
  return [row, cells[row].indexOf(cell)];
}

function neighbour(cell, down, right) {
  const cells = cellsOf(cell.closest("[data-grid]"));
  const [row, column] = placeOf(cell, cells);
  return cells[row + down]?.[column + right];
}

function fill(start, rows) {
  const grid = start.closest("[data-grid]");
  const cells = cellsOf(grid);
  const [top, left] = placeOf(start, cells);
  const byName = linesByName(cells, rows);
  const lines = byName ?? rows.map((values, down) => [cells[top + down], values]);
  let filled = 0;
  for (const [row, values] of lines) {
    const written = values.map((value, right) => write(row?.[left + right], value.trim()));
    if (written.includes(true)) filled += 1;
  }
  say(grid, filled, lines.length - filled);
}

function write(cell, value) {
  if (!cell || cell.disabled || cell.readOnly) return false;
  setValue(cell, value);
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  cell.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

// Lines with the row of their name, if at least half of them have one; a name that two rows share
// is nobody's.
function linesByName(cells, rows) {
  const named = new Map();
  for (const row of cells) {
    const head = row[0].closest("tr").querySelector("th");
    const name = plain(head?.firstChild?.textContent ?? "");
    if (name) named.set(name, named.has(name) ? undefined : row);
    // What tells namesakes apart stands behind the name; without it the name is nobody's.
    const bare = name.replace(/\([^()]*\)$/, "");
    if (bare !== name) named.set(bare, undefined);
  }
  const known = rows.filter((values) => values.length > 1 && named.has(plain(values[0])));
  if (known.length === 0 || known.length * 2 < rows.length) return null;
  return rows.map(([name, ...values]) => [named.get(plain(name)), values]);
}

// Names of two characters are often written with a space between; width and dots differ.
function plain(name) {
  const narrow = name.replace(/[\s\p{Cf}]+/gu, "").normalize("NFKC");
  return narrow.replace(/[.•‧∙⋅・]/g, "·");
}

function say(grid, filled, left) {
  if (!grid.dataset.said) return;
  const after = grid.closest(".table-scroll") ?? grid;
  let place = after.nextElementSibling;
  if (!place?.matches("[data-grid-said]")) {
    place = document.createElement("p");
    place.className = "form-hint";
    place.dataset.gridSaid = "";
    place.setAttribute("role", "status");
    after.after(place);
  }
  place.textContent = grid.dataset.said.replace("{n}", filled).replace("{m}", left);
}

function setValue(cell, value) {
  if (cell.type === "checkbox") {
    cell.checked = !["", "0", "否", "no", "false"].includes(value.toLowerCase());
  } else if (cell.tagName === "SELECT") {
    const option = [...cell.options].find((o) => o.text.trim() === value || o.value === value);
    if (option) cell.value = option.value;
  } else {
    cell.value = value;
  }
}

// Excel puts cells with line breaks or quotes into quotes and doubles the quotes inside.
export function readTsv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const row = rows[rows.length - 1];
    const last = row.length - 1;
    const char = text[i];
    if (char === '"' && (quoted || row[last] === "")) {
      if (quoted && text[i + 1] === '"') {
        row[last] += '"';
        i += 1;
      } else {
        quoted = !quoted;
      }
    } else if (char === "\t" && !quoted) {
      row.push("");
    } else if (char === "\n" && !quoted) {
      rows.push([""]);
    } else {
      row[last] += char;
    }
  }
  return rows;
}
