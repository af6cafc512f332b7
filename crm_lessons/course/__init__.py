"""A lesson while it runs, its exercises, a trainee's results and a class's results."""

from crm_lessons.course.lesson import Lesson, open  # noqa: A004 - course.open reads as it should

__all__ = ["Lesson", "open"]
