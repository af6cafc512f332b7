// The projector's page (no names) and the instructor's (names, how far everybody may go).

import { el, filled } from "/static/forms.js";

const { language, view, words: told } = document.body.dataset;
const words = JSON.parse(told);
const EVERY = 2000;

function bar(label, share, text) {
  const meter = share === null ? "" : el("meter", { min: 0, max: 1, value: share });
  return el("tr", {}, el("th", { scope: "row", textContent: label }), el("td", {}, meter),
    el("td", { className: "crm-right", textContent: text }));
}

function rows(title, list) {
  return list.length ? [el("h3", { textContent: title }), el("table", { className: "crm-bars" }, el("tbody", {}, ...list))] : [];
}

function lesson(one) {
  const most = Math.max(1, ...one.parts.map((part) => part.people));
  const where = one.parts.filter((part) => part.people).map((part) => bar(part.title, part.people / most, String(part.people)));
  const questions = one.questions.filter((q) => q.tried || q.passed).map((q) => bar(q.title,
    q.guess || !q.tried ? null : q.first / q.tried, // where nobody can be right, no bar says nobody was
    filled(q.guess ? words.guessed : words.first_of, { first: q.first, tried: q.tried, passed: q.passed })));
  const mistakes = one.mistakes.map((m) => el("li", { textContent: filled(words.mistake, m) }));
  return el("section", {}, el("h2", { textContent: one.title }),
    el("p", { textContent: filled(words.standing, one) }),
    ...(view === "teach" && one.parts.length ? [pace(one)] : []),
    ...rows(words.where, where), ...rows(words.first_tries, questions),
    ...(mistakes.length ? [el("h3", { textContent: words.mistakes }), el("ul", {}, ...mistakes)] : []));
}

function pace(one) {
  const last = one.parts.length;
  const now = one.reach;
  const button = (text, reach) => el("button", { type: "button", textContent: text,
    onclick: () => send("/teach/pace", { lesson: one.lesson, reach }) });
  const said = now === null ? words.own_pace : filled(words.together, { reach: now, last, title: one.parts[Math.min(now, last) - 1].title });
  const next = Math.min(last, (now ?? 0) + 1);
  return el("div", { className: "crm-row crm-pace" }, el("span", { textContent: said }),
    button(now === null ? words.lead : words.open_next, next),
    ...(now === null ? [] : [button(words.let_go, null)]));
}

function members(list, lessons) {
  const titles = new Map(lessons.map((one) => [one.lesson, one]));
  const heads = [words.name, ...lessons.map((one) => one.title), words.pin].map((text) => el("th", { scope: "col", textContent: text }));
  const lines = list.map((one) => el("tr", {}, el("th", { scope: "row", textContent: one.name }),
    ...[...titles.keys()].map((name) => el("td", { textContent: one.told?.[name] ? one.told[name] : one.lessons[name]
      ? filled(words.far, { ...one.lessons[name], title: titles.get(name).parts[one.lessons[name].part]?.title }) : "" })),
    el("td", {}, one.pin ? el("button", { type: "button", textContent: words.forget_pin,
      onclick: () => send("/teach/forget-pin", { id: one.id }) }) : words.pin_free)));
  document.getElementById("members").replaceChildren(el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...lines));
}

async function send(path, body) {
  await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  await look();
}

let last = "";
async function look() {
  const gone = document.getElementById("gone");
  try {
    const reply = await fetch(`/${view}/state?lang=${language}`);
    const text = await reply.text();
    gone.hidden = reply.ok;
    if (!reply.ok || text === last) return;
    last = text;
    const state = JSON.parse(text);
    document.getElementById("people").textContent = filled(words.people, state);
    document.getElementById("lessons").replaceChildren(...state.lessons.map(lesson));
    if (view === "teach") members(state.members, state.lessons);
  } catch {
    gone.hidden = false;
  }
}

setInterval(look, EVERY);
look();
