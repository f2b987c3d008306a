"""02.2: programs that use a stock of goods in two places, which must not need an RLock."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import suppress

from ....lessons.mutual_exclusion.programs import start_and_join
from ...properties import mentioned

Program = Callable[[], None]

#: What lets a thread in that is inside already, or helps to write such a lock.
_REENTRANT = ("RLock", "Condition", "local", "current_thread", "get_ident", "get_native_id")


def one_plain_lock(tree: ast.Module) -> str:
    """Return why an answer is not written with plain locks; "" where it is."""
    names = mentioned(tree)
    for name in _REENTRANT:
        if name in names:
            return f"it uses {name}: a plain Lock is enough where no method acquires it twice"
    return "" if "Lock" in names else "it uses no lock: make one with threading.Lock()"


def one_clerk(stock_class: type, _: int) -> Program:
    """One thread calls every method, also with a place that is not there."""

    def program() -> None:
        stock = stock_class({"shop": 3, "cellar": 1})
        for shop, cellar in ((1, 3), (3, 1)):
            source, target = ("shop", "cellar") if shop < cellar else ("cellar", "shop")
            assert stock.move(source, target, 2) is True, "move must return True where it moved"
            _expect(stock, shop, cellar)
        assert stock.move("cellar", "shop", 2) is False, "move must return False where too few are there"
        _expect(stock, 3, 1)
        assert stock.take("cellar", 1) is True, "take must return True where it took"
        assert stock.take("cellar", 1) is False, "take must return False where too few are there"
        stock.add("cellar", 4)
        _expect(stock, 3, 4)
        for call in (stock.count, lambda place: stock.add(place, 1), lambda place: stock.take(place, 1)):
            with suppress(KeyError):
                call("attic")
        with suppress(KeyError):
            stock.move("shop", "attic", 0)
        stock.add("shop", 1)  # waits for ever where an error left the lock held

    return program


def _expect(stock: object, shop: int, cellar: int) -> None:
    counted = stock.count("shop"), stock.count("cellar"), stock.total()
    wanted = shop, cellar, shop + cellar
    assert counted == wanted, f"shop, cellar and total must be {wanted} here, and are {counted}"


def two_movers(stock_class: type, _: int) -> Program:
    """T1 moves from the shop to the cellar, T2 back, and adds one piece in the shop."""

    def program() -> None:
        stock = stock_class({"shop": 3, "cellar": 3})

        def back_and_add() -> None:
            stock.move("cellar", "shop", 1)
            stock.add("shop", 1)

        start_and_join(lambda: stock.move("shop", "cellar", 2), back_and_add)
        held = stock.count("shop"), stock.count("cellar")
        assert held == (3, 4), f"lost update: shop and cellar hold {held}, not (3, 4)"

    return program


def half_done(stock_class: type, _: int) -> Program:
    """T1 moves while T2 asks for the total, and T3 for the two places."""

    def program() -> None:
        stock = stock_class({"shop": 3, "cellar": 0})

        def audit() -> None:
            total = stock.total()
            assert total == 3, f"total sees a move half done: {total} of 3 pieces"

        def look() -> None:
            shop, cellar = stock.count("shop"), stock.count("cellar")
            assert shop + cellar >= 3, f"count sees a move half done: shop {shop}, then cellar {cellar}"

        start_and_join(lambda: stock.move("shop", "cellar", 2), audit, look)

    return program


def last_pieces(stock_class: type, clerks: int) -> Program:
    """Several take the last pieces, of which there are enough for all but one."""

    def program() -> None:
        stock = stock_class({"shop": 2 * clerks - 1, "cellar": 0})
        taken: list[bool] = []
        start_and_join(*[lambda: taken.append(stock.take("shop", 2))] * clerks)
        many, left = taken.count(True), stock.count("shop")
        assert (many, left) == (clerks - 1, 1), (
            f"race condition: {2 * many} of {2 * clerks - 1} pieces were taken, and {left} are left"
        )

    return program
