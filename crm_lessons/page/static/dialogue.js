// A dialogue as a form: draws the sheet that the server describes, sends what is chosen.
const page = document.getElementById("sheet");
const say = document.body.dataset;
const answers = {};
let turn = 0; // the newest request; an older answer is not drawn

function make(tag, told = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(told)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter((one) => one != null && one !== ""));
  return element;
}

async function send(address) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" } };
  const answer = await fetch(address, { ...options, body: JSON.stringify({ answers }) });
  return answer.json();
}

async function ask(address = "/sheet") {
  const mine = ++turn;
  page.setAttribute("aria-busy", "true");
  let told;
  try {
    told = await send(address);
  } catch {
    told = { error: say.gone };
  }
  if (mine !== turn) return;
  page.removeAttribute("aria-busy");
  if (told.kept) page.replaceChildren(make("h1", {}, say.done), ...lines(told.kept));
  else if (told.error) trouble(told.error);
  else draw(told);
}

const lines = (text) => text.split("\n").filter(Boolean).map((line) => make("p", {}, line));

function trouble(text) {
  page.querySelector(".crm-trouble")?.remove();
  page.prepend(make("p", { class: "crm-trouble", role: "alert" }, text));
}

function set(name, value) {
  answers[name] = value;
  ask();
}

function control(question, place) {
  const told = { name: question.name, id: place };
  const change = { change: (event) => set(question.name, event.target.value) };
  if (question.free) {
    const list = make("datalist", { id: `${place}-list` },
      ...question.choices.map((one) => make("option", { value: one.value }, one.label)));
    const typed = make("input", { ...told, list: list.id, value: question.chosen, on: change, autocomplete: "off" });
    return [typed, list];
  }
  const first = question.chosen ? null : make("option", { value: "" }, say.choose);
  const options = question.choices.map((one) =>
    make("option", { value: one.value, selected: one.value === question.chosen }, one.label));
  return [make("select", { ...told, on: change }, first, ...options)];
}

function radio(question, place) {
  const inside = question.choices.map((one, i) => make("label", { class: "crm-choice" },
    make("input", { type: "radio", name: question.name, value: one.value, id: `${place}-${i}`,
      checked: one.value === question.chosen, on: { change: () => set(question.name, one.value) } }),
    make("span", {}, one.label)));
  return make("fieldset", { class: question.needed && !question.chosen ? "crm-open" : "" },
    make("legend", {}, question.text), question.detail && make("p", { class: "crm-quiet" }, question.detail),
    ...inside);
}

function row(question, place) {
  return make("div", { class: "crm-row" },
    make("div", {}, make("label", { for: place }, question.text),
      make("div", { class: "crm-quiet" }, question.detail)),
    make("div", {}, ...control(question, place), make("div", { class: "crm-quiet" }, question.reason)));
}

function section(told, number) {
  const drawn = told.questions.map((one, i) => {
    const place = `q${number}-${i}`;
    return told.quiet || one.free ? row(one, place) : radio(one, place);
  });
  return make("section", { class: "crm-part" }, told.title && make("h2", {}, told.title), ...drawn);
}

function draw(sheet) {
  const held = document.activeElement?.id;
  document.title = sheet.title;
  const keep = make("button", { type: "button", disabled: !sheet.ready, on: { click: () => ask("/keep") } }, say.keep);
  const list = (given, kind) => given.length ? make("ul", { class: kind }, ...given.map((one) => make("li", {}, one))) : null;
  page.replaceChildren(...[
    make("h1", {}, sheet.title), sheet.lead && make("p", {}, sheet.lead),
    sheet.problems.length ? make("div", { role: "alert" }, list(sheet.problems, "crm-problems")) : null,
    ...sheet.sections.map(section),
    sheet.told.length ? make("section", {}, make("h2", {}, say.result), list(sheet.told, "crm-told")) : null,
    make("div", { class: "crm-keep" }, keep, make("span", { class: "crm-quiet" }, sheet.ready ? "" : say.notYet)),
  ].filter(Boolean));
  if (held) document.getElementById(held)?.focus();
}

ask();
