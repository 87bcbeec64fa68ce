// Reduces the list of publications to those that fit the typed words and the chosen filters, under the chosen headings.
// Without this script the list is complete. The choices stand after the # of the address, which is not sent to any
// server.
const form = document.querySelector(".find");
const list = document.querySelector(".list");
const told = document.querySelector(".found");
const search = form.querySelector("#words");
const group = form.querySelector("#group");
const more = form.querySelector(".more");
const facets = [...form.querySelectorAll("[data-facet]")];
const spoken = new Intl.Collator(document.documentElement.lang);
const headings = new Map([...list.querySelectorAll(".group")].map((section) => [section.dataset.group, section.cloneNode()]));
for (const section of list.querySelectorAll(".group")) {
  headings.get(section.dataset.group).append(...[...section.children].filter((child) => child.matches("h2, .plain")).map((child) => child.cloneNode(true)));
}

// Small letters without marks, so that "creche" finds "Crèche".
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const publications = [...list.querySelectorAll("article")].map((article) => ({
  article,
  copies: [article],
  facets: JSON.parse(article.dataset.facets),
  words: plain([...article.querySelectorAll("h3, .about, .summary, .subjects")].map((part) => part.textContent).join(" ")),
}));
publications.sort((one, other) => spoken.compare(other.article.dataset.day, one.article.dataset.day));

function section(name) {
  const known = headings.get(name);
  if (known) return known.cloneNode(true);
  const made = Object.assign(document.createElement("section"), { className: "group" });
  made.append(Object.assign(document.createElement("h2"), { textContent: name || form.dataset.all }));
  return made;
}

// Each heading has its publications. A publication in two languages stands under both.
function arrange() {
  const key = group ? group.value : "";
  list.dataset.grouped = key;
  const groups = new Map();
  for (const one of publications) {
    one.copies = [];
    const names = key ? one.facets[key] : [""];
    for (const name of names.length ? names : [form.dataset.other]) {
      if (!groups.has(name)) groups.set(name, section(name));
      const copy = one.copies.length ? one.article.cloneNode(true) : one.article;
      one.copies.push(copy);
      groups.get(name).append(copy);
    }
  }
  const last = (name) => name === form.dataset.other;
  const names = [...groups.keys()].sort((one, other) => last(one) - last(other) || spoken.compare(one, other));
  list.replaceChildren(...names.map((name) => groups.get(name)));
}

let waiting;
function choose() {
  const wanted = plain(search.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const one of publications) {
    const fits = wanted.every((word) => one.words.includes(word)) && facets.every((facet) => !facet.value || one.facets[facet.dataset.facet].includes(facet.value));
    found += fits;
    for (const copy of one.copies) copy.hidden = !fits;
  }
  for (const each of list.querySelectorAll(".group")) each.hidden = !each.querySelector("article:not([hidden])");
  const chosen = wanted.length || facets.some((facet) => facet.value);
  clearTimeout(waiting);
  const text = !chosen ? "" : found ? form.dataset.found.replace("{found}", found) : form.dataset.nothing;
  waiting = setTimeout(() => { told.textContent = text; }, 300);
  remember();
}

function remember() {
  const chosen = new URLSearchParams();
  if (search.value) chosen.set("words", search.value);
  for (const field of [...facets, ...(group ? [group] : [])]) {
    if (field.value !== initial(field)) chosen.set(field.id, field.value);
  }
  const hash = chosen.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

const initial = (field) => ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;

function recall() {
  const chosen = new URLSearchParams(location.hash.slice(1));
  search.value = chosen.get("words") ?? "";
  for (const field of [...facets, ...(group ? [group] : [])]) {
    const value = chosen.get(field.id) ?? initial(field);
    field.value = [...field.options].some((option) => option.value === value) ? value : initial(field);
  }
  if (more) more.open = matchMedia("(min-width: 40rem)").matches || facets.some((facet) => facet.value);
  arrange();
  choose();
}

form.addEventListener("submit", (event) => { event.preventDefault(); told.focus(); });
form.addEventListener("input", (event) => { if (event.target === group) arrange(); choose(); });
form.addEventListener("reset", () => setTimeout(() => { arrange(); choose(); search.focus(); }));
addEventListener("hashchange", recall);
form.hidden = false;
recall();
