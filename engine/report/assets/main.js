// The frame around the views, and which of them the address asks for.

const main = document.getElementById("main");
const head = document.getElementById("head");

const VIEWS = [
  ["", "overview"],
  ["matrix", "matrix"],
  ["organizations", "organizations"],
  ["targets", "targets"],
  ["ranking", "ranking"],
  ["findings", "findings-head"],
];

function heading(title, below) {
  return h("div", { class: "heading" }, h("h1", { tabindex: -1 }, bdi(title, { lang: null })), below ? h("p", { class: "below" }, bdi(below, { lang: null })) : null);
}

/** A wide table scrolls by itself, with the keyboard too. */
function scrolling(table, name, more = "") {
  return h("div", { class: "scrolling " + more, tabindex: 0, role: "region", "aria-label": name }, table);
}

function notFound(what) {
  return [heading(t("not-found"), what), h("p", {}, h("a", { href: link([]) }, t("overview")))];
}

/** All bodies with their counts. */
function organizationsPage() {
  const own = organizations.map((body, at) => [body, current().filter((each) => each.organization === at)]);
  return [
    heading(t("organizations"), ""),
    scrolling(
      h(
        "table",
        { class: "list" },
        h("caption", { class: "hidden" }, t("organizations")),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("organization")), data.outcomes.map((outcome) => h("th", { scope: "col", class: "number" }, t(outcome))), h("th", { scope: "col", class: "number" }, t("total")), h("td", {}))),
        h("tbody", {}, own.map(([body, list]) => listRow(h("a", { href: bodyLink(body) }, bdi(body.name)), list))),
      ),
      t("organizations"),
    ),
  ];
}

function listRow(name, list) {
  const counts = count(list);
  return h("tr", { class: list.length ? null : "nothing" }, h("th", { scope: "row" }, name), data.outcomes.map((outcome) => h("td", { class: "number" }, counts[outcome] || "·")), h("td", { class: "number" }, h("b", {}, list.length)), h("td", {}, list.length ? stack(counts) : null));
}

/** All promises with their counts. */
function targetsPage() {
  const own = new Map(data.targets.map((target) => [target.id, []]));
  for (const each of current()) own.get(each.rule.target).push(each);
  const body = h("tbody");
  lazyRows(body, data.targets, (target) => listRow(labelled(h("a", { href: link(["clause", target.clause]) }, target.clause), h("a", { href: link(["target", target.id]) }, bdi(target.quote))), own.get(target.id)));
  return [
    heading(t("targets"), ""),
    scrolling(
      h(
        "table",
        { class: "list" },
        h("caption", { class: "hidden" }, t("targets")),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("quote")), data.outcomes.map((outcome) => h("th", { scope: "col", class: "number" }, t(outcome))), h("th", { scope: "col", class: "number" }, t("total")), h("td", {}))),
        body,
      ),
      t("targets"),
    ),
  ];
}

function view({ parts, query }) {
  const [name = "", ...rest] = parts;
  switch (name) {
    case "":
      return overview(query);
    case "matrix":
      return matrix();
    case "organizations":
      return organizationsPage();
    case "organization":
      return organizationPage(rest[0] || "");
    case "targets":
      return targetsPage();
    case "target":
      return targetPage(rest[0] || "");
    case "clause":
      return clausePage(rest[0] || "");
    case "verdict":
      return verdictPage(rest[0] || "", rest[1] || "", rest[2] || "");
    case "ranking":
      return rankingPage();
    case "findings":
      return findingsPage(query);
    case "search":
      return searchPage(query);
    default:
      return notFound(name);
  }
}

function frame() {
  const here = address();
  const name = here.parts[0] || "";
  const field = h("input", { type: "search", id: "search", placeholder: t("search-what"), "aria-label": t("search"), value: name === "search" ? here.query.get("q") || "" : "", oninput: (event) => find(event.target.value) });
  const chooser = h("select", { id: "period", "aria-label": t("period"), onchange: (event) => choosePeriod(Number(event.target.value)) }, data.periods.map((period, at) => h("option", { value: at, selected: at === state.period }, period.label)));
  head.replaceChildren(
    h("div", { class: "brand" }, h("a", { href: link([]) }, t("brand"))),
    h("nav", { "aria-label": t("views") }, h("ul", {}, VIEWS.filter(([path]) => path !== "ranking" || data.ranks.length).map(([path, word]) => h("li", {}, h("a", { href: link(path ? [path] : []), "aria-current": path === name ? "page" : null }, t(word)))))),
    h("div", { class: "tools" }, h("search", {}, field), data.periods.length ? chooser : null, h("div", { class: "languages", role: "group", "aria-label": t("language") }, data.languages.map((language) => h("button", { lang: language, "aria-pressed": String(language === state.language), onclick: () => chooseLanguage(language) }, { en: "EN", "zh-Hans": "简", "zh-Hant": "繁" }[language])))),
  );
  document.getElementById("skip").textContent = t("skip");
  document.getElementById("foot").replaceChildren(h("p", {}, bdi(data.title), " · ", t("made-by")));
}

function find(text) {
  const already = address().parts[0] === "search";
  const hash = link(["search"], { q: text });
  if (already) remember(hash);
  else history.pushState(null, "", hash);
  main.replaceChildren(...[view(address())].flat(Infinity).filter(Boolean));
  for (const each of head.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
}

function chooseLanguage(language) {
  state.language = language;
  document.documentElement.lang = language;
  render();
  head.querySelector('button[lang="' + language + '"]').focus();
}

function choosePeriod(at) {
  state.period = at;
  const { parts, query } = address();
  query.delete("period");
  if (parts[0] === "verdict") parts[3] = data.periods[at].label;
  go(link(parts, query));
  document.getElementById("period").focus();
}

function render() {
  const here = address();
  const label = here.query.get("period");
  const at = data.periods.findIndex((period) => period.label === label);
  state.period = at < 0 ? data.periods.length - 1 : at;
  frame();
  main.replaceChildren(...[view(here)].flat(Infinity).filter(Boolean));
  const title = main.querySelector("h1");
  document.title = (title ? title.textContent + " · " : "") + data.title;
}

document.documentElement.lang = state.language;
render();

window.addEventListener("hashchange", () => {
  if (location.hash === "#main") return;
  render();
  window.scrollTo(0, 0);
  const title = main.querySelector("h1");
  if (title && !["search", "period"].includes((document.activeElement || {}).id)) title.focus({ preventScroll: true });
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener("beforeprint", () => {
  for (const each of main.querySelectorAll("tbody, ul, div")) if (each.showAll) each.showAll();
});
