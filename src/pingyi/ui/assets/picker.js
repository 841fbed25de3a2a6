// The unit picker: arrow keys walk through what htmx found, Escape closes it. "/" goes to it.
export function watchPicker() {
  const input = document.querySelector("[data-picker]");
  if (!input) return;
  const picker = input.form;
  const found = () => [...picker.querySelectorAll(".picker-results a")];
  const close = () => (picker.querySelector(".picker-results").textContent = "");

  picker.addEventListener("keydown", (event) => {
    const links = found();
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && links.length) {
      event.preventDefault();
      (at > 0 ? links[at - 1] : input).focus();
    } else if (event.key === "Enter" && at < 0 && links.length) {
      event.preventDefault();
      links[0].click();
    } else if (event.key === "Escape") {
      close();
      input.focus();
    }
  });
  document.addEventListener("click", (event) => picker.contains(event.target) || close());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    input.focus();
  });
}
