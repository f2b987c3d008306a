# Answers to 01.1 that harm or cheat. Text, never imported: a section each, with what comes of it at the allow-list,
# and what comes of it where the list is switched off and the sandbox is alone: a status, and points where graded.

# ==== two threads take two locks crosswise, and neither is a daemon
# list: timeout
# alone: timeout
import threading
import time

a, b = threading.Lock(), threading.Lock()


def take(first, second):
    with first:
        time.sleep(0.05)
        with second:
            pass


threads = [threading.Thread(target=take, args=(a, b)), threading.Thread(target=take, args=(b, a))]
for each in threads:
    each.start()
for each in threads:
    each.join()

# ==== the cell takes a lock twice
# list: timeout
# alone: timeout
import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()

# ==== busy loop
# list: timeout
# alone: timeout
while True:
    pass

# ==== a loop that swallows every exception
# list: refused
# alone: timeout
while True:
    try:
        x = 1
    except BaseException:
        pass

# ==== ignores SIGINT and SIGTERM
# list: refused
# alone: timeout
import signal
import time

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
while True:
    pass

# ==== sleeps for an hour
# list: timeout
# alone: timeout
import time

time.sleep(3600)

# ==== os._exit
# list: refused
# alone: crashed
# says: exit code 0
import os

os._exit(0)

# ==== sys.exit
# list: refused
# alone: crashed
# says: SystemExit
import sys

sys.exit(0)

# ==== endless output
# list: crashed
# alone: crashed
# says: printed more than 1024 KiB
while True:
    print("x" * 1000)

# ==== a gigabyte of output
# list: crashed
# alone: crashed
# says: printed more than 1024 KiB
line = "x" * 1_000_000
for _ in range(1000):
    print(line)

# ==== a gigabyte of errors
# list: refused
# alone: crashed
# says: printed more than 1024 KiB
import sys

line = "x" * 1_000_000
for _ in range(1000):
    sys.stderr.write(line)

# ==== memory hog, all at once
# list: crashed
# alone: crashed
# says: MiB of memory
hog = bytearray(10**10)

# ==== memory hog, bit by bit
# list: crashed timeout
# alone: crashed timeout
hog = []
while True:
    hog.append(bytearray(10**8))

# ==== fork bomb
# list: refused
# alone: refused
# says: a process, a socket
import os

while True:
    try:
        os.fork()
    except OSError:
        pass

# ==== double fork that outlives
# list: refused
# alone: refused
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(1)
    os._exit(0)

# ==== another program
# list: refused
# alone: refused
import subprocess

subprocess.run(["sleep", "1000"])

# ==== posix_spawn
# list: refused
# alone: refused
import os

os.posix_spawn("/usr/bin/sleep", ["sleep", "1000"], {})

# ==== threads left behind, none of them a daemon
# list: graded 4
# alone: graded 4
import threading
import time


def sell(shop):
    with shop.lock:
        if shop.left == 0:
            return False
        shop.left -= 1
        return True


for _ in range(5):
    threading.Thread(target=time.sleep, args=(1000,)).start()

# ==== a thread bomb
# list: refused
# alone: crashed timeout
import threading
import time

while True:
    try:
        threading.Thread(target=time.sleep, args=(1000,)).start()
    except BaseException:
        pass

# ==== replaces check
# list: refused
# alone: refused
# says: helpers.grading
import helpers.grading
import helpers.grading.checking

helpers.grading.check = helpers.grading.checking._judged = lambda *_: 4


def sell(shop):
    return True

# ==== replaces what grading calls deep inside
# list: refused
# alone: refused
# says: Verdict.is_bad
import helpers.exploring.verdict

helpers.exploring.verdict.Verdict.is_bad = property(lambda self: False)


def sell(shop):
    if shop.left == 0:
        return False
    shop.left -= 1
    return True

# ==== replaces threading.Lock
# list: refused
# alone: refused
# says: threading
import threading


class Open:
    def acquire(self, *_, **__):
        return True

    def release(self):
        pass


threading.Lock = Open


def sell(shop):
    return True

# ==== replaces a builtin
# list: refused
# alone: refused
# says: builtins
import builtins

builtins.sum = lambda *_: 4


def sell(shop):
    return True

# ==== a check of its own
# list: graded 1
# alone: graded 1
def check(*_):
    return 4


def sell(shop):
    if shop.left == 0:
        return False
    shop.left -= 1
    return True

# ==== an object that is equal to everything
# list: refused
# alone: graded 0
class Same:
    def __eq__(self, other):
        return True

    def __bool__(self):
        return True


def sell(shop):
    shop.left = Same()
    return Same()

