"""A lesson while it runs, its exercises, a trainee's results and a class's results."""

from crm_lessons.course.lesson import Lesson, open

__all__ = ["Lesson", "open"]
