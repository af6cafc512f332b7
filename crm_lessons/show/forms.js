// The forms of a lesson, drawn from plain descriptions; texts are only ever set as text.
//
//   question(element, asked, send, draft)   asked: what course.asking.asked gives; send(message): a
//                                           promise of what course.asking.act answers; draft: what
//                                           is typed and not yet sent, {read(), write(value)}
//   signIn, summary, handIn                 the same with what course.around gives
//   default.render({model, el})             all of them for anywidget
//
// A control is {node, answer(), fill(value)}; answer() gives what the plain function would be given.

const PATIENCE = 4_000; // milliseconds until a reader is told that nobody has replied yet
const NARROW = 560; // pixels, below which a chart is asked for as it is drawn for a phone
const own = Math.random().toString(36).slice(2); // several of this module may draw on one page
let made = 0;
const fresh = () => `crm-${own}-${++made}`;

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export const filled = (template, values) =>
  template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

// What a browser keeps. Storage can be full or forbidden; then nothing is kept, and all goes on.
export function keeping(scope) {
  const at = (name) => `crm-lessons ${scope} ${name}`;
  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(at(name)));
    } catch {
      return null;
    }
  };
  const write = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(at(name));
      else localStorage.setItem(at(name), JSON.stringify(value));
    } catch { /* see above */ }
  };
  return { read, write, under: (name) => ({ read: () => read(name), write: (v) => write(name, v) }) };
}

const paragraphs = (texts) => texts.map((text) => el("p", { textContent: text }));

const noteOf = (form) => el("p", { className: "crm-note", textContent: form.note ?? "" });

function textBox(form, more) {
  return el("input", {
    type: "text",
    autocomplete: "off",
    className: "crm-box",
    inputMode: form.keyboard ?? "text",
    ...more,
  });
}

function box({ form }) {
  const input = textBox(form, { id: fresh(), placeholder: form.example ?? "" });
  const label = el("label", { htmlFor: input.id, textContent: form.label ?? "" });
  const unit = el("span", { className: "crm-unit", textContent: form.unit ?? "" });
  const line = el("div", { className: "crm-row" }, label, input, unit);
  return {
    node: el("div", {}, line, noteOf(form)),
    answer: () => input.value,
    fill: (value) => { input.value = value ?? ""; },
  };
}

