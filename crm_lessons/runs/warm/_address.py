"""Which fork server a process may use.

A forked kernel has what its server imported, under the settings that its server had. So a server
is shared by those only who would have imported the same: same Python, same installed packages, same
files of this package, same environment variables as far as an import may read them.
"""

import hashlib
import os
import socket
import stat
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import crm_lessons

SWITCH = "CRM_LESSONS_WARM"
# Read while libraries are imported; all others are read when they are needed.
_READ_AT_IMPORT = (
    *("PYTHON", "LD_", "LC_", "LANG", "HOME", "XDG_", "TMP", "TEMP", "MPL", "OMP_", "MKL_"),
    *("GOTO_", "OPENBLAS_", "BLIS_", "NUMEXPR_", "NUMBA_", "KMP_", "POLARS_", "RAYON_"),
    *("ARROW_", "MALLOC_", "SKLEARN_", "SCIPY_", "NPY_", "DUCKDB_"),
)
# scikit-learn sets these when it is imported, here as in the server: who asks for a second kernel
# would start a second server.
_SET_BY_IMPORTS = {"KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"}
_LONGEST_PATH = 100  # of a Unix socket


def supported() -> bool:
    """Whether kernels can be forked here: not on Windows, not on macOS, not when switched off."""
    can = hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and hasattr(socket, "send_fds")
    # Apple's libraries may end a process that was forked after they were loaded.
    return can and sys.platform != "darwin" and os.environ.get(SWITCH) != "0"


def socket_path(environment: Mapping[str, str]) -> Path | None:
    """The socket of the server for a kernel with this environment; None without a safe place."""
    folder = _private_folder()
    path = folder / f"{_key(environment)}.sock" if folder else None
    return path if path and len(os.fsencode(path)) <= _LONGEST_PATH else None


def _private_folder() -> Path | None:
    """A folder that nobody else can enter, since whoever can enter it can run code as this user."""
    base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    folder = Path(base) / f"crm-lessons-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return folder if mine and not found.st_mode & 0o077 else None


def _key(environment: Mapping[str, str]) -> str:
    told = hashlib.sha256()
    for part in (*_process(), *_settings(environment), *_code()):
        told.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return told.hexdigest()[:20]


def _process() -> Iterator[str]:
    yield from (sys.executable, sys.version, sys.prefix, str(os.nice(0)))
    # Its time changes when a package is installed or removed.
    yield str(os.stat(sysconfig.get_path("purelib")).st_mtime_ns)


def _settings(environment: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environment):
        if name.startswith(_READ_AT_IMPORT) and name not in _SET_BY_IMPORTS:
            yield f"{name}={environment[name]}"


def _code() -> Iterator[str]:
    # Looked through for each kernel: paths as objects would take four times as long.
    for folder, folders, names in os.walk(Path(crm_lessons.__file__).parent):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".yaml")):
                path = os.path.join(folder, name)
                found = os.stat(path)
                yield f"{path} {found.st_mtime_ns} {found.st_size}"
