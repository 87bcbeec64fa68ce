// Shows each new version in place: the page keeps its scroll position, the player its track and time.
"use strict";

// All open pages share one stream of events: a browser keeps no more than six connections to a server.
const events = new EventTarget();
if (window.SharedWorker) {
  const shared = new SharedWorker("/preview/events.js");
  shared.port.onmessage = ({ data }) => tell(data.type, data.data);
  shared.port.start();
} else {
  const stream = new EventSource("/events");
  for (const type of ["building", "part", "built", "error"]) stream.addEventListener(type, ({ data }) => tell(type, data));
}

function tell(type, data) {
  events.dispatchEvent(new MessageEvent(type, { data }));
}

const status = document.getElementById("status");
const faults = document.getElementById("faults");
const warnings = document.getElementById("warnings");

let asked = 0;

for (const type of ["building", "part", "built"]) {
  events.addEventListener(type, async ({ data }) => {
    const told = JSON.parse(data);
    status.textContent = told.status;
    doing(told.parts[document.body.dataset.place] ?? {});
    show(faults, told.faults);
    show(warnings, told.warnings);
    document.body.dataset.version = told.version;
    if (String(told.revision) === document.body.dataset.revision) return;
    document.body.dataset.revision = told.revision;
    const mine = ++asked;
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine === asked) take(fresh);
  });
}

// Replaces only what is new: a page keeps its scroll position, and an unchanged picture stays.
function take(fresh) {
  const frame = document.querySelector("iframe");
  const next = fresh.querySelector("iframe");
  if (!frame || !next || !same(fresh, "audio, iframe, h2, nav")) { location.reload(); return; }
  if (fresh.body.dataset.place !== document.body.dataset.place) { location.reload(); return; }
  document.querySelector("nav")?.replaceWith(fresh.querySelector("nav"));
  document.getElementById("page-title").replaceWith(fresh.getElementById("page-title"));
  if (frame.getAttribute("src") !== next.getAttribute("src")) turn_to(frame, next.getAttribute("src"));
  renew_files(document.querySelector("[aria-labelledby=print-title]"), fresh.querySelector("[aria-labelledby=print-title]"));
  renew(fresh);
}

function turn_to(frame, address) {
  const at = at_home(frame) ? frame.contentWindow.scrollY : 0;
  frame.addEventListener("load", () => { if (at_home(frame)) frame.contentWindow.scrollTo(0, at); }, { once: true });
  frame.setAttribute("src", address);
}

function doing(parts) {
  const lines = Object.entries(parts).map(([name, what]) => Object.assign(document.createElement("li"), { textContent: `${name}: ${what}` }));
  document.getElementById("parts").replaceChildren(...lines);
}

events.addEventListener("error", () => { status.textContent = "The preview has stopped."; });

function show(section, words) {
  section.hidden = !words;
  section.querySelector("pre").textContent = words;
}

// A link that leads away opens in a new window, because most sites refuse to be shown in a frame.
const shown = document.querySelector("iframe");
if (shown) {
  shown.addEventListener("load", () => { if (at_home(shown)) keep_home(shown.contentDocument); });
  if (at_home(shown)) keep_home(shown.contentDocument);
}

function at_home(frame) {
  try { return Boolean(frame.contentDocument && frame.contentWindow.location.href); } catch { return false; }
}

function keep_home(page) {
  if (!page || page.documentElement.dataset.kept) return;
  page.documentElement.dataset.kept = "yes";
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !link.protocol.startsWith("http") || link.host === location.host) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener,noreferrer");
  });
}

function same(fresh, selector) {
  return fresh.querySelectorAll(selector).length === document.querySelectorAll(selector).length;
}

// A leaflet that has not changed keeps its pictures, which need not be fetched again.
function renew_files(section, next) {
  const [files, fresh] = [section, next].map((one) => [...one.querySelectorAll(".file")]);
  if (files.length !== fresh.length) { section.replaceWith(next); return; }
  files.forEach((file, number) => {
    if (file.outerHTML !== fresh[number].outerHTML) file.replaceWith(fresh[number]);
  });
}

function renew(fresh) {
  const players = document.querySelectorAll("audio");
  fresh.querySelectorAll("audio").forEach((wanted, number) => {
    const player = players[number];
    if (player.getAttribute("src") === wanted.getAttribute("src")) return;
    const time = player.currentTime;
    player.src = wanted.getAttribute("src");
    if (time) player.currentTime = time;
  });
}
