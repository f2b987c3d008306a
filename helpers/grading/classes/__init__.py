"""Grading a whole class: every submission is accounted for, whatever it does.

`submissions` finds the notebooks, `notebooks` reads one and `cells` its answers; `grading` has them graded by
a `pool` of sandboxes, or by a `cluster`, which is `connecting` to Dask and has a `worker` on each machine.
Each is kept as a `record`, so that a class may be interrupted and gone on with; `folder` is where all of it
is written. `tables`, `feedback` and `report` tell what came of it, and `gradebook` tells nbgrader; `command`
is what an instructor types.
"""
