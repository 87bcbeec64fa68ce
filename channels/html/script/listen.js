/* Reading along: marks the sentence that is being spoken, keeps it in view, and plays from a sentence that is chosen.
   The cues come from the metadata track. A page opened from a folder loads no track, and takes its own timings. */
(() => {
  "use strict";
  const listen = document.getElementById("listen");
  const audio = listen.querySelector("audio");
  const timings = listen.dataset.timings.split(",")
    .map((clip) => clip.split(" "))
    .map(([id, begin, end]) => [id, Number(begin), Number(end)])
    .filter(([id]) => document.getElementById(id));
  if (!timings.length) return;

  const begins = new Map(timings.map(([id, begin]) => [id, begin]));
  const order = [...begins.keys()];
  const mark = document.getElementById("listen-mark");
  const follow = document.getElementById("listen-follow");
  const choose = document.getElementById("listen-choose");
  const speed = document.getElementById("listen-speed");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let track, current = null, waiting = false;

  /* If the reader has scrolled elsewhere, following waits until it is asked to go on. */
  const rejoin = document.createElement("button");
  rejoin.type = "button";
  rejoin.className = "rejoin";
  rejoin.textContent = listen.dataset.rejoin;
  rejoin.hidden = true;
  document.getElementById("main").append(rejoin);
  rejoin.addEventListener("click", () => { wait(false); bring(); });
  function wait(to) {
    waiting = to;
    rejoin.hidden = !(waiting && follow.checked && !audio.paused);
  }
  const gone = () => { if (!audio.paused && follow.checked) wait(true); };
  addEventListener("wheel", gone, { passive: true });
  addEventListener("touchmove", gone, { passive: true });
  addEventListener("keydown", (event) => {
    if (["PageUp", "PageDown", "Home", "End"].includes(event.key) ||
        (["ArrowUp", "ArrowDown", " "].includes(event.key) && event.target === document.body)) gone();
  });

  function bring() {
    const { top, bottom } = current?.getBoundingClientRect() ?? {};
    if (top < 80 || bottom > innerHeight - 80)
      current.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  }

  function show() {
    current?.classList.remove("reading-now");
    CSS.highlights?.delete("reading");
    const cue = [...track.activeCues ?? []].pop();
    if (!cue) return;
    current = document.getElementById(JSON.parse(cue.text).selector.value);
    if (mark.checked) {
      if (CSS.highlights && current.firstChild) {
        const range = new Range();
        range.selectNodeContents(current);
        CSS.highlights.set("reading", new Highlight(range));
      } else current.classList.add("reading-now");
    }
    if (follow.checked && !waiting && !audio.paused) bring();
  }

  function attend(to) {
    track = to;
    track.mode = "hidden";
    track.addEventListener("cuechange", show);
  }
  function attendOwn() {
    attend(audio.addTextTrack("metadata"));
    for (const [id, begin, end] of timings)
      track.addCue(new VTTCue(begin, end, JSON.stringify({ selector: { value: id } })));
  }
  if (location.protocol === "file:") attendOwn();
  else {
    const element = document.createElement("track");
    element.kind = "metadata";
    element.src = listen.dataset.cues;
    element.addEventListener("error", attendOwn);
    audio.append(element);
    attend(element.track);
  }

  function play(begin) {
    const start = () => { audio.currentTime = begin; audio.play().catch(() => {}); };
    listen.open = true;
    wait(false);
    if (audio.readyState) start();
    else {
      audio.addEventListener("loadedmetadata", start, { once: true });
      audio.load();
    }
  }
  function toggle(id) {
    if (id === current?.id && !audio.paused) audio.pause();
    else play(begins.get(id));
  }
  /* Goes to the next sentence or the one before. A sentence that has lasted two seconds begins again instead. */
  function step(by) {
    const now = audio.currentTime + 0.01;
    const at = timings.findLastIndex(([, begin]) => begin <= now);
    const again = by < 0 && at >= 0 && now - timings[at][1] > 2;
    play(timings[Math.min(Math.max(again ? at : at + by, 0), timings.length - 1)][1]);
  }
  document.getElementById("listen-previous").addEventListener("click", () => step(-1));
  document.getElementById("listen-next").addEventListener("click", () => step(1));
  /* A chosen speed is kept until the tab is closed, on this page and the others. Some browsers refuse to keep anything;
     then it is the speed of this page. */
  function hurry() { audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value); }
  function resume() {
    let kept;
    try { kept = sessionStorage.getItem("listen-speed"); } catch { /* refused */ }
    if ([...speed.options].some((option) => option.value === kept)) speed.value = kept;
    hurry();
  }
  speed.addEventListener("change", () => {
    hurry();
    try { sessionStorage.setItem("listen-speed", speed.value); } catch { /* refused */ }
  });
  addEventListener("pageshow", resume);
  resume();
  audio.addEventListener("ended", () => { current = null; });
  audio.addEventListener("pause", () => wait(waiting));
  audio.addEventListener("play", () => wait(waiting));
  follow.checked = !still.matches;
  mark.addEventListener("change", show);
  follow.addEventListener("change", () => wait(false));

  /* A stray tap never starts the speech: sentences react while the visitor listens or once the player was opened. */
  const arm = () => document.documentElement.classList.add("reading-along");
  audio.addEventListener("play", arm);
  listen.addEventListener("toggle", arm);

  for (const link of document.querySelectorAll("[data-begin]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      play(Number(link.dataset.begin));
    });

  const sentence = (node) => {
    for (let at = node; at; at = at.parentElement) if (begins.has(at.id)) return at;
    return null;
  };
  /* A click counts only if no second one follows, because two select a word. */
  let second;
  document.addEventListener("click", (event) => {
    clearTimeout(second);
    if (event.detail > 1 || !document.querySelector(".reading-along")) return;
    if (event.target.closest("a, button, summary, label, select, audio")) return;
    const chosen = sentence(event.target);
    if (chosen) second = setTimeout(() => { if (getSelection().isCollapsed) toggle(chosen.id); }, 300);
  });

  /* While sentences are chosen by keyboard, each is a stop of Tab, because screen readers pass Tab and Enter to the
     page. */
  const places = () => order.map((id) => document.getElementById(id));
  function choosing(on) {
    choose.ariaPressed = on;
    for (const place of places()) if (on) place.tabIndex = 0; else place.removeAttribute("tabindex");
  }
  const chosen = () => choose.ariaPressed === "true";
  choose.addEventListener("click", () => {
    choosing(!chosen());
    if (chosen()) (current ?? document.getElementById(order[0])).focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") audio.pause();
    const at = chosen() ? order.indexOf(event.target.id) : -1;
    if (at < 0) return;
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by) document.getElementById(order[Math.min(Math.max(at + by, 0), order.length - 1)]).focus();
    else if (event.key === "Enter" || event.key === " ") toggle(order[at]);
    else if (event.key === "Escape") { choosing(false); choose.focus(); }
    else return;
    event.preventDefault();
  });
})();
