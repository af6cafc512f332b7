// A paper: the questions below each other. In an exam every change is kept, nothing is told before
// it is handed in, and a clock runs; in a review each answer is met at once.

import { el, filled, handIn, keeping, question, signIn } from "/static/forms.js";
import { ask, number, onChange, outbox } from "/static/link.js";

const { language, kind } = document.body.dataset;
const here = `/${language}/exam/`;
const at = (id) => document.getElementById(id);
const PAUSE = 600; // milliseconds after the last change until it is sent
const SHORT = 300; // seconds left from which the clock is red
let words = {};
let box;
let ends = 0;
let ticking;
const unsent = new Map(); // by question: what was changed and not yet sent

onChange((back) => { at("gone").hidden = back; });

const send = (message) => box.send({ id: number(), ...message });

function keep(item, answer, spent, told) {
  clearTimeout(unsent.get(item)?.timer);
  const now = async () => {
    unsent.delete(item);
    const reply = await send({ do: "keep", item, answer, seconds: spent() });
    told(reply);
  };
  unsent.set(item, { now, timer: setTimeout(now, PAUSE) });
}

const flush = () => Promise.all([...unsent.values()].map(({ now, timer }) => { clearTimeout(timer); return now(); }));

// Seconds that a question was the one worked at.
function watch(place) {
  let sum = 0;
  let since = null;
  place.addEventListener("focusin", () => { since ??= Date.now(); });
  place.addEventListener("focusout", () => { if (since) sum += Date.now() - since; since = null; });
  return () => (sum + (since ? Date.now() - since : 0)) / 1000;
}

function draw(asked, over) {
  const place = el("section", { className: "crm-asked crm-place" });
  place.dataset.item = asked.item;
  const above = el("div");
  if (asked.table) above.innerHTML = asked.table; // cleaned by the server, see page/fragments.py
  const root = el("div");
  place.append(root);
  const spent = watch(place);
  let form;
  const saved = (reply) => form.show(reply.error ? { error: reply.error } : { outcome: { state: "kept", heading: words.kept, advice: "" } });
  const draft = kind === "exam" && !over
    ? { read: () => asked.answer, write: (answer) => answer !== null && keep(asked.item, answer, spent, saved) } : undefined;
  const reply = async (message) => {
    if (kind === "exam") return {};
    const told = await send({ ...message, seconds: spent() });
    far(told);
    return told;
  };
  form = question(root, asked, reply, draft);
  root.querySelector(".crm-question")?.after(above);
  return place;
}

function far(state) {
  if (kind !== "review") return;
  at("far").textContent = filled(words.far, { done: state.done, count: at("questions").children.length });
  const whole = state.done === at("questions").children.length;
  at("score").hidden = !whole;
  if (whole && state.score) at("score").textContent = filled(words.review_score, state.score);
}

function tick() {
  const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
  at("clock").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  at("clock").classList.toggle("crm-short", left < SHORT);
  if (left === 0) finish();
}

async function finish() {
  clearInterval(ticking);
  await flush();
  await send({ do: "hand_in" });
  location.reload();
}

function ending() {
  const told = el("p", { role: "status" });
  const button = el("button", { type: "button", textContent: words.finish });
  let sure = false;
  button.onclick = () => {
    if (sure) { button.disabled = true; finish(); return; }
    sure = true;
    told.textContent = words.finish_sure;
    button.textContent = words.finish_yes;
  };
  return [told, button];
}

function door(state) {
  if (!state.who) {
    const root = el("div");
    signIn(root, { who: "", words }, async ({ name }) => {
      const told = await ask(`/${language}/sign-in`, { name }).catch(() => ({}));
      if (told.who) location.reload();
      return told;
    });
    return [root];
  }
  const start = el("button", { type: "button", textContent: words.begin });
  start.onclick = async () => { start.disabled = true; await send({ do: "begin" }); location.reload(); };
  return [el("p", { textContent: filled(words.before, state) }), el("p", { textContent: words.before_rules }), start];
}

function shown(state) {
  if (!state.who || state.phase === "before") { at("door").replaceChildren(...door(state)); return; }
  const over = state.phase === "after";
  document.body.classList.toggle("crm-over", over);
  at("questions").replaceChildren(...state.questions.map((one) => draw(one, over)));
  if (kind === "review") {
    if (!state.questions.length) at("door").textContent = words.nothing_to_review;
    else far(state);
    return;
  }
  at("far").textContent = state.who;
  if (over) {
    at("score").hidden = false;
    at("score").textContent = filled(words.exam_score, { ...state.score, percent: Math.round(100 * state.score.share) });
    if (state.room === "own") {
      const root = el("div");
      handIn(root, { words }, () => ask(`/${language}/hand-in`, {}).catch(() => ({ lines: [] })));
      at("end").replaceChildren(root);
    }
    return;
  }
  at("clock").hidden = false;
  ends = Date.now() + 1000 * state.left;
  ticking = setInterval(tick, 1000);
  tick();
  at("end").replaceChildren(...ending());
}

async function begin() {
  const state = await ask(`${here}state`);
  ({ words } = state);
  box = outbox(keeping(`${here}${state.who}`).under("waiting"), `${here}act`, () => {});
  await box.flush();
  shown(state);
  document.body.dataset.ready = "yes";
}

addEventListener("pagehide", flush);
begin();
