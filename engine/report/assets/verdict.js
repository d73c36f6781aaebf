// The derivation of one verdict: from the plan's words to the cell of the submission.

function verdictPage(id, name, label) {
  const at = bodyOf(name);
  const period = data.periods.findIndex((each) => each.label === label);
  const verdict = verdicts.find((each) => each.rule.id === id && each.organization === at && each.period === period);
  if (!verdict) return notFound(id + " " + name);
  const target = targets.get(verdict.rule.target);
  const findings = data.findings.filter((each) => each.verdicts.includes(verdict.number));
  const others = trend(verdict);
  return [
    heading(verdict.rule.name, [verdict.body.name, label, t(verdict.role)].join(" · ")),
    h("p", { class: "crumbs" }, h("a", { href: bodyLink(verdict.body) }, bdi(verdict.body.name)), " · ", h("a", { href: targetLink(verdict.rule) }, t("clause-number", { number: verdict.rule.clause }))),
    h("p", { class: "said " + verdict.verdict }, badge(verdict.verdict, verdict.waived), " ", bdi(told(verdict.sentence), { lang: state.language })),
    h("div", { class: "two" }, h("section", {}, h("h2", {}, t("how-it-was-judged")), h("ol", { class: "steps" }, steps(verdict, target).map(([title, ...content]) => h("li", {}, h("h3", {}, title), content)))), h("section", {}, h("h2", {}, t("trend-against-pace")), charts([verdict], () => [bdi(verdict.rule.name), verdict.unit]), others.length > 1 ? h("ul", { class: "facts" }, others.map((each) => h("li", {}, h("a", { href: verdictLink(each), "aria-current": each === verdict ? "true" : null }, data.periods[each.period].label), " ", badge(each.verdict, each.waived), " ", bdi(told(each.sentence), { lang: state.language })))) : null)),
    findings.length ? section(t("findings-head"), findingList(findings)) : null,
  ];
}

function file(place) {
  return place ? h("p", { class: "place" }, h("code", {}, bdi(placeText(place)))) : null;
}

/** Title and content of each step, in the order in which a verdict comes about. */
function steps(verdict, target) {
  const rule = verdict.rule;
  const more = verdict.more || {};
  const unit = verdict.unit;
  const found = [];
  found.push([t("quote"), h("blockquote", {}, bdi(target.quote)), file(target.source)]);
  const bound = verdict.target && kindOf(rule) !== "milestone" ? t(rule.comparator) + " " + amount(verdict.target, unit) : verdict.target;
  found.push([t("rule"), h("p", {}, t("kind-" + kindOf(rule)) + (bound ? t("comma") + bound : "") + (rule.soft ? t("comma") + t("soft", { tolerance: rule.soft }) : "")), more.amended ? h("p", {}, t("amended-by") + t("colon"), bdi(more.amended.document + " " + more.amended.date)) : null, rule.stages.length ? h("ol", { class: "stages" }, rule.stages.map(([name, day]) => h("li", {}, bdi(name), " ", h("span", { class: "muted" }, day)))) : null, file(rule.source)]);
  if (verdict.due) found.push([t("due-column"), h("p", {}, dueWords(verdict), more.stage ? [" ", bdi(more.stage)] : null)]);
  found.push([t("figure"), h("p", {}, verdict.submitted ? bdi(verdict.submitted) : t("nothing-came")), verdict.baseline ? h("p", { class: "muted" }, t("baseline") + t("colon") + amount(verdict.baseline, unit)) : null, file(verdict.source), more.members ? memberTable(more.members) : null]);
  if (verdict.gap) found.push([t("gap"), h("p", {}, signed(shown(verdict.gap)) + " " + unitWord(verdict.gapUnit)), rule.ladder ? h("p", { class: "muted" }, ladderWords(rule, verdict)) : null]);
  const result = [h("p", {}, badge(verdict.verdict, verdict.waived), verdict.progress ? " · " + t(verdict.progress) : null, verdict.reason ? " · " + t(verdict.reason) : null)];
  if (verdict.remaining && verdict.remaining !== "0") result.push(h("p", {}, t("remaining") + t("colon") + amount(verdict.remaining, unit) + (verdict.perPeriod ? t("comma") + t("per-period", { amount: amount(verdict.perPeriod, unit) }) : "")));
  if (more.original) result.push(h("p", {}, t("under-original", { target: more.original.target_value || "-" }) + t("colon"), badge(more.original.verdict)));
  if (more.waiver) result.push(h("p", {}, t("waived") + t("colon"), bdi(more.waiver.document + " · " + more.waiver.approver + " · " + more.waiver.start + " – " + more.waiver.end)));
  if (more.short) result.push(h("p", {}, t("short-members") + t("colon"), bdi(more.short.join("、"))));
  if (more.missing) result.push(h("p", {}, t("missing-members") + t("colon"), bdi(more.missing.join("、"))));
  if (more.notes) result.push(h("ul", { class: "facts" }, more.notes.map((note) => h("li", {}, bdi(told(note), { lang: state.language })))));
  found.push([t("verdict"), result]);
  return found;
}

function dueWords(verdict) {
  const due = kindOf(verdict.rule) === "milestone" ? t("stages", { count: verdict.due }) : amount(verdict.due, verdict.unit);
  const share = verdict.rule.pace ? verdict.rule.pace.find(([month]) => month === data.periods[verdict.period].month) : null;
  if (!share || !verdict.target || kindOf(verdict.rule) === "milestone") return due;
  const percent = shown(hundredfold(share[1]), 1) + " %";
  if (kindOf(verdict.rule) === "level") {
    return verdict.baseline ? amount(verdict.baseline) + " + (" + amount(verdict.target) + " \u2212 " + amount(verdict.baseline) + ") × " + percent + " = " + due : due;
  }
  return amount(verdict.target, verdict.unit) + " × " + percent + " = " + due;
}

function hundredfold(text) {
  const [upper, lower] = fraction(text);
  return (upper * 100n) % lower === 0n ? String((upper * 100n) / lower) : upper * 100n + "/" + lower;
}

function ladderWords(rule, verdict) {
  const unit = unitWord(verdict.gapUnit);
  const [passing, risky] = rule.ladder.map((edge) => signed(shown(edge)));
  return passing === risky ? t("ladder-two", { passing, unit }) : t("ladder-three", { passing, risky, unit });
}

function memberTable(members) {
  return h(
    "table",
    { class: "small" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("member")), h("th", { scope: "col" }, t("verdict")), h("th", { scope: "col" }, t("figure")), h("th", { scope: "col", class: "number" }, t("gap")), h("th", { scope: "col" }, t("place")))),
    h("tbody", {}, members.map((each) => h("tr", {}, h("th", { scope: "row" }, bdi(each.name)), h("td", {}, badge(each.verdict)), h("td", {}, bdi(each.submitted)), h("td", { class: "number" }, each.gap ? signed(each.gap) : ""), h("td", {}, each.source ? h("code", {}, bdi(placeText(each.source))) : "")))),
  );
}
