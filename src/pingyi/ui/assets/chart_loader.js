// Charts are heavy, so their script comes only with a page, or a fragment, that has one.
export function watchCharts() {
  const load = () => {
    if (!document.querySelector("[data-chart]")) return;
    if (document.querySelector("script[data-charts-script]")) return;
    const script = document.createElement("script");
    script.src = document.body.dataset.charts;
    script.dataset.chartsScript = "yes";
    document.head.append(script);
  };
  load();
  document.addEventListener("htmx:load", load);
}
