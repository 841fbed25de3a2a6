// Wide tables and long lists scroll inside their frame. One that holds no link or field could not be scrolled
// from the keyboard, so the frame itself takes the focus then.
export function watchScrollers() {
  const frames = ".table-scroll, .paper-sheet, .identities";
  const focusable = "a[href], input:not([type=hidden]), select, textarea, button";
  const open = () => {
    for (const frame of document.querySelectorAll(frames)) {
      const scrolls = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight;
      const needed = scrolls && !frame.querySelector(focusable);
      if (needed) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }
  };
  open();
  addEventListener("resize", open);
  document.addEventListener("htmx:load", open);
}