function slider({ form }, tell) {
  const input = el("input", { type: "range", min: 1, max: 100, step: 1, id: fresh() });
  const shown = el("output", { htmlFor: input.id });
  const label = el("label", { htmlFor: input.id, textContent: form.label ?? "" });
  const show = () => {
    shown.textContent = `${input.value}${form.unit ?? ""}`;
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  input.addEventListener("input", show);
  input.addEventListener("change", () => tell({ do: "draw", percent: Number(input.value) }));
  return {
    node: el("div", {}, noteOf(form), el("div", { className: "crm-row" }, label, input, shown)),
    answer: () => `${input.value}%`,
    percent: () => Number(input.value),
    fill: (value) => { input.value = Number.parseFloat(value ?? 50); show(); },
  };
}

function ticks(form, type) {
  const name = fresh();
  const inputs = (form.options ?? []).map((option) =>
    el("input", { type, name, value: option.id }));
  const lines = inputs.map((input, place) => {
    const { letter, label } = form.options[place];
    return el("label", { className: "crm-option" }, input, ` ${letter ? `${letter}. ` : ""}${label}`);
  });
  const legend = el("legend", { className: "crm-note", textContent: form.note ?? "" });
  return { inputs, node: el("fieldset", {}, legend, ...lines) };
}

function one({ form }) {
  const { inputs, node } = ticks(form, "radio");
  return {
    node,
    answer: () => inputs.find((input) => input.checked)?.value ?? null,
    fill: (value) => inputs.forEach((input) => { input.checked = input.value === value; }),
  };
}

function several({ form }) {
  const { inputs, node } = ticks(form, "checkbox");
  return {
    node,
    answer: () => inputs.filter((input) => input.checked).map((input) => input.value),
    fill: (value) => inputs.forEach((input) => { input.checked = (value ?? []).includes(input.value); }),
  };
}

// The rows keep their step and change places; the focus stays with the step that was moved.
function steps({ form, words }) {
  const list = el("ol", { className: "crm-steps" });
  const rows = new Map((form.options ?? []).map(({ id, label }) => {
    const arrow = (sign, by, word) => el("button", {
      type: "button", textContent: sign, ariaLabel: filled(word, { step: label }),
      onclick: (event) => move(id, by, event.currentTarget),
    });
    const row = el("li", {}, el("span", { textContent: label }),
      arrow("↑", -1, words.up), arrow("↓", 1, words.down));
    row.dataset.id = id;
    return [id, row];
  }));
  const order = () => [...list.children].map((row) => row.dataset.id);
  function ends() {
    [...list.children].forEach((row, place, all) => {
      const [up, down] = row.querySelectorAll("button");
      up.disabled = place === 0;
      down.disabled = place === all.length - 1;
    });
  }
  function move(id, by, button) {
    const row = rows.get(id);
    if (by < 0) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    ends();
    list.dispatchEvent(new Event("change", { bubbles: true }));
    (button.disabled ? row.querySelector("button:not(:disabled)") : button)?.focus();
  }
  return {
    node: el("div", {}, noteOf(form), list),
    answer: order,
    fill: (value) => { list.replaceChildren(...(value ?? [...rows.keys()]).map((id) => rows.get(id))); ends(); },
  };
}

function grid({ form, words }) {
  const columns = form.columns ?? [];
  const boxes = (form.rows ?? []).map((row) => columns.map((column) => textBox(form, {
    ariaLabel: filled(words.box_of_table, { row: row.label, column: column.title }),
  })));
  const heads = columns.map((c) => el("th", { scope: "col", textContent: c.title }));
  const lines = (form.rows ?? []).map((row, place) => el("tr", {},
    el("th", { scope: "row", textContent: row.label }),
    ...boxes[place].map((input) => el("td", {}, input))));
  const table = el("table", {}, el("thead", {}, el("tr", {}, el("td"), ...heads)), el("tbody", {}, ...lines));
  const each = (use) => Object.fromEntries((form.rows ?? []).map((row, r) =>
    [row.id, Object.fromEntries(columns.map((column, c) => [column.id, use(boxes[r][c], row.id, column.id)]))]));
  return {
    node: el("div", {}, el("div", { className: "crm-wide" }, table), noteOf(form)),
    answer: () => each((input) => input.value),
    fill: (value) => { each((input, row, column) => { input.value = value?.[row]?.[column] ?? ""; }); },
  };
}

function lines({ form, words }) {
  const inputs = (form.rows ?? []).map((row) =>
    el("input", { type: "checkbox", value: row.id, ariaLabel: row.label }));
  const nobody = el("input", { type: "checkbox" });
  const counter = el("p", { className: "crm-note", role: "status" });
  const count = () => {
    counter.textContent = filled(words.ticked, { ticked: inputs.filter((i) => i.checked).length });
  };
  inputs.forEach((input) => input.addEventListener("change", () => {
    if (input.checked) nobody.checked = false;
    count();
  }));
  nobody.addEventListener("change", () => {
    if (nobody.checked) inputs.forEach((input) => { input.checked = false; });
    count();
  });
  const heads = (form.columns ?? []).map((c) =>
    el("th", { scope: "col", className: `crm-${c.side}`, textContent: c.title }));
  const body = (form.rows ?? []).map((row, place) => el("tr", {},
    el("th", { scope: "row" }, el("label", {}, inputs[place], ` ${row.label}`)),
    ...(row.cells ?? []).map((text, at) =>
      el("td", { className: `crm-${form.columns[at + 1].side}`, textContent: text }))));
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...body));
  const none = el("label", { className: "crm-option" }, nobody, ` ${form.nobody}`);
  return {
    node: el("div", {}, noteOf(form), el("div", { className: "crm-wide" }, table), none, counter),
    answer: () => (nobody.checked ? "none" : inputs.filter((i) => i.checked).map((i) => i.value)),
    fill: (value) => {
      nobody.checked = value === "none";
      const ids = (Array.isArray(value) ? value : []).map((id) => id.toUpperCase());
      inputs.forEach((input) => { input.checked = ids.includes(input.value.toUpperCase()); });
      count();
    },
  };
}

