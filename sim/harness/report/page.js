"use strict";
// Draws the story and steps through it. A step is one event of the order; the one after the last
// shows the call to blame, where there is one.
const story = JSON.parse(document.getElementById("story").textContent);
const one = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
function draw(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const hasBlame = story.culprit !== null;
const good = story.verdict === "explained" || story.verdict === "no violation";
const undecided = ["crashed", "not-judged", "unknown"].includes(story.verdict);
const extra = hasBlame && !story.order.some((e) => e.call === story.culprit && !e.first);
const steps = story.order.length + (extra ? 1 : 0);
let step = steps;
let showNotes = story.notes.length > 0 && story.notes.length <= 60;
let showPoints = false;
const lane = (call) => story.lanes[call.lane];
const short = (name) => name.replace(/^Jet/, "").replace(/Instance2?$/, "").replace("External", "");

function clauseLink(id) {
  const link = make("span", {class: "clause", tabindex: "0", "data-clause": id}, id);
  return link;
}

// ---- lanes ----
const times = [];
for (const call of story.calls) { times.push(call.from); if (call.to !== null) times.push(call.to); }
for (const note of story.notes) times.push(note.at);
const moments = [...new Set(times)].sort((a, b) => a - b);
const LEFT = 74, HEIGHT = 50, TOP = 12, POINT = 9;
// Where no call runs, nothing is written: those moments stand close together.
const busy = moments.map((moment, index) => story.calls.some((call) => call.from <= moment && (call.to ?? Infinity) >= moments[index + 1]));
const GAP = 16;
const gaps = busy.filter((is) => !is).length;
const WIDTH = Math.max(34, Math.min(110, (one("lanes").clientWidth - LEFT - 24 - GAP * gaps) / Math.max(1, moments.length - gaps + .5)));
let places, end;
const boxes = [];
const x = (time) => places.get(time);

// Every moment has its place; points, if they are shown, stand in a row between two moments, and
// what happens between them waits for them.
function placeMoments() {
  places = new Map();
  let at = LEFT, next = 0;
  for (const [index, moment] of moments.entries()) {
    places.set(moment, at + GAP / 2);
    at += busy[index] ? WIDTH : GAP;
    for (; showPoints && next < story.points.length && story.points[next].at <= moment; ++next) {
      story.points[next].x = at;
      at += POINT;
    }
  }
  end = at + GAP / 2;
}
function drawCall(svg, call, index) {
  const y = TOP + HEIGHT * call.lane + 7;
  const from = x(call.from), to = call.to === null ? end : x(call.to);
  const group = draw("g", {class: "call", "data-call": index});
  const width = Math.max(6, to - from);
  group.append(draw("rect", {x: from, y, width, height: HEIGHT - 14, rx: 6}));
  const room = Math.floor((width - 8) / 7.3);
  const label = short(call.name);
  if (room >= 3) {
    group.append(draw("text", {x: from + 5, y: y + 15}, label.length > room ? label.slice(0, room - 1) + "\u2026" : label));
    const code = call.result.replace("JET_err", "").replace(/ \(-?\d+\)/, "");
    group.append(draw("text", {x: from + 5, y: y + 30, class: "quiet"}, code.length > room ? code.slice(0, room - 1) + "\u2026" : code));
  }
  group.append(draw("title", {}, `${lane(call)}: ${call.name} ${call.args}\n\u2192 ${call.result}` + (call.excuse ? "\n" + call.excuse : "")));
  group.addEventListener("click", () => { const at = stepOf(index); if (at >= 0) go(at); });
  svg.append(group);
  boxes.push(group);
}
function drawPoints(svg) {
  for (const point of story.points) {
    const kind = point.text.split(" ")[0];
    const y = TOP + HEIGHT * (point.lane + 1) - 6;
    const mark = draw("rect", {class: "point " + (["read", "write", "sync", "open", "file-op"].includes(kind) ? "io" : ["load", "store"].includes(kind) ? "field" : "lock"), x: point.x - 3, y, width: 6, height: 5});
    mark.append(draw("title", {}, story.lanes[point.lane] + ": " + point.text));
    svg.append(mark);
  }
}
function drawLanes() {
  placeMoments();
  boxes.length = 0;
  const used = new Set(story.calls.map((call) => call.lane));
  const height = TOP * 2 + HEIGHT * story.lanes.length;
  const svg = draw("svg", {width: end + 20, height, role: "img", "aria-label": "calls by thread and time"});
  story.lanes.forEach((name, index) => {
    const y = TOP + HEIGHT * (index + .5);
    svg.append(draw("line", {class: "lane", x1: LEFT, x2: end, y1: y, y2: y}));
    svg.append(draw("text", {x: 10, y: y + 4, class: used.has(index) ? "" : "quiet"}, name));
  });
  story.calls.forEach((call, index) => drawCall(svg, call, index));
  if (showPoints) drawPoints(svg);
  for (const note of story.notes) {
    const y = TOP + HEIGHT * note.lane;
    const mark = draw("g", {class: "notes"});
    mark.style.display = showNotes ? "" : "none";
    mark.append(draw("path", {class: "note", d: `M${x(note.at) + GAP} ${y}v${HEIGHT}`}));
    mark.append(draw("title", {}, note.text));
    svg.append(mark);
  }
  // An order has no times: each event stands as early as its call and the events before it let it.
  let now = 0;
  story.order.forEach((event, index) => {
    if (event.call === null) return;
    const call = story.calls[event.call];
    now = Math.max(now + .001, x(call.from) + 4);
    const to = call.to === null ? end : x(call.to);
    svg.append(draw("circle", {class: "effect", "data-step": index + 1, r: 4, cx: Math.min(now, to), cy: TOP + HEIGHT * (call.lane + 1) - 7}));
  });
  one("lanes").replaceChildren(svg);
}
const stepOf = (call) => {
  if (call === story.culprit && extra) return steps;
  return story.order.findLastIndex((event) => event.call === call) + 1 || -1;
};

// ---- diagram ----
const PLACES = {absent: [90, 30], created: [90, 100], initializing: [90, 170], ready: [90, 240],
  terminating: [90, 310], restoring: [270, 30], "databases phase": [270, 170], "logs phase": [270, 240],
  "surrogate backup": [270, 310], "in a snapshot": [270, 100]};
let edges;
function drawDiagram() {
  const svg = draw("svg", {viewBox: "0 0 370 345", role: "img", "aria-label": "states passed"});
  edges = draw("g", {});
  svg.append(edges);
  const names = new Set([story.initial.node, ...story.order.map((event) => event.node)]);
  let free = 0;
  for (const name of names) if (!PLACES[name]) PLACES[name] = [180, 30 + 70 * free++];
  for (const [name, [cx, cy]] of Object.entries(PLACES)) {
    const node = draw("g", {class: "node", "data-node": name});
    node.append(draw("rect", {x: cx - 68, y: cy - 17, width: 136, height: 34, rx: 9}));
    node.append(draw("text", {x: cx, y: cy + 5}, name));
    svg.append(node);
  }
  one("diagram").append(svg);
}
function edge(from, to, style) {
  const [a, b] = PLACES[from], [c, d] = PLACES[to];
  const path = from === to ? `M${a + 68} ${b - 6}c26 -14 26 26 0 12` : `M${a} ${b}Q${(a + c) / 2 + (b - d) / (a === c ? 1.6 : 6)} ${(b + d) / 2 + (c - a) / 6} ${c} ${d}`;
  edges.append(draw("path", {d: path, class: style}));
}
function showDiagram() {
  edges.replaceChildren();
  const path = [story.initial.node, ...story.order.slice(0, Math.min(step, story.order.length)).map((event) => event.node)];
  const known = new Set();
  for (let i = 1; i < path.length; ++i) {
    const last = i === path.length - 1 && step <= story.order.length;
    const key = path[i - 1] + ">" + path[i] + last;
    if (known.has(key)) continue;
    known.add(key);
    if (path[i] !== path[i - 1] || last) edge(path[i - 1], path[i], last ? "step" : "been");
  }
  for (const node of document.querySelectorAll(".node")) {
    const name = node.dataset.node;
    node.setAttribute("class", "node" + (name === path[path.length - 1] ? " here" : path.includes(name) ? " been" : ""));
  }
}

// ---- step ----
function sentence(call) {
  return [make("b", {}, lane(call)), ": ", make("code", {}, call.name + (call.args ? " " + call.args : "")), " returned ", make("b", {}, call.result)];
}
function showStep() {
  const at = one("step");
  at.replaceChildren();
  const blameStep = extra && step === steps;
  const event = blameStep || step === 0 ? null : story.order[step - 1];
  if (step === 0) at.append(make("p", {}, "Before the first call."));
  if (event && event.call === null) at.append(make("p", {}, "It happens by itself: a freeze times out. ", clauseLink(event.clause)));
  if (event && event.call !== null) {
    at.append(make("p", {}, ...sentence(story.calls[event.call])));
    at.append(make("p", {}, event.first ? "Its first event: " : "Specification: ", make("b", {}, event.code), " ", clauseLink(event.clause)));
    const clause = story.clauses[event.clause];
    if (clause) at.append(make("p", {class: "quiet"}, clause[0]));
  }
  if (blameStep) at.append(...blame());
  const before = step <= 1 ? story.initial.spec : story.order[Math.min(step, story.order.length) - 2]?.spec ?? story.initial.spec;
  const last = story.order[Math.min(step, story.order.length) - 1];
  const spec = last ? last.spec : story.initial.spec;
  const engine = blameStep ? story.engineAtLast : last ? last.engine : story.initial.spec;
  const rows = story.aspects.map((name, index) => {
    const row = make("tr", {}, make("th", {}, name), make("td", {}, spec[index] || "\u2013"), make("td", {}, engine[index] || "\u2013"));
    if (!blameStep && spec[index] !== before[index]) row.classList.add("changed");
    if (engine[index] !== spec[index]) row.classList.add("differs");
    return row;
  });
  one("states").tBodies[0].replaceChildren(...rows);
  one("state").textContent = "Specification: " + (last ? last.state : story.initial.state);
}
function blame() {
  const call = story.calls[story.culprit];
  const lines = [make("p", {}, ...sentence(call))];
  if (story.allowed.length) {
    const parts = [];
    story.allowed.forEach((answer, index) => {
      if (index) parts.push(index === story.allowed.length - 1 ? " or " : ", ");
      parts.push(make("b", {}, answer.code), " (", clauseLink(answer.clause), ")");
    });
    lines.push(make("p", {}, "In every order of the calls the specification allows here only ", ...parts, "."));
    for (const id of new Set(story.allowed.map((answer) => answer.clause))) {
      const clause = story.clauses[id];
      if (clause) lines.push(make("p", {}, id + ": " + clause[0]));
    }
  }
  const beside = story.calls.filter((other) => other !== call && other.from <= (call.to ?? Infinity) && call.from <= (other.to ?? Infinity));
  if (beside.length) lines.push(make("p", {}, "While it ran: " + beside.slice(0, 6).map((other) => `${lane(other)} ${short(other.name)} \u2192 ${other.result}`).join("; ") + "."));
  return lines;
}
function showBlame() {
  const box = one("blame");
  box.classList.toggle("good", good);
  box.classList.toggle("open", undecided);
  box.replaceChildren();
  if (hasBlame) box.append(make("b", {}, "To blame: "), ...sentence(story.calls[story.culprit]), ". ");
  if (hasBlame && story.allowed.length) {
    box.append("Allowed: ");
    story.allowed.forEach((answer, index) => box.append(index ? " or " : "", make("b", {}, answer.code), " ", clauseLink(answer.clause)));
    box.append(". ");
  }
  const reason = story.reason || "Every result is explained by the order below.";
  box.append(reason[0].toUpperCase() + reason.slice(1) + (reason.endsWith(".") ? "" : "."));
  if (story.leftOut) box.append(make("p", {}, "The story is long; this page shows " + story.leftOut + "."));
}

function go(to) {
  step = Math.max(0, Math.min(steps, to));
  const blameStep = extra && step === steps;
  one("at").textContent = `step ${step} of ${steps}`;
  one("first").disabled = one("back").disabled = step === 0;
  one("last").disabled = one("forward").disabled = step === steps;
  const taken = new Map();
  story.order.forEach((event, index) => { if (event.call !== null) taken.set(event.call, index + 1); });
  const current = blameStep ? story.culprit : step > 0 ? story.order[step - 1].call : null;
  boxes.forEach((box, index) => {
    const at = taken.get(index);
    let style = at === undefined ? "none" : at <= step ? "done" : "later";
    if (index === current) style = "now";
    if (index === story.culprit) style += " bad" + (blameStep ? " shown" : "");
    box.setAttribute("class", "call " + style);
  });
  for (const dot of document.querySelectorAll(".effect")) dot.style.opacity = dot.dataset.step <= step ? 1 : .25;
  for (const item of one("order").children) item.className = (Number(item.dataset.step) === step ? "now" : "") + (item.dataset.bad ? " bad" : "");
  showStep();
  showDiagram();
  if (current !== null && boxes[current]) {
    const box = one("lanes"), at = x(story.calls[current].from);
    if (at < box.scrollLeft + 80 || at > box.scrollLeft + box.clientWidth - 160) box.scrollLeft = at - box.clientWidth / 2;
  }
  const list = one("order"), item = list.querySelector(".now") ?? list.querySelector(".bad");
  if (item) list.scrollTop = Math.max(0, item.offsetTop - list.clientHeight / 2);
}

function listOrder() {
  story.order.forEach((event, index) => {
    const call = event.call === null ? null : story.calls[event.call];
    const item = make("li", {"data-step": index + 1}, call ? `${lane(call)} ` : "", make("code", {}, call ? call.name : "time-out"), event.first ? " begins " : call ? " \u2192 " + call.result + " " : " ", clauseLink(event.clause));
    if (call && event.call === story.culprit) item.dataset.bad = "1";
    item.addEventListener("click", () => go(index + 1));
    one("order").append(item);
  });
  if (extra) {
    const call = story.calls[story.culprit];
    const item = make("li", {"data-step": steps, "data-bad": "1"}, `${lane(call)} `, make("code", {}, call.name), " \u2192 " + call.result + (story.allowed.length ? ": no place in any order" : ": to blame"));
    item.addEventListener("click", () => go(steps));
    one("order").append(item);
  }
  const taken = new Set(story.order.map((event) => event.call));
  const rest = story.calls.filter((call, index) => !taken.has(index) && index !== story.culprit);
  if (rest.length) one("rest").textContent = `In no order: ${rest.slice(0, 12).map((call) => lane(call) + " " + short(call.name) + (call.excuse ? " (" + call.excuse + ")" : "")).join(", ")}${rest.length > 12 ? ", \u2026" : ""}.`;
}

// ---- explanation ----
function among(values) {
  const without = values[0].startsWith("without it");
  if (without && values.length === 1) return values[0];
  const rest = values.slice(without ? 1 : 0);
  return (without ? values[0] + ", or " : "") + (rest[0].includes(" point") ? "" : "with ") + rest.join(", ");
}
function listParts(id, weight) {
  let place = "", list;
  for (const part of story.explanation.parts.filter((part) => part.weight === weight)) {
    if (part.place !== place) {
      list = make("ul");
      one(id).append(make("li", {}, make("code", {}, part.place), list));
      place = part.place;
    }
    const told = [];
    if (part.goes.length) told.push("passes " + among(part.goes));
    if (part.stays.length) told.push((part.goes.length ? "fails " : "fails also ") + among(part.stays));
    list.append(make("li", {}, make("b", {}, part.what), ": " + told.join("; ")));
  }
  if (!list) one(id).append(make("li", {}, "nothing"));
}
function showExplanation() {
  if (!story.explanation) return;
  one("explanation").hidden = false;
  listParts("matters", "matters");
  listParts("in-part", "in part");
  listParts("other", "none");
  const change = story.explanation.change;
  one("change").textContent = change ? change[0].toUpperCase() + change.slice(1) + "." : "No schedule with one decision changed passes.";
  one("beside").hidden = !story.explanation.rows.length;
  for (const row of story.explanation.rows) {
    const line = make("tr", {}, make("td", {}, make("code", {}, row.fails)), make("td", {}, make("code", {}, row.passes)));
    if (!row.same) line.className = "differs";
    one("beside").tBodies[0].append(line);
  }
}

// ---- tips, keys, theme ----
function tip(target) {
  const link = target.closest?.("[data-clause]");
  const box = one("tip");
  const clause = link && story.clauses[link.dataset.clause];
  box.hidden = !clause;
  if (!clause) return;
  box.replaceChildren(make("b", {}, link.dataset.clause), " ", clause[0], make("small", {}, clause[1]));
  const place = link.getBoundingClientRect();
  box.style.left = Math.max(4, Math.min(place.left, innerWidth - box.offsetWidth - 8)) + "px";
  box.style.top = (place.bottom + box.offsetHeight + 8 > innerHeight ? place.top - box.offsetHeight - 6 : place.bottom + 6) + "px";
}
function theme(name) { document.documentElement.dataset.theme = name; }
function toggleNotes() {
  showNotes = !showNotes;
  one("notes").setAttribute("aria-pressed", showNotes);
  for (const note of document.querySelectorAll(".notes")) note.style.display = showNotes ? "" : "none";
}
function togglePoints() {
  if (!story.points.length) return;
  showPoints = !showPoints;
  one("points").setAttribute("aria-pressed", showPoints);
  one("point-legend").hidden = !showPoints;
  drawLanes();
  go(step);
}
const keys = {ArrowLeft: () => go(step - 1), ArrowRight: () => go(step + 1), Home: () => go(0), End: () => go(steps),
  c: () => { if (hasBlame) go(stepOf(story.culprit)); }, n: toggleNotes, e: togglePoints,
  t: () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"), "?": () => one("help").showModal()};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.key] ?? keys[event.key.toLowerCase()];
  if (act) { event.preventDefault(); act(); }
});
one("first").onclick = keys.Home; one("back").onclick = keys.ArrowLeft;
one("forward").onclick = keys.ArrowRight; one("last").onclick = keys.End;
one("notes").onclick = toggleNotes; one("points").onclick = togglePoints; one("theme").onclick = keys.t; one("keys").onclick = keys["?"];
for (const kind of ["mouseover", "focusin"]) addEventListener(kind, (event) => tip(event.target));

one("title").textContent = story.title;
one("origin").textContent = story.origin;
one("verdict").textContent = story.verdict;
one("verdict").className = good ? "good" : undecided ? "" : "bad";
const wanted = new URLSearchParams(location.search).get("theme");
theme(wanted ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
drawLanes();
drawDiagram();
listOrder();
showExplanation();
showBlame();
showNotes = !showNotes;
toggleNotes();
if (!story.notes.length) one("notes").hidden = true;
if (!story.points.length) one("points").hidden = true;
go(hasBlame && stepOf(story.culprit) > 0 ? stepOf(story.culprit) : steps);
