# ==== right: a time limit takes away no preemption
conditions = {
    "A": "circular wait",
    "B": "hold and wait",
    "C": "mutual exclusion",
    "D": "circular wait",
    "E": "none",
    "F": "no preemption",
}


# ==== right: a time limit takes away hold and wait
conditions = dict(A="Circular wait", B="Hold and wait", C="Mutual exclusion", D="Circular wait", E="None")
conditions["F"] = "Hold and Wait"


# ==== wrong: a time limit alone takes something away
# points: 5
# says: E: when the time is up, the left fork stays in hand
conditions = {
    "A": "circular wait",
    "B": "hold and wait",
    "C": "mutual exclusion",
    "D": "circular wait",
    "E": "no preemption",
    "F": "no preemption",
}


# ==== wrong: circular wait, for no circle closes
# points: 2
# says: B: no circle closes, true, but look at what comes before it
# says: C: nobody waits at all: why not?
# says: E: when all have a left fork, each asks its neighbour
# says: F: the circle can close, for as long as the time limits run
conditions = dict.fromkeys("ABCDEF", "circular wait")


# ==== wrong: a waiter ends hold and wait
# points: 5
# says: D: who is served may hold the left fork while it waits for the right one
conditions = {
    "A": "circular wait",
    "B": "hold and wait",
    "C": "mutual exclusion",
    "D": "hold and wait",
    "E": "none",
    "F": "no preemption",
}


# ==== wrong: none of them works
# points: 1
# says: A: how many philosophers does it take to close the circle
# says: F: what happens to the left fork when the time is up?
conditions = dict.fromkeys("ABCDEF", "none")


# ==== wrong: a fifth condition
# points: 5
# says: E: 'starvation' is none of mutual exclusion, hold and wait, no preemption, circular wait, none
conditions = {
    "A": "circular wait",
    "B": "hold and wait",
    "C": "mutual exclusion",
    "D": "circular wait",
    "E": "starvation",
    "F": "no preemption",
}


# ==== wrong: Python's None
# points: 5
# says: E: not answered yet
conditions = {
    "A": "circular wait",
    "B": "hold and wait",
    "C": "mutual exclusion",
    "D": "circular wait",
    "E": None,
    "F": "no preemption",
}


# ==== wrong: not answered yet
# status: missing
# says: A: not answered yet
conditions = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ..., "F": ...}
