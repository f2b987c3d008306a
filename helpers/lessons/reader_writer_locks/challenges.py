"""Lesson 04: what to reach when you decide the schedule."""

from readerwriterlock.rwlock import RWLockRead, RWLockWrite

from helpers.lessons.reader_writer_locks.explored import move_and_count, read_twice, sell
from helpers.lessons.reader_writer_locks.programs import start_and_join
from helpers.live.stepping.challenges import Challenge, Challenges
from helpers.live.stepping.goals import ends_in, overtaken


def four_readers_and_a_writer() -> None:
    """R1 to R4 read once each, and W1 writes once, under RWLockRead."""
    rw = RWLockRead()

    def read() -> None:
        with rw.gen_rlock():
            pass

    def write() -> None:
        with rw.gen_wlock():
            pass

    start_and_join(R1=read, R2=read, R3=read, R4=read, W1=write)


CHALLENGES = Challenges(
    (
        Challenge(
            "W1 moves money as a reader. Let R1 or R2 count it on its way.",
            move_and_count(as_writer=False),
            ends_in("failure"),
            "W1 W1 W1 R1 R1 R1 R1",
        ),
        Challenge(
            "Make W1 wait while three readers get in.",
            four_readers_and_a_writer,
            overtaken("W1", 3),
            "R1 W1 R2 R3 R4",
        ),
        Challenge(
            "Sell the one seat twice.",
            sell(looks_again=False),
            ends_in("failure"),
            "T1 T1 T1 T2 T2 T2 T1 T1 T1 T1 T2 T2 T2 T2",
            stars=2,
        ),
        Challenge(
            "There are one reader and one writer. Make them deadlock.",
            read_twice(RWLockWrite),
            ends_in("deadlock"),
            "R1 W1 R1",
            stars=2,
        ),
    )
)
