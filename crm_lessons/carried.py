"""Where the files that come with the package lie: sample tables and lessons."""

from importlib import resources
from pathlib import Path


def path(*parts: str) -> Path:
    """The path of a carried file or folder, such as ``path("datasets", "shop_orders.csv")``.

    An installed wheel holds them in ``crm_lessons/_carried``; in a checkout they lie beside the
    package, where people look for them.
    """
    package = Path(str(resources.files("crm_lessons")))
    carried = package / "_carried"
    root = carried if carried.is_dir() else package.parent
    return root.joinpath(*parts)
