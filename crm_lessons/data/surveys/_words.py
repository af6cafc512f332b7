"""An answer as it stands in a file → its code: words, points, stars, numbers with a word behind."""

import re
import unicodedata
from collections.abc import Iterable

from crm_lessons.data.questionnaire import OPTIONS, Question, Questionnaire, Scale

# What form tools and people write where nothing was answered.
NOTHING = ("", "空", "跳过", "未作答", "未答", "未填", "未填写", "没有作答", "-", "--", "—", "/")
NOTHING += ("null", "nan", "none", "<na>", "#n/a", "缺失", "不作答")
# What says that the question does not apply: missing, too, but an answer in its way.
NOT_APPLICABLE = (
    "不适用",
    "没有经历",
    "未经历",
    "没有接触",
    "不清楚",
    "不了解",
    "说不清",
    "不知道",
)
NOT_APPLICABLE += (
    "没用过",
    "未使用",
    "未使用过",
    "没有使用过",
    "没体验过",
    "未体验",
    "无法评价",
    "不好说",
)
NOT_APPLICABLE += (
    "n/a",
    "na",
    "notapplicable",
    "don'tknow",
    "dontknow",
    "doesnotapply",
    "noopinion",
)
NOT_APPLICABLE += ("prefernottosay", "prefernottoanswer", "notsure", "can'tsay", "idon'tknow")

EMPTY, CODED, UNKNOWN, OUTSIDE = "empty", "coded", "unknown_answer", "answer_outside"
# Numbers that survey tools write for "no answer", on scales that end at 10 or before.
MISSING = {-1, -2, -3, -7, -8, -9, -97, -98, -99, 77, 88, 96, 97, 98, 99, 999}
GAP = "code "  # and such a number, which the questionnaire does not name
# What a form tool writes when it exports the numbers of options instead of their words.
OPTION_NUMBER, NUMBERED = "option_number", (-2, -3)
OPTION_BEYOND = "option_beyond"  # 11, where 1 may stand for 0
# What is counted from a score, in an export that holds groups instead of scores.
GROUPS = {"promoter", "passive", "detractor", "推荐者", "中立者", "被动者", "贬损者", "批评者"}
NOT_A_SCORE = "groups_not_scores"
TWO_ANSWERS, BETWEEN = "two_answers", "┋"  # the mark of a form tool between ticked options
NOT_A_NUMBER = "answer_not_a_number"

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_POINTS = re.compile(rf"^({_NUMBER})(分|星|级|颗星|points?|stars?)?$")
_PERCENT = re.compile(rf"^({_NUMBER})%$")
_IN_BRACKETS = re.compile(r"^(.*?)[(\[【〖](.*)[)\]】〗]$")
_OPTION = re.compile(r"^(?:[a-z]|\d{1,2})[.、:)](?=\D)(.+)$")  # A. 很满意
_LED = re.compile(rf"^({_NUMBER})(?:分|星)?[-=:~、.](\D+)$")  # 5-很满意
_REMARK_BEHIND = re.compile(rf"^({_NUMBER})(?:分|星)?[-=:~、.,]*[^\d\W][^\d]*$")  # 10 very likely
_REMARK_BEFORE = re.compile(r"^[^\d]*?[^\d\W][-=:~、.,]*(\d+(?:\.\d+)?)(?:分|星)?$")
OUT_OF = re.compile(r"^(\d+(?:\.\d+)?)(?:/|outof|of|von|分/|/满分)(\d+)(?:分|points?|stars?)?$")
_OPTION_CODE = re.compile(r"^ao?0*(\d{1,2})$")  # of LimeSurvey: A1 or AO01 is the first option
_STARS = re.compile("^(★*)☆*$")


