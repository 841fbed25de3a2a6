// <form data-confirm="What cannot be undone">: asks in a native dialog before the form is sent.
// Every other form is sent once only, however often its button is pressed.
export function watchActions() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.dataset.confirmed) {
      holdBack(event, form);
      return;
    }
    event.preventDefault();
    ask(form.dataset.confirm, () => {
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

function ask(sentence, go) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-text").textContent = sentence;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && go(), { once: true });
  dialog.showModal();
}
