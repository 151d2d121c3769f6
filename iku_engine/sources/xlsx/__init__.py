"""Workbooks (XLSX), read in a process of their own: a file can be made to take all memory.

`process` starts the process and bounds it; in it `child` answers with the cells of one sheet,
after `parts` has looked at the zip and `scan` at the sheet itself.
"""
