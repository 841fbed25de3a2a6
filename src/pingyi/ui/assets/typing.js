// What is typed is kept before it is sent: a form with a hidden field `draft` sends itself with
// `autosave` to its own address a moment after somebody has typed, and when the page is left. A grid
// with an autosave of its own (hx-post) is left to htmx. Where the session has ended the page says so,
// keeps its text, and goes on once its account is signed in again beside it.
const AFTER = 1200;
const AGAIN = 8000;
// More than this no browser sends while a page is being left.
const MOST_AT_LEAVING = 60000;
const typed = new Map();
const banner = document.getElementById("ended");
let ended = false;

export function watchTyping() {
  if (!banner) return;
  document.addEventListener("input", (event) => {
    const form = keptFormOf(event.target);
    if (!form) return;
    note(form);
    if (!form.hasAttribute("hx-post")) later(form, AFTER);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!typed.has(form) || event.defaultPrevented) return;
    const state = typed.get(form);
    state.isSent = true;
    state.number += 1;
    form.elements.namedItem("draft_number").value = state.number;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const form of typed.keys()) leave(form);
    else if (ended) goOn();
  });
  addEventListener("pagehide", () => [...typed.keys()].forEach(leave));
  addEventListener("focus", () => ended && goOn());
  addEventListener("online", () => [...typed.keys()].forEach((form) => later(form, 0)));
  addEventListener("beforeunload", (event) => {
    // What was typed this moment is sent while the page goes; what could not be kept would be lost.
    if ([...typed.keys()].some(isInDanger)) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!typed.has(form)) return;
    const { status } = event.detail.xhr;
    if (event.detail.successful) typed.get(form).kept = typed.get(form).asked;
    else if (status === 401) end();
    else if (status === 403) goOn();
    else if (status === 0) say(form, banner.dataset.offline);
    typed.get(form).isSafe = event.detail.successful;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (typed.has(event.detail.elt)) typed.get(event.detail.elt).asked = typed.get(event.detail.elt).changed;
  });
}

function keptFormOf(target) {
  const form = target.form ?? target.closest?.("form");
  return form?.elements?.namedItem("draft") ? form : null;
}

function note(form) {
  if (!typed.has(form)) typed.set(form, { changed: 0, kept: 0, asked: 0, number: 0, isSafe: true });
  typed.get(form).changed += 1;
  typed.get(form).isSent = false;
}

function later(form, delay) {
  const state = typed.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), delay);
}

function bodyOf(form) {
  const state = typed.get(form);
  state.number += 1;
  form.elements.namedItem("draft_number").value = state.number;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.append("autosave", "keep");
  return body;
}

function addressOf(form) {
  return form.getAttribute("action") || location.pathname;
}

async function save(form) {
  const state = typed.get(form);
  if (state.isBusy || ended || state.kept === state.changed) return;
  state.isBusy = true;
  const asked = state.changed;
  try {
    const answer = await fetch(addressOf(form), { method: "POST", body: bodyOf(form), redirect: "manual" });
    state.isSafe = answer.ok;
    if (answer.ok) state.kept = asked;
    if (answer.status === 401) end();
    // The token is of an earlier session: asked for anew, and tried again.
    else if (answer.status === 403) await goOn();
    else if (answer.ok || [409, 413, 503].includes(answer.status)) say(form, await answer.text());
    else throw new Error(answer.status);
    // The disk is full: nothing was kept, and something will be once there is space.
    if (answer.status === 503) later(form, AGAIN);
  } catch {
    state.isSafe = false;
    say(form, banner.dataset.offline);
    later(form, AGAIN);
  } finally {
    state.isBusy = false;
  }
  if (state.changed > asked && !ended) later(form, AFTER);
}

function isInDanger(form) {
  const state = typed.get(form);
  if (state.isSent || state.kept === state.changed) return false;
  return ended || !state.isSafe || bodyOf(form).toString().length > MOST_AT_LEAVING;
}

function leave(form) {
  const state = typed.get(form);
  if (state.isSent || ended || state.kept === state.changed) return;
  const isGrid = form.hasAttribute("hx-post");
  const body = bodyOf(form);
  if (isGrid) body.delete("autosave");
  const keepalive = body.toString().length <= MOST_AT_LEAVING;
  const asked = state.changed;
  const address = isGrid ? form.getAttribute("hx-post") : addressOf(form);
  fetch(address, { method: "POST", body, keepalive, redirect: "manual" }).then(
    (answer) => answer.ok && (state.kept = asked),
    () => {},
  );
}

function say(form, words) {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = words;
}

// The session has ended

function end() {
  ended = true;
  banner.hidden = false;
  for (const form of typed.keys()) say(form, "");
}

async function goOn() {
  const answer = await fetch(banner.dataset.session, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) {
    if (answer) end();
    return;
  }
  const { account, token } = await answer.json();
  const isOther = String(account) !== banner.dataset.account;
  document.getElementById("ended-other").hidden = !isOther;
  if (isOther) {
    end();
    return;
  }
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  ended = false;
  banner.hidden = true;
  for (const form of typed.keys()) {
    if (form.hasAttribute("hx-post")) form.dispatchEvent(new Event("input", { bubbles: true }));
    else later(form, 0);
  }
}
