"""The doors: what each command takes, which room it calls, and what it prints (floor 9).

A command calls, prints and gives an exit code. Rooms are imported inside the commands, so that `--help` loads none.
"""
