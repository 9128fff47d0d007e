"""Economic compensation (经济补偿) and what stands beside it: the reading of docs/law/severance.md as plain functions.

Pure: dates and Decimals in, frozen dataclasses out. No ORM, no clock, no settings; today is an argument.
"""