# ==== hooks into the syntax trees of IPython
# list: refused
# alone: graded 0
# says: NameError
import ast


class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()


get_ipython().ast_transformers.append(NoAsserts())


def sell(shop):
    return True

# ==== reads the source of the checks
# list: refused
# alone: graded 1
from helpers.grading.questions import mutual_exclusion

text = open(mutual_exclusion.__file__).read()


def sell(shop):
    if shop.left == 0:
        return False
    shop.left -= 1
    return True

# ==== reads the solutions
# list: refused
# alone: graded 0
# says: FileNotFoundError
from pathlib import Path

import helpers

root = Path(helpers.__file__).parents[1]
text = (root / "solutions/01_mutual_exclusion/01_mutual_exclusion.ipynb").read_text()
exec(text)

# ==== reads the answers of the tests
# list: refused
# alone: graded 0
# says: FileNotFoundError
from pathlib import Path

import helpers

exec((Path(helpers.__file__).parents[1] / "tests/answers/01_1.py").read_text())

# ==== reads another student's notebook
# list: refused
# alone: graded 0
# says: FileNotFoundError
text = open("@SUBMISSIONS@/good_1/01_mutual_exclusion/01_mutual_exclusion.ipynb").read()

# ==== writes into the course
# list: refused
# alone: graded 0
# says: Read-only file system
from pathlib import Path

import helpers

(Path(helpers.__file__).parent / "evil.py").write_text("evil = True")

# ==== writes to the submissions
# list: refused
# alone: graded 0
# says: its cell raises
open("@SUBMISSIONS@/evil", "w").write("evil")

# ==== fills the disk
# list: refused
# alone: graded 0
# says: No space left
number = 0
while True:
    with open(f"/tmp/evil{number}", "wb") as file:
        file.write(b"x" * 1_000_000)
    number += 1

# ==== one huge file
# list: refused
# alone: graded 0
# says: File too large
with open("/tmp/evil", "wb") as file:
    while True:
        file.write(b"x" * 100_000)

# ==== sees what others left behind
# list: refused
# alone: graded 0
# says: nobody's evil
import os

raise ValueError([name for name in os.listdir("/tmp") if "evil" in name] or "nobody's evil")

# ==== raises its limits
# list: refused
# alone: graded 0
# says: ValueError
import resource

resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

# ==== opens a socket
# list: refused
# alone: refused
import socket

socket.create_connection(("127.0.0.1", 80), timeout=1)

# ==== reads secrets of the environment
# list: refused
# alone: graded 0
# says: its cell raises ValueError
import os

raise ValueError(dict(os.environ))

# ==== kills its parent
# list: refused
# alone: refused
import os
import signal

os.kill(os.getppid(), signal.SIGKILL)

# ==== kills everybody
# list: refused
# alone: refused
import os
import signal

os.kill(-1, signal.SIGKILL)

# ==== a forged result
# list: refused
# alone: refused
# says: does not carry the word
import json
import os

findings = [{"name": "works", "points": 4, "max_points": 4, "reason": ""}]
forged = json.dumps({"nonce": "0" * 32, "status": "graded", "findings": findings}).encode()
for number in range(64):
    try:
        os.write(number, forged + b"\n")
    except OSError:
        pass
os._exit(0)

# ==== a result without end
# list: refused
# alone: refused
import os

while True:
    os.write(3, b"x" * 65536)

# ==== replaces Result's points
# list: refused
# alone: refused
# says: helpers.grading.result
from helpers.grading.result import Finding, Result

Result.points = property(lambda self: self.max_points)
Finding.holds = property(lambda self: True)


def sell(shop):
    return True

# ==== looks for the word of its result in the memory
# list: refused
# alone: beyond any sandbox: see docs/grading.md
import gc

words = [each for each in gc.get_objects() if "nonce" in repr(type(each))]


def sell(shop):
    return True

# ==== crashes the interpreter
# list: refused
# alone: crashed
# says: SIGSEGV
import ctypes

ctypes.string_at(0)

# ==== goes deeper and deeper
# list: graded 0
# alone: graded 0
# says: RecursionError
def deeper():
    return deeper()


deeper()

# ==== brackets without end
# list: refused
# alone: graded 0
x = @BRACKETS@

# ==== never comes back, inside what is explored
# list: graded 0
# alone: graded 0
# says: infinite loop
def sell(shop):
    while True:
        pass

# ==== waits for itself, inside what is explored
# list: graded 0
# alone: graded 0
# says: deadlock
def sell(shop):
    with shop.lock:
        with shop.lock:
            return True

# ==== HTML in what it says
# list: graded 0
# alone: graded 0
# says: <script>
raise ValueError("<script>alert(1)</script><img src=x onerror=alert(1)>")
