/* Reading along: marks the sentence that is being read, keeps it in view, and plays from the sentence that is chosen.
   The cues come from the metadata track; a page opened from a folder loads no track and takes its own timings. */
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
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let track, current = null;

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
    const { top, bottom } = current.getBoundingClientRect();
    if (follow.checked && !audio.paused && (top < 60 || bottom > innerHeight - 60))
      current.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  }

  function attend(to) {
    track = to;
    track.mode = "hidden";
    track.addEventListener("cuechange", show);
  }

  function play(begin) {
    const start = () => { audio.currentTime = begin; audio.play().catch(() => {}); };
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

  const element = audio.querySelector("track");
  element.addEventListener("error", () => {
    attend(audio.addTextTrack("metadata"));
    for (const [id, begin, end] of timings)
      track.addCue(new VTTCue(begin, end, JSON.stringify({ selector: { value: id } })));
  });
  attend(element.track);

  audio.addEventListener("ended", () => { current = null; });
  follow.checked = !still.matches;
  mark.addEventListener("change", show);

  /* A stray tap never starts to speak: sentences answer once the visitor listens or has opened the options. */
  const arm = () => document.documentElement.classList.add("reading-along");
  audio.addEventListener("play", arm);
  listen.querySelector(".reading").addEventListener("toggle", arm);

  for (const link of document.querySelectorAll("[data-begin]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      play(Number(link.dataset.begin));
    });

  const sentence = (node) => {
    for (let at = node; at; at = at.parentElement) if (begins.has(at.id)) return at;
    return null;
  };
  document.addEventListener("click", (event) => {
    if (!document.querySelector(".reading-along")) return;
    if (event.target.closest("a, button, summary, label, audio") || !getSelection().isCollapsed) return;
    const chosen = sentence(event.target);
    if (chosen) toggle(chosen.id);
  });

  function goTo(id) {
    const target = document.getElementById(id);
    target.tabIndex = -1;
    target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
    target.focus();
  }
  choose.addEventListener("click", () => goTo(current?.id ?? order[0]));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") audio.pause();
    const at = order.indexOf(event.target.id);
    if (at < 0 || event.target.tabIndex !== -1) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) goTo(order[Math.min(Math.max(at + step, 0), order.length - 1)]);
    else if (event.key === "Enter" || event.key === " ") toggle(order[at]);
    else if (event.key === "Escape") choose.focus();
    else return;
    event.preventDefault();
  });
})();
