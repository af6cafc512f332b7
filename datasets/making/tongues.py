"""How a sentence is put together in Chinese and in English: joined, ended, quoted, mistyped."""

import json
import re
from pathlib import Path
from random import Random


def _phrases(name: str) -> dict:
    return json.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


class Chinese:
    """Sentences of phrases.json."""

    phrases = _phrases("phrases.json")
    said_plainly = ("canned",)  # without a word before it

    def around(self, before: str, core: str, after: str) -> str:
        return (before + core + after).replace("？，", "？").replace("！，", "！")

    def both(self, texts: list[str]) -> str:
        return "，".join(texts).replace("？，", "？").replace("！，", "！")

    def ended(self, text: str, rng: Random) -> str:
        is_open = text[-1] not in "？！～哦呢哈啊呀吗吧嘛"
        return text + rng.choice(self.phrases["endings"]) if is_open else text

    def heard(self, text: str, rng: Random) -> str:
        """A few words of what was said, to take up; empty where there are none."""
        runs = re.findall("[\u4e00-\u9fff]{4,}", text)
        return rng.choice(runs)[:6] if runs else ""

    def slipped(self, text: str, rng: Random) -> str:
        """With a wrong character of the same sound, or one left out."""
        slips = self.phrases["slips"]
        wrong = [at for at, sign in enumerate(text) if sign in slips]
        if wrong:
            at = rng.choice(wrong)
            return text[:at] + slips[text[at]] + text[at + 1 :]
        at = rng.randrange(len(text))
        return text[:at] + text[at + 1 :]

    def address(self, city: str, road: str, number: int, rng: Random) -> str:
        return f"{city}市{road}{number}号{rng.randrange(101, 2900)}室"


class English:
    """Sentences of phrases_en.json."""

    phrases = _phrases("phrases_en.json")
    said_plainly = ("canned", "greet", "farewell")

    def around(self, before: str, core: str, after: str) -> str:
        text = re.sub(r"([?!.]), ", r"\1 ", before + core + after)
        text = re.sub(r"[?!.] [a-z]", lambda found: found[0].upper(), text)
        return text[0].upper() + text[1:]

    def both(self, texts: list[str]) -> str:
        return " ".join(one if one[-1] in "?!." else f"{one}." for one in texts)

    def ended(self, text: str, rng: Random) -> str:
        return text if text[-1] in "?!." else text + rng.choice(self.phrases["endings"])

    def heard(self, text: str, rng: Random) -> str:
        runs = [run.split() for run in re.findall(r"[A-Za-z'’ -]{9,}", text)]
        runs = [words for words in runs if any(len(word) > 3 for word in words)]
        return " ".join(rng.choice(runs)[-4:]) if runs else ""

    def slipped(self, text: str, rng: Random) -> str:
        """With a word that sounds the same, or a letter left out."""
        slips = self.phrases["slips"]
        wrong = [word for word in slips if f" {word} " in text]
        if wrong:
            word = rng.choice(wrong)
            return text.replace(f" {word} ", f" {slips[word]} ", 1)
        at = rng.randrange(len(text))
        return text[:at] + text[at + 1 :]

    def address(self, city: str, road: str, number: int, rng: Random) -> str:
        return f"{number} {road}, {city}"
