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
  for (const type of ["building", "built", "error"]) stream.addEventListener(type, ({ data }) => tell(type, data));
}

function tell(type, data) {
  events.dispatchEvent(new MessageEvent(type, { data }));
}

const status = document.getElementById("status");
const faults = document.getElementById("faults");
const warnings = document.getElementById("warnings");

events.addEventListener("building", () => { status.textContent = "Making …"; });

events.addEventListener("built", async (event) => {
  const built = JSON.parse(event.data);
  status.textContent = built.status;
  show(faults, built.faults);
  show(warnings, built.warnings);
  if (String(built.version) === document.body.dataset.version) return;
  document.body.dataset.version = built.version;
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const frame = document.querySelector("iframe");
  if (!frame || !fresh.querySelector("iframe") || !same(fresh, "audio, iframe, h2")) { location.reload(); return; }
  if (at_home(frame)) frame.contentWindow.location.reload();
  else frame.src = frame.getAttribute("src");
  replace("[aria-labelledby=print-title]", fresh);
  renew(fresh);
});

events.addEventListener("error", () => { status.textContent = "The preview has stopped."; });

function show(section, words) {
  section.hidden = !words;
  section.querySelector("pre").textContent = words;
}

// A link that leads away opens a window of its own: most sites refuse to stand in a frame, and would leave it broken.
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

function replace(selector, fresh) {
  document.querySelector(selector).replaceWith(fresh.querySelector(selector));
}

function renew(fresh) {
  const players = document.querySelectorAll("audio");
  fresh.querySelectorAll("audio").forEach((wanted, number) => {
    const player = players[number];
    const time = player.currentTime;
    player.src = wanted.getAttribute("src");
    if (time) player.currentTime = time;
  });
}
