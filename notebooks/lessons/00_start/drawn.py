"""An exam question on shares, the first thing that the lessons ask for."""

from crm_lessons import value
from crm_lessons.course.exam.drawing import Drawn


def came_again(draw):
    once, again = draw.whole(20, 90), draw.whole(10, 60)
    return Drawn(
        values={"all": once + again, "again": again, "once": once},
        right=value.rate(again, once + again),
        wrong={
            "of_the_others": again / once,
            "of_whom_not": once / (once + again),
        },
    )
