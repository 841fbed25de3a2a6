// <a href="…" data-side>: opens what is behind a figure in the panel on the right.
// Without JavaScript it is a plain link to the same address, answered as a whole page.
export function watchSidePanel(htmx) {
  const panel = document.getElementById("side-panel");
  if (!panel) return;
  let opener = null;

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    if (opener) opener.removeAttribute("aria-current");
    if (opener && opener.isConnected) opener.focus();
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-side-close]")) return close();
    const link = event.target.closest("a[data-side]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (opener) opener.removeAttribute("aria-current");
    opener = link;
    opener.setAttribute("aria-current", "true");
    htmx.ajax("GET", link.href, { target: "#side-panel-body", swap: "innerHTML" }).then(() => {
      panel.hidden = false;
      panel.focus();
    });
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
}