// A table in which rows are entered, changed and deleted, and changes undone. What was done is kept
// as a list of steps; whoever answers does them again and tells what the table and its log hold.
function book({ form, words: general }, tell) {
  const { fields, roles, words, began } = form.start;
  const state = { steps: [], ...form.start };
  let busy = false;
  const records = el("ul", { className: "crm-records", ariaLabel: words.records });
  const log = el("ol", { className: "crm-log", reversed: true, ariaLabel: words.log });
  const said = el("p", { className: "crm-said", role: "status" });
  const found = el("p", { className: "crm-note", role: "status" });
  const find = el("input", { type: "search", className: "crm-box", id: fresh(), autocomplete: "off" });
  const place = el("div", { className: "crm-editor" }); // where a record is entered
  const name = fresh();
  const who = roles.map(({ id }, at) => el("input", { type: "radio", name, value: id, checked: !at }));
  const press = (text, label, onclick) => el("button", { type: "button", textContent: text, ariaLabel: label, onclick });
  const title = ({ id, values }) => `${id} ${values[fields[0].id]}`;

  function draw() {
    const asked = find.value.normalize("NFKC").replace(/[\s-]/g, "").toLowerCase();
    const shown = state.rows.filter(({ id, values }) =>
      [id, ...Object.values(values)].some((one) => one.replace(/[\s-]/g, "").toLowerCase().includes(asked)));
    records.replaceChildren(...shown.map(record));
    found.textContent = shown.length ? filled(words.found, { all: state.rows.length, found: shown.length }) : words.nothing_found;
    log.replaceChildren(...state.log.map(entry));
  }
  function record(row) {
    const rest = fields.slice(1).map(({ id, title: named }) =>
      el("span", {}, el("span", { className: "crm-note", textContent: `${named} ` }), row.values[id] || words.empty));
    const item = el("li", { "data-record": row.id }, el("strong", { textContent: title(row) }), el("div", { className: "crm-cells" }, ...rest));
    const opener = press(words.change, filled(words.change_row, { record: title(row) }), () => {
      item.append(editor(row.values, { do: "update", record: row.id }, opener));
      item.querySelector(".crm-editor .crm-box").focus();
      opener.disabled = true;
    });
    const gone = press(words.delete, filled(words.delete_row, { record: title(row) }), () => step({ do: "delete", record: row.id }));
    item.append(el("div", { className: "crm-row" }, opener, gone));
    return item;
  }
  function entry({ number, at, told, open }) {
    const moment = new Date(at), language = document.documentElement.lang || [];
    const today = moment.toDateString() === new Date().toDateString();
    const when = today ? moment.toLocaleTimeString(language) : moment.toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
    const item = el("li", { value: number }, el("span", { textContent: told }), " ",
      el("time", { dateTime: at, className: "crm-note", textContent: when }));
    if (open) item.append(" ", press(words.undo, filled(words.undo_row, { number }), () => step({ do: "undo", number })));
    return item;
  }
  function editor(values, doing, opener) {
    const boxes = fields.map(({ id, title: named, choices, keyboard }) => {
      const input = choices?.length
        ? el("select", { className: "crm-box", id: fresh() }, ...["", ...choices].map((one) => el("option", { value: one, textContent: one || words.empty })))
        : el("input", { type: "text", className: "crm-box", id: fresh(), autocomplete: "off", inputMode: keyboard || "text" });
      input.value = values[id] ?? "";
      return { id, input, node: el("div", { className: "crm-row" }, el("label", { htmlFor: input.id, textContent: named }), input) };
    });
    const close = () => { whole.remove(); opener.disabled = false; opener.focus(); };
    const save = () => {
      const changed = boxes.filter(({ id, input }) => input.value !== (values[id] ?? ""));
      const told = changed.length ? changed : boxes; // nothing changed: whoever answers says so
      step({ ...doing, values: Object.fromEntries(told.map(({ id, input }) => [id, input.value])) });
    };
    const whole = el("div", { className: "crm-editor", role: "group", ariaLabel: opener.ariaLabel || opener.textContent }, ...boxes.map(({ node }) => node),
      el("div", { className: "crm-row" }, press(words.save, words.save, save), press(words.cancel, words.cancel, close)));
    whole.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key) || !event.target.matches(".crm-box")) return;
      event.preventDefault(); // Enter saves the record and does not submit the question
      event.stopPropagation();
      if (event.key === "Enter") save(); else close();
    });
    return whole;
  }
  // What is refused or not heard changes nothing and is told.
  async function step(doing) {
    if (busy) return; // pressed twice
    busy = true;
    const as = who.find((one) => one.checked).value;
    const late = general.no_reply && setTimeout(() => { said.textContent = general.no_reply; }, PATIENCE);
    const reply = await tell({ do: "try", answer: [...state.steps, { as, ...doing }] });
    clearTimeout(late);
    busy = false;
    const told = reply?.tried;
    said.textContent = told ? told.refused || told.log[0].told : reply?.error || words.unheard;
    said.classList.toggle("crm-refused", !told || Boolean(told.refused));
    seen(said, { boxShadow: "inset 0 0 0 3px #f0b400" }, { boxShadow: "inset 0 0 0 0 #f0b400" });
    if (!told || told.refused) return;
    Object.assign(state, told);
    place.replaceChildren();
    draw();
    const again = doing.do === "enter" ? enter : records.querySelector(`[data-record="${doing.record}"] button`);
    enter.disabled = false;
    (again ?? said).focus({ preventScroll: true });
    node.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const enter = press(words.enter, "", () => {
    place.replaceChildren(editor({}, { do: "enter" }, enter));
    place.querySelector(".crm-box").focus();
    enter.disabled = true;
  });
  const again = press(words.start_again, "", () => {
    if (again.dataset.sure !== "yes") {
      again.dataset.sure = "yes";
      again.textContent = words.start_again_sure;
      return;
    }
    begin([]);
    node.dispatchEvent(new Event("change", { bubbles: true }));
  });
  function begin(steps) {
    delete again.dataset.sure;
    again.textContent = words.start_again;
    said.textContent = "";
    Object.assign(state, form.start, { steps });
    draw();
  }
  // What was done before is done again; until somebody answers, the list of steps is kept.
  async function fill(steps) {
    begin(Array.isArray(steps) ? steps : []);
    if (!state.steps.length) return;
    const told = (await tell({ do: "try", answer: state.steps }))?.tried;
    if (told) Object.assign(state, told);
    if (!told) said.textContent = words.unheard;
    draw();
  }
  said.tabIndex = -1;
  find.addEventListener("input", draw);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); }
  });
  const as = el("fieldset", { className: "crm-as" }, el("legend", { className: "crm-note", textContent: words.as }),
    ...who.map((input, at) => el("label", { className: "crm-option" }, input, ` ${roles[at].label}`)));
  const node = el("div", { className: "crm-book" }, noteOf(form), as,
    el("div", { className: "crm-row" }, el("label", { htmlFor: find.id, textContent: words.find }), find), found,
    records, el("div", { className: "crm-row" }, enter, again), place, said,
    el("p", { className: "crm-note", textContent: words.log }), log,
    el("p", { className: "crm-note", textContent: filled(words.log_from, { began }) }));
  return { node, answer: () => state.steps, fill };
}

