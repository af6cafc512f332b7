"""Readable errors in notebook cells, for people who have never seen code.

An IPython extension, loaded by the kernelspec of `install_kernelspec`, so that it works even when
the first cell of a lesson was skipped. Rules live in `writing` (Python cannot read the cell) and
`running` (the cell failed while running); their texts in ``wording/beginners.yaml``.
"""

from crm_lessons.course.beginners._advice import advice
from crm_lessons.course.beginners._kernel import install_kernelspec
from crm_lessons.course.beginners._mistake import Scene
from crm_lessons.course.beginners._shown import load_ipython_extension, unload_ipython_extension
