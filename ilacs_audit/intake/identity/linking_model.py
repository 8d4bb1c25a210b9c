"""Link by probability what no exact rule could, with splink (the extra 'link').

The model learns from the two tables alone how often a name or a birth date agrees by chance and
how often it is misspelt. It is only loaded when it is asked for.
"""

import importlib
import logging
from typing import Any

import pandas as pd
import pyarrow as pa

from ilacs_audit.domain.errors import UsageError

_SEED = 20241118
_EXACT = "l.first = r.first and l.last = r.last and l.born = r.born"
_RECALL = 0.8  # of true pairs, the share whose name and birth date are written alike in both systems


def predict(ours: pd.DataFrame, theirs: pd.DataFrame, *, threshold: float) -> list[tuple[int, int, float]]:
    """Pairs of a left and a right row number with their probability, the likeliest first.

    Takes the normalised `name` and `born` of both tables, in whole: the exact pairs teach the model.
    Raises UsageError without the extra.
    """
    splink = _part("splink")
    block_on = splink.block_on
    linker = splink.Linker(_registered(ours, theirs), _settings(splink), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([_EXACT], recall=_RECALL)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=_SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    training.estimate_parameters_using_expectation_maximisation(block_on("first", "last"))
    found = linker.inference.predict(threshold_match_probability=threshold).as_record_list()
    pairs = [(each["unique_id_l"], each["unique_id_r"], each["match_probability"]) for each in found]
    return sorted(pairs, key=lambda each: (-each[2], each[0], each[1]))


def _part(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise UsageError(
            "Linking by probability needs the extra 'link'.",
            fix="Install it with: pip install 'ilacs_audit[link]', or use threshold=1.",
        ) from None


def _registered(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[Any]:
    database = _part("splink.backends.duckdb").DuckDBAPI()
    return [
        database.register(_prepared(table), dataset_display_name=name) for name, table in (("a", ours), ("b", theirs))
    ]


def _prepared(keys: pd.DataFrame) -> Any:
    words = [str(name).split(" ") if name else [] for name in keys["name"]]
    return pa.table(
        {
            "unique_id": pa.array(range(len(keys)), pa.int64()),
            "first": pa.array([each[0] if each else None for each in words], pa.string()),
            "last": pa.array([each[-1] if each else None for each in words], pa.string()),
            "born": pa.array([day.isoformat() if day else None for day in keys["born"]], pa.string()),
        }
    )


def _settings(splink: Any) -> Any:
    compare, block_on = _part("splink.comparison_library"), splink.block_on
    return splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.NameComparison("first"),
            compare.NameComparison("last"),
            compare.DateOfBirthComparison("born", input_is_string=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("born"),
            block_on("first", "last"),
            block_on("last", "substr(born, 1, 4)"),
        ],
        retain_matching_columns=False,
    )
