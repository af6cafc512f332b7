"""Workbooks that only reading them tells the size of (xls, xlsb), read by another process first.

A cell far away makes their reader ask for more memory than there is, which ends its process at
once, as a damaged file can. So this process is one that nobody will miss.
"""

import subprocess
import sys
from pathlib import Path

MEMORY = 2_000_000_000  # bytes; the fullest sheet of an xls takes a third of it
SECONDS = 20
_REFUSED = 3  # how it ends where memory does not suffice and Python notices
_CODE = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
except (ImportError, ValueError, OSError):
    pass  # a system without such bounds
import python_calamine
cells = 0
try:
    book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        cells = max(cells, sheet.total_height * sheet.total_width)
except MemoryError:
    sys.exit({_REFUSED})
print(cells)
"""


def cells(path: Path) -> int | None:
    """The area of the largest sheet; None where it takes more than the bounds, or ends the reader.

    0 where the workbook is damaged in a way that its reader can tell.
    """
    # -P: nothing that lies in the current folder is imported.
    command = [sys.executable, "-P", "-c", _CODE, str(path.absolute())]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    if ended.returncode == 0:
        return int(ended.stdout)
    return 0 if ended.returncode == 1 else None
