"""The words of the field, as data: standards, plan, programme, tables, audiences, errors.

Every other room speaks these words. Nothing here opens a file or computes a statistic.
"""
