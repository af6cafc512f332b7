"""Customer lessons and customer reports from one set of notebooks; see README.md."""

__version__ = "0.3.0.dev0"
