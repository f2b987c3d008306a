# ==== right: a dictionary of numbers
depths = {"A": 4, "B": 7, "C": 3, "D": 8, "E": 3}


# ==== right: computed from the program
mine = my_numbers()
before, more, back, steps = mine.before, mine.more, mine.back, mine.steps
depths = {
    "A": 1 + more,
    "B": 1 + more - back + steps + 1,
    "C": 1 + more - back,
    "D": 1 + more + steps + 1,
    "E": before + 2,
}


# ==== right: in another order, one by one
depths = {"E": 3}
depths["D"] = 8
depths["C"] = 3
depths["B"] = 7
depths["A"] = 4


# ==== wrong: an RLock that does not count
# points: 1
# says: A: count every acquire that T1 made and did not release until there
depths = {"A": 1, "B": 1, "C": 1, "D": 1, "E": 3}


# ==== wrong: forgets the last call of the recursion
# points: 4
# says: B: each call of descend that has not ended holds the lock once more, the last one too
depths = {"A": 4, "B": 6, "C": 3, "D": 8, "E": 3}


# ==== wrong: a recursion that keeps what it took
# points: 4
# says: C: leaving a with block releases once
depths = {"A": 4, "B": 7, "C": 7, "D": 8, "E": 3}


# ==== wrong: T2 gets in at the first release
# points: 4
# says: D: T2 gets in when the depth is 0
depths = {"A": 4, "B": 7, "C": 3, "D": 1, "E": 3}


# ==== wrong: T2 gets in after as many releases as A is deep
# points: 4
# says: those still to come too
depths = {"A": 4, "B": 7, "C": 3, "D": 4, "E": 3}


# ==== wrong: a Lock that waits at the second acquire in any case
# points: 4
# says: E: a Lock that is free lets T1 in
depths = {"A": 4, "B": 7, "C": 3, "D": 8, "E": 2}


# ==== wrong: somebody else's numbers
# points: 1
# says: A: count every acquire
depths = {"A": 3, "B": 7, "C": 2, "D": 9, "E": 5}


# ==== wrong: numbers as text
# points: 4
# says: A: '4' is not a whole number
depths = {"A": "4", "B": 7, "C": 3, "D": 8, "E": 3}


# ==== wrong: one is not answered
# points: 4
# says: E: not answered yet
depths = {"A": 4, "B": 7, "C": 3, "D": 8, "E": ...}


# ==== wrong: a letter that is not asked
# says: there is no item 'F': the items are A, B, C, D, E
depths = {"A": 4, "B": 7, "C": 3, "D": 8, "F": 3}


# ==== wrong: a list
# points: 0
# says: [4, 7, 3, 8, 3] is not one value for each item: write {"A": ..., "B": ..., "C": ...,
depths = [4, 7, 3, 8, 3]


# ==== wrong: one is wrong, the others are not answered
# points: 0
# says: B: each call of descend
depths = {"A": ..., "B": 1, "C": ..., "D": ..., "E": ...}


# ==== wrong: not written yet
# status: missing
# says: not answered yet
depths = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ...}
