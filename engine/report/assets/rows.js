// Tables that are built as they are read: a first part at once, the rest when the reader gets there.

const PART = 40;

/** Fills `body` with rows; `build` makes the row of an item. Returns what shows all of them, as printing needs. */
function lazyRows(body, items, build) {
  let next = 0;
  let watch = null;
  function more(upTo) {
    const part = document.createDocumentFragment();
    for (; next < items.length && next < upTo; next += 1) part.append(build(items[next], next));
    body.append(part);
    if (watch) watch.disconnect();
    if (next < items.length) {
      watch = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && more(next + PART * 2), { rootMargin: "600px" });
      watch.observe(body.lastElementChild);
    }
  }
  body.replaceChildren();
  more(PART);
  body.showAll = () => more(items.length);
  body.showNext = () => more(next + PART);
  return body;
}

/** A clause's number and what stands beside it; long words wrap beside the number and not below it. */
function labelled(number, ...content) {
  return h("span", { class: "labelled" }, h("span", { class: "clause" }, bdi(number)), h("span", {}, content));
}

/** Columns of a list of verdicts: heading, class, and what makes the cell. */
const CELLS = {
  verdict: ["verdict", "", (each) => h("a", { href: verdictLink(each), class: "plain" }, badge(each.verdict, each.waived))],
  organization: ["organization", "name", (each) => h("a", { href: bodyLink(each.body) }, bdi(each.body.name))],
  target: ["target", "name", (each) => labelled(each.rule.clause, h("a", { href: targetLink(each.rule) }, bdi(each.rule.name)))],
  standing: ["standing", "standing", (each) => [bdi(told(each.sentence), { lang: state.language }), each.findings ? h("a", { class: "finding-mark", href: verdictLink(each) }, t("with-findings", { count: each.findings })) : null]],
  bar: ["done-and-due", "bar", (each) => bullet(each)],
  gap: ["gap", "number", (each) => (each.gap ? [signed(shown(each.gap)), h("span", { class: "unit" }, unitWord(each.gapUnit))] : "")],
  trend: ["trend", "", (each) => signs(trend(each))],
  period: ["period", "", (each) => data.periods[each.period].label],
};

function verdictTable(list, columns, caption) {
  const used = columns.filter((name) => name !== "trend" || data.periods.length > 1);
  const body = h("tbody");
  const table = h(
    "table",
    { class: "verdicts" },
    h("caption", { class: "hidden" }, caption),
    h("thead", {}, h("tr", {}, used.map((name) => h("th", { scope: "col", class: CELLS[name][1] }, t(CELLS[name][0]))))),
    body,
  );
  table.show = (items) => lazyRows(body, items, (each) => h("tr", {}, used.map((name) => h("td", { class: CELLS[name][1] }, CELLS[name][2](each)))));
  table.show(list);
  return table;
}

function findingList(findings) {
  const list = h("ul", { class: "findings" });
  return lazyRows(list, findings, (finding) =>
    h(
      "li",
      { class: finding.severity },
      h("p", {}, h("span", { class: "severity" }, t(finding.severity)), " ", bdi(told(finding.message), { lang: state.language })),
      told(finding.hint) ? h("p", { class: "muted" }, t("hint") + t("colon"), bdi(told(finding.hint), { lang: state.language })) : null,
      h("p", { class: "place" }, [finding.source, ...finding.related].map((place) => h("code", {}, bdi(placeText(place)))), h("code", { class: "code" }, finding.code)),
      finding.verdicts.length
        ? h("p", {}, finding.verdicts.slice(0, 12).map((number) => h("a", { class: "chip", href: verdictLink(verdicts[number]) }, sign(verdicts[number].verdict), bdi(verdicts[number].body.name + " · " + verdicts[number].rule.name + " · " + data.periods[verdicts[number].period].label))))
        : null,
    ),
  );
}

/** Counts of the four verdicts with their sum. */
function countLine(counts) {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return h("p", { class: "counts" }, data.outcomes.map((outcome) => h("span", { class: "count" }, sign(outcome), t(outcome), " ", h("b", { "data-count": outcome }, counts[outcome]))), h("span", { class: "count sum" }, t("total"), " ", h("b", { "data-count": "total" }, total)));
}

function section(title, ...children) {
  return h("section", {}, h("h2", {}, title), ...children);
}
