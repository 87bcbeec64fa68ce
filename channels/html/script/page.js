/* The script of every page: leaves at once, prints, shows the way back to the contents and where a table goes on, and
   keeps the focus out from under what stays in view. */
(() => {
  "use strict";
  const root = document.documentElement;

  const exit = document.querySelector(".exit");
  if (exit) {
    const told = document.querySelector(".told");
    let presses = 0, alone = false, wait;
    function leave() {
      root.classList.add("left");
      document.title = "…";
      document.querySelector("audio")?.pause();
      try { sessionStorage.removeItem("listen-speed"); } catch { /* nothing was kept */ }
      location.replace(exit.href);
    }
    function count(to) {
      presses = to;
      told.textContent = [, told.dataset.two, told.dataset.one][to] ?? "";
      clearTimeout(wait);
      if (to) wait = setTimeout(count, 5000, 0);
    }
    exit.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      leave();
    });
    /* Three presses of Shift with nothing in between. */
    document.addEventListener("keydown", (event) => {
      alone = event.key === "Shift" && !event.repeat;
      if (event.key !== "Shift") count(0);
    });
    document.addEventListener("keyup", (event) => {
      if (event.key !== "Shift" || !alone) return;
      alone = false;
      if (presses === 2) leave();
      else count(presses + 1);
    });
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  }

  /* The bars at the edges of the window grow with the reader's letters. Their sizes stand in a sheet of their own, so
     that no element has a style; a browser that knows no such sheets keeps the sizes of the style. What has the focus is
     scrolled out from under the bars, since not every browser heeds scroll-padding when the focus moves. */
  const covered = { "--bar": document.querySelector(".leave"), "--foot": document.querySelector(".back") };
  if ("adoptedStyleSheets" in document) {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const shown = Object.entries(covered).filter(([, bar]) => bar);
    const sizes = () => shown.map(([name, bar]) => `${name}: ${bar.offsetHeight}px;`).join(" ");
    const bars = new ResizeObserver(() => requestAnimationFrame(() => sheet.replaceSync(`:root { ${sizes()} }`)));
    for (const [, bar] of shown) bars.observe(bar);
  }
  document.addEventListener("focusin", ({ target }) => requestAnimationFrame(() => {
    if (!target.matches(":focus-visible") || target.closest(".leave, .back.along")) return;
    const above = covered["--bar"]?.offsetHeight ?? 0;
    const below = innerHeight - (document.querySelector(".back.along")?.offsetHeight ?? 0);
    const { top, bottom } = target.getBoundingClientRect();
    if (top < above + 6) scrollBy({ top: top - above - 6, behavior: "instant" });
    else if (bottom > below - 6) scrollBy({ top: Math.min(bottom - below + 6, top - above - 6), behavior: "instant" });
  }));

  document.querySelector(".printing").addEventListener("click", () => print());

  /* A table that is too wide becomes a scrolling region, and says so. One that fits is not a stop of Tab, and is named
     once. Its size changes by that, too, so it is fitted before the next frame: an observer may not change what it
     observes. Headers that would fill half of the room do not stay. */
  for (const table of document.querySelectorAll(".table")) {
    const scrolls = ["tabindex", "role", "aria-label"].map((name) => [name, table.getAttribute(name)]);
    const across = () => table.scrollWidth - table.clientWidth;
    const grid = table.querySelector("table");
    const size = () => `${table.clientWidth} ${table.clientHeight} ${grid.offsetWidth} ${innerHeight}`;
    const tell = () => {
      table.classList.toggle("more", across() - Math.abs(table.scrollLeft) > 1);
      table.classList.toggle("below", table.scrollHeight - table.clientHeight - table.scrollTop > 1);
    };
    let seen = "";
    const fit = () => {
      if (size() === seen) return;
      const at = table.scrollLeft;
      table.classList.remove("wide");
      const wide = across() > 1;
      table.classList.toggle("wide", wide);
      table.classList.toggle("fits", !wide);
      const room = wide ? table.clientHeight : innerHeight;
      table.classList.toggle("tall", table.querySelector("thead").offsetHeight > room / 2);
      for (const [name, value] of scrolls) if (wide) table.setAttribute(name, value); else table.removeAttribute(name);
      table.scrollLeft = at;
      tell();
      seen = size();
    };
    table.addEventListener("scroll", tell, { passive: true });
    const refit = () => requestAnimationFrame(fit);
    const observer = new ResizeObserver(refit);
    observer.observe(table);
    observer.observe(grid);
    addEventListener("resize", refit);
  }

  const contents = document.querySelector(".contents");
  const back = document.querySelector(".back");
  if (back) {
    new IntersectionObserver(([seen]) => back.classList.toggle("along", seen.boundingClientRect.bottom < 0))
      .observe(contents);
    back.addEventListener("click", () => {
      const folded = contents.querySelector("details");
      if (folded) folded.open = true;
    });
  }
})();
