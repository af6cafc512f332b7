// The connection: one try, a watch over it, and a box where what was done waits until it is taken.

const LATE = 20_000; // milliseconds after which nobody will answer any more
const AGAIN = 1_500;
const AWAY = [429, 502, 503, 504]; // busy, or a proxy that finds no server behind it
const hearers = [];
let here = true;

// What the page does when the connection goes or comes back: hear(whether it is there).
export const onChange = (hear) => hearers.push(hear);

export const isHere = () => here;

function turned(now) {
  if (now === here) return;
  here = now;
  hearers.forEach((hear) => hear(now));
}

addEventListener("offline", () => turned(false));

// One try; throws where nobody answered. A refusal is an answer.
export async function ask(path, body) {
  const how = { signal: AbortSignal.timeout(LATE) };
  if (body) {
    Object.assign(how, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  }
  try {
    const reply = await fetch(path, how);
    if (AWAY.includes(reply.status)) throw new Error(`status ${reply.status}`);
    if (reply.status === 401) { // not known here (any more): back to the door; what waits goes on waiting
      location.assign("/");
      throw new Error("status 401");
    }
    const told = await reply.json();
    turned(true);
    return told;
  } catch (error) {
    turned(false);
    throw error;
  }
}

// What is sent has a number, so that what is sent twice counts once.
export const number = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");

const pause = (time) => new Promise((done) => setTimeout(done, time));

// Actions are sent one after another, again and again until they are taken; over a reload they
// wait in `kept` (read and write), and `late` hears what became of them: late(message, reply).
export function outbox(kept, path, late) {
  const waiting = kept.read() ?? [];
  const hear = new Map();
  let running = false;

  async function flush() {
    if (running) return;
    running = true;
    while (waiting.length) {
      const [message] = waiting;
      let reply;
      try {
        reply = await ask(path, message);
      } catch {
        await pause(AGAIN);
        continue;
      }
      waiting.shift();
      kept.write(waiting.length ? waiting : null);
      (hear.get(message.id) ?? ((told) => late(message, told)))(reply);
      hear.delete(message.id);
    }
    running = false;
  }
  return {
    flush,
    send: (message) => new Promise((taken) => {
      hear.set(message.id, taken);
      waiting.push(message);
      kept.write(waiting);
      flush();
    }),
  };
}
