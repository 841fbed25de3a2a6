// <form data-identities="id of a json_script">: figures that must agree, checked as one types.
// Rule: {"left": ["due"], "op": ">=", "right": ["present"], "text": "…", "off": "…"}; the names
// are fields, a side is their sum (numbers count as themselves). With {"slack": 1} an equation
// also holds where the left side is one less. The list
// <ul data-identities-list> shows each rule: open (fields still empty), holds, or off.
const HOLDS = {
  "=": (left, right) => left === right,
  "==": (left, right) => left === right,
  ">=": (left, right) => left >= right,
  "<=": (left, right) => left <= right,
};

export function watchIdentities() {
  for (const form of document.querySelectorAll("form[data-identities]")) watch(form);
  document.addEventListener("htmx:load", (event) => {
    for (const form of event.target.querySelectorAll?.("form[data-identities]") ?? []) watch(form);
  });
}

function watch(form) {
  if (form.dataset.identitiesWatched) return;
  form.dataset.identitiesWatched = "yes";
  const given = form.dataset.identities;
  const source = given.trim().startsWith("[") ? given : document.getElementById(given).textContent;
  const rules = JSON.parse(source);
  const list = form.querySelector("[data-identities-list]");
  const show = () => {
    list.replaceChildren(...rules.map((rule) => line(form, rule)));
    mark(form, rules);
  };
  form.addEventListener("input", show);
  show();
}

function value(form, term) {
  if (typeof term === "number") return term;
  const field = form.elements.namedItem(term);
  if (!field || field.value === undefined || field.value.trim() === "") return null;
  return /^\d+$/.test(field.value.trim()) ? Number(field.value) : NaN;
}

function sum(form, terms) {
  const values = terms.map((term) => value(form, term));
  return values.includes(null) ? null : values.reduce((total, one) => total + one, 0);
}

function stateOf(form, rule) {
  const left = sum(form, rule.left);
  const right = sum(form, rule.right);
  if (left === null || right === null) return ["open", ""];
  if (HOLDS[rule.op](left, right)) return ["holds", `${left} ${sign(rule.op)} ${right}`];
  if (left < right && left >= right - (rule.slack ?? 0)) {
    return ["holds", `${left} = ${right} − ${right - left}`];
  }
  return ["off", Number.isNaN(left + right) ? "" : `${left} : ${right}`];
}

function sign(op) {
  return { ">=": "≥", "<=": "≤", "==": "=", "=": "=" }[op];
}

function line(form, rule) {
  const [state, figures] = stateOf(form, rule);
  const item = document.createElement("li");
  item.className = `identity identity-${state}`;
  const note = document.createElement("span");
  note.className = "num";
  note.textContent = figures;
  item.append(state === "off" && rule.off ? rule.off : rule.text, note);
  return item;
}

function mark(form, rules) {
  const off = rules.filter((rule) => stateOf(form, rule)[0] === "off");
  const names = new Set(off.flatMap((rule) => [...rule.left, ...rule.right]));
  for (const field of form.querySelectorAll("input[name]")) {
    field.classList.toggle("is-off", names.has(field.name));
  }
}
