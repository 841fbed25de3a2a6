// What every page may use. Pages work without any of it.
import htmx from "htmx.org/dist/htmx.esm.js";
import { watchActions } from "./confirm.js";
import { watchCards } from "./cards.js";
import { watchCharts } from "./chart_loader.js";
import { watchGrids } from "./grid.js";
import { watchIdentities } from "./identities.js";
import { watchKeys } from "./keys.js";
import { watchMenus } from "./menus.js";
import { watchOneAtATime } from "./one_at_a_time.js";
import { watchPicker } from "./picker.js";
import { watchScrollers } from "./scrollers.js";
import { watchSidePanel } from "./side_panel.js";
import { watchTyping } from "./typing.js";

// The Content-Security-Policy forbids inline styles and eval, so htmx must not try.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
});
// A form with errors comes back as 422, on a full disk as 503, and is shown like any other answer.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "503", swap: true },
  { code: "...", swap: false, error: true },
];

watchActions();
watchKeys();
watchMenus();
watchPicker();
watchSidePanel(htmx);
watchGrids();
watchIdentities();
watchCharts();
watchCards();
watchOneAtATime();
watchScrollers();
watchTyping();
