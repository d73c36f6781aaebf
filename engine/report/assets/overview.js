// The overview: counts that filter.

const FACETS = {
  verdict: { of: (each) => each.verdict, values: () => data.outcomes, say: (value) => [sign(value), t(value)] },
  kind: { of: (each) => kindOf(each.rule), say: (value) => t("kind-" + value) },
  findings: { of: (each) => (each.findings ? "with" : "without"), values: () => ["with", "without"], say: (value) => t("findings-" + value) },
  organization: { of: (each) => each.body.name, say: (value) => bdi(value), long: true },
  clause: { of: (each) => each.rule.clause, say: (value) => [h("span", { class: "clause" }, bdi(value)), bdi(clauseWords(value))], long: true },
};

/** What stands for a clause in a list: its first promise. */
const firstPromise = new Map();
for (const target of data.targets) if (!firstPromise.has(target.clause)) firstPromise.set(target.clause, target.quote);
function clauseWords(number) {
  return firstPromise.get(number) || "";
}

/**
 * What is left of a list when filters are chosen, and how often each value occurs: of a filter itself among what
 * the others leave, so that another value can be chosen in its place. One pass, for lists are long.
 */
function sift(list, values, chosen) {
  const names = Object.keys(values);
  const wanted = names.map((name) => chosen[name]);
  const columns = names.map((name) => values[name]);
  const counts = names.map(() => new Map());
  const left = [];
  for (let at = 0; at < list.length; at += 1) {
    let missed = -1;
    let misses = 0;
    for (let facet = 0; facet < names.length; facet += 1) {
      if (wanted[facet] && columns[facet][at] !== wanted[facet]) {
        missed = facet;
        misses += 1;
      }
    }
    if (misses > 1) continue;
    if (!misses) left.push(list[at]);
    for (let facet = 0; facet < names.length; facet += 1) {
      if (misses && facet !== missed) continue;
      const value = columns[facet][at];
      counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
    }
  }
  return { left, counts: Object.fromEntries(names.map((name, facet) => [name, counts[facet]])) };
}

function overview(query) {
  const all = current();
  const chosen = {};
  const columns = {};
  for (const [name, facet] of Object.entries(FACETS)) {
    chosen[name] = query.get(name) || "";
    columns[name] = all.map(facet.of);
  }
  const status = h("p", { role: "status", class: "status" });
  const table = verdictTable([], ["verdict", "organization", "target", "standing", "bar", "gap", "trend"], t("verdicts-of-period"));
  const clear = h("button", { class: "quiet", onclick: () => choose(null) }, t("all-again"));
  const buttons = {};

  function choose(name, value) {
    if (name === null) for (const each of Object.keys(chosen)) chosen[each] = "";
    else chosen[name] = chosen[name] === value ? "" : value;
    remember(link([], Object.fromEntries(Object.entries(chosen).filter(([, each]) => each))));
    update();
  }

  function facet(name) {
    const values = FACETS[name].values ? FACETS[name].values() : [...new Set(columns[name])];
    buttons[name] = new Map(
      values.map((value) => {
        const number = h("span", { class: "number" });
        const button = h("button", { class: "facet", "data-facet": name, "data-value": value, "aria-pressed": "false", onclick: () => choose(name, value) }, h("span", { class: "label" }, FACETS[name].say(value)), number);
        button.number = number;
        return [value, button];
      }),
    );
    return h("ul", { class: "facet-list" + (FACETS[name].long ? " long" : ""), tabindex: FACETS[name].long ? 0 : null, "aria-label": t("facet-" + name), role: "list" }, [...buttons[name].values()].map((button) => h("li", {}, button)));
  }

  function update() {
    const { left: list, counts } = sift(all, columns, chosen);
    for (const [name, own] of Object.entries(buttons)) {
      for (const [value, button] of own) {
        const number = counts[name].get(value) || 0;
        if (button.shown !== number) button.number.textContent = number;
        button.shown = number;
        button.setAttribute("aria-pressed", String(chosen[name] === value));
        button.classList.toggle("none", number === 0 && chosen[name] !== value);
      }
    }
    table.show(list);
    clear.hidden = !Object.values(chosen).some(Boolean);
    status.textContent = list.length === all.length ? t("counts-of-all", { total: all.length }) : t("shown-of", { shown: list.length, total: all.length });
  }

  // On a narrow screen the list stands below the filters, and they make room for it.
  const wide = window.matchMedia("(min-width: 901px), print").matches;
  const tiles = facet("verdict");
  tiles.classList.add("tiles");
  const side = ["kind", "findings", "organization", "clause"].map((name) => h("details", { open: wide && name !== "clause" }, h("summary", {}, t("facet-" + name)), facet(name)));
  update();
  return [
    heading(data.title, t("overview-of", { period: data.periods.length ? data.periods[state.period].label : "-" })),
    data.complete ? null : h("p", { class: "warning", role: "note" }, t("incomplete")),
    stack(count(all), { class: "stack wide" }),
    tiles,
    h("div", { class: "columns" }, h("aside", { class: "facets", "aria-label": t("filters") }, h("h2", { class: "hidden" }, t("filters")), side), h("section", { class: "results", "aria-label": t("verdict") }, h("div", { class: "bar-line" }, status, clear), scrolling(table, t("verdicts-of-period")))),
    data.periods.length > 1 ? periodTable(verdicts) : null,
    facts(),
  ];
}

/** How the verdicts stand in each period; the last row is what a check of all periods says. */
function periodTable(list) {
  const rows = data.periods.map((period, at) => [period.label, count(list.filter((each) => each.period === at))]);
  rows.push([t("total"), count(list)]);
  return section(
    t("by-period"),
    scrolling(
      h(
        "table",
        { class: "small by-period" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("period")), data.outcomes.map((outcome) => h("th", { scope: "col", class: "number" }, t(outcome))), h("th", { scope: "col", class: "number" }, t("total")), h("td", {}))),
        h("tbody", {}, rows.map(([label, counts]) => h("tr", {}, h("th", { scope: "row" }, label), data.outcomes.map((outcome) => h("td", { class: "number" }, counts[outcome])), h("td", { class: "number" }, h("b", {}, Object.values(counts).reduce((sum, each) => sum + each, 0))), h("td", {}, stack(counts))))),
      ),
      t("by-period"),
    ),
  );
}

/** What was read, and from which book. */
function facts() {
  const cells = data.cells;
  const severities = ["error", "warning", "note"].map((severity) => [severity, data.findings.filter((each) => each.severity === severity).length]);
  return section(
    t("what-was-read"),
    h(
      "ul",
      { class: "facts" },
      h("li", {}, t("cells", { read: cells.read, judged: cells.judged, not_needed: cells["not-needed"], refused: cells.refused })),
      h("li", {}, data.findings.length ? h("a", { href: link(["findings"]) }, t("findings", { total: data.findings.length, parts: severities.filter(([, number]) => number).map(([severity, number]) => number + " " + t(severity)).join(" + ") })) : t("no-findings")),
      data.waived ? h("li", {}, t("waived") + t("colon") + data.waived) : null,
      h("li", {}, t("book-digest"), " ", h("code", {}, data.digest)),
    ),
  );
}
