"""Answers of a trainee under `kill -9`: what was acknowledged is there, once and in its order.

``--kills 100`` kills as often as that; so does `tests/batches/test_batch_killed.py`.
"""

import multiprocessing
import os
import random
import time

import pytest

from crm_lessons.course import results
from crm_lessons.course.results import Results

SHARED = 5  # kills that one file goes through: a trainee's has no thousands of lines


def write(folder, nickname, window, number, told):
    """Write hints without end, and say of each that it is written."""
    trainee = Results(nickname, "05_pareto", folder=folder)
    while True:
        trainee.hinted(f"{window}{number}")
        told.send_bytes(str(number).encode())
        number += 1


def heard(told):
    """All that a writer has said before it died."""
    numbers = []
    try:
        while True:
            numbers.append(int(told.recv_bytes()))
    except (EOFError, OSError):  # a word that it did not finish
        return numbers


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_no_acknowledged_answer_is_lost_however_often_its_writer_is_killed(tmp_path, request):
    kills = request.config.getoption("--kills")
    chance = random.Random(2040)
    processes = multiprocessing.get_context("forkserver")
    # Imported once and forked for each writer: importing takes longer than writing.
    processes.set_forkserver_preload(["pytest", results.__name__])
    told: dict[tuple[str, str], list[int]] = {}
    for turn in range(kills):
        nickname = f"Ann{turn // SHARED}"
        started = []
        for window in "ab" if turn % 2 else "a":  # two windows of one trainee write to one file
            heard_from, says = processes.Pipe(duplex=False)
            asked = (tmp_path, nickname, window, turn * 100_000, says)
            writer = processes.Process(target=write, args=asked, daemon=True)
            writer.start()
            says.close()
            started.append((told.setdefault((nickname, window), []), writer, heard_from))
        for numbers, _, heard_from in started:
            numbers += [int(heard_from.recv_bytes()) for _ in range(chance.randint(1, 40))]
        time.sleep(chance.uniform(0, 0.01))
        for numbers, writer, heard_from in started:
            writer.kill()
            writer.join()
            numbers += heard(heard_from)
    damaged = unheard = 0
    for nickname in {nickname for nickname, _ in told}:
        lines = results.read(tmp_path / f"{nickname}.jsonl").values()
        items = [line.item for line in lines if line is not None]
        damaged += len(lines) - len(items)
        for window in "ab":
            kept = [int(item[1:]) for item in items if item[0] == window]
            numbers = told.get((nickname, window), [])
            assert kept == sorted(set(kept)), "each once, in its order"
            assert set(numbers) <= set(kept), "what was acknowledged"
            unheard += len(kept) - len(numbers)
    assert damaged + unheard <= 2 * kills, "one at most of each writer, that nobody was told of"
    counted = sum(map(len, told.values()))
    print(f"{kills} kills, {counted} answers acknowledged, 0 lost, 0 counted twice")
    print(f"written and not yet acknowledged: {unheard}, broken off: {damaged}")
