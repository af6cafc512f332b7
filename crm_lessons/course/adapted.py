"""How a kernel learns that the prose of its notebook fits the data.

A module of its own: whoever starts kernels needs the name and none of what runs in them.
"""

ADAPTED = "CRM_LESSONS_PROSE"  # set where prose is made to fit the data, or left out
