// Keeps one stream of events for all open pages of the preview. Each event goes to every page, and the latest to a new
// page.
"use strict";

const stream = new EventSource("/events");
const pages = new Set();
let latest = null;

for (const type of ["building", "part", "built", "error"]) {
  stream.addEventListener(type, ({ data }) => {
    latest = { type, data };
    for (const page of pages) page.postMessage(latest);
  });
}

self.addEventListener("connect", ({ ports: [page] }) => {
  pages.add(page);
  if (latest) page.postMessage(latest);
});
