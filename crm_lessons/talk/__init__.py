"""Sales talk: the seven steps, who listens, what is promised, and what labels are worth.

- `turns`: chats, turn by turn, Chinese or English; `masked`: personal data in texts become ``***``.
- `dialogue_order`, `ordered_run`, `steps`, `between`: steps in order, left out, time between them.
- `outcome_by`, `with_and_without`: what goes together with steps; no more than that.
- `listening`, `question`, `sentences`, `takes_up`, `units`: shares of talk, open questions, length.
- `canned`, `promises`: what is said whatever was asked, and what is promised for nothing.
- `concessions`: how much is given away at each step of a bargain, and how soon.
- `agreement`: how far two people call turns the same; `crm_lessons.classification.crosstab` tells
  who is mistaken for whom.
- `cross_read`, `honesty`, `learn`: a small reader of labels, held against the most frequent label
  and against a second person; it may say that it does not know.

>>> dialogue_order(["greet", "recommend", "ask", "bargain", "farewell"])
4
"""

from crm_lessons.data.personal import MASK, masked
from crm_lessons.talk._conceding import concessions
from crm_lessons.talk._labels import agreement
from crm_lessons.talk._listening import listening, question, sentences, takes_up
from crm_lessons.talk._order import (
    BEFORE,
    STEPS,
    between,
    dialogue_order,
    ordered_run,
    outcome_by,
    steps,
    with_and_without,
)
from crm_lessons.talk._reading import Reader, cross_read, honesty, learn
from crm_lessons.talk._remarks import remarks
from crm_lessons.talk._said import PROMISES, canned, promises
from crm_lessons.talk._turns import AGENT, BUYER, turns, units
