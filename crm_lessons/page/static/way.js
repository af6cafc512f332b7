// Where am I: a bar, the parts with ticks, and what comes next.

import { filled } from "/static/forms.js";

// A part that is not open yet keeps its title to itself: it may give an answer away.
function line(part, place, words) {
  const item = document.createElement("li");
  const whole = part.open && part.done === part.asks.length;
  const told = part.open ? (whole ? words.part_done : words.part_open) : words.part_closed;
  item.className = `crm-part crm-part-${part.open ? (whole ? "done" : "open") : "closed"}`;
  const title = part.title || filled(words.part_number, { number: place + 1 });
  const name = document.createElement(part.open ? "a" : "span");
  if (part.open) name.href = `#block-${part.block}`;
  name.textContent = title;
  const state = document.createElement("span");
  state.className = "crm-state";
  state.textContent = part.asks.length && part.open && !whole ? `${part.done} / ${part.asks.length}` : told;
  item.append(name, state);
  return item;
}

export function show({ parts, all_open: allOpen }, words) {
  const core = parts.filter((part) => !part.deeper);
  const inAll = core.reduce((sum, part) => sum + part.asks.length, 0);
  const done = core.reduce((sum, part) => sum + part.done, 0);
  const bar = document.getElementById("bar");
  bar.max = Math.max(inAll, 1);
  bar.value = done;
  bar.setAttribute("aria-label", words.progress);
  document.getElementById("where").textContent = `${done} / ${inAll}`;
  document.getElementById("parts").replaceChildren(...parts.map((part, place) => line(part, place, words)));
  document.getElementById("next").hidden = !allOpen;
  return parts.reduce((sum, part) => sum + part.done, 0);
}
