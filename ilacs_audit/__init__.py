"""Evidence that cannot over-claim: the names a notebook author uses, as `import ilacs_audit as ia`.

`load_*` reads, nouns compute, `*_plot`, `*_chart` and `*_table` show, `save_*` writes. The
table comes first, options are named, a new table is returned.
"""

from ilacs_audit.analysis.compliance import compliance, dip_sample_estimate
from ilacs_audit.analysis.grades import grade_distribution, moderation_flow
from ilacs_audit.analysis.training import training_reach
from ilacs_audit.analysis.trust import trust_facts
from ilacs_audit.domain.measures import gather, select

__all__ = [
    "compliance",
    "dip_sample_estimate",
    "gather",
    "grade_distribution",
    "moderation_flow",
    "select",
    "training_reach",
    "trust_facts",
]
