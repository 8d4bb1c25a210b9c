"""The tests of the project, and the maker of the invented example."""

import os

# Workbooks of the example have to be the same bytes whether or not lxml is installed, which openpyxl would use.
os.environ["OPENPYXL_LXML"] = "False"
