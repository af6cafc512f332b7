"""Service operations: deadlines, waiting, control charts, and what goes with a slow answer.

- `rules`: deadlines declared in a small YAML file; those of the training notes come with it.
- `contacts`, `turns`: from chat messages to who asked when and who answered when.
- `tickets`: from the export of a help desk to cases; `still_open`, `ticket_remarks`: which of them
  are open, and what could not be told.
- `judge`: each case in time, late, or open and not yet due; `Hours`, `open_time`, `day_kinds`:
  opening hours, public holidays and working weekends.
- `in_time`, `waits`: shares and P50, P90, P95 by any group, the unanswered not forgotten.
- `on_like_work`: agents as they are and with hour and kind made alike, noise called noise.
- `follows`: orders, satisfaction, complaints by how long the answer took, as they are and on like
  work; no more than what goes together.
- `p_chart`, `xmr`: control charts of shares and of times.
- `arrivals`, `queue`, `staffing`: arrivals by half-hour, what customers meet with so many agents
  (Erlang C and A), the agents needed and what one less would do; `patterns`, `shifts`,
  `one_less`: the fewest shifts that cover the need, breaks in them.
- `reasons`, `resolution`, `lasted`: why people complain (ABC), what the first contact settles and
  what is reopened, how long cases take, those still open among them.
- `review_questions`, `review_cause`, `sample_reviews`: neutral and bad reviews as a decision tree.
- `stage_times`, `stages`, `bottleneck`, `promised`, `extra_work`: a job through a 4S shop.
- `checklist`, `scores`, `observers`: what an observer looks for, and whether two agree.

>>> import pandas as pd
>>> told = pd.DataFrame({"chat_id": ["7", "7"], "sender": ["buyer", "agent"],
...     "sent_at": pd.to_datetime(["2024-11-11 20:00:00", "2024-11-11 20:05:01"])})
>>> judge(contacts(told), rules()["first_answer"])["verdict"].to_list()
['late']
"""

from crm_lessons.service._calendar import day_kinds, known_years
from crm_lessons.service._cases import lasted, reasons, resolution
from crm_lessons.service._checklists import CHECKLISTS, checklist, observers, scores
from crm_lessons.service._control import RUN, p_chart, xmr
from crm_lessons.service._follows import bins, follows
from crm_lessons.service._hours import Hours, open_time
from crm_lessons.service._jobs import (
    STAGES,
    Bottleneck,
    Stage,
    bottleneck,
    extra_work,
    promised,
    stage_times,
    stages,
)
from crm_lessons.service._judged import KEPT, LATE, OPEN, judge
from crm_lessons.service._like import on_like_work
from crm_lessons.service._remarks import remarks, ticket_remarks
from crm_lessons.service._reviews import (
    CAUSES,
    QUESTIONS,
    review_cause,
    review_questions,
    sample_reviews,
    step,
)
from crm_lessons.service._rules import Rule, rules
from crm_lessons.service._shares import LEVELS, hour, in_time, waits
from crm_lessons.service._shifts import Plan, one_less, patterns, shifts
from crm_lessons.service._staffing import arrivals, queue, staffing
from crm_lessons.service._tickets import still_open, tickets
from crm_lessons.service._turns import contacts, turns
