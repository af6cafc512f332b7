"""Customer classification: every scheme a declared decision with a purpose and a threshold."""

from crm_lessons.classification._agreement import (
    agreement_matrix,
    cohen_kappa,
    cramers_v,
    crosstab,
    jaccard,
    most_that_agree,
    overlap,
)
from crm_lessons.classification._allocation import (
    HOURS_EACH,
    WINNABLE,
    best_hours,
    block_gains,
    curves,
    even_hours,
    gain,
    service_returns,
)
from crm_lessons.classification._classify import (
    Classified,
    classify,
    classify_all,
    counts,
    flags,
    missing,
    schemes,
)
from crm_lessons.classification._clusters import Clusters, clusters
from crm_lessons.classification._conversion import conversion
from crm_lessons.classification._definitions import DEFINITIONS, definition_counts, definitions
from crm_lessons.classification._explaining import cluster_rules, cluster_sentences, cluster_verdict
from crm_lessons.classification._names import class_names, codes, purpose, scheme_name
from crm_lessons.classification._rfm import crowded, rfm, rfm_tiles, segment_table
from crm_lessons.classification._rfm_actions import rfm_actions
from crm_lessons.classification._side_by_side import (
    counts_of_all,
    customer_table,
    dormancy,
    flags_of_all,
    not_computed,
    ordered,
    overview,
    pairs,
    study,
    thresholds,
    vip_lists,
)
from crm_lessons.classification._small_customers import (
    ADVICE,
    ASSUMED,
    advice_for_small,
)
from crm_lessons.classification._thresholds import sensitivity, value_by_group
from crm_lessons.classification.subjects._score_card import score, traits
from crm_lessons.classification.subjects._value import net_profit
