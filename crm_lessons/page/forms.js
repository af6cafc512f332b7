// The form of a question, drawn from its plain description; texts are only ever set as text.
//
//   mount(element, asked, send)   asked: what course.asking.asked gives; send(message): a promise
//                                 of what course.asking.act answers
//   default.render({model, el})   the same for anywidget
//
// A control is {node, answer(), fill(value)}; answer() gives what the plain function would be given.

let made = 0;

function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const filled = (template, values) =>
  template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

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
  const input = textBox(form, { id: `crm-${++made}`, placeholder: form.example ?? "" });
  const label = el("label", { htmlFor: input.id, textContent: form.label ?? "" });
  const unit = el("span", { className: "crm-unit", textContent: form.unit ?? "" });
  const line = el("div", { className: "crm-row" }, label, input, unit);
  return {
    node: el("div", {}, line, noteOf(form)),
    answer: () => input.value,
    fill: (value) => { input.value = value ?? ""; },
  };
}

function slider({ form }, draw) {
  const input = el("input", { type: "range", min: 1, max: 100, step: 1, id: `crm-${++made}` });
  const shown = el("output", { htmlFor: input.id });
  const label = el("label", { htmlFor: input.id, textContent: form.label ?? "" });
  const show = () => {
    shown.textContent = `${input.value}${form.unit ?? ""}`;
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  input.addEventListener("input", show);
  input.addEventListener("change", () => draw(Number(input.value)));
  return {
    node: el("div", {}, noteOf(form), el("div", { className: "crm-row" }, label, input, shown)),
    answer: () => `${input.value}%`,
    percent: () => Number(input.value),
    fill: (value) => { input.value = value ?? 50; show(); },
  };
}

function ticks(form, type) {
  const name = `crm-${++made}`;
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
    ariaLabel: filled(words.box_of_table, { row: row.label, column: column.title, unit: column.unit }),
  })));
  const heads = columns.map((c) => el("th", { scope: "col", textContent: `${c.title} (${c.unit})` }));
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
      const ids = Array.isArray(value) ? value : [];
      inputs.forEach((input) => { input.checked = ids.includes(input.value.toUpperCase()); });
      count();
    },
  };
}

const CONTROLS = { box, slider, one, several, steps, grid, lines };

export function mount(root, asked, send) {
  const { form, words } = asked;
  const picture = el("figure", { className: "crm-picture" });
  const hints = el("div", { className: "crm-hints" });
  const told = el("div", { className: "crm-told", ariaLive: "polite" });
  const solution = el("div", { className: "crm-solution" });
  const control = CONTROLS[form.control](asked, (percent) => tell({ do: "draw", percent }));
  const button = (text, press) => el("button", { type: "button", textContent: text, onclick: press });
  const submit = el("button", { type: "submit", textContent: words.submit });
  const hint = button(words.hint, () => tell({ do: "hint" }));
  const solve = button(words.solution, () => tell({ do: "solve", sure: solve.dataset.sure === "yes" }));
  let waiting = 0; // the newest message: a slow answer to an older one is passed over

  const paragraphs = (texts) => texts.map((text) => el("p", { textContent: text }));
  function show(state) {
    if (state.outcome) {
      const { state: kind, heading, advice } = state.outcome;
      told.className = `crm-told crm-${kind}`;
      told.replaceChildren(el("strong", { textContent: heading }), ...paragraphs(advice ? advice.split("\n") : []));
      told.dataset.tries = state.tries;
    }
    if (state.error ?? state.sure_text) {
      told.className = "crm-told crm-not_attempted";
      told.replaceChildren(...paragraphs([state.error ?? state.sure_text]));
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
      const { png, alt } = state.picture;
      const image = png ? [el("img", { src: `data:image/png;base64,${png}`, alt })] : [];
      picture.replaceChildren(...image, el("figcaption", { textContent: alt }));
    }
  }

  // What is typed stays; while nobody answers, Submit waits and nothing old stays green.
  async function tell(message) {
    const mine = ++waiting;
    root.setAttribute("aria-busy", "true");
    if (message.do === "submit") { submit.disabled = true; told.replaceChildren(); told.className = "crm-told"; }
    try {
      const state = await send({ ...message, item: asked.item });
      if (mine === waiting) show(state);
      root.classList.remove("crm-offline");
    } catch {
      root.classList.add("crm-offline");
      root.dispatchEvent(new CustomEvent("crm-offline", { bubbles: true, detail: message }));
    } finally {
      submit.disabled = false;
      root.removeAttribute("aria-busy");
    }
  }

  const head = el("p", { className: "crm-question" },
    el("span", { className: "crm-kind", textContent: asked.group }), ` ${asked.question}`);
  const buttons = el("div", { className: "crm-row" }, submit, ...(asked.guess ? [] : [hint, solve]));
  const whole = el("form", { className: "crm-form", noValidate: true },
    head, control.node, picture, buttons, hints, told, solution);
  whole.addEventListener("submit", (event) => {
    event.preventDefault();
    const percent = control.percent ? { percent: control.percent() } : {};
    tell({ do: "submit", answer: control.answer(), ...percent });
  });
  control.fill(asked.answer ?? null);
  root.replaceChildren(whole);
  show(asked);
  if (control.percent) tell({ do: "draw", percent: control.percent() });
  return { answer: control.answer, fill: control.fill, show };
}

// anywidget: messages carry a number, by which their answers are known.
function render({ model, el: root }) {
  const open = new Map();
  const hear = (reply) => { open.get(reply.number)?.(reply); open.delete(reply.number); };
  model.on("msg:custom", hear);
  const send = (message) => new Promise((resolve) => {
    const number = ++made;
    open.set(number, resolve);
    model.send({ ...message, number });
  });
  mount(root, model.get("asked"), send);
  return () => model.off("msg:custom", hear);
}

export default { render };
