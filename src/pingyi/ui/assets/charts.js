// <figure data-chart="JSON">: horizontal stacked bars, one for each category; or, where
// its kind is "course", lines over the days of a round with its deadline.
// Drawn on a canvas with rich-text tooltips: HTML ones would need inline styles.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent]);
echarts.use([TooltipComponent, AriaComponent, CanvasRenderer]);

// From agreement to its opposite; legible in grey print as well.
const SHADES = {
  1: ["#2f6f8f"],
  2: ["#2f6f8f", "#b3261e"],
  3: ["#2f6f8f", "#a9c9d8", "#b3261e"],
  4: ["#2f6f8f", "#7fb0c6", "#cfdfe6", "#b3261e"],
  5: ["#2f6f8f", "#7fb0c6", "#a9c9d8", "#dde8ed", "#b3261e"],
};
const TONES = { good: "#2f6f8f", fair: "#a9c9d8", poor: "#b3261e", none: "#c4c7cc" };
const DARK = ["#2f6f8f", "#b3261e"];
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif';
const ROW = 38;

function shade(series, index, count) {
  return TONES[series.tone] ?? SHADES[Math.min(count, 5)][index % 5];
}

// A figure is written into its bar only where it fits; the tooltip and the table have them all.
function labelOf(data, narrow) {
  const totals = data.categories.map((_, row) =>
    data.series.reduce((total, series) => total + series.values[row], 0),
  );
  const least = Math.max(...totals) * (narrow ? 0.12 : 0.03);
  return ({ value }) => (value && value >= least ? String(value) : "");
}

function bars(data, narrow) {
  return data.series.map((series, index) => {
    const color = shade(series, index, data.series.length);
    return {
      name: series.name,
      type: "bar",
      stack: "all",
      barWidth: 20,
      data: series.values,
      itemStyle: { color },
      label: {
        show: true,
        color: DARK.includes(color) ? "#fff" : "#1f2937",
        formatter: labelOf(data, narrow),
      },
      labelLayout: { hideOverlap: true },
    };
  });
}

const COMMON = {
  animation: false,
  aria: { enabled: false },
  textStyle: { fontFamily: FONT, fontSize: 14 },
  legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 14, icon: "rect", selectedMode: false },
};
const GRID = { top: 36, bottom: 24, left: 8, right: 16, containLabel: true };
const tooltip = (pointer) => ({ trigger: "axis", renderMode: "richText", axisPointer: { type: pointer } });

function barOptions(data, narrow) {
  return {
    ...COMMON,
    grid: GRID,
    tooltip: tooltip("none"),
    xAxis: { type: "value", minInterval: 1, splitNumber: narrow ? 3 : 6, max: "dataMax", axisLabel: { hideOverlap: true } },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.categories,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { width: narrow ? 120 : 260, overflow: "break", color: "#1f2937", fontSize: narrow ? 12 : 14, lineHeight: 16 },
    },
    series: bars(data, narrow),
  };
}

// Told apart by a dashed line too, for grey print.
const LINES = [
  { color: "#2f6f8f", type: "solid" },
  { color: "#b3261e", type: "dashed" },
];

function courseOptions(data) {
  const marks = data.marks.map(({ at, label }, index) => ({
    xAxis: at,
    label: { formatter: label, color: "#374151", position: index ? "insideEndTop" : "end", rotate: 0 },
    lineStyle: { color: index ? "#8b929c" : "#1f2937", type: index ? "dotted" : "solid", width: 1 },
  }));
  return {
    ...COMMON,
    grid: { ...GRID, top: 56, right: 28 },
    tooltip: { ...tooltip("line"), valueFormatter: (value) => (value === null || value === undefined ? "–" : `${value}%`) },
    xAxis: { type: "category", data: data.categories, boundaryGap: false, axisLabel: { hideOverlap: true } },
    yAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value}%" } },
    series: data.series.map((series, index) => ({
      name: series.name,
      type: "line",
      data: series.values,
      showSymbol: false,
      lineStyle: { ...LINES[index % 2], width: 2 },
      itemStyle: { color: LINES[index % 2].color },
      markLine: index ? undefined : { symbol: "none", silent: true, data: marks },
    })),
  };
}

function draw(figure) {
  const data = JSON.parse(figure.dataset.chart);
  const isNarrow = () => figure.clientWidth < 520;
  const isCourse = data.kind === "course";
  const height = isCourse ? 280 : data.categories.length * ROW + 64;
  figure.style.height = `${height}px`;
  const chart = echarts.init(figure, null, { height });
  const write = () => chart.setOption(isCourse ? courseOptions(data) : barOptions(data, isNarrow()));
  write();
  new ResizeObserver(() => {
    chart.resize({ height });
    write();
  }).observe(figure);
}

function drawAll() {
  for (const figure of document.querySelectorAll("[data-chart]:not([data-drawn])")) {
    figure.dataset.drawn = "yes";
    draw(figure);
  }
}

drawAll();
document.addEventListener("htmx:load", drawAll);
