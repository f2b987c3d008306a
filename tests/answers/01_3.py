# ==== right: in steps of one loop
rounds = my_rounds()
schedule = [0, 0, 1, 1, 2]
for _ in range(rounds - 1):
    schedule = schedule + [2, 2]
schedule = schedule + [1, 2]
for _ in range(rounds - 1):
    schedule = schedule + [1, 1]
schedule = schedule + [1, 2, 2, 0, 0, 0, 0]


# ==== right: the threads change parts
rounds = my_rounds()
schedule = [0, 0, 2, 2, 1] + [1, 1] * (rounds - 1) + [2, 1] + [2, 2] * (rounds - 1) + [2, 1, 1, 0, 0, 0, 0]


# ==== right: a tuple, and the first thread starts before the second exists
rounds = my_rounds()
schedule = (0, 1, 1, 0, 2) + (2, 2) * (rounds - 1) + (1, 2) + (1, 1) * (rounds - 1) + (1, 0, 2, 2, 0, 0, 0)


# ==== right: found step by step
rounds = my_rounds()
program = counting(rounds)
wants = [0, 0, 1, 1, 2] + [2, 2] * (rounds - 1) + [1, 2] + [1, 1] * (rounds - 1) + [1, 2, 2]
schedule = []
for thread in wants + [0] * 4:
    schedule.append(thread)


# ==== wrong: one after the other
# says: with this schedule the counter ends at
# says: not at 2
rounds = my_rounds()
schedule = [0, 0] + [1] * (2 * rounds + 2) + [2] * (2 * rounds + 2) + [0] * 4


# ==== wrong: loses all of one thread's, but none of its own
# says: not at 2
rounds = my_rounds()
schedule = [0, 0, 1, 1, 2] + [2, 2] * rounds + [2] + [1] + [1, 1] * (rounds - 1) + [1] + [0] * 4


# ==== wrong: stops before the program ends
# says: the program is not at its end: 0 (MainThread) can go on
rounds = my_rounds()
schedule = [0, 0, 1, 1, 2] + [2, 2] * (rounds - 1) + [1, 2] + [1, 1] * (rounds - 1) + [1, 2, 2]


# ==== wrong: goes on after the end
# says: step 26 of the schedule cannot be taken by thread 0
rounds = my_rounds()
schedule = [0, 0, 1, 1, 2] + [2, 2] * (rounds - 1) + [1, 2] + [1, 1] * (rounds - 1) + [1, 2, 2, 0, 0, 0, 0, 0]


# ==== wrong: for another number of rounds
# says: step 14 of the schedule cannot be taken by thread 2
schedule = [0, 0, 1, 1, 2] + [2, 2] * 6 + [1, 2] + [1, 1] * 6 + [1, 2, 2, 0, 0, 0, 0]


# ==== wrong: a thread that is not there
# says: thread 3
schedule = [0, 0, 1, 1, 3]


# ==== wrong: names in place of numbers
# says: a schedule is a list of thread numbers such as [0, 0, 1, 2]
schedule = ["main", "main", "T1", "T2"]


# ==== wrong: a function that returns it
# status: refused
# says: the answer is code; this question asks for values
def schedule():
    return [0, 0, 1, 1, 2]


# ==== wrong: far too long
# says: is longer than the 500 that are played
schedule = [0, 0] + [1, 2] * 100_000


# ==== wrong: empty
# says: not at its end: 0 (MainThread) can go on
schedule = []


# ==== wrong: not written yet
# status: missing
# says: not written yet
schedule = ...
