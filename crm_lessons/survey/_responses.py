"""A survey as the analyses want it: who answered, what was perceived, what was expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from crm_lessons import data
from crm_lessons.data import Questionnaire, folded
from crm_lessons.errors import CrmError
from crm_lessons.survey._scores import scores


@dataclass(frozen=True)
class Responses:
    """The answers of a survey; all frames are pandas, rows sorted by respondent.

    ``people``: index respondent_id (text); of customer_id, branch, adviser, round, group (text),
    answered_on (datetime64), month (text, 2025-03), weight, overall, repurchase_probability (0–1),
    recommends (0–10) and recommends_level (float64) those that were asked. Higher is better.

    ``perceived`` and ``expected``: respondents × items, float64, NaN where there is no answer,
    higher is better: items asked the other way round are turned already. An item that was not asked
    one way or the other is NaN all through.

    ``items``: index item; aspect, weight, low and high as asked, title_zh, title_en. ``aspects``:
    index aspect; title_zh, title_en. ``missing``: index question; answered, missing (counts of
    respondents). ``set_aside``: reason → rows of the file that are not among the respondents.

    ``scale``: items that were asked on different scales are put on this one in proportion, that of
    most items, so that means mix nothing; None where all were asked on one. ``read``: respondents
    in the file; ``kept_by``: what some of them were chosen by.
    """

    people: pd.DataFrame
    perceived: pd.DataFrame
    expected: pd.DataFrame
    items: pd.DataFrame
    aspects: pd.DataFrame
    missing: pd.DataFrame
    set_aside: Mapping[str, int] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
    scale: tuple[float, float] | None = None
    read: int = 0
    kept_by: Mapping[str, object] = field(default_factory=dict)

    def those(self, kept: pd.Series, by: Mapping[str, object] | None = None) -> "Responses":
        """Some of the respondents; ``by`` says what they were chosen by."""
        if not kept.any():
            raise CrmError("survey_nobody_counts")
        rows = {name: getattr(self, name)[kept] for name in ("people", "perceived", "expected")}
        return replace(self, kept_by={**self.kept_by, **(by or {})}, **rows)

    def column(self, name: str) -> pd.Series | None:
        column = self.people.get(name)
        return None if column is None or column.isna().all() else column

    @property
    def asked(self) -> pd.DataFrame:
        """The items that were asked as perceived; the overall answer where there are none."""
        answers = self.perceived.dropna(axis="columns", how="all")
        if len(answers.columns) or "overall" not in self.people:
            return answers
        return self.people[["overall"]]

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each item that was asked."""
        return self.items["weight"].reindex(self.asked.columns).fillna(1.0).to_dict()

    @property
    def highs(self) -> dict[str, float]:
        """The best level of each item that was asked, or of the overall answer in their place."""
        names = self.asked.columns
        if self.scale is not None:
            return dict.fromkeys(names, self.scale[1])
        return self.items["high"].reindex(names).fillna(self.overall_scale[1]).to_dict()

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest mean there can be of the items, or of the overall answer."""
        scales = self.items.reindex(self.asked.columns)[["low", "high"]].dropna()
        if self.scale is not None or scales.empty:
            return self.scale or self.overall_scale
        return float(scales["low"].min()), float(scales["high"].max())

    @property
    def tops(self) -> dict[str, float]:
        """`top_of` each item that was asked."""
        scales = self.items.reindex(self.asked.columns)[["low", "high"]]
        scales = scales.fillna(dict(zip(("low", "high"), self.overall_scale, strict=True)))
        tops = {name: top_of(*ends) for name, *ends in scales.itertuples()}
        if self.scale is None:
            return tops
        low, high = self.scale
        share = {n: (tops[n] - ends.low) / (ends.high - ends.low) for n, ends in scales.iterrows()}
        return {name: round(low + one * (high - low), 9) for name, one in share.items()}

    @property
    def has_two_levels(self) -> bool:
        """Whether an item, or the overall answer, knows but two answers."""
        scales = self.items.loc[self.items.index.isin(self.asked.columns), ["low", "high"]]
        low, high = self.overall_scale
        return bool((scales["high"] - scales["low"] <= 1).any()) or high - low <= 1

    @property
    def overall_scale(self) -> tuple[float, float]:
        """The lowest and the highest overall answer there can be; 1 and 5 where nothing is said."""
        asked_of = {} if self.questionnaire is None else self.questionnaire.questions
        scale = getattr(asked_of.get("overall"), "scale", None)
        return (1.0, 5.0) if scale is None else (float(scale.low), float(scale.high))

    @property
    def unhappy_to(self) -> float:
        """Up to which overall answer a customer is rung back: the lowest quarter of the scale."""
        low, high = self.overall_scale
        return low + (high - low) / 4

    def score(self, at_least: float = 0.5) -> pd.Series:
        """Per respondent the weighted mean of the items, else the overall answer."""
        return scores(self.asked, weights=self.weights, at_least=at_least)

    @property
    def links(self) -> pd.Series:
        """How closely each item goes with the overall answer: a correlation, not a cause.

        1 for every item where nothing overall was asked; missing for an item that does not vary.
        """
        answers, overall = self.asked, self.column("overall")
        if overall is None or "overall" in answers:
            return pd.Series(1.0, index=answers.columns)
        spread = {name: one[overall.notna()].std() for name, one in answers.items()}
        known = [name for name, sd in spread.items() if sd > 0 and overall.std() > 0]
        return answers[known].corrwith(overall).reindex(answers.columns)

    @property
    def branch_of_staff(self) -> pd.Series | None:
        """Member of staff to branch, by most answers; None without either."""
        if {"branch", "adviser"} - set(self.people):
            return None
        counted = self.people.groupby(["adviser", "branch"]).size().reset_index(name="n")
        counted = counted.sort_values(["n", "branch"], ascending=[False, True])
        return counted.drop_duplicates("adviser").set_index("adviser")["branch"].sort_index()

    def branch_code(self, branch: str) -> str:
        """The branch as the survey calls it; its name in words will do. Empty stays empty."""
        if not branch:
            return ""
        branches = self.column("branch")
        known = [] if branches is None else sorted(branches.dropna().unique())
        words = {} if self.questionnaire is None else self.questionnaire.labels("branch")
        words = data.labels("branch") | words
        for code in known:
            if folded(branch) in (folded(code), folded(words.get(code, code))):
                return code
        told = ", ".join(words.get(code, code) for code in known)
        raise CrmError("survey_no_branch", given=branch, known=told or "–")

    def in_branch(self, branch: str) -> "Responses":
        """Only the answers of one branch, given by its code; empty takes all."""
        return self.those(self.people["branch"] == branch) if branch else self

    def without_staff(self, staff: pd.Index) -> "Responses":
        """The survey without the answers about some members of staff."""
        return self.those(~self.people["adviser"].isin(list(staff)))


def top_of(low: float, high: float) -> float:
    """From which level on an answer is one of the two best; the best alone where there are two.

    >>> top_of(1, 5), top_of(0, 10), top_of(0, 1)
    (4, 9, 1)
    """
    return high - 1 if high - low > 1 else high
