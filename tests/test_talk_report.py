"""Report 12 on a company's own chats, full of personal data: none of it in any file it writes."""

import json
import re
import zipfile
from random import Random

import pandas as pd
import pytest
from test_talk_masking import cases

from crm_lessons import runs

AGENTS = ["陶远舟", "柏晓晴", "Maria Lindqvist", "欧阳听雨", "13612000077"]
ORDINARY = {"ann", "tom", "maria", "wei", "jean-luc", "ludo"}  # also parts of other words


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """All files of one report, as text: each of 300 cases said by buyers and agents, thrice."""
    folder = tmp_path_factory.mktemp("talk")
    rows, rng = [], Random(3)
    for n, (text, _) in enumerate(cases()):
        for again in range(3):
            chat = f"chat-{n:03}-{again}-13612000088"
            agent = rng.choice(AGENTS)  # by lot: nobody differs but by luck
            day = f"2025-03-{1 + (n + again) % 28:02}"
            said = ["在吗，想问问", "您好，您平时怎么用呢？", f"收藏给您包邮 {text}", text, text]
            for turn, words in enumerate(said):
                who = ["buyer", "agent"][turn % 2 if turn < 3 else turn - 3]
                rows.append((chat, f"{day} 10:0{turn}:00", who, words, agent))
    table = pd.DataFrame(rows, columns=["chat_id", "sent_at", "speaker", "text", "agent"])
    table["ordered"] = table["chat_id"].str.contains("-1-")
    table.to_csv(folder / "chats.csv", index=False)
    made = runs.report(
        "12", parameters={"chats": str(folder / "chats.csv")}, out=folder, language="en"
    )
    found = {}
    for file in (made.html, made.notebook, made.json, made.excel):
        if file.suffix == ".xlsx":
            with zipfile.ZipFile(file) as packed:
                found[file.suffix] = "\n".join(packed.read(n).decode() for n in packed.namelist())
        else:
            found[file.suffix] = plain(file.read_text(encoding="utf-8"))
    return found


def plain(text):
    """The text with pictures left out, in which any four digits stand somewhere."""
    text = json.dumps(json.loads(text), ensure_ascii=False) if text.startswith("{") else text
    return re.sub(r"[A-Za-z0-9+/=\\n]{200,}", "", text)


@pytest.mark.reports
@pytest.mark.parametrize("kind", [".html", ".ipynb", ".json", ".xlsx"])
def test_no_name_number_address_or_id_of_300_cases_is_in_a_file_of_the_report(written, kind):
    text = written[kind]
    secrets = [one for _, one in cases() if len(one) > 4 or re.search(r"[一-鿿]{2}", one)]
    secrets = [one for one in secrets if one not in ORDINARY]
    assert len(secrets) > 200
    shown = [one for one in [*secrets, *AGENTS, "13612000088"] if one in text]
    assert not shown


@pytest.mark.reports
def test_what_was_masked_is_there_so_that_there_was_something_to_mask(written):
    assert written[".xlsx"].count("***") > 100 and "All agents" in written[".html"]
