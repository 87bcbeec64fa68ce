// Shows each new version in place: the page keeps its scroll position, the player its track and time.
"use strict";

const events = new EventSource("/events");
const status = document.getElementById("status");
const faults = document.getElementById("faults");

events.addEventListener("building", () => { status.textContent = "Making …"; });

events.addEventListener("built", async (event) => {
  const built = JSON.parse(event.data);
  status.textContent = built.status;
  faults.hidden = !built.faults;
  faults.querySelector("pre").textContent = built.faults;
  if (String(built.version) === document.body.dataset.version) return;
  document.body.dataset.version = built.version;
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const frame = document.querySelector("iframe");
  if (!frame || !fresh.querySelector("iframe") || !same(fresh, "audio, iframe, h2")) { location.reload(); return; }
  frame.contentWindow.location.reload();
  replace("[aria-labelledby=print-title]", fresh);
  renew(fresh);
});

events.addEventListener("error", () => { status.textContent = "The preview has stopped."; });

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
