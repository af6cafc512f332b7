import gc
import warnings

import matplotlib
import matplotlib.pyplot as plt
import pytest

matplotlib.use("agg")


@pytest.fixture(autouse=True, scope="module")
def clean_start():
    """Chart tests are strict with what they leave open, not with what tests before them left."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")
