"""What a message advises to type, so that it works as it is printed."""

import json
import shlex


def choice(field: str, heading: str) -> str:
    """The value of ``--columns`` that gives a field this heading, ready for a shell.

    A heading with a comma, a quote or an equals sign needs JSON.

    >>> choice("amount", "Paid"), choice("overall", "All in all, how?")
    ('amount=Paid', '\\'{"overall": "All in all, how?"}\\'')
    """
    heading = " ".join(heading.split())
    simple = not set(heading) & set(",=\"'{}")
    told = f"{field}={heading}" if simple else json.dumps({field: heading}, ensure_ascii=False)
    return shlex.quote(told)
