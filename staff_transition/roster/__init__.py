"""Reading the office's own roster: from the bytes of a file to people and findings.

Pure: no database, no clock, no settings; today is an argument. The bytes are opened in a child process (limited.py),
everything else is functions over cells.
"""
