"""Every command that is printed as advice can be typed as it stands."""

import re
import shlex

import asked as asked_files
import exported
import pytest
from test_cli import run
from typer.main import get_command

from crm_lessons import wording
from crm_lessons.cli import (  # noqa: F401 - each declares its commands
    _app,
    _batches,
    _commands,
    _learning,
    _mapping,
    _own_lessons,
    _sources,
    _surveys,
    _teaching,
    _upkeep,
)
from crm_lessons.course import folders

SENTENCE = re.compile(r"crm-lessons ([a-z][a-z-]*)((?: +[^\s，。；、（）]+)*)")
GIVEN = re.compile(
    r'[./=:\d{}"]|^[A-Z]+$|^-'
)  # what may be an argument, and no word of the sentence
NAMED_ONLY = {
    "build",
    "check",
    "connections",
    "convert",
    "lab",
    "map",
}  # in a sentence, without arguments
LIGHT = {"check", "connections", "draft", "map", "new"}  # are run here; the others are parsed
ORDERS = ["customer_id,order_id,order_date,amount,branch"]
ORDERS += [
    f"c{i % 7},o{i},2025-0{1 + i % 9}-11,{10 + i},{'east' if i % 2 else 'west'}" for i in range(40)
]

CHATS = ["chat_id,sent_at,sender,agent"]
CHATS += [
    f"c{i // 2},2025-11-0{1 + i // 8} 10:{i:02}:00,{('buyer', 'agent')[i % 2]},Ann"
    for i in range(40)
]


def texts():
    """Every text of the package and of the guides of lessons."""
    for subject in wording.subjects():
        for entry in wording.entries(subject).values():
            yield from (told for told in entry.values() if isinstance(told, str))
    for lesson in folders.known():
        yield str(folders.read(lesson, folders.GUIDE))


def commands():
    """Each printed command once: its name and what is given to it."""
    found = {}
    for told in texts():
        for name, rest in SENTENCE.findall(told):
            words = [name]
            for word in rest.replace("，", " ").split():
                if not (GIVEN.search(word) or words[-1].startswith("-")):
                    break
                words.append(word.rstrip(",:.；\\'])"))
                if ")" in word:  # the sentence goes on behind the bracket
                    break
            found.setdefault(" ".join(words))
    return sorted(found)


COMMANDS = commands()  # before a test brings a lesson of its own, which may be a broken one


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the files that examples name, in either language."""
    rows = [line.split(",") for line in ORDERS]
    for name in ("march.csv", "三月.csv"):
        (tmp_path / name).write_text("\n".join(ORDERS), encoding="utf-8")
    for name in ("orders.xlsx", "订单.xlsx"):
        (tmp_path / name).write_bytes(asked_files.workbook(rows))
    for name, write in (("answers.xlsx", exported.msforms), ("答卷.xlsx", exported.wjx)):
        (tmp_path / name).write_bytes(asked_files.workbook(write(exported.truth(20))))
    chats = [line.split(",") for line in CHATS]
    for name in ("chats.xlsx", "聊天.xlsx"):
        (tmp_path / name).write_bytes(asked_files.workbook(chats))
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    wording.use("zh")


def test_the_commands_of_all_kinds_are_found():
    names = {line.split()[0] for line in COMMANDS}
    assert names >= LIGHT | {"report", "learn", "batch", "handout", "build", "collect", "convert"}
    assert len(COMMANDS) > 30


@pytest.mark.parametrize("line", COMMANDS)
def test_a_printed_command_is_understood_and_the_light_ones_run(line, folder, capsys):
    name, *given = shlex.split(line)
    if name in NAMED_ONLY and not given:
        return
    bare = re.sub(r'"\{path\}"|report \{name\}', "", line)
    assert "{" not in bare, "what is filled in may hold blanks: print {command}, from shlex.join"
    found = get_command(_app.app).commands[name]
    found.make_context(name, list(given))  # an unknown option or a missing argument raises
    if name in LIGHT and "sql:" not in line:
        code, _, err = run(capsys, name, *given)
        assert code == 0, err


@pytest.mark.parametrize("name", ["our shop.yaml", "l'été=1.yaml", "我们 店.yaml"])
def test_what_map_prints_at_its_end_can_be_typed_whatever_the_file_is_called(name, folder, capsys):
    code, out, err = run(capsys, "map", "march.csv", "--out", name, "--yes", "--language", "en")
    assert code == 0, err
    line = re.search(r"crm-lessons report .*", out)[0]
    words = shlex.split(line)[1:]
    assert words == ["report", "05", "-p", f"orders={name}"]
    assert run(capsys, "check", words[-1].partition("=")[2])[0] == 0


def test_the_draft_says_in_its_head_how_to_check_it(folder, capsys):
    code, _, err = run(
        capsys, "draft", "answers.xlsx", "--out", "our survey.yaml", "--language", "en"
    )
    assert code == 0, err
    head = (folder / "our survey.yaml").read_text(encoding="utf-8").partition("name:")[0]
    words = shlex.split(re.search(r"crm-lessons check .*", head)[0])
    assert words == ["crm-lessons", "check", "answers.xlsx", "--as", "our survey.yaml"]
