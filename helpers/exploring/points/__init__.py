"""The points of a program at which it reads or writes a variable that threads may share.

`rewriting` puts a call in front of every instruction of the program's code that reads or writes one, `sites`
is what is called there: it finds out which object is touched, and tells the scheduler. `variables` knows of
each object who touched it, and which accesses race. `swapping` gives the program's functions the rewritten
code for the time of an exploration. `open_accesses` finds the races where states are visited instead of
schedules played, and `stacks` is what lets a state show the values in the middle of an expression.
"""
