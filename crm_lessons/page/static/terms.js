// A dotted word says what it means when it is touched, and is silent again when touched once more.

function toggle(term) {
  const next = term.nextElementSibling;
  if (next?.classList.contains("crm-says")) {
    next.remove();
    term.removeAttribute("aria-expanded");
    return;
  }
  const said = document.createElement("span");
  said.className = "crm-says";
  said.setAttribute("role", "note");
  said.textContent = term.dataset.says;
  term.after(said);
  term.setAttribute("aria-expanded", "true");
}

export function listen(root) {
  root.addEventListener("click", (event) => {
    const term = event.target.closest(".crm-term");
    if (term) toggle(term);
  });
  root.addEventListener("keydown", (event) => {
    if (!event.target.matches(".crm-term") || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    toggle(event.target);
  });
}
