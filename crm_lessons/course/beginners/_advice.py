"""From an exception and the cell it came from to advice in the language in use."""

from crm_lessons.course.beginners import _running, _writing
from crm_lessons.course.beginners._mistake import Mistake, Scene, first_advice
from crm_lessons.errors import CrmError

RULES = (*_writing.RULES, *_running.RULES)


def advice(
    etype: type[BaseException], evalue: BaseException, source: str, *, scene: Scene | None = None
) -> str | None:
    """What happened (first line) and what to do (the rest), or None for an unusual error.

    ``source`` is the text of the cell. ``scene`` adds what the kernel knows: names, tables, the
    notebook's earlier cells. Code stands between backticks.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     print(advice(ZeroDivisionError, ZeroDivisionError("division by zero"), "1 / 0"))
    Something was divided by zero.
    Check the number after the `/`: is it 0 because a table is empty or a filter too narrow?
    """
    if isinstance(evalue, CrmError):
        return str(evalue)
    if isinstance(evalue, SyntaxError) and not _about(source, evalue):
        return None
    return first_advice(RULES, Mistake(etype, evalue, source, scene or Scene()))


def _about(source: str, error: SyntaxError) -> bool:
    # A cell can also import a file that Python cannot read: that is not the learner's typing.
    return (error.text or "").strip() in source
