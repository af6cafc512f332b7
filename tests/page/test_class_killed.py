"""A server that is killed in the middle of answers: nothing acknowledged is lost, nothing counts
twice. `benchmarks.page --kill 10` does the same with 40 learners and the whole command."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys

import pytest

from benchmarks.learners import Learner

SERVER = """
import asyncio, sys
from pathlib import Path
from crm_lessons.page import checker, class_handlers, serving, teaching
from crm_lessons.page.classroom import ClassRoom
from crm_lessons.page.making import Making
from crm_lessons.page.room import Room
from crm_lessons.runs import lessons
folder, kept, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
lesson = lessons.find("05_pareto")
Room._making = lambda room, name, language: Making(lesson, "en", kept, target=kept)
checker.Drawing.warm = lambda drawing: None
room = ClassRoom(folder, teaching.opened(folder, ""), offered=[lesson.name])
listening = serving.sockets(port)
application = serving.Application(class_handlers.routes(room), networked=True)
asyncio.run(room.begin())
told = lambda: print(listening[0].getsockname()[1], room.code, flush=True)
serving.run(application, listening, ready=told)
"""
KILLS, LEARNERS, TRIES = 1, 8, 8
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


def start(folder, kept, port=0):
    told = [sys.executable, "-c", SERVER, str(folder), str(kept), str(port)]
    server = subprocess.Popen(told, stdout=subprocess.PIPE, text=True)
    port, code = server.stdout.readline().split()
    return server, int(port), code


async def answer(learner):
    await learner.join()
    learner.has = 3
    for number in range(TRIES):
        await learner.act("submit", "share_of_top_fifth", answer=f"{number + 1}%")
        await asyncio.sleep(0.1)


@posix
def test_no_acknowledged_answer_is_lost_and_none_counts_twice(kept, tmp_path):
    folder, chance = tmp_path / "results", random.Random(18)
    folder.mkdir()

    async def work():
        server, port, code = start(folder, kept)
        learners = [Learner(n, port, code, language="en") for n in range(1, LEARNERS + 1)]
        working = asyncio.gather(*map(answer, learners))
        for _ in range(KILLS):
            await asyncio.sleep(0.3 + chance.random())
            server.send_signal(signal.SIGKILL)
            server.wait()
            server, again, same = await asyncio.to_thread(start, folder, kept, port)
            assert (again, same) == (port, code)
        await working
        server.send_signal(signal.SIGINT)
        server.wait()
        return [one for learner in learners for one in learner.told]

    told = asyncio.run(work())
    files = [path for path in folder.glob("*.jsonl") if not path.name.startswith(".")]
    texts = [text for path in files for text in path.read_text("utf-8").splitlines() if text]
    there = [json.loads(text)["id"] for text in texts if text.endswith("}")]
    assert len(told) == LEARNERS * TRIES == len(set(there))
    assert set(told) <= set(there) and len(there) == len(set(there))
