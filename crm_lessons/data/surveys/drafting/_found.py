"""What the columns of an export turned out to be."""

from dataclasses import dataclass, field


@dataclass
class Found:
    """What the columns turned out to be."""

    items: list[tuple[str, str, str]] = field(default_factory=list)  # text, stem, scale
    whole: dict[str, tuple[str, str]] = field(default_factory=dict)  # question → text, scale
    columns: dict[str, str] = field(default_factory=dict)  # respondent column → heading
    left_out: list[str] = field(default_factory=list)
    perhaps_branch: list[str] = field(default_factory=list)  # of those that were left out
    personal: list[str] = field(default_factory=list)
