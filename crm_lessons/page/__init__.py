"""The page of a lesson: its forms are one small ES module, drawn from `course.asking`.

``forms.js`` needs no build step, no framework and no other file. Over HTTP a page calls
``mount(element, asked, send)``; in JupyterLab anywidget calls its default export. Both hand the
module what `course.asking.asked` gives, and carry its messages to `course.asking.act`.
"""

from pathlib import Path

FORMS = Path(__file__).with_name("forms.js")
STYLE = Path(__file__).with_name("forms.css")
