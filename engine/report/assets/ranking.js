// Honest places: each body's place and the places that it reaches when one thing at a time is taken otherwise.

function placeWords(standing) {
  if (standing.place === null) return t("not-ranked");
  const range = standing.best === null || standing.best === standing.worst ? t("place-sure", { place: standing.place }) : t("place-range", { place: standing.place, best: standing.best, worst: standing.worst });
  return range;
}

function rankingPage() {
  const label = data.periods.length ? data.periods[state.period].label : "";
  const chosen = data.ranks.filter((each) => each.period === label);
  const used = chosen.length ? chosen : data.ranks.slice(-1);
  return [heading(t("ranking"), used.map((each) => each.period).join(", ")), h("p", { class: "muted" }, t("ranking-how")), used.map((each) => each.groups.map(groupSection))];
}

function groupSection(group) {
  const size = group.standings.length;
  const variation = group.variation;
  return section(
    bdi(group.name),
    h("p", { class: "muted" }, t("method") + t("colon"), methodWords(group.method), group.document ? [" · ", bdi(group.document)] : null, group.illustrative ? h("b", {}, " · " + t("illustrative")) : null),
    scrolling(
      h(
        "table",
        { class: "ranking" },
        h("caption", { class: "hidden" }, group.name),
        h("thead", {}, h("tr", {}, ["place-column", "change", "organization", "score", "range", "interval", "not-separable"].map((name) => h("th", { scope: "col", class: ["place-column", "score", "range"].includes(name) ? "number" : null }, t(name))))),
        h("tbody", {}, group.standings.map((standing) => standingRow(standing, size, variation))),
      ),
      group.name,
    ),
    variation ? h("p", { class: "muted" }, t("variation", { draws: variation.draws, seed: variation.seed })) : null,
    group.flips.length ? h("details", { class: "flips" }, h("summary", {}, t("flips-if", { count: group.flips.length })), lazyRows(h("ul", {}), group.flips, ([ahead, behind, why]) => h("li", {}, bdi(behind), " ", t("overtakes"), " ", bdi(ahead), t("colon"), bdi(told(why), { lang: state.language })))) : null,
  );
}

function standingRow(standing, size, variation) {
  const known = bodyOf(standing.organization);
  return h(
    "tr",
    {},
    h("td", { class: "number place-number" }, standing.place === null ? "–" : standing.place),
    h("td", { class: "moved" }, change(standing)),
    h("th", { scope: "row" }, known < 0 ? bdi(standing.organization) : h("a", { href: bodyLink(organizations[known]) }, bdi(standing.organization)), standing.adjustments.map(([kind, points, reason, document]) => h("span", { class: "chip" }, t("adjustment-" + kind) + (points && kind !== "veto" ? " " + signed(points) : ""), t("colon"), bdi(reason + "（" + document + "）")))),
    h("td", { class: "number" }, standing.score || (standing.why ? whyWords(standing.why) : "–")),
    h("td", { class: "number" }, standing.best === null ? "" : standing.best === standing.worst ? standing.best : standing.best + "–" + standing.worst),
    h("td", {}, interval(standing, size, variation ? variation.places[standing.organization] : null, variation ? variation.draws : 1)),
    h("td", { class: "name" }, standing.mixed.map((name, at) => [at ? t("and-comma") : "", bdi(name)])),
  );
}

function methodWords(name) {
  return data.words[state.language]["method-" + name] || bdi(name);
}

/** The code of a reason in words, where the page has them. */
function whyWords(code) {
  const words = data.words[state.language];
  return words["adjustment-" + code] || words[code] || bdi(code);
}

function change(standing) {
  if (standing.previous === null || standing.place === null) return "";
  const steps = standing.previous - standing.place;
  if (!steps) return h("span", { class: "muted" }, t("unchanged"));
  return steps > 0 ? t("up", { steps }) : t("down", { steps: -steps });
}
