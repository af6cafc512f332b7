"""The model of `candidates`: blocking rules, comparisons, and what is known before any data."""

import duckdb
import pandas as pd
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

RULES = (
    ("phone",),
    ("card",),
    ("mail",),
    ("house",),
    ("born", "initials"),
    ("sound", "born"),
    ("sound", "address"),
)
FEW = 400  # records: with fewer, m and u stay as they are known beforehand
PAIRS_TO_FIT = 100  # pairs of a key, below which m is not fitted from them
# For each level from the best to "different": m (pairs of one person), u (any other pair). They are
# assumed: a start for the fit, and all there is for a small file.
_KNOWN = {
    "name": (
        (0.60, 0.002),
        (0.22, 0.004),
        (0.06, 0.006),
        (0.06, 0.01),
        (0.03, 0.06),
        (0.03, 0.918),
    ),
    "phone": ((0.70, 0.0005), (0.05, 0.0005), (0.02, 0.001), (0.23, 0.998)),
    "card": ((0.93, 0.00002), (0.05, 0.00002), (0.02, 0.99996)),
    "mail": ((0.85, 0.0001), (0.15, 0.9999)),
    "born": ((0.90, 0.0001), (0.06, 0.004), (0.04, 0.9959)),
    "address": ((0.55, 0.0002), (0.15, 0.0005), (0.05, 0.005), (0.25, 0.9943)),
    "sex": ((0.97, 0.5), (0.03, 0.5)),
}


def _name():
    """Same characters; same sound; a letter else; only the surname known, or the surname alone."""
    one_word = "(position(' ' in sound_l) = 0 or position(' ' in sound_r) = 0)"
    return [
        levels.NullLevel("name"),
        levels.ExactMatchLevel("name"),
        levels.ExactMatchLevel("sound"),
        levels.LevenshteinLevel("sound", 1),
        levels.CustomLevel(f"surname_l = surname_r and {one_word}"),
        levels.ExactMatchLevel("surname"),
        levels.ElseLevel(),
    ]


def _levels() -> dict[str, list]:
    phone, born = "phone", "born"
    turned = (
        "substr(born_l, 1, 4) = substr(born_r, 1, 4) and "
        "substr(born_l, 6, 2) = substr(born_r, 9, 2) and "
        "substr(born_l, 9, 2) = substr(born_r, 6, 2)"
    )
    return {
        "name": _name(),
        "phone": [
            levels.NullLevel(phone),
            levels.ExactMatchLevel(phone),
            levels.LevenshteinLevel(phone, 1),
            levels.LevenshteinLevel(phone, 2),
            levels.ElseLevel(),
        ],
        "card": [
            levels.NullLevel("card"),
            levels.ExactMatchLevel("card"),
            levels.LevenshteinLevel("card", 1),
            levels.ElseLevel(),
        ],
        "mail": [levels.NullLevel("mail"), levels.ExactMatchLevel("mail"), levels.ElseLevel()],
        "born": [
            levels.NullLevel(born),
            levels.ExactMatchLevel(born),
            levels.CustomLevel(f"levenshtein(born_l, born_r) = 1 or ({turned})"),
            levels.ElseLevel(),
        ],
        "address": [
            levels.NullLevel("address"),
            levels.ExactMatchLevel("address"),
            levels.ExactMatchLevel("house"),
            levels.LevenshteinLevel("address", 4),
            levels.ElseLevel(),
        ],
        "sex": [levels.NullLevel("sex"), levels.ExactMatchLevel("sex"), levels.ElseLevel()],
    }


def settings(table: pd.DataFrame) -> SettingsCreator:
    """The model before it has seen the data; fields that nobody filled are left out."""
    used = [name for name in _KNOWN if table[name].notna().any()]
    made = _levels()
    for name in used:
        for level, (m, u) in zip(made[name][1:], _KNOWN[name], strict=True):
            level.configure(m_probability=m, u_probability=u)
    chances = len(table) * (len(table) - 1) / 2
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[comparisons.CustomComparison(made[name], name) for name in used],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        probability_two_random_records_match=min(0.1, max(0.1 * len(table) / chances, 1e-9)),
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )


def scored(
    table: pd.DataFrame, lowest: float, memory: str, folder: str, spark: object
) -> pd.DataFrame:
    """Every compared pair from this probability on, with its levels as ``gamma_…``."""
    api = _on_spark(spark) if spark is not None else DuckDBAPI(_database(memory, folder))
    frame = (
        table if spark is None else spark.createDataFrame(_rows(table), ", ".join(_typed(table)))
    )
    linker = Linker(api.register(frame), settings(table))
    if len(table) >= FEW:
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        _fit(linker, table)
    found = linker.inference.predict(threshold_match_probability=lowest)
    return found.as_pandas_dataframe()


def _fit(linker: Linker, table: pd.DataFrame) -> None:
    """m from the pairs that one key brings together: each field is fitted where it is not the key.

    Homes and telephones are no such key: families share them, and would count as one person.
    """
    for rule in (("card",), ("born", "initials")):
        known = table[list(rule)].dropna()
        if known.duplicated().sum() >= PAIRS_TO_FIT:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))


def _database(memory: str, folder: str) -> duckdb.DuckDBPyConnection:
    base = duckdb.connect(":memory:")
    base.execute(f"SET memory_limit = '{memory}'")
    base.execute(f"SET temp_directory = '{folder}'")
    return base


def _rows(table: pd.DataFrame) -> list[tuple]:
    """The table as rows for Spark, which takes a missing text of pandas for the text <NA>."""
    return list(table.astype(object).where(table.notna(), None).itertuples(index=False, name=None))


def _typed(table: pd.DataFrame) -> list[str]:
    return [f"`{name}` string" for name in table]


def _on_spark(spark: object) -> object:
    from splink import SparkAPI

    return SparkAPI(spark_session=spark, break_lineage_method="persist")
