// The door of a class: code, name and PIN; the code may come with the address (QR code).

const field = (id) => document.getElementById(id);
const { language, gone } = document.body.dataset;
const code = decodeURIComponent(location.hash.slice(1));

if (code) {
  field("code").value = code;
  field("language").hash = code;
}
field(code ? "name" : "code").focus();

async function join(other) {
  const sent = { code: field("code").value, name: field("name").value, pin: field("pin").value, other };
  const buttons = [field("enter"), field("other")];
  buttons.forEach((button) => { button.disabled = true; });
  let told;
  try {
    const reply = await fetch(`/join?lang=${language}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent),
    });
    told = await reply.json();
  } catch {
    told = { error: gone };
  }
  buttons.forEach((button) => { button.disabled = false; });
  if (told.to) location.replace(told.to);
  field("told").textContent = told.error ?? "";
  field("other").hidden = told.key !== "name_taken";
}

field("join").addEventListener("submit", (event) => { event.preventDefault(); join(false); });
field("other").addEventListener("click", () => join(true));
