"""What was written is whole or absent, and stays after a power cut.

The power cut is a real one where this machine may mount a file system: the image of a mounted ext4
is copied as it is at that moment, mounted elsewhere, and its journal replayed.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import pytest

from crm_lessons import show, writing
from crm_lessons.course import results
from crm_lessons.errors import CrmError
from crm_lessons.runs.batches import _folder

TEXT = "二八\n" * 2000


def test_a_text_is_whole_or_as_it_was(tmp_path):
    page = tmp_path / "new" / "page.html"
    writing.text(page, "one")
    with pytest.raises(ZeroDivisionError), writing.beside(page) as draft:
        draft.write_text("half")
        _ = 1 / 0
    assert page.read_text() == "one"
    assert os.listdir(page.parent) == ["page.html"]


def test_several_files_appear_together(tmp_path):
    with writing.whole_or_nothing(tmp_path) as draft:
        (draft / "a.html").write_text("a")
        (draft / "a.xlsx").write_text("b")
        assert not list(tmp_path.glob("a.*"))
    assert sorted(os.listdir(tmp_path)) == ["a.html", "a.xlsx"]


def test_what_a_killed_writer_left_is_cleared_and_what_another_writes_is_not(tmp_path):
    code = f"""if True:
        import pathlib, time
        from crm_lessons import writing
        with writing.whole_or_nothing(pathlib.Path({os.fspath(tmp_path)!r})) as draft:
            (draft / "half.html").write_text("half")
            print(draft.name, flush=True)
            time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as other:
        left = tmp_path / other.stdout.readline().strip()
        writing.text(tmp_path / "page.html", "mine")
        assert (left / "half.html").exists()
        other.send_signal(signal.SIGKILL)
        other.wait()
        writing.text(tmp_path / "page.html", "mine again")
    assert os.listdir(tmp_path) == ["page.html"]


def test_a_folder_that_cannot_be_written_to_is_an_error_with_its_name(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CrmError, match="file"):
        writing.ready(tmp_path / "file")


def test_content_is_on_the_disk_before_it_has_its_name_and_the_folder_after(tmp_path, monkeypatch):
    # Where no file system can be mounted: the order of calls, for everything that is written.
    told, fsync, replace = [], os.fsync, os.replace
    where = lambda descriptor: os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: E731
    monkeypatch.setattr(os, "fsync", lambda d: (told.append(("sync", where(d))), fsync(d)))
    monkeypatch.setattr(
        os, "replace", lambda a, b: (told.append(("move", str(a), str(b))), replace(a, b))
    )
    out = _write_everything(tmp_path)
    moves = [(number, one) for number, one in enumerate(told) if one[0] == "move"]
    assert len(moves) == 3
    for number, (_, draft, target) in moves:
        synced = [one[1] for one in told[:number] if one[0] == "sync"]
        parts = [p for p in Path(target).rglob("*") if p.is_file()] or [Path(target)]
        for part in parts:
            before = Path(draft) / part.relative_to(target) if part != Path(target) else draft
            assert os.fspath(before) in synced
        assert ("sync", os.fspath(Path(target).parent)) in told[number:]
    assert ("sync", os.fspath(out["answers"])) in told


def _write_everything(folder):
    """One of each that must last, as the package writes it: where they are."""
    out = folder / "out"
    (out / _folder.DRAFTS).mkdir(parents=True)
    writing.text(out / "guide.html", TEXT)
    show.excel(out / "table.xlsx", {"customers": pd.DataFrame({"customer_id": ["00456"]})})
    made = _folder.draft(out)
    for ending in ("html", "xlsx", "ipynb"):
        (made / f"east.{ending}").write_text(TEXT, encoding="utf-8")
    (made / "east.json").write_text(json.dumps({"lesson": "20_ours"}))
    _folder.publish(made, out, "east", {"key": "k"})
    trainee = results.Results("Ann", "20_ours", folder=out)
    trainee.hinted("first")
    return {"guide": out / "guide.html", "table": out / "table.xlsx", "answers": trainee.path}


