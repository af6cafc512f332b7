"""Simulated learners: raw HTTP over kept connections, so that they cost less than what they ask."""

import asyncio
import gzip
import json
import random
import time
from dataclasses import dataclass, field

BROKEN = (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError, IndexError)
ATTEMPTS = 3_000  # of one request while the server is away
ANSWERS = {"box": "1234", "slider": "60%", "several": [], "lines": "none", "grid": {}}


class Gone(Exception):
    """Nobody answered."""


@dataclass
class Browser:
    """One browser at an address of its own (all of 127/8 is this machine)."""

    port: int
    own: str
    cookie: str = ""
    received: int = 0
    _streams: tuple | None = None

    async def ask(self, path: str, body: dict | None = None) -> tuple[int, bytes]:
        """Status and content; `Gone` if the connection breaks."""
        try:
            return await asyncio.wait_for(self._asked(path, body), 60)
        except BROKEN as error:
            self.close()
            raise Gone from error

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _asked(self, path: str, body: dict | None) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self.port, local_addr=(self.own, 0), limit=4_000_000
            )
        reader, writer = self._streams
        host = f"127.0.0.1:{self.port}"
        heads = [f"{'POST' if body is not None else 'GET'} {path} HTTP/1.1", f"Host: {host}"]
        heads += ["Accept-Encoding: gzip", f"Cookie: {self.cookie}"]
        sent = b""
        if body is not None:
            sent = json.dumps(body).encode()
            heads += [f"Origin: http://{host}", "Content-Type: application/json"]
            heads += [f"Content-Length: {len(sent)}"]
        writer.write("\r\n".join([*heads, "", ""]).encode() + sent)
        await writer.drain()
        return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        raw = await reader.readuntil(b"\r\n\r\n")
        lines = raw.decode("latin1").split("\r\n")
        told = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        for line in lines[1:]:
            if line.lower().startswith("set-cookie: crm-who="):
                self.cookie = line.split(": ", 1)[1].split(";")[0]
        if "content-length" in told:
            content = await reader.readexactly(int(told["content-length"]))
        else:
            content = await _chunks(reader)
        self.received += len(raw) + len(content)
        packed = told.get("content-encoding") == "gzip"
        return int(lines[0].split()[1]), gzip.decompress(content) if packed else content


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    content = b""
    while size := int(await reader.readline(), 16):
        content += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return content


@dataclass
class Learner:
    """Joins, opens the lesson, answers or passes over all questions."""

    number: int
    port: int
    code: str
    lesson: str = "05_pareto"
    language: str = "zh"
    opened: float = 0.0  # seconds until page, forms and visible charts were there
    first: float = 0.0  # seconds until the first chart
    latencies: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # ids that were acknowledged
    sent: int = 0
    errors: int = 0

    def __post_init__(self) -> None:
        own = f"127.0.{1 + self.number // 250}.{1 + self.number % 250}"
        self.browser = Browser(self.port, own)
        self.here = f"/{self.language}/{self.lesson}/"
        self.mark = "srcset" if self.number % 2 else "src"  # every other reader holds a phone

    async def join(self) -> None:
        """Give name and PIN."""
        told = {"name": f"L{self.number}", "pin": "1234", "code": self.code}
        await self._surely(f"/join?lang={self.language}", told)

    async def open(self) -> None:
        """All that a browser loads when the address is opened."""
        begun = time.perf_counter()
        _, page = await self._surely(self.here)
        files = {path for path in _between(page.decode(), '"/static/', '"')}
        files |= {"forms.js", "kept.js", "link.js", "way.js"}
        for name in sorted(files):
            await self._surely(f"/static/{name}")
        self.state = json.loads((await self._surely(f"{self.here}state?from=0&asked=0"))[1])
        self.questions = dict(self.state["questions"])
        self.has = self.state["open"]
        size = "narrow" if self.mark == "srcset" else "wide"
        pictures = _between(page.decode(), f'{self.mark}="pictures/', '"')
        sliders = [told["picture"] for told in self.questions.values() if "picture" in told]
        pictures += [told[size].removeprefix("pictures/") for told in sliders if size in told]
        for place, name in enumerate(pictures):
            await self._surely(f"{self.here}pictures/{name}")
            self.first = self.first or (time.perf_counter() - begun if place == 0 else 0.0)
        self.opened = time.perf_counter() - begun

    async def work(self, think: float, chance: random.Random) -> None:
        """Answer each question and pass over what is still closed, thinking in between."""
        for _ in range(60):
            left = [item for item, told in self.questions.items() if not told["done"]]
            if not left:
                return
            for item in left:
                await asyncio.sleep(think * chance.random() * 2)
                await self._answer(item)

    async def _answer(self, item: str) -> None:
        form = self.questions[item]["form"]
        ids = [option["id"] for option in form.get("options", [])]
        given = {"one": ids[:1] and ids[0], "steps": ids}.get(form["control"])
        reply = await self.act("submit", item, answer=given or ANSWERS.get(form["control"], "1"))
        if not reply.get("done"):
            reply = await self.act("pass", item)
        self.questions[item]["done"] = True
        self.questions.update(reply.get("questions", {}))
        for block in reply.get("blocks", []):
            for name in _between(block["html"], f'{self.mark}="pictures/', '"'):
                await self._surely(f"{self.here}pictures/{name}")
        self.has = reply.get("open", self.has)

    async def act(self, do: str, item: str, **more: object) -> dict:
        """One action, sent until it is taken."""
        self.sent += 1
        number = f"{self.number}-{self.sent}"
        told = {"do": do, "item": item, "id": number, "from": self.has, **more}
        begun = time.perf_counter()
        status, content = await self._surely(f"{self.here}act", told)
        self.latencies.append(time.perf_counter() - begun)
        reply = json.loads(content)
        self.errors += status != 200 or "error" in reply
        # Where nothing was attempted nothing is kept, and nothing is said to be.
        if status == 200 and reply.get("outcome", {}).get("state") != "not_attempted":
            self.told.append(number)
        return reply

    async def _surely(self, path: str, body: dict | None = None) -> tuple[int, bytes]:
        for _ in range(ATTEMPTS):
            try:
                status, content = await self.browser.ask(path, body)
            except Gone:
                await asyncio.sleep(0.1)
                continue
            if status < 500 and status != 429:
                return status, content
            self.errors += status >= 500
            await asyncio.sleep(0.2)
        raise RuntimeError(f"{path} was never answered")


def _between(text: str, begin: str, end: str) -> list[str]:
    return [piece.partition(end)[0] for piece in text.split(begin)[1:]]
