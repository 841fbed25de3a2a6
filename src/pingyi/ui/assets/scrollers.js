// Wide tables scroll inside their frame. One that holds no link or field could not be scrolled
// from the keyboard, so the frame itself takes the focus then.
export function watchScrollers() {
  const frames = ".table-scroll, .paper-sheet, .timeline";
  const open = () => {
    for (const frame of document.querySelectorAll(frames)) {
      const needed = frame.scrollWidth > frame.clientWidth && !frame.querySelector("a, input, select, textarea, button");
      if (needed) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }
  };
  open();
  addEventListener("resize", open);
  document.addEventListener("htmx:load", open);
}
