"""What our instruments cost: ``python -m helpers.bench``.

`recording` compares a recorded lock with a raw one, and `exploring` compares `explore` with another explorer
on the same `programs`; `peers` asks that one, in a process of its own. `grading` has whole classes graded,
beside nbgrader. `table` prints what came of it.
"""
