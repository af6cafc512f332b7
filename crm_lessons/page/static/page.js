// The page of a lesson: forms in their places, blocks that open.

import { el, filled, handIn, keeping, question, signIn, summary } from "/static/forms.js";
import { place as lastPlace } from "/static/kept.js";
import { ask, isHere, number, onChange, outbox } from "/static/link.js";
import { listen } from "/static/terms.js";
import { show as showWay } from "/static/way.js";

const BEAT = 5_000; // milliseconds between two looks at what is new, and at whether anybody is there
const { language, lesson } = document.body.dataset;
const here = `/${language}/${lesson}/`;
const blocks = document.getElementById("blocks");
const gone = document.getElementById("gone");
const making = document.getElementById("making");
const forms = new Map(); // by question: hears what became of an action of before a reload
let words = {};
let who = "";
const over = new Set(); // questions answered, guessed or passed over
let asked = 0; // blocks whose questions are here
let counted = ""; // questions done when the summary was last asked for
let kept;
let box;

onChange((back) => {
  gone.hidden = back;
  document.body.classList.toggle("crm-is-gone", !back);
});

const has = () => blocks.querySelectorAll(".crm-block").length;

function add(list) {
  for (const { block, html, deeper, fold } of list ?? []) {
    if (block !== has()) continue;
    const section = el("section", { className: "crm-block" });
    section.dataset.block = block;
    section.id = `block-${block}`;
    section.innerHTML = html; // cleaned by the server, see page/fragments.py
    if (fold) blocks.append(el("details", { className: "crm-deeper" }, el("summary", { textContent: fold })));
    (deeper ? blocks.lastElementChild : blocks).append(section);
  }
}

function draw(questions) {
  for (const place of blocks.querySelectorAll(".crm-place:not(.crm-drawn)")) {
    const { form, item } = place.dataset;
    if (form === "question" && !(item in questions)) continue;
    place.classList.add("crm-drawn", `crm-item-${item || form}`);
    FORMS[form]?.(place, questions[item]);
  }
}

// In a deeper part, what follows a question waits for it as well; it holds up nothing else.
function wait() {
  for (const fold of blocks.querySelectorAll(".crm-deeper")) {
    let waits = false;
    for (const section of fold.querySelectorAll(".crm-block")) {
      section.hidden = waits;
      waits ||= [...section.querySelectorAll('[data-form="question"]')].some((one) => !over.has(one.dataset.item));
    }
  }
}

// What was done waits until somebody answers.
function asking(place, told) {
  const { item } = told;
  const root = el("div");
  const pass = el("button", { type: "button", className: "crm-pass", textContent: words.show_me });
  let since = Date.now();
  const send = async (message) => {
    const seconds = (Date.now() - since) / 1000;
    const whole = { id: number(), seconds, from: has(), ...message };
    if (["draw", "try"].includes(message.do)) return ask(`${here}act`, whole); // noted nowhere, so it does not wait
    const reply = await box.send(whole);
    since = Date.now();
    taken(reply);
    return reply;
  };
  const taken = (reply) => {
    pass.hidden = reply.done ?? pass.hidden;
    if (reply.done) over.add(item);
    counted = -1; // the summary tells of tries and of deeper parts as well
    opened(reply);
  };
  pass.hidden = told.done || told.guess;
  if (told.done) over.add(item);
  pass.onclick = async () => {
    pass.disabled = true;
    pass.setAttribute("aria-busy", "true");
    await send({ do: "pass", item });
    pass.disabled = false;
    pass.removeAttribute("aria-busy");
  };
  place.replaceChildren(root, pass);
  const draft = kept.under(`draft ${item}`);
  const form = question(root, told, send, draft);
  forms.set(item, (message, reply) => {
    if (message.do === "submit" && !reply.error) draft.write(null);
    taken(reply);
    form.show(reply);
  });
}

function signing(place) {
  signIn(place, { who, words }, async ({ name }) => {
    const told = await ask(`/${language}/sign-in`, { name }).catch(() => ({})); // the bar says why
    if (told.who) location.reload();
    return told;
  });
}

async function summed(place) {
  const told = await ask(`${here}summary`).catch(() => null);
  if (told) summary(place, told);
}

function handing(place) {
  handIn(place, { words }, () => ask(`/${language}/hand-in`, {}).catch(() => ({ lines: [] })));
}

// A plain link: every browser, also the one inside a chat, knows what to do with it. The server
// says that it is to be kept; what went wrong is then a page to read and no file.
function takeHome(place) {
  const link = el("a", { href: `${here}take-home`, className: "crm-take-home", textContent: words.take_home });
  place.replaceChildren(el("p", { textContent: words.take_home_why }), link);
}

const FORMS = {
  question: asking, sign_in: signing, summary: summed, take_home: takeHome, hand_in: handing,
};

function opened(state) {
  if (!state.parts) return;
  add(state.blocks);
  draw(state.questions);
  wait();
  if (state.making?.whole ?? true) asked = Math.max(asked, state.open); // questions come last
  // The way counts the core path; what was answered deeper stands in the summary too.
  const done = `${showWay(state, words)} ${over.size}`;
  if (!making.dataset.running) making.textContent = state.all_open ? "" : words.locked;
  if (done === counted) return;
  counted = done;
  for (const place of blocks.querySelectorAll('[data-form="summary"]')) summed(place);
}

// Who one is decides what this browser keeps for whom, so the first answer comes before the forms.
function begun(state) {
  ({ words, who } = state);
  if (kept) return;
  kept = keeping(`${here}${who}`);
  const late = (message, reply) => forms.get(message.item)?.(message, reply);
  box = outbox(kept.under("waiting"), `${here}act`, late);
}

async function look() {
  const state = await ask(`${here}state?from=${has()}&asked=${asked}`);
  begun(state);
  making.dataset.running = state.making.whole ? "" : "yes";
  if (!state.making.whole) making.textContent = state.error ?? filled(words.running, state.making);
  opened(state);
  if (state.making.whole) document.body.dataset.ready = "yes";
  return state.making.whole || Boolean(state.error);
}

const pause = (time) => new Promise((done) => setTimeout(done, time));

// What grows when there is something new for this reader, from the class or another device.
const pulse = async () => JSON.stringify(await ask("/pulse"));

async function begin() {
  for (;;) {
    const whole = await look().catch(() => pause(1_500));
    if (whole) break;
  }
  lastPlace(blocks, kept.under("place"));
  await box.flush();
  let last = "";
  for (;;) {
    await pause(isHere() ? BEAT : BEAT / 3);
    if (document.hidden) continue;
    try {
      const now = await pulse();
      if (now !== last) await look();
      last = now;
    } catch { /* the bar says it */ }
  }
}

listen(blocks);
begin();
