/* What can be measured of a page as it stands in the browser: each function returns its faults, one a line. */
globalThis.measure = (() => {
  const name = (element) =>
    `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""} “${(element.textContent || "").trim().slice(0, 30)}”`;
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest(".skip:not(:focus)");

  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.data.trim() && shown(node.parentElement) && !node.parentElement.closest("script")) yield node;
  }

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  }
  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba("Canvas");
  }
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  /* Text against its ground: at least `least` to 1. */
  function contrast(least) {
    const found = new Set();
    for (const text of texts()) {
      const element = text.parentElement;
      const value = ratio(rgba(getComputedStyle(element).color), ground(element));
      if (value < least) found.add(`${name(element)}: ${value.toFixed(2)}:1`);
    }
    return [...found];
  }

  /* Shapes and the edges of controls against their ground: at least 3 to 1. */
  function shapes() {
    const found = [];
    for (const shape of document.querySelectorAll("svg .length, svg .ground, svg.marks rect")) {
      const style = getComputedStyle(shape);
      const colour = style.fill === "none" ? style.stroke : style.fill;
      const value = ratio(rgba(colour), ground(shape.closest("svg").parentElement));
      if (value < 3) found.push(`${shape.getAttribute("class")}: ${value.toFixed(2)}:1`);
    }
    for (const control of document.querySelectorAll("button")) {
      if (!shown(control)) continue;
      const value = ratio(rgba(getComputedStyle(control).borderBlockStartColor), ground(control.parentElement));
      if (value < 3) found.push(`${name(control)}: edge ${value.toFixed(2)}:1`);
    }
    return found;
  }

  /* Controls are at least 44 px each way; links at least 24 px, unless they stand in a line of text. */
  function targets() {
    const found = [];
    for (const control of document.querySelectorAll("a[href], button, summary, input, audio")) {
      if (!shown(control)) continue;
      const { width, height } = control.getBoundingClientRect();
      const inline = control.matches("a") && getComputedStyle(control).display === "inline";
      const least = control.matches("a") ? 24 : 44;
      if (!inline && (width < least - 0.5 || height < least - 0.5))
        found.push(`${name(control)}: ${width.toFixed(0)} × ${height.toFixed(0)}`);
      if (inline && !control.closest("p, li, dd, td, figcaption, label")) found.push(`${name(control)}: inline, in no text`);
    }
    return found;
  }

  /* No text is smaller than `least` px; the body's own text is at least `body` px. */
  function type(least, body) {
    const found = new Set();
    for (const text of texts()) {
      const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
      if (size < least) found.add(`${name(text.parentElement)}: ${size}px`);
    }
    const size = parseFloat(getComputedStyle(document.body).fontSize);
    if (size < body) found.add(`body: ${size}px`);
    return [...found];
  }

  /* No line of running text holds more than `most` characters. */
  function lines(most) {
    const found = [];
    for (const block of document.querySelectorAll("p, li, dd, figcaption, td, h1, h2, h3")) {
      if (!shown(block) || block.querySelector("p, li, dd")) continue;
      const lengths = new Map();
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const word of node.data.matchAll(/\S+\s*/g)) {
          const range = new Range();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].trimEnd().length);
          const { bottom } = range.getBoundingClientRect();
          const line = [...lengths.keys()].find((at) => Math.abs(at - bottom) < 6) ?? bottom;
          lengths.set(line, (lengths.get(line) ?? 0) + word[0].length);
        }
      const longest = Math.max(0, ...lengths.values());
      if (longest > most + 1) found.push(`${name(block)}: ${longest} characters`);
    }
    return found;
  }

  /* Lines of running text stand at least `least` times their letters' size apart (WCAG 1.4.8). */
  function leading(least) {
    const found = [];
    for (const block of document.querySelectorAll("p, li, dd, dt, td, th, caption, blockquote, label")) {
      if (!shown(block) || block.closest(".picture") || !block.textContent.trim()) continue;
      const style = getComputedStyle(block);
      const value = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
      if (!(value >= least - 0.01)) found.push(`${name(block)}: ${value.toFixed(2)}`);
    }
    return found;
  }

  /* Nothing makes the page scroll sideways, nothing is cut off, no text lies over other text. */
  function layout() {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth}px wide`);
    for (const element of document.querySelectorAll("body *")) {
      if (!shown(element) || element.matches("svg, svg *, audio, input, .table, img")) continue;
      const style = getComputedStyle(element);
      const cuts = (value) => value !== "visible";
      if ((cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1))
        found.push(`${name(element)}: cut off`);
    }
    const boxes = [], counts = new Map();
    for (const text of texts()) {
      const block = text.parentElement.closest("p, li, h1, h2, h3, h4, dt, dd, td, th, caption, figcaption, a, button, summary, label, div");
      const range = new Range();
      range.selectNodeContents(text);
      counts.set(block, (counts.get(block) ?? 0) + 1);
      if (counts.get(block) > 40) continue;
      const frame = text.parentElement.closest(".table")?.getBoundingClientRect();  // what lies outside is not seen
      const seen = (box) => !frame || (box.top < frame.bottom - 4 && box.bottom > frame.top + 4);
      for (const box of [...range.getClientRects()].slice(0, 40)) if (box.width > 1 && seen(box)) boxes.push({ block, text, box });
    }
    for (const { block, text, box } of boxes) {
      if ((box.right > innerWidth + 1 || box.left < -1) && !text.parentElement.closest(".table")) found.push(`${name(block)}: off the screen`);
      for (const other of boxes) {
        if (other.block === block || other.block.contains(block) || block.contains(other.block)) continue;
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 2 && down > 4) found.push(`${name(block)} lies over ${name(other.block)}`);
      }
    }
    return [...new Set(found)];
  }

  /* The reader's own spacing (WCAG 1.4.12). */
  function spread() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);
  }

  /* The focused element is in view, uncovered, and its outline stands out from what is around it. */
  function focus() {
    const element = document.activeElement;
    const found = [];
    const box = element.getClientRects()[0];
    if (!box || box.bottom < 0 || box.top > innerHeight) return [`${name(element)}: out of view`];
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(Math.min(box.left + box.width / 2, innerWidth - 1), y);
    if (!top || !(element.contains(top) || top.contains(element))) found.push(`${name(element)}: covered by ${top && name(top)}`);
    const style = getComputedStyle(element);
    const around = ground(element.parentElement);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`${name(element)}: no outline`);
    else if (parseFloat(style.outlineOffset) >= 0 && ratio(rgba(style.outlineColor), around) < 3)
      found.push(`${name(element)}: outline ${ratio(rgba(style.outlineColor), around).toFixed(2)}:1`);
    if (ratio(rgba(style.color), ground(element)) < 4.5 && element.textContent) found.push(`${name(element)}: focused text cannot be read`);
    return found;
  }

  return { contrast, shapes, targets, type, lines, leading, layout, spread, focus, name };
})();
