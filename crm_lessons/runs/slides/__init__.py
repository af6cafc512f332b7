"""The slides of a lesson: what a class looks at together, one thought on each, at most 25.

`deck.of` chooses from a lesson that has run what goes on a slide (the rest of the prose becomes its
notes), `layout.boxes` says where everything stands, and `html`, `pptx` draw that: the same slides
in a browser, on paper and in PowerPoint.
"""
