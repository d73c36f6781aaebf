// The rows of the page as objects that know each other.

const organizations = data.organizations;
const clauses = new Map(data.clauses.map((clause) => [clause.number, clause]));
const targets = new Map(data.targets.map((target) => [target.id, target]));
const rules = data.rules;

const verdicts = data.verdicts.rows.map((row, number) => {
  const verdict = { number, findings: 0 };
  data.verdicts.columns.forEach((name, place) => {
    verdict[name] = row[place];
  });
  verdict.body = organizations[verdict.organization];
  verdict.rule = rules[verdict.rule];
  return verdict;
});

for (const finding of data.findings) for (const number of finding.verdicts) verdicts[number].findings += 1;

const byPeriod = data.periods.map(() => []);
for (const verdict of verdicts) byPeriod[verdict.period].push(verdict);

/** All periods of one body and rule, which make its trend. */
const series = new Map();
for (const verdict of verdicts) {
  const key = verdict.organization + " " + verdict.rule.id;
  if (!series.has(key)) series.set(key, []);
  series.get(key).push(verdict);
}
for (const own of series.values()) own.sort((one, other) => one.period - other.period);

function trend(verdict) {
  return series.get(verdict.organization + " " + verdict.rule.id);
}

/** The verdicts of the chosen period. */
function current() {
  return byPeriod[state.period] || [];
}

/** How many of each verdict; always all four, so that they add up visibly. */
function count(list) {
  const counts = Object.fromEntries(data.outcomes.map((outcome) => [outcome, 0]));
  for (const verdict of list) counts[verdict.verdict] += 1;
  return counts;
}

function bodyOf(name) {
  return organizations.findIndex((body) => body.name === name);
}

function kindOf(rule) {
  return rule.inner || rule.kind;
}

function verdictLink(verdict) {
  return link(["verdict", verdict.rule.id, verdict.body.name, data.periods[verdict.period].label]);
}

function targetLink(rule) {
  return link(["target", rule.target]);
}

function bodyLink(body) {
  return link(["organization", body.name]);
}

/** file:line:column, the form that editors jump to, and the cell. */
function placeText(place) {
  if (!place) return "";
  const [file, line, column, cell] = place;
  return [file, line, column].filter(Boolean).join(":") + (cell ? " · " + cell : "");
}

/** Small and half width letters, in the Simplified script: for finding, never for showing. */
const folding = new Map([...data.scripts[0]].map((from, at) => [from, [...data.scripts[1]][at]]));
function folded(text) {
  return [...text.normalize("NFKC").toLowerCase()].map((each) => folding.get(each) || each).join("");
}