# Dashes and quotes as a typewriter has them; NFKC leaves them as a typesetter does.
TYPED = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-") | dict.fromkeys("‘’‛`´′", "'"))
TYPED |= str.maketrans(dict.fromkeys("“”„″", '"') | {"⭐": "★", "🌟": "★"})


def plain(text: object) -> str:
    """A text without what differs by habit: width, case, blanks, dashes, quotes, invisible marks.

    >>> plain(" 很　满意\\u200b"), plain("Very Satisfied")
    ('很满意', 'verysatisfied')
    """
    folded = unicodedata.normalize("NFKC", str(text)).casefold().translate(TYPED)
    return re.sub(r"[\s\u200b\ufeff\ufe0f]+", "", folded)


class Reader:
    """Reads the answers of one question."""

    def __init__(self, question: Question, missing: Questionnaire) -> None:
        self.scale = question.scale
        self.words = words(question.scale)
        self.codes = set(missing.missing_codes)
        own = question.scale.no_answers
        self.coded = {plain(w) for w in (*missing.missing_words, *own, *NOT_APPLICABLE)}
        self.coded -= set(self.words)

    def read(self, text: object) -> tuple[float | None, str]:
        """The code and "", or None and why: empty, coded, or the key of a fault."""
        bare = plain("" if text is None else text)
        stripped = bare.strip("()[]【】〖〗")
        if bare in self.words:
            return self.words[bare], ""
        if stripped in NOTHING:
            return None, EMPTY
        if bare in self.coded or stripped in self.coded:
            return None, CODED
        number = self._number(bare)
        if number is None:
            gap = self.scale.numbers == OPTIONS and as_number(bare, self.scale) in NUMBERED
            return (None, EMPTY) if gap else self._compound(bare)
        if self.scale.holds(number):
            return number, ""
        if number in self.codes:
            return None, CODED
        return None, self._why_outside(number)

    def _why_outside(self, number: float) -> str:
        if number in NUMBERED:
            return OPTION_NUMBER
        eleven = self.scale.low == 0 and self.scale.high >= 10 and number == self.scale.high + 1
        if eleven and not self.scale.numbers:
            return OPTION_BEYOND
        return f"{GAP}{number:g}" if number in MISSING else OUTSIDE

    def _number(self, bare: str) -> float | None:
        """The code that a number stands for: itself, or the place of its option in the list."""
        option = _OPTION_CODE.match(bare) if self.scale.numbers == OPTIONS else None
        number = float(option[1]) if option else as_number(bare, self.scale)
        if number is None or self.scale.numbers != OPTIONS:
            return number
        if number in NUMBERED:
            return None
        if number in self.codes | MISSING:
            return number
        if not self.scale.answers:
            return self.scale.low + number - 1
        place = int(number) if number == int(number) else 0
        fits = 1 <= place <= len(self.scale.answers)
        return self.scale.answers[place - 1].code if fits else float("inf")

    def _compound(self, bare: str) -> tuple[float | None, str]:
        """An answer of two parts. A known word outranks a number: options are numbered at will."""
        parts = list(_parts(bare))
        for part in parts:
            if part in self.words:
                return self.words[part], ""
            if part in self.coded:
                return None, CODED
        # A number with a remark behind it: 10（非常愿意）.
        numbers = [as_number(part, self.scale) for part in parts]
        fitting = [n for n in numbers if n is not None and self.scale.holds(n)]
        remark = _IN_BRACKETS.match(bare) or (not self.scale.answers and _LED.match(bare))
        if not fitting and not self.scale.answers:
            fitting = [n for n in (self._with_a_remark(bare),) if n is not None]
            remark = bool(fitting)
        if len(fitting) == 1 and remark:
            return fitting[0], ""
        if BETWEEN in bare:
            return None, TWO_ANSWERS
        if not self.scale.answers and bare.rstrip("s") in GROUPS:
            return None, NOT_A_SCORE
        return None, UNKNOWN if self.scale.answers else NOT_A_NUMBER

    def _with_a_remark(self, bare: str) -> float | None:
        """The number at either end of a remark without other numbers: extremely likely - 10."""
        found = _REMARK_BEHIND.match(bare) or _REMARK_BEFORE.match(bare)
        return float(found[1]) if found and self.scale.holds(float(found[1])) else None


def words(scale: Scale) -> dict[str, float]:
    """Every word of the scale, in either language, plain → its code."""
    return {
        plain(word): one.code for one in scale.answers for word in (*one.text.values(), *one.also)
    }


def as_number(bare: str, scale: Scale) -> float | None:
    """The number that a plain text is, in the unit of the scale; None if it is none.

    >>> as_number("5分", Scale("five", 1, 5)), as_number("85%", Scale("share", 0, 1))
    (5.0, 0.85)
    """
    if points := _POINTS.match(bare):
        return float(points[1])
    if out_of := OUT_OF.match(bare):
        return float(out_of[1]) if float(out_of[2]) == scale.high else None
    if percent := _PERCENT.match(bare):
        if scale.high <= 1:
            return round(float(percent[1]) / 100, 10)
        return float(percent[1]) if scale.percent else None
    if bare and (stars := _STARS.match(bare)):
        return float(len(stars[1]))
    return None


def is_no_answer(text: str) -> bool:
    """Whether a cell says that nothing was answered, or that the question does not apply.

    >>> is_no_answer("(跳过)"), is_no_answer("N/A"), is_no_answer("0")
    (True, True, False)
    """
    bare = plain(text)
    return not {bare, bare.strip("()[]【】〖〗")}.isdisjoint({*NOTHING, *NOT_APPLICABLE})


def without_mark(text: str) -> str:
    """An answer without the letter or number of its option.

    >>> without_mark("A.很满意"), without_mark("A - Agree"), without_mark("Agree")
    ('很满意', 'A - Agree', 'Agree')
    """
    marked = re.match(r"^\s*(?:[A-Za-z]|\d{1,2})[.、:)．：）]\s*(?=\D)(.+)$", text)
    return marked[1].strip() if marked else text


def is_bare_number(text: object) -> bool:
    """Whether an answer is a number and nothing else: its code, or the place of its option.

    >>> is_bare_number("5"), is_bare_number("5分"), is_bare_number("满意")
    (True, False, False)
    """
    return bool(re.fullmatch(_NUMBER, plain("" if text is None else text)))


def _parts(bare: str) -> Iterable[str]:
    if bracketed := _IN_BRACKETS.match(bare):
        yield from (bracketed[1], bracketed[2])
        yield from _parts(bracketed[1])
    if option := _OPTION.match(bare):
        yield option[1]
        if inner := _IN_BRACKETS.match(option[1]):
            yield from (inner[1], inner[2])
    if led := _LED.match(bare):
        yield from (led[2], led[1])
