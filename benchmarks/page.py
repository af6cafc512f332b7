"""A class on one machine: seconds to the first chart and the whole page, memory, processor seconds,
answers a second, and whether anything acknowledged is lost when the server is killed.

    python -m benchmarks.page --learners 40 --within 20
    python -m benchmarks.page --learners 400 --within 60
    python -m benchmarks.page --learners 40 --kill 10
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.learners import Learner

COMMAND = "from crm_lessons.cli import main; main()"


class Server:
    """``crm-lessons class`` in a folder; started again on the same port after a kill."""

    def __init__(self, lesson: str, folder: Path) -> None:
        self.lesson, self.folder, self.port = lesson, folder, 0
        self.start()

    def start(self) -> None:
        """Start, and wait until the address is told."""
        told = [sys.executable, "-c", COMMAND, "class", self.lesson, "--folder", str(self.folder)]
        told += ["--port", str(self.port), "--no-browser", "--language", "zh"]
        self.process = subprocess.Popen(told, stdout=subprocess.PIPE, text=True)
        said = ""
        while "Ctrl-C" not in said:
            line = self.process.stdout.readline()
            assert line, f"the server ended: {said}"
            said += line
        self.port = int(re.search(r"127\.0\.0\.1:(\d+)/teach", said)[1])
        self.code = re.search(r"(\d{6})\n", said)[1]

    def tree(self) -> list[psutil.Process]:
        """The server and what it started."""
        one = psutil.Process(self.process.pid)
        return [one, *one.children(recursive=True)]

    def memory(self) -> float:
        """Megabytes, what several share counted once."""
        return sum(p.memory_full_info().pss for p in self.tree()) / 1e6

    def cpu(self) -> float:
        """Processor seconds up to now."""
        return sum(sum(p.cpu_times()[:2]) for p in self.tree())

    def kill(self) -> None:
        """As a power cut for this process."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


async def ready(server: Server, lesson: str) -> None:
    """Wait until the page is made and answers can be checked."""
    one = Learner(0, server.port, server.code, lesson)
    await one.join()
    while True:
        _, content = await one._surely(f"{one.here}state?from=0&asked=0")
        if json.loads(content)["making"]["whole"]:
            return
        await asyncio.sleep(0.5)


async def opening(learners: list[Learner], within: float, chance: random.Random) -> None:
    """Everybody joins and opens the lesson at a moment of their own."""

    async def one(learner: Learner) -> None:
        await asyncio.sleep(within * chance.random())
        await learner.join()
        await learner.open()

    await asyncio.gather(*map(one, learners))


def percentile(values: list[float], share: float) -> float:
    """The value that so many of all do not exceed."""
    return sorted(values)[round(share * (len(values) - 1))]


def recorded(folder: Path) -> list[str]:
    """The ids of all lines in all result files."""
    files = [path for path in folder.glob("*.jsonl") if not path.name.startswith(".")]
    lines = [line for path in files for line in path.read_text("utf-8").splitlines() if line]
    return [json.loads(line)["id"] for line in lines]


async def killing(server: Server, times: int, work: asyncio.Future, chance: random.Random) -> int:
    """Kill and start again while the learners work; how often."""
    for number in range(times):
        await asyncio.sleep(1 + 3 * chance.random())
        if work.done():
            return number
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    return times


async def run(given: argparse.Namespace, folder: Path) -> dict[str, object]:
    """All measurements of one class."""
    chance = random.Random(given.seed)
    server = Server(given.lesson, folder)
    try:
        await ready(server, given.lesson)
        before = server.cpu()
        learners = [
            Learner(n, server.port, server.code, given.lesson) for n in range(1, given.learners + 1)
        ]
        await opening(learners, given.within, chance)
        opened = server.cpu()
        begun = time.perf_counter()
        work = asyncio.gather(*(one.work(given.think, chance) for one in learners))
        killed = await killing(server, given.kill, work, chance) if given.kill else 0
        await work
        seconds = time.perf_counter() - begun
        told = {"memory_mb": round(server.memory()), "killed": killed}
        if not killed:
            told["cpu_opening_each"] = round((opened - before) / len(learners), 3)
            told["cpu_answers_each"] = round((server.cpu() - opened) / len(learners), 3)
    finally:
        server.close()
    latencies = [one for learner in learners for one in learner.latencies]
    acknowledged = [one for learner in learners for one in learner.told]
    there = recorded(folder)
    return told | {
        "learners": len(learners),
        "first_chart_s": _spread([one.first for one in learners]),
        "whole_page_s": _spread([one.opened for one in learners]),
        "kilobytes_each": round(max(one.browser.received for one in learners) / 1e3),
        "answers": len(latencies),
        "answers_a_second": round(len(latencies) / seconds, 1),
        "answer_s": _spread(latencies),
        "errors": sum(one.errors for one in learners),
        "lost": len(set(acknowledged) - set(there)),
        "twice": len(there) - len(set(there)),
        "lines": len(there),
        "load": os.getloadavg()[0],
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3),
        "p95": round(percentile(values, 0.95), 3),
        "most": round(max(values), 3),
    }


def main() -> None:
    """Run one class and print its figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lesson", default="05_pareto")
    asked.add_argument("--learners", type=int, default=40)
    asked.add_argument("--within", type=float, default=20, help="seconds in which all open it")
    asked.add_argument("--think", type=float, default=1, help="mean seconds between two answers")
    asked.add_argument("--kill", type=int, default=0, help="times the server is killed meanwhile")
    asked.add_argument("--seed", type=int, default=18)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(run(given, Path(folder))), indent=1))


if __name__ == "__main__":
    main()
