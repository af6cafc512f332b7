import gc

import matplotlib
import matplotlib.pyplot as plt
import pytest

matplotlib.use("agg")


@pytest.fixture(autouse=True, scope="module")
def clean_start():
    """What tests before these left to be collected complains now, and not in the midst of one."""
    gc.collect()


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")
