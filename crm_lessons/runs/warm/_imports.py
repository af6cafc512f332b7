"""What the fork server holds ready for its kernels."""

import contextlib
import importlib
import pkgutil

import crm_lessons

LIBRARIES = (
    *("numpy", "pandas", "polars", "pyarrow.parquet", "narwhals", "scipy.stats", "scipy.optimize"),
    *("matplotlib.pyplot", "seaborn", "matplotlib_inline.backend_inline", "python_calamine"),
    *("sklearn.cluster", "sklearn.linear_model", "sklearn.metrics", "sklearn.preprocessing"),
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "anywidget"),
    *("IPython.core.completer", "IPython.core.pylabtools", "IPython.core.magics.execution"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "IPython.utils.wildcard", "tornado.platform.asyncio"),
    # What these import at their first use only: the difference in sys.modules that a report makes.
    *("narwhals._duration", "narwhals._interchange.dataframe", "narwhals.group_by"),
    *("narwhals._namespace", "encodings.unicode_escape"),
    *("narwhals._polars.group_by", "narwhals._polars.namespace", "narwhals._polars.dataframe"),
    *("narwhals._pandas_like.group_by", "narwhals._pandas_like.namespace"),
    *("pandas.core.arrays.arrow.extension_types", "pandas.core.reshape.reshape"),
    *("PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin"),
    *("pyarrow.pandas_compat", "pyarrow.vendored.version", "IPython.core.logger"),
    *("encodings.utf_16_be", "encodings.utf_8_sig", "zmq.utils.garbage"),
)
# What a lesson never imports.
ABOVE = {"runs", "cli"}


def import_everything() -> None:
    """Import what lessons use, and read the texts, which never change while a process runs."""
    for name in LIBRARIES:
        with contextlib.suppress(ModuleNotFoundError):  # the core runs without some of them
            importlib.import_module(name)
    for found in pkgutil.walk_packages(crm_lessons.__path__, "crm_lessons."):
        if found.name.split(".")[1] not in ABOVE:
            importlib.import_module(found.name)
    for subject in crm_lessons.wording.subjects():
        crm_lessons.wording.entries(subject)


def use_once() -> None:
    """Do once what is slow the first time: find fonts, lay out and draw, look for plugins.

    Only what starts no thread, and nothing that a kernel could see: of Polars not one line.
    """
    import matplotlib
    import narwhals
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from crm_lessons.charts import look
    from crm_lessons.course import typed
    from crm_lessons.data import _currency_signs, _exports, _month_names

    with matplotlib.rc_context():
        look.style()
        figure = Figure(layout="constrained")
        axes = figure.add_subplot(xlabel="80", ylabel="20")
        look.head(axes, "80/20", "80/20")
        FigureCanvasAgg(figure).draw()
    narwhals.from_native(None, pass_through=True)
    for kind in typed.TYPES:
        typed.adapter(kind)
    # What reading order lines looks up.
    _exports.known()
    for name in ("statuses", "doubtful"):
        _exports.words(name)
    _currency_signs.pattern()
    _month_names.numbers()
