// Pictures for reading, drawn from the numbers of the verdicts.

/** Parts of a whole as one bar. */
function stack(counts, attributes) {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  let at = 0;
  const parts = data.outcomes.map((outcome) => {
    const width = total ? (100 * counts[outcome]) / total : 0;
    const part = s("rect", { class: "fill " + outcome, x: at, y: 0, width, height: 10 });
    at += width;
    return width ? part : null;
  });
  return s("svg", Object.assign({ class: "stack", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, attributes), parts);
}

/** A bullet bar: how far the figure has come, what was due (line), and the whole target (track). */
function bullet(verdict) {
  const actual = drawn(verdict.actual);
  const due = drawn(verdict.due);
  const target = drawn(verdict.target);
  if (actual === null || (due === null && target === null)) return h("span", { class: "bullet" });
  // A level starts at its baseline: the way from there is what counts.
  const start = kindOf(verdict.rule) === "level" && verdict.baseline ? drawn(verdict.baseline) : 0;
  const known = [start, actual, due, target].filter((each) => each !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const width = (value) => (120 * (value - low)) / (high - low || 1);
  const span = (value) => [width(Math.min(start, value)), width(Math.max(start, value))];
  const bar = span(actual);
  const whole = target === null ? null : span(target);
  return s(
    "svg",
    { class: "bullet", viewBox: "-1 0 122 14", "aria-hidden": "true" },
    whole ? s("rect", { class: "track", x: whole[0], y: 2, width: Math.max(0, whole[1] - whole[0]), height: 10 }) : null,
    s("rect", { class: "fill " + verdict.verdict, x: bar[0], y: 4.5, width: Math.max(0.8, bar[1] - bar[0]), height: 5 }),
    due === null ? null : s("rect", { class: "due", x: width(due) - 1, y: 0, width: 2, height: 14 }),
  );
}

/** How each period stands, as a row of signs. */
function signs(list) {
  return h("span", { class: "signs" }, list.map((each) => sign(each.verdict, { "aria-hidden": null, role: "img", "aria-label": data.periods[each.period].label + " " + t(each.verdict) })));
}

/** What was due at the end of each quarter: the pace line of a rule, or its one line where nothing is paced. */
function paceLine(list) {
  const last = list[list.length - 1];
  const target = drawn(last.target);
  const rule = last.rule;
  if (kindOf(rule) === "milestone" || target === null) {
    return list.filter((each) => each.due).map((each) => [data.periods[each.period].month, drawn(each.due)]);
  }
  if (!rule.pace) return [[0, target], [12, target]];
  const known = list.map((each) => drawn(each.baseline)).filter((each) => each !== null);
  const base = kindOf(rule) === "level" ? known[0] : 0;
  if (base === undefined) return [[0, target], [12, target]];
  return [[0, base], ...rule.pace.map(([month, share]) => [month, base + (target - base) * drawn(share)])];
}

function ticks(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999);
  const found = [];
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step) found.push(Number(at.toPrecision(12)));
  return found;
}

/** The figures of one body across the periods against the pace. */
function paceChart(list) {
  const points = list.filter((each) => each.actual).map((each) => [data.periods[each.period].month, drawn(each.actual), each]);
  const line = paceLine(list);
  const values = [...points, ...line].map((each) => each[1]);
  if (!values.length) return null;
  // What is counted from nothing starts at nothing; a level and a rate lie where they lie.
  const paced = Boolean(list[0].rule.pace) && kindOf(list[0].rule) !== "level";
  let low = Math.min(...values, ...(paced ? [0] : []));
  let high = Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * 0.18;
  high += room;
  if (!paced || low < 0) low -= room;
  const box = { left: 52, right: 336, top: 10, bottom: 148 };
  const x = (month) => box.left + ((box.right - box.left) * month) / 12;
  const y = (value) => box.bottom - ((box.bottom - box.top) * (value - low)) / (high - low);
  const unit = list[0].unit;
  const told = points.map(([, , each]) => data.periods[each.period].label + " " + amount(each.written || each.actual, unit)).join(t("comma"));
  return s(
    "svg",
    { class: "pace", viewBox: "0 0 350 176", role: "img", "aria-label": t("trend-of", { name: list[0].rule.name }) + " " + told },
    ticks(low, high).map((value) => [
      s("line", { class: "grid", x1: box.left, x2: box.right, y1: y(value), y2: y(value) }),
      s("text", { class: "tick", x: box.left - 7, y: y(value) + 4, "text-anchor": "end" }, String(value).replace("-", "\u2212")),
    ]),
    [3, 6, 9, 12].map((month) => s("text", { class: "tick", x: x(month), y: 168, "text-anchor": "middle" }, "Q" + month / 3)),
    s("polyline", { class: "pace-line", points: line.map(([month, value]) => x(month) + "," + y(value)).join(" ") }),
    s("polyline", { class: "actual-line", points: points.map(([month, value]) => x(month) + "," + y(value)).join(" ") }),
    points.map(([month, value, each]) => [
      sign(each.verdict, { x: x(month) - 7, y: y(value) - 7, width: 14, height: 14, viewBox: "0 0 16 16" }),
      s("text", { class: "value", x: x(month), y: y(value) - 11, "text-anchor": "middle" }, shown(each.written || each.actual)),
    ]),
  );
}

/** The place of a body and the places that it reaches when one thing is taken otherwise. */
function interval(standing, size, spread, draws) {
  if (standing.place === null) return h("span", {});
  const width = Math.max(200, Math.min(480, size * 40));
  const x = (place) => 10 + ((width - 20) * (place - 1)) / Math.max(1, size - 1);
  const best = standing.best === null ? standing.place : standing.best;
  const worst = standing.worst === null ? standing.place : standing.worst;
  return s(
    "svg",
    { class: "interval", viewBox: "0 0 " + width + " 30", width, height: 30, "aria-hidden": "true" },
    Array.from({ length: size }, (each, at) => s("line", { class: "grid", x1: x(at + 1), x2: x(at + 1), y1: 1, y2: 29 })),
    (spread || []).map(([place, count]) => {
      const height = (28 * count) / draws;
      return s("rect", { class: "spread", x: x(place) - 6, y: 29 - height, width: 12, height });
    }),
    s("line", { class: "range", x1: x(best), x2: x(worst), y1: 15, y2: 15 }),
    best === worst ? null : [best, worst].map((at) => s("line", { class: "range-end", x1: x(at), x2: x(at), y1: 11, y2: 19 })),
    s("circle", { class: "dot", cx: x(standing.place), cy: 15, r: 5 }),
  );
}
