"""A seeded fuzzer over every door: right by an independent oracle, or an error that reads well.

`make test` makes 1,500 tries; ``pytest tests/hostile/test_fuzz.py --hostile 30000`` makes more of
them. A try that fails names its door and number, by which it is made again.
"""

import random
import shutil
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import doors_records
import doors_service
import doors_tables
import doors_talk
import doors_texts
from tries import Seen

SECONDS = 20  # of a processor, after which a try counts as hanging
WAITING = 180  # seconds of the clock: a machine has more to do than this
DOORS = {  # door → its share of the tries
    doors_tables.text: 20,
    doors_tables.excel: 10,
    doors_tables.parquet: 12,
    doors_tables.folders: 8,
    doors_tables.choosing: 8,
    doors_records.customers: 21,
    doors_service.chats: 8,
    doors_service.tickets: 6,
    doors_service.jobs: 4,
    doors_service.described: 6,
    doors_talk.dialogues: 5,
    doors_talk.followups: 5,
    doors_texts.surveys: 6,
    doors_texts.questionnaires: 8,
    doors_texts.runs: 8,
    doors_texts.given: 6,
    doors_texts.classes: 4,
    doors_texts.answers: 4,
    doors_texts.rosters: 3,
    doors_texts.named_databases: 3,
}


def hangs(*_):
    raise TimeoutError("a try took too long")


@contextmanager
def never_hanging():
    """TimeoutError for a block that works or waits too long."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    bounds = {signal.ITIMER_REAL: WAITING, signal.ITIMER_PROF: SECONDS}
    signal.signal(signal.SIGALRM, hangs)
    signal.signal(signal.SIGPROF, hangs)
    for timer, seconds in bounds.items():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for timer in bounds:
            signal.setitimer(timer, 0)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_door_lets_in_what_is_right_and_says_what_is_not(door, tmp_path, request):
    tries = request.config.getoption("--hostile") * DOORS[door] // sum(DOORS.values())
    seen = Seen()
    for number in range(tries):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            with never_hanging():
                door(random.Random(f"{door.__name__} {number}"), folder, seen)
        except BaseException as error:
            error.add_note(f"door {door.__name__}, try {number}, in {folder}")
            raise
        shutil.rmtree(folder)
    print(f"{door.__name__}: {tries} tries, {seen.right} right, errors {seen.told}")
    assert seen.right > tries / 20, "a fuzzer that is always refused tries nothing"