// A change that can be seen, also where the same words come again.
function seen(node, from = { backgroundColor: "#fff1b8" }, to = { backgroundColor: "transparent" }) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  node.animate([from, to], 900);
}

// A text in one box, or in one for each part: then it is Markdown with a heading for each.
function texts({ form, words }) {
  const parts = form.rows ?? [{ id: "", label: words.your_text }];
  const boxes = parts.map(() => el("textarea", { className: "crm-writing", rows: 6, id: fresh() }));
  const heads = parts.map((part) => `## ${part.label}`);
  const length = el("p", { className: "crm-note", ariaLive: "polite" });
  const written = () => boxes.map((box) => box.value.trim().replace(/^#/gm, " #")); // no heading of its own
  const count = () => {
    const own = written().join("\n");
    const counted = (own.match(/[\u4e00-\u9fff]/g) ?? []).length + (own.match(/[A-Za-z][A-Za-z'’-]*/g) ?? []).length;
    length.textContent = filled(words.length, { length: counted, budget: form.budget });
    length.classList.toggle("crm-over", counted > form.budget);
  };
  const value = () => {
    if (!form.rows) return boxes[0].value;
    return written().some(Boolean) ? written().map((text, at) => `${heads[at]}\n\n${text}\n`).join("\n") : "";
  };
  // By their order: the headings may have been written in another language.
  function fill(text) {
    const found = form.rows ? text.split(/^## .*$/m).slice(1).map((part) => part.trim()) : [text];
    boxes.forEach((box, at) => { box.value = found[at] ?? ""; });
    count();
  }
  const save = el("button", { type: "button", textContent: words.keep_text, onclick: () => {
    const href = URL.createObjectURL(new Blob([value()], { type: "text/markdown" }));
    el("a", { href, download: "plan.md" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  } });
  const labelled = parts.flatMap((part, at) => [el("label", { htmlFor: boxes[at].id, textContent: part.label }), boxes[at]]);
  const node = el("div", { oninput: count }, ...labelled, ...(form.rows ? [length, save] : []));
  return { node, value, fill };
}

// A text, and once something was handed in the points to tick; found ones are ticked as a proposal.
function writing({ form, words }) {
  const text = texts({ form, words });
  const beside = el("div", {});
  let inputs = [];
  let decided = null; // what was decided on earlier, until the points are there
  let held = null; // the text that the points on the screen belong to
  const ticked = () => (inputs.length ? inputs.filter((i) => i.checked).map((i) => i.value) : decided);
  // Another text has not been compared yet: what was ticked for the old one is no decision on it.
  const decides = () => held !== null && held === text.value();
  function compare({ model, points, checked }) {
    const mine = decides() ? ticked() : null;
    held = text.value();
    inputs = points.map((point) => el("input", { type: "checkbox", value: point.id,
      checked: mine ? mine.includes(point.id) : point.ticked }));
    const lines = points.map((point, place) => el("label", { className: "crm-option" }, inputs[place],
      ` ${point.label}${point.found ? ` ${words.point_found}` : ""}`));
    const legend = el("legend", { className: "crm-note", textContent: words.tick_points });
    beside.replaceChildren(...paragraphs(checked ?? []), el("p", {}, el("strong", { textContent: words.model_answer })),
      el("p", { className: "crm-model", textContent: model }), el("fieldset", {}, legend, ...lines));
  }
  return {
    node: el("div", {}, noteOf(form), text.node, beside),
    answer: () => ({ text: text.value(), points: decides() ? ticked() : null }),
    fill: (value) => {
      text.fill(value?.text ?? "");
      decided = value?.points ?? null;
      held = decided && text.value();
    },
    compare,
    decides,
  };
}

const CONTROLS = { box, slider, one, several, steps, grid, lines, book, writing };

export function question(root, asked, send, draft) {
  const { form, words } = asked;
  const picture = el("figure", { className: "crm-picture" });
  const hints = el("div", { className: "crm-hints" });
  const told = el("div", { className: "crm-told", ariaLive: "polite" });
  const solution = el("div", { className: "crm-solution" });
  const control = CONTROLS[form.control](asked, tell);
  const button = (text, press) => el("button", { type: "button", textContent: text, onclick: press });
  const submit = el("button", { type: "submit", textContent: words.submit });
  const hint = button(words.hint, () => tell({ do: "hint" }));
  const solve = button(words.solution, () => tell({ do: "solve", sure: solve.dataset.sure === "yes" }));
  const isNarrow = () => root.clientWidth < NARROW;
  const name = () => {
    if (control.decides) submit.textContent = control.decides() ? words.decide : words.submit;
  };
  let waiting = 0; // the newest message: a slow answer to an older one is passed over

  function show(state) {
    if (state.outcome) {
      const { state: kind, heading, advice } = state.outcome;
      told.className = `crm-told crm-${kind}`;
      const tries = el("span", { className: "crm-tries", textContent: filled(words.try_number ?? "", { number: state.tries }) });
      told.replaceChildren(el("strong", { textContent: heading }), ...(asked.guess || !words.try_number || kind === "not_attempted" ? [] : [" ", tries]),
        ...paragraphs(advice ? advice.split("\n") : []));
    }
    if (state.compared?.points && control.compare) {
      control.compare(state.compared);
      name();
    }
    if (state.error ?? state.sure_text) {
      told.className = "crm-told crm-not_attempted";
      told.replaceChildren(...paragraphs([state.error ?? state.sure_text]), ...details(state.details));
    }
    if (state.sure_text) solve.dataset.sure = "yes";
    if (state.hints) {
      hints.replaceChildren(...paragraphs(state.hints.map((text, place) =>
        filled(words.hint_number, { number: place + 1, hint: text }))));
      hint.disabled = state.hints.length === state.hints_in_all;
    }
    if (state.solution?.length) {
      solution.replaceChildren(...paragraphs(state.solution));
      solve.disabled = true;
    }
    if (state.picture) {
      const { png, wide, narrow, alt } = state.picture;
      const src = png ? `data:image/png;base64,${png}` : isNarrow() ? narrow : wide;
      const image = src ? [el("img", { src, alt })] : [];
      picture.replaceChildren(...image, el("figcaption", { textContent: alt }));
    }
  }

  // What is typed stays; while nobody answers, Submit waits and nothing old stays green.
  async function tell(message) {
    const mine = ++waiting;
    root.setAttribute("aria-busy", "true");
    const say = (text) => told.replaceChildren(el("p", { className: "crm-sending", textContent: text }));
    let late;
    if (message.do === "submit") {
      submit.disabled = true;
      say(words.sending);
      told.className = "crm-told";
      late = words.no_reply && setTimeout(() => say(words.no_reply), PATIENCE);
    }
    try {
      const state = await send({ ...message, item: asked.item, narrow: isNarrow() });
      if (message.do === "submit" && !state.error) draft?.write(null);
      if (mine === waiting) show(state);
      if (message.do === "submit") seen(told);
      const { do: done, percent } = message;
      if (percent && done === "submit" && !state.picture) tell({ do: "draw", percent });
      root.classList.remove("crm-offline");
      return state;
    } catch {
      root.classList.add("crm-offline");
      root.dispatchEvent(new CustomEvent("crm-offline", { bubbles: true, detail: message }));
    } finally {
      clearTimeout(late);
      submit.disabled = false;
      root.removeAttribute("aria-busy");
    }
  }

  const head = el("p", { className: "crm-question" },
    el("span", { className: "crm-kind", textContent: asked.group }), ` ${asked.question}`);
  // Where there is no word for a button (an exam has no hints), there is no button.
  const offered = [submit, ...(asked.guess ? [] : [hint, solve])].filter((one) => one.textContent);
  const buttons = el("div", { className: "crm-row" }, ...offered);
  const kind = asked.guess ? "crm-form crm-guess" : "crm-form";
  const whole = el("form", { className: kind, noValidate: true },
    head, control.node, picture, buttons, hints, told, solution);
  whole.addEventListener("submit", (event) => {
    event.preventDefault();
    const percent = control.percent ? { percent: control.percent() } : {};
    tell({ do: "submit", answer: control.answer(), ...percent });
  });
  for (const change of ["input", "change"]) {
    whole.addEventListener(change, () => { draft?.write(control.answer()); name(); });
  }
  control.fill(draft?.read() ?? asked.answer ?? null);
  root.replaceChildren(whole);
  show(asked);
  const percent = control.percent?.();
  if (percent && percent !== asked.picture?.percent) tell({ do: "draw", percent });
  return { show };
}

function details(told) {
  if (!told) return [];
  const head = el("summary", { textContent: told.heading });
  return [el("details", {}, head, el("pre", { textContent: told.text }))];
}

// The box for the name under which answers are kept, or a greeting.
export function signIn(root, { who, words }, send) {
  const greet = () => {
    const other = el("button", { type: "button", textContent: words.somebody_else, onclick: ask });
    const hello = el("p", { textContent: filled(words.welcome, { name: who }) });
    root.replaceChildren(el("div", { className: "crm-form" }, hello, other));
  };
  function ask() {
    const input = el("input", { className: "crm-box", value: who, autocomplete: "nickname", maxLength: 60 });
    const label = el("label", {}, words.nickname, " ", input);
    const why = el("p", { textContent: words.nickname_why, role: "status" });
    const form = el("form", { className: "crm-form" }, why, label, " ", el("button", { textContent: words.start }));
    form.onsubmit = async (event) => {
      event.preventDefault();
      const reply = await send({ do: "sign_in", name: input.value });
      if (reply.error) why.textContent = reply.error;
    };
    root.replaceChildren(form);
  }
  (who ? greet : ask)();
}

// What was answered, and how often.
export function summary(root, { line, heads, rows }) {
  const cell = (tag, text, place, more) =>
    el(tag, { textContent: text, className: `crm-${heads[place].side}`, ...more });
  const head = el("tr", {}, ...heads.map(({ title }, place) => cell("th", title, place, { scope: "col" })));
  const body = rows.map((row) => el("tr", {}, ...row.map((text, place) =>
    (place ? cell("td", text, place) : cell("th", text, place, { scope: "row" })))));
  const table = el("table", { className: "crm-table" }, el("thead", {}, head), el("tbody", {}, ...body));
  root.replaceChildren(el("div", { className: "crm-form" }, el("p", { textContent: line }),
    ...(rows.length ? [el("div", { className: "crm-wide" }, table)] : [])));
}

// The button that hands in, and what became of it.
export function handIn(root, { words }, send) {
  const told = el("div", { role: "status" });
  const button = el("button", { type: "button", textContent: words.hand_in });
  button.onclick = async () => {
    const { lines, error } = await send({ do: "hand_in" });
    told.replaceChildren(...paragraphs(lines ?? [error]));
  };
  const why = paragraphs([words.hand_in_why].filter(Boolean));
  root.replaceChildren(el("div", { className: "crm-form" }, ...why, button, told));
}

const FORMS = { question, sign_in: signIn, summary, hand_in: handIn };

// anywidget: messages carry a number, by which their answers are known; what another output of the
// same form is told is shown here as well.
function render({ model, el: root }) {
  const open = new Map();
  const send = (message) => new Promise((resolve) => {
    const number = ++made;
    open.set(number, resolve);
    model.send({ ...message, number });
  });
  let shown;
  const draw = () => {
    const asked = model.get("asked");
    const draft = asked.kept && keeping(asked.kept).under(`draft ${asked.item}`);
    shown = FORMS[model.get("form")](root, asked, send, draft);
  };
  const hear = (reply) => {
    (open.get(reply.number) ?? shown?.show)?.(reply);
    open.delete(reply.number);
  };
  root.classList.add("crm-place", `crm-item-${model.get("asked").item ?? model.get("form")}`);
  // JupyterLab would take arrows and letters for commands, and keeps Enter from a box in a cell.
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches(".crm-box")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  model.on("msg:custom", hear);
  model.on("change:drawn", draw);
  draw();
  return () => {
    model.off("msg:custom", hear);
    model.off("change:drawn", draw);
  };
}

export default { render };
