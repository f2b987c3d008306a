# ==== right: by the lesson's questions
answer = {}
for service, threads in my_services().items():
    progress = [each.progress for each in threads]
    if min(progress) > 0:
        answer[service] = "slow"
    elif max(progress) > 0:
        answer[service] = "starvation"
    elif max(each.refused for each in threads) > 0:
        answer[service] = "livelock"
    else:
        answer[service] = "deadlock"


# ==== right: the values, as somebody without a name writes them
answer = {"U": "livelock", "V": "livelock", "W": "slow", "X": "deadlock", "Y": "starvation", "Z": "livelock"}


# ==== wrong: idle means deadlocked
# points: 5
# says: U: nobody makes progress here; look whether anybody computes or tries
answer = {"U": "deadlock", "V": "livelock", "W": "slow", "X": "deadlock", "Y": "starvation", "Z": "livelock"}


# ==== wrong: busy means progressing
# points: 4
# says: V: nobody makes progress here
answer = {"U": "livelock", "V": "slow", "W": "slow", "X": "deadlock", "Y": "starvation", "Z": "slow"}


# ==== wrong: slow means starved
# points: 5
# says: W: somebody makes progress here; look whether each thread does
answer = {
    **{"U": "livelock", "V": "livelock", "W": "starvation", "X": "deadlock"},
    **{"Y": "starvation", "Z": "livelock"},
}


# ==== wrong: a healthy total is a healthy service
# points: 5
# says: Y: somebody makes progress here; look whether each thread does
answer = {"U": "livelock", "V": "livelock", "W": "slow", "X": "deadlock", "Y": "slow", "Z": "livelock"}


# ==== wrong: the same for all
# points: 3
# says: W: somebody makes progress
answer = dict.fromkeys("UVWXYZ", "livelock")


# ==== wrong: a service that is not there
# points: 0
# says: there is no item 'A'
answer = {"A": "deadlock"}


# ==== wrong: not answered yet
# status: missing
# says: not answered yet
answer = {"U": ..., "V": ..., "W": ..., "X": ..., "Y": ..., "Z": ...}
