// <form data-confirm="What cannot be undone">: asks in a native dialog before the form is sent.
// A button of a form with several may ask its own question: <button data-confirm="…">. {name} in it is
// what is typed in the field of that name.
// <form data-confirm-many="Do it to {n}?">: asks where more than one is meant; what may be ticked
// says how many it stands for (data-many), and the largest counts, so that "all" is one box.
// Where [data-also] is ticked it adds data-also-words, beyond data-over data-over-words.
// Every other form is sent once only, however often its button is pressed.
export function watchActions() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asked = event.submitter?.dataset.confirm || form.dataset.confirm;
    const sentence = asked ? filled(asked, form) : sentenceForMany(form);
    if (!sentence || form.dataset.confirmed) {
      holdBack(event, form);
      return;
    }
    event.preventDefault();
    ask(sentence, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter || undefined);
      delete form.dataset.confirmed;
    });
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  });
  // Coming back by the browser's back button shows the page as it was left: open the forms again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

function holdBack(event, form) {
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  // A download leaves the page as it is, so the form must be usable again.
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
}

// {due} in a question stands for what is typed in the field of that name.
function filled(sentence, form) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => {
    const field = form.elements.namedItem(name);
    return field ? field.value.trim() || "0" : whole;
  });
}

function sentenceForMany(form) {
  const ticked = form.querySelectorAll("[data-many]:checked");
  const most = Math.max(0, ...Array.from(ticked, (box) => Number(box.dataset.many)));
  const meant = Math.max(most, ticked.length);
  if (meant < 2 || !form.dataset.confirmMany) return "";
  const also = form.querySelector("[data-also]:checked") ? ` ${form.dataset.alsoWords}` : "";
  const sentence = form.dataset.confirmMany.replace("{n}", meant) + also;
  return meant > Number(form.dataset.over || Infinity) ? `${sentence} ${form.dataset.overWords}` : sentence;
}

function ask(sentence, go) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-text").textContent = sentence;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && go(), { once: true });
  dialog.showModal();
}
