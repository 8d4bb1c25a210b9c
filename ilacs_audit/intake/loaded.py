"""What every door of intake gives: a table, and the problems found on the way to it."""

from typing import NamedTuple

import pandas as pd


class Loaded(NamedTuple):
    """Rows that were read, and what was set aside or doubted, with reasons."""

    table: pd.DataFrame
    problems: pd.DataFrame
