# ==== right: reads the trace
answer = {"ahead": 0}
trace = my_trace()
for name in "ABCDE":
    mine = trace.select(name)[0]
    begun = [row for row in trace.select(name=mine.name) if row.requested > mine.requested]
    if trace.wait_of(mine):
        answer[name] = "starving" if begun else "unlucky"
        answer["ahead"] = max(answer["ahead"], len(begun))
    else:
        answer[name] = "slow" if trace.hold_of(mine) > 50 else "late"


# ==== right: the values, as somebody without a name writes them
answer = {"A": "slow", "B": "late", "C": "starving", "D": " Starving", "E": "unlucky", "ahead": 10}


# ==== wrong: who waits longest starves
# points: 3
# says: C: count how often others get its lock while it waits
answer = {"A": "slow", "B": "late", "C": "unlucky", "D": "unlucky", "E": "starving", "ahead": 10}


# ==== wrong: slow means starved
# points: 5
# says: A: look how long it waits
answer = {"A": "starving", "B": "late", "C": "starving", "D": "starving", "E": "unlucky", "ahead": 10}


# ==== wrong: the same for all
# points: 2
# says: B: look when it asks for its lock
answer = dict.fromkeys("ABCDE", "starving")


# ==== wrong: counts the turns of a single reader
# points: 5
# says: ahead: for each one that waits
answer = {"A": "slow", "B": "late", "C": "starving", "D": "starving", "E": "unlucky", "ahead": 5}


# ==== wrong: the number as a text
# points: 5
# says: '10' is not a whole number
answer = {"A": "slow", "B": "late", "C": "starving", "D": "starving", "E": "unlucky", "ahead": "10"}


# ==== wrong: a word that is no option
# points: 5
# says: 'hungry' is none of late, slow, unlucky, starving
answer = {"A": "slow", "B": "late", "C": "hungry", "D": "starving", "E": "unlucky", "ahead": 10}


# ==== wrong: not answered yet
# status: missing
# says: not answered yet
answer = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ..., "ahead": ...}
