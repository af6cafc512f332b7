"""Customer records: how good they are, what is held and why, changes that leave a trace, moves.

- `quality`: completeness, validity, uniqueness, consistency and freshness of a table, told by
  counts and shapes of values; `validate_record` for one record, `garbled` for one text.
- `candidates`: pairs of records that may be one person, with a probability and why; `by_rules` the
  same by plain rules, `judged` holds either against the truth. `clusters`, and a sheet
  `to_decide`, for a person; `dedupe` merges what was decided, with a way back.
- `masked`: what a screen may show; `pseudonymise` with a key that lies elsewhere, `undone` for
  hashes without one; `anonymity`, `singling_out`, `coarsened`: who is told apart without a name.
- `register`: field → purpose → legal ground → who may see → until when; `register_table` names what
  has no purpose, `overdue` what is held too long, `touched` what a customer's request touches.
- `Ledger`: enter, query, update, delete, undo and forget, with an audit log that the database
  writes; `replay` tells from a log what the records must be.
- `migration`: before against after; `sign_off` is the page to sign, `checksum` a field in one line.
- `dependence`: customers, and money, that only one person has spoken to.

>>> register()["pet"].advice
'drop'
"""

from crm_lessons.data import mask_phone
from crm_lessons.records._anonymity import (
    Anonymity,
    anonymity,
    coarsened,
    group_sizes,
    singling_out,
)
from crm_lessons.records._clusters import OTHER, SAME, UNSURE, Merged, clusters, dedupe, to_decide
from crm_lessons.records._comparable import comparable
from crm_lessons.records._dependence import dependence
from crm_lessons.records._duplicates import candidates
from crm_lessons.records._garbled import garbled
from crm_lessons.records._ledger import DELETE, ENTER, ROLES, UPDATE, Ledger, replay
from crm_lessons.records._masking import masked
from crm_lessons.records._migration import (
    ADDED,
    DOUBLED,
    KEPT,
    LOST,
    MERGED,
    Migration,
    checksum,
    migration,
    sign_off,
)
from crm_lessons.records._pairs import by_rules, judged
from crm_lessons.records._pseudonyms import new_key, plain_hash, pseudonymise, read_key, undone
from crm_lessons.records._quality import Quality, quality, validate_record
from crm_lessons.records._register import (
    ACCESS,
    ASK,
    CONSENT,
    CONTRACT,
    DELETION,
    DROP,
    GROUNDS,
    KEEP,
    LEGAL_DUTY,
    Entry,
    overdue,
    register,
    register_table,
    touched,
)
