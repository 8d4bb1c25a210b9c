"""Laws are checked without a clock: a busy machine must not fail a true law."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
