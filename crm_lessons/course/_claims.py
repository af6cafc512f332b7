"""What the training notes claim on the subject of a lesson, as a table with what came out."""

from crm_lessons import data, show, wording
from crm_lessons.course import folders
from crm_lessons.course._telling import Telling
from crm_lessons.wording import names


def folded(lesson: str, language: str, telling: Telling) -> show.Folded:
    """All claims of a lesson behind one line that counts them by how they stand.

    A copy of a lesson takes up those of the lesson that its header names as ``claims_of``.
    """
    claims = data.claims(folders.header(lesson).get("claims_of", lesson))
    columns = ["claim_id", f"statement_{language}", "status", f"verdict_{language}"]
    plain = {f"{name}_{language}": name for name in ("statement", "verdict")}
    found = claims[columns].rename(columns=plain)
    states = {"status": data.labels("status")}
    told = [
        wording.text("course.claims_of_a_kind", kind=names.code(kind, states["status"]), n=n)
        for kind, n in found["status"].value_counts(sort=False).items()
    ]
    listed = wording.text("course.between").join(told)
    line = wording.text("course.claims", count=len(found), told=listed)
    return show.Folded(show.table(telling.frame(found), codes=states, rows=len(found)), line)
