// <form data-identities="id of a json_script">: figures that must agree, checked as one types.
// Rule: {"left": ["due"], "op": ">=", "right": ["present"], "slack": 0, "text": "…"}; the names are
// fields, a side is their sum, where an empty field beside a typed one is zero, as it will be saved;
// with a slack the left side may also be less by no more than it. The list <ul data-identities-list>
// shows each rule: open (nothing typed on one side), holds, or off.
const HOLDS = { "=": (left, right) => left === right, ">=": (left, right) => left >= right };
const SIGNS = { "=": "=", ">=": "≥" };

export function watchIdentities() {
  for (const form of document.querySelectorAll("form[data-identities]")) watch(form);
  document.addEventListener("htmx:load", (event) => {
    for (const form of event.target.querySelectorAll?.("form[data-identities]") ?? []) watch(form);
  });
}

function watch(form) {
  if (form.dataset.identitiesWatched) return;
  form.dataset.identitiesWatched = "yes";
  const rules = JSON.parse(document.getElementById(form.dataset.identities).textContent);
  const list = form.querySelector("[data-identities-list]");
  const typed = (name) => form.elements.namedItem(name)?.value;
  const show = () => {
    const states = rules.map((rule) => stateOf(rule, typed));
    list.replaceChildren(...rules.map((rule, at) => line(rule, ...states[at])));
    mark(form, rules.filter((_rule, at) => states[at][0] === "off"));
  };
  form.addEventListener("input", show);
  show();
}

// ["open", "holds" or "off", the figures]; typed(name) is what stands in a field.
export function stateOf(rule, typed) {
  const left = sum(rule.left, typed);
  const right = sum(rule.right, typed);
  if (left === null || right === null) return ["open", ""];
  if (HOLDS[rule.op](left, right)) return ["holds", `${left} ${SIGNS[rule.op]} ${right}`];
  if (left < right && left >= right - rule.slack) {
    return ["holds", `${left} = ${right} − ${right - left}`];
  }
  return ["off", Number.isNaN(left + right) ? "" : `${left} : ${right}`];
}

function sum(names, typed) {
  const values = names.map((name) => value(typed(name)));
  if (values.every((one) => one === null)) return null;
  return values.reduce((total, one) => total + (one ?? 0), 0);
}

function value(text) {
  const figure = (text ?? "").trim();
  if (figure === "") return null;
  return /^\d+$/.test(figure) ? Number(figure) : NaN;
}

function line(rule, state, figures) {
  const item = document.createElement("li");
  item.className = `identity identity-${state}`;
  const note = document.createElement("span");
  note.className = "num";
  note.textContent = figures;
  item.append(rule.text, note);
  return item;
}

function mark(form, off) {
  const names = new Set(off.flatMap((rule) => [...rule.left, ...rule.right]));
  for (const field of form.querySelectorAll("input[name]")) {
    field.classList.toggle("is-off", names.has(field.name));
  }
}
