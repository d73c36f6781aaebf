// What everything else uses: elements, words, numbers, and the address behind the hash.

const SVG = "http://www.w3.org/2000/svg";
const data = JSON.parse(document.getElementById("data").textContent);

/** What the page shows at the moment. */
const state = { language: data.language, period: data.periods.length - 1 };

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    // What is no node becomes text and never markup: names and notes come from submissions.
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** An HTML element. */
function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A word of the page, its `{names}` filled in. */
function t(key, values) {
  const word = data.words[state.language][key];
  if (word === undefined) throw new Error("no word for " + key);
  return values ? word.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : word;
}

/** A text that stands in all languages, in the reader's. */
function told(text) {
  return Array.isArray(text) ? text[data.languages.indexOf(state.language)] : text;
}

/** Data, which is never translated: kept apart from the direction and the language of what surrounds it. */
function bdi(text, attributes) {
  return h("bdi", Object.assign({ lang: "zh" }, attributes), text);
}

// --- numbers -------------------------------------------------------------------------------------------------

function fraction(text) {
  if (text.includes("/")) {
    const [upper, lower] = text.split("/");
    return [BigInt(upper), BigInt(lower)];
  }
  const [whole, rest = ""] = text.split(".");
  return [BigInt(whole + rest), 10n ** BigInt(rest.length)];
}

/** An exact number as it is read: decimals stay as they are, a fraction is rounded half away from zero. */
function shown(text, decimals = 2) {
  if (!text.includes("/")) return text;
  let [upper, lower] = fraction(text);
  const sign = upper < 0n ? "-" : "";
  if (upper < 0n) upper = -upper;
  const scale = 10n ** BigInt(decimals);
  const rounded = (2n * upper * scale + lower) / (2n * lower);
  if (rounded === 0n && upper !== 0n && decimals < 6) return shown(text, decimals + 1);
  const digits = rounded.toString().padStart(decimals + 1, "0");
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return (rounded === 0n ? "" : sign) + digits.slice(0, digits.length - decimals) + (rest ? "." + rest : "");
}

/** A number for drawing, and for nothing else. */
function drawn(text) {
  if (!text) return null;
  if (!text.includes("/")) return Number(text);
  const [upper, lower] = text.split("/");
  return Number(upper) / Number(lower);
}

/** A minus that is as wide as a plus. */
function signed(text) {
  if (!text) return "";
  return text.startsWith("-") ? "\u2212" + text.slice(1) : text === "0" ? "0" : "+" + text;
}

function amount(text, unit) {
  if (!text) return "";
  const number = shown(text).replace(/^-/, "\u2212");
  return unit === "%" ? number + " %" : unit ? number + " " + unit : number;
}

function unitWord(unit) {
  return { "percentage point": t("points"), stage: t("stages-unit") }[unit] || unit;
}

// --- signs ---------------------------------------------------------------------------------------------------

const SHAPES = {
  pass: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { class: "mark", d: "M4.6 8.3 7 10.7 11.4 5.6" }]],
  "at-risk": [["path", { d: "M8 1.2 15.3 14.4H.7Z" }], ["path", { class: "mark", d: "M8 5.6V9.6M8 11.8V12" }]],
  fail: [["rect", { x: 1, y: 1, width: 14, height: 14, rx: 2.5 }], ["path", { class: "mark", d: "M5 5 11 11M11 5 5 11" }]],
  undecided: [["circle", { class: "open", cx: 8, cy: 8, r: 6.2 }], ["path", { class: "mark", d: "M5.4 8H10.6" }]],
};

/** The sign of a verdict: a shape of its own beside the colour. */
function sign(verdict, attributes) {
  const shapes = SHAPES[verdict].map(([tag, own]) => s(tag, own));
  return s("svg", Object.assign({ class: "sign " + verdict, viewBox: "0 0 16 16", "aria-hidden": "true" }, attributes), shapes);
}

/** Sign and word of a verdict. */
function badge(verdict, waived) {
  return h("span", { class: "badge " + verdict }, sign(verdict), t(verdict), waived ? h("span", { class: "muted" }, " · " + t("waived")) : null);
}

// --- the address ---------------------------------------------------------------------------------------------

/** Where the hash points: the parts of its path, and what follows the question mark. */
function address() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { parts, query: new URLSearchParams(query) };
}

/** The hash of a view; the period goes along where it is not the last one. */
function link(parts, query) {
  const wanted = new URLSearchParams(query || {});
  if (data.periods.length && state.period !== data.periods.length - 1 && !wanted.has("period")) {
    wanted.set("period", data.periods[state.period].label);
  }
  const text = wanted.toString();
  return "#/" + parts.map(encodeURIComponent).join("/") + (text ? "?" + text : "");
}

function go(hash) {
  if (location.hash === hash) render();
  else location.hash = hash;
}

/** Takes the place of the present address without a new view being made. */
function remember(hash) {
  history.replaceState(null, "", hash);
}
