"""Exams and reviews: questions whose figures are drawn for each trainee, answers computed.

- `drawing`: what a lesson's ``drawn.py`` draws with, and what it gives back.
- `templates`: the drawn questions of all lessons, from ``drawn.yaml`` and ``drawn.py``.
- `bank`: these and the questions of the lessons whose answers hang on no data.
- `composing`: which questions an exam asks; the same for a class, with other figures for each.
- `papers`: the paper of one trainee, drawn from the seed of the class and the name.
- `scoring`: handing in, and the result lines that `collect` reads.
- `statistics`: whether the questions were any good.
- `spacing`: what to ask again, and when.
"""
