"""A help desk's chats as the lesson looks at them."""

from dataclasses import dataclass

import pandas as pd

from crm_lessons import service


@dataclass(frozen=True)
class Desk:
    """The chats, judged by people's answers and with the machine's; the day looked at closely."""

    chats: pd.DataFrame
    judged: pd.DataFrame
    machine: pd.DataFrame
    day: pd.Timestamp
    last: pd.Timestamp

    @property
    def limit(self) -> float:
        """Minutes."""
        return self.judged.attrs["limit"]

    @property
    def on_the_day(self) -> pd.Series:
        return self.judged["started"].dt.normalize() == self.day

    @property
    def decided(self) -> pd.DataFrame:
        return self.judged[self.judged["decided"]]

    @property
    def kept(self) -> pd.Series:
        return self.decided["verdict"] == service.KEPT

    @property
    def like(self) -> list[pd.Series]:
        """What has to be alike: the hour, and the kind of question where it is known."""
        kind = [self.chats["kind"]] if "kind" in self.chats else []
        return [service.hour(self.judged), *kind]
