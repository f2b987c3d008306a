# ==== right: by what each program is called
kinds = {
    "lost update": ["two_locks_for_hits", "look_then_take"],
    "deadlock": ["two_orders", "a_pair_each_way"],
    "lost wake-up": ["looks_without_the_lock", "one_call_for_two"],
    "starvation": ["read_until_it_changes", "write_until_it_is_read"],
    "livelock": ["gives_way", "gives_way_and_pauses"],
}
named = {name: kind for kind, names in kinds.items() for name in names}
answer = {letter: named.get(program.__name__, "nothing") for letter, program in my_programs().items()}


# ==== right: the values, as somebody without a name writes them
answer = {
    **{"A": "lost update", "B": "deadlock", "C": "starvation"},
    **{"D": "Lost  update", "E": "deadlock", "F": "lost wake-up"},
}


# ==== wrong: each has a lock, so nothing can happen
# points: 0
# says: A: which lock does each thread hold while it changes hits
answer = dict.fromkeys("ABCDEF", "nothing")


# ==== wrong: who waits is deadlocked
# points: 4
# says: C: let T2 ask before T1 leaves
# says: F: let T1 and T2 wait before T3 comes
answer = {
    **{"A": "lost update", "B": "deadlock", "C": "deadlock"},
    **{"D": "lost update", "E": "deadlock", "F": "deadlock"},
}


# ==== wrong: a livelock for a starvation
# points: 5
# says: C: let T2 ask
answer = {
    **{"A": "lost update", "B": "deadlock", "C": "livelock"},
    **{"D": "lost update", "E": "deadlock", "F": "lost wake-up"},
}


# ==== wrong: the same for all
# points: 2
# says: B: stop T1 after its first lock
answer = dict.fromkeys("ABCDEF", "lost update")


# ==== wrong: words of one's own
# points: 0
# says: 'race' is none of lost update, deadlock
answer = dict.fromkeys("ABCDEF", "race")


# ==== wrong: lets explore answer
# status: refused
# says: call explore in a cell of its own
answer = {letter: explore(program).kind for letter, program in my_programs().items()}


# ==== wrong: not answered yet
# status: missing
# says: not answered yet
answer = {"A": ..., "B": ..., "C": ..., "D": ..., "E": ..., "F": ...}
