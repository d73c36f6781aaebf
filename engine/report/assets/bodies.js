// The page of an organization, of a target and of a clause.

function organizationPage(name) {
  const at = bodyOf(name);
  if (at < 0) return notFound(name);
  const body = organizations[at];
  const own = current().filter((each) => each.organization === at);
  const ever = verdicts.filter((each) => each.organization === at);
  const findings = data.findings.filter((each) => each.organizations.includes(at) || each.verdicts.some((number) => verdicts[number].organization === at));
  const paced = own.filter((each) => trend(each).some((one) => one.actual));
  return [
    heading(body.name, [tierWord(body.tier), body.full && body.full !== body.name ? body.full : ""].filter(Boolean).join(" · ")),
    own.length ? [stack(count(own), { class: "stack wide" }), countLine(count(own))] : h("p", {}, t("owes-nothing")),
    placesOf(body.name),
    arrivalsOf(at),
    own.length ? section(t("verdicts-of-period"), scrolling(verdictTable(own, ["verdict", "target", "standing", "bar", "gap", "trend"], body.name), t("verdicts-of-period"))) : null,
    paced.length ? section(t("trend-against-pace"), charts(paced, (each) => [h("a", { href: verdictLink(each) }, bdi(each.rule.name)), each.unit])) : null,
    findings.length ? section(t("findings-head"), findingList(findings)) : null,
    data.periods.length > 1 && ever.length ? periodTable(ever) : null,
  ];
}

/** Small charts side by side, each with its legend below the first. */
function charts(list, title) {
  const box = h("div", { class: "charts" });
  lazyRows(box, list, (each) => {
    const [name, unit] = title(each);
    return h("figure", {}, h("figcaption", {}, sign(each.verdict), name, " ", h("span", { class: "unit" }, unit)), paceChart(trend(each)) || h("p", { class: "muted" }, t("no-figure")));
  });
  return [h("p", { class: "muted chart-key" }, h("span", { class: "key pace-key" }), t("pace-key"), h("span", { class: "key actual-key" }), t("actual-column")), box];
}

function placesOf(name) {
  const found = [];
  for (const ranking of data.ranks) {
    for (const group of ranking.groups) {
      const standing = group.standings.find((each) => each.organization === name);
      if (standing) found.push(h("li", {}, h("a", { href: link(["ranking"]) }, bdi(group.name), " " + ranking.period), " ", placeWords(standing)));
    }
  }
  return found.length ? h("ul", { class: "facts" }, found) : null;
}

function arrivalsOf(at) {
  const found = data.arrivals.filter((each) => each.organization === at);
  return found.length ? h("ul", { class: "facts" }, found.map((each) => h("li", {}, each.period + " " + t(each.standing) + (each.received ? " " + each.received : ""), " ", each.file ? h("code", {}, bdi(each.file)) : null))) : null;
}

function targetPage(id) {
  const target = targets.get(id);
  return target ? [heading(target.quote, t("clause-number", { number: target.clause })), targetParts(target)] : notFound(id);
}

function clausePage(number) {
  const clause = clauses.get(number);
  if (!clause) return notFound(number);
  const own = data.targets.filter((target) => target.clause === number);
  return [
    heading(t("clause-number", { number }), t(clause.class)),
    bodiesOf(clause),
    clause.qualitative ? h("p", {}, bdi(clause.qualitative)) : null,
    own.length ? own.map((target) => [h("h2", {}, h("a", { href: link(["target", target.id]) }, bdi(target.quote))), targetParts(target, false)]) : h("p", { class: "muted" }, t("no-number")),
  ];
}

function bodiesOf(clause) {
  const named = (words) => words.map((word, at) => [at ? t("and-comma") : "", bodyOf(word) < 0 ? bdi(word) : h("a", { href: link(["organization", word]) }, bdi(word))]);
  return h(
    "dl",
    { class: "pairs" },
    clause.lead.length ? [h("dt", {}, t("lead")), h("dd", {}, named(clause.lead))] : null,
    clause.responsible.length ? [h("dt", {}, t("responsible")), h("dd", {}, named(clause.responsible))] : null,
  );
}

function targetParts(target, withBodies = true) {
  const clause = clauses.get(target.clause);
  const own = rules.filter((rule) => rule.target === target.id);
  return [
    withBodies ? bodiesOf(clause) : null,
    h(
      "dl",
      { class: "pairs" },
      h("dt", {}, t("kind")),
      h("dd", {}, t("kind-" + target.kind) + (target.striving ? " · " + t("striving") : "")),
      target.reading ? [h("dt", {}, t("reading-of")), h("dd", {}, bdi(told(target.reading)))] : null,
      h("dt", {}, t("place")),
      h("dd", {}, [target.source, ...own.map((rule) => rule.source)].map((place) => h("code", {}, bdi(placeText(place))))),
    ),
    own.length ? own.map(ruleParts) : h("p", { class: "muted" }, t("no-rule")),
  ];
}

function ruleParts(rule) {
  const list = current().filter((each) => each.rule === rule);
  const numbers = new Set(list.map((each) => each.number));
  const findings = data.findings.filter((each) => each.verdicts.some((number) => numbers.has(number)));
  return h(
    "section",
    {},
    h("h2", {}, bdi(rule.name), " ", h("span", { class: "unit" }, rule.unit)),
    list.length ? [countLine(count(list)), scrolling(verdictTable(list, ["verdict", "organization", "standing", "bar", "gap", "trend"], rule.name), rule.name), charts(list, (each) => [h("a", { href: verdictLink(each) }, bdi(each.body.name)), each.unit])] : h("p", { class: "muted" }, t("nothing-judged")),
    findings.length ? [h("h3", {}, t("findings-head")), findingList(findings)] : null,
  );
}
