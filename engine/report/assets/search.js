// Finding organizations, targets and clauses in either script, and the list of all findings.

const index = [
  ...organizations.map((body) => ({ group: "organizations", text: folded([body.name, body.full, ...body.aliases].join(" ")), make: () => [h("a", { href: bodyLink(body) }, bdi(body.name)), " ", h("span", { class: "muted" }, bdi(body.full))] })),
  ...data.targets.map((target) => ({
    group: "targets",
    text: folded([target.clause, target.quote, target.id, ...rules.filter((rule) => rule.target === target.id).map((rule) => rule.name + " " + rule.id)].join(" ")),
    make: () => labelled(target.clause, h("a", { href: link(["target", target.id]) }, bdi(target.quote))),
  })),
  ...data.clauses.map((clause) => ({ group: "clauses", text: folded([clause.number, ...clause.lead, ...clause.responsible].join(" ")), make: () => [h("a", { href: link(["clause", clause.number]) }, t("clause-number", { number: clause.number })), " ", h("span", { class: "muted" }, bdi([...clause.lead, ...clause.responsible].join("、")))] })),
];

function searchPage(query) {
  const wanted = folded(query.get("q") || "").split(/\s+/).filter(Boolean);
  const found = wanted.length ? index.filter((each) => wanted.every((word) => each.text.includes(word))) : [];
  const groups = ["organizations", "targets", "clauses"].map((name) => [name, found.filter((each) => each.group === name)]);
  return [
    heading(t("search"), query.get("q") || ""),
    h("p", { role: "status", class: "status" }, wanted.length ? t("found", { count: found.length }) : t("search-what")),
    groups.filter(([, own]) => own.length).map(([name, own]) => section(t(name) + t("colon") + own.length, lazyRows(h("ul", { class: "hits" }), own, (each) => h("li", {}, each.make())))),
  ];
}

function findingsPage(query) {
  const box = h("div", {});
  const status = h("p", { role: "status", class: "status" });
  let chosen = query.get("severity") || "";
  const buttons = ["error", "warning", "note"].map((severity) =>
    h("button", { class: "facet", "data-value": severity, onclick: () => { chosen = chosen === severity ? "" : severity; remember(link(["findings"], chosen ? { severity: chosen } : {})); update(); } }, h("span", { class: "label" }, t(severity)), h("span", { class: "number" }, data.findings.filter((each) => each.severity === severity).length)),
  );
  function update() {
    const list = data.findings.filter((each) => !chosen || each.severity === chosen);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === chosen));
    status.textContent = t("shown-of-findings", { shown: list.length, total: data.findings.length });
    box.replaceChildren(findingList(list));
  }
  update();
  return [heading(t("findings-head"), ""), h("div", { class: "facet-list row" }, buttons), status, box];
}
