// The derivation of one verdict: from the plan's words to the cell of the submission.

function verdictPage(id, name, label) {
  const at = bodyOf(name);
  const period = data.periods.findIndex((each) => each.label === label);
  const verdict = verdicts.find((each) => each.rule.id === id && each.organization === at && each.period === period);
  if (!verdict) return notFound(id + " " + name);
  const findings = data.findings.filter((each) => each.verdicts.includes(verdict.number));
  const others = trend(verdict);
  return [
    heading(verdict.rule.name, [verdict.body.name, label, t(verdict.role)].join(" · ")),
    h("p", { class: "crumbs" }, h("a", { href: bodyLink(verdict.body) }, bdi(verdict.body.name)), " · ", h("a", { href: targetLink(verdict.rule) }, t("clause-number", { number: verdict.rule.clause }))),
    h("p", { class: "said " + verdict.verdict }, badge(verdict.verdict, verdict.waived), " ", bdi(told(verdict.sentence), { lang: state.language })),
    h("div", { class: "two" }, h("section", {}, h("h2", {}, t("how-it-was-judged")), h("ol", { class: "steps" }, steps(verdict).map(({ title, said }) => h("li", {}, h("h3", {}, title), said)))), h("section", {}, h("h2", {}, t("trend-against-pace")), charts([verdict], () => [bdi(verdict.rule.name), verdict.unit]), others.length > 1 ? h("ul", { class: "facts" }, others.map((each) => h("li", {}, h("a", { href: verdictLink(each), "aria-current": each === verdict ? "true" : null }, data.periods[each.period].label), " ", badge(each.verdict, each.waived), " ", bdi(told(each.sentence), { lang: state.language })))) : null)),
    findings.length ? section(t("findings-head"), findingList(findings)) : null,
  ];
}

/** The sentences of one derivation, in order: section, member, place, and the parts of the text. */
function sentences(verdict) {
  if (!verdict.derivation) return [];
  const { heads, forms } = data.derivations;
  const [head, ...own] = verdict.derivation;
  return [heads[head], own].flatMap(([form, ...texts]) => {
    const found = [];
    for (let at = 0; at < forms[form].length; at += 1 + forms[form][at]) {
      const [section, pattern, member, place, ...filling] = forms[form].slice(at + 1, at + 1 + forms[form][at]);
      const text = (each) => (each === -1 ? verdict.source : each === -2 ? verdict.sentence : each === -3 ? null : data.derivations.texts[texts[each]]);
      found.push({ section, member: member === -3 ? "" : told(text(member)), place: text(place), parts: filled(told(data.derivations.patterns[pattern]), filling.map(text)) });
    }
    return found;
  });
}

/** A pattern with its places filled: data stands apart from the words around it, numbers do not. */
function filled(pattern, texts) {
  return pattern.split(/\{(\d+)\}/).map((part, at) => {
    if (at % 2 === 0) return part;
    const text = texts[Number(part)];
    return Array.isArray(text) ? told(text) : /\p{L}/u.test(text) ? bdi(text) : text;
  });
}

/** The steps of a derivation, each a title and what is said: its sections, and each member of a list with its own. */
function steps(verdict) {
  const found = [];
  for (const each of sentences(verdict)) {
    const title = told(data.derivations.sections[each.section][1]);
    let last = found[found.length - 1];
    if (!last || last.member !== each.member || (!each.member && last.section !== each.section)) {
      last = { member: each.member, section: null, said: [] };
      found.push(last);
    }
    if (each.member && last.section !== each.section) last.said.push(h("h4", {}, title));
    last.section = each.section;
    last.title = each.member ? bdi(each.member) : title;
    last.said.push(h("p", {}, each.parts, each.place ? [" ", h("code", { class: "place" }, bdi(placeText(each.place)))] : null));
  }
  return found;
}
