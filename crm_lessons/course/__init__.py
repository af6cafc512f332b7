"""A lesson while it runs, its exercises, a trainee's results and a class's results."""

from crm_lessons import later

# Whoever needs only codes or results needs no charts.
__all__, __getattr__ = later.names(__name__, {"Lesson": "_lesson", "open": "_lesson"})
