// <button data-key="x">: that key presses it, a link or a box, while nothing is being typed. data-key="enter" is pressed
// with Control from a field as well. What a key does is said beside it (<kbd>).
const TYPED_IN = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog";

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.shiftKey || event.isComposing || event.repeat) return;
    const key = event.key.toLowerCase();
    const isEnter = key === "enter";
    if (event.ctrlKey && !isEnter) return;
    if (event.target.closest(TYPED_IN) && !(isEnter && event.ctrlKey)) return;
    // Enter on a button or a link presses that one.
    if (isEnter && !event.ctrlKey && event.target.closest("a, button, summary")) return;
    const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!found) return;
    event.preventDefault();
    found.click();
  });
}
