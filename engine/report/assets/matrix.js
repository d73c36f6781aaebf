// Organizations × targets: colour and sign, the value on hover and focus, arrow keys between the cells.

function matrix() {
  const list = current();
  // Figures of their own are those of many bodies on few targets, the city's are each of one body: two tables.
  const tables = ["responsible", "lead"].map((role) => [t("role-" + role), list.filter((each) => each.role === role)]).filter(([, own]) => own.length);
  const tip = h("div", { class: "tip", role: "tooltip", id: "tip", hidden: true });
  return [
    heading(t("matrix"), t("matrix-of", { period: data.periods.length ? data.periods[state.period].label : "-" })),
    h("p", { class: "legend" }, data.outcomes.map((outcome) => badge(outcome)), h("span", { class: "muted" }, t("matrix-keys"))),
    tables.map(([name, own]) => h("div", { class: "wide-page" }, section(name, scrolling(grid(own, tip, name), name, "tall")))),
    tip,
  ];
}

function tierWord(tier) {
  return data.words[state.language]["tier-" + tier] || tier;
}

function grid(list, tip, name) {
  const bodies = [...new Set(list.map((each) => each.organization))].sort((one, other) => one - other);
  const rows = new Map();
  for (const each of list) {
    if (!rows.has(each.rule)) rows.set(each.rule, new Map());
    rows.get(each.rule).set(each.organization, each);
  }
  const body = h("tbody");
  const table = h(
    "table",
    { class: "matrix", role: "grid", "aria-label": name, "aria-rowcount": rows.size + 1, "aria-colcount": bodies.length + 1 },
    h("thead", {}, h("tr", { "aria-rowindex": 1 }, h("th", { scope: "col", class: "corner" }, t("target")), bodies.map((at) => h("th", { scope: "col", class: "upright" }, h("a", { href: bodyLink(organizations[at]), tabindex: -1 }, bdi(organizations[at].name)))))),
    body,
  );
  let first = true;
  lazyRows(body, [...rows], ([rule, own], at) =>
    h(
      "tr",
      { "aria-rowindex": at + 2 },
      h("th", { scope: "row", class: "name" }, labelled(rule.clause, h("a", { href: targetLink(rule), tabindex: -1 }, bdi(rule.name)))),
      bodies.map((organization) => {
        const verdict = own.get(organization);
        if (!verdict) return h("td", { class: "empty" });
        const label = [verdict.body.name, rule.name, t(verdict.verdict), told(verdict.sentence)].join(t("comma"));
        const cell = h("a", { class: "cell " + verdict.verdict, href: verdictLink(verdict), tabindex: first ? 0 : -1, "aria-label": label }, sign(verdict.verdict));
        first = false;
        cell.verdict = verdict;
        return h("td", {}, cell);
      }),
    ),
  );
  table.addEventListener("keydown", (event) => rove(event, table, body));
  for (const kind of ["focusin", "mouseover"]) table.addEventListener(kind, (event) => showTip(tip, event.target.closest(".cell")));
  for (const kind of ["focusout", "mouseleave"]) table.addEventListener(kind, () => showTip(tip, null));
  return table;
}

const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -Infinity], End: [0, Infinity] };

/** Arrow keys go to the next cell with a verdict in that direction; only one cell of the grid is a tab stop. */
function rove(event, table, body) {
  const cell = event.target.closest(".cell");
  const step = STEPS[event.key];
  if (!cell || !step) return;
  event.preventDefault();
  const next = neighbour(cell.parentElement, step, body);
  if (!next) return;
  for (const each of table.querySelectorAll('.cell[tabindex="0"]')) each.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function neighbour(place, [down, right], body) {
  const row = place.parentElement;
  const column = place.cellIndex;
  if (right) {
    const cells = [...row.cells].filter((each) => each.querySelector(".cell") && (right > 0 ? each.cellIndex > column : each.cellIndex < column));
    const found = right === 1 || right === -Infinity ? cells[0] : cells[cells.length - 1];
    return found && found.querySelector(".cell");
  }
  for (let next = row; next; ) {
    if (down > 0 && !next.nextElementSibling) body.showNext();
    next = down > 0 ? next.nextElementSibling : next.previousElementSibling;
    const found = next && next.cells[column].querySelector(".cell");
    if (found) return found;
  }
  return null;
}

function showTip(tip, cell) {
  tip.hidden = !cell;
  if (!cell) return;
  const verdict = cell.verdict;
  tip.replaceChildren(h("p", {}, badge(verdict.verdict, verdict.waived)), h("p", {}, h("b", {}, bdi(verdict.body.name)), " · ", bdi(verdict.rule.name)), h("p", {}, bdi(told(verdict.sentence), { lang: state.language })));
  const box = cell.getBoundingClientRect();
  const left = Math.min(box.right + 8, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = box.bottom + 6 + tip.offsetHeight < document.documentElement.clientHeight;
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = (below ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + "px";
}