def test_a_report_that_lost_its_content_is_not_kept_and_no_stranger_either(tmp_path):
    out = _write_everything(tmp_path)["guide"].parent
    assert _folder.done(out, "east")["run"]["key"] == "k"
    page = out / "east" / "east.html"
    for spoilt in ("", TEXT[:-1], TEXT.replace("二", "三")):
        page.write_text(spoilt, encoding="utf-8")
        assert _folder.done(out, "east") is None
        assert not _folder.is_foreign(out, "east")
    (out / "east" / "east.json").write_text("")
    assert _folder.done(out, "east") is None and not _folder.is_foreign(out, "east")
    (out / "east" / "holiday.jpg").write_text("")
    assert _folder.is_foreign(out, "east")


@contextmanager
def mounted(image, place):
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, place], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True, capture_output=True)


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """An empty ext4 image that this machine can mount."""
    image = tmp_path_factory.mktemp("disk") / "disk.img"
    with image.open("wb") as file:
        file.truncate(64 << 20)
    try:
        subprocess.run(["mkfs.ext4", "-q", image], check=True, capture_output=True)
        with mounted(image, image.with_name("try")):
            pass
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system can be mounted here: {error}")
    return image


def after_a_power_cut(disk, tmp_path, write):
    """What ``write`` did on a disk as it is found after the power went: ``(told, folder)``."""
    image, copy = tmp_path / "live.img", tmp_path / "cut.img"
    shutil.copyfile(disk, image)
    with mounted(image, tmp_path / "live") as live:
        told = write(live)
        shutil.copyfile(image, copy)  # the moment of the cut: nothing more is written back
    with mounted(copy, tmp_path / "found") as found:
        return told, {
            os.fspath(p.relative_to(found)): p.read_bytes() for p in found.rglob("*") if p.is_file()
        }


def test_after_a_power_cut_everything_is_there_to_the_byte(disk, tmp_path):
    def write(live):
        _write_everything(live)
        return {
            os.fspath(p.relative_to(live)): p.read_bytes() for p in live.rglob("*") if p.is_file()
        }

    before, after = after_a_power_cut(disk, tmp_path, write)
    assert len(before) >= 7 and min(map(len, before.values())) > 0
    assert after == before


def test_the_power_cut_of_these_tests_takes_what_is_not_on_the_disk(disk, tmp_path):
    def write(live):
        (live / "draft").write_text(TEXT, encoding="utf-8")
        os.replace(live / "draft", live / "page.html")

    _, after = after_a_power_cut(disk, tmp_path, write)
    assert after.get("page.html", b"") == b""


def test_no_acknowledged_answer_is_lost_on_a_disk_that_fills(disk, tmp_path):
    image = tmp_path / "small.img"
    shutil.copyfile(disk, image)
    with mounted(image, tmp_path / "small") as small:
        trainee = results.Results("Ann", "20_ours", folder=small)
        trainee.solved("first")  # the rest of its block still takes a few more
        with (small / "filler").open("wb", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1 << 12):  # what was only reserved is free again
                with suppress(OSError):
                    while filler.write(bytes(size)):
                        pass
                with suppress(OSError):
                    os.fsync(filler.fileno())
        acknowledged = 1
        with pytest.raises(CrmError):
            for _ in range(100):
                trainee.solved("first")
                acknowledged += 1
        (small / "filler").unlink()
        trainee.solved("first")
        assert len(trainee.lines()) == acknowledged + 1


def test_a_folder_that_only_has_the_name_of_a_draft_is_left_alone(tmp_path):
    (tmp_path / f"{writing.DRAFT}mine").mkdir()
    writing.text(tmp_path / "page.html", "x")
    assert (tmp_path / f"{writing.DRAFT}mine").exists()  # no lock, so perhaps not ours
