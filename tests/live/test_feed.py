"""Where each thing that a thread waits for or holds is drawn: on the first level of its lane that is free."""

from helpers.live.feed import Feed, Item
from helpers.running.session import RunSession


def item(name, asked, ended, thread="T1"):
    return Item(thread, name, "exclusive", asked, asked, ended, "acquired")


def test_what_is_had_at_the_same_time_is_on_levels_of_its_own():
    outer, inner, later = item("a", 1.0, 5.0), item("b", 2.0, 3.0), item("c", 4.0, 4.5)
    other = item("a", 2.0, 3.0, thread="T2")
    assert Feed(RunSession())._placed([later, inner, outer, other]) == [1, 1, 0, 0]


def test_what_goes_on_keeps_its_level():
    feed = Feed(RunSession())
    assert feed._placed([item("a", 1.0, 3.0), item("b", 2.0, None)]) == [0, 1]
    assert feed._placed([item("b", 2.0, None)]) == [1]
    assert feed._placed([item("c", 4.0, 5.0), item("b", 2.0, 6.0)]) == [0, 1]
    assert feed._placed([item("b", 7.0, 8.0)]) == [0]


def test_what_is_seen_twice_in_one_look_is_on_one_level():
    waits = Item("T1", "a", "exclusive", 1.0, None, None, "waiting")
    assert Feed(RunSession())._placed([waits, item("a", 1.0, None)]) == [0, 0]
