"""A connection to a Dask cluster that waits no longer than it is told to, whatever is on the other side."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S, ASK_S = 10.0, 60.0
GO_ON = "What is done is kept: the same command goes on."
_ADDRESS = re.compile(r"((tcp|tls)://)?([\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect to a cluster, and leave it in the end.

    Args:
        address: the scheduler's, such as "tcp://10.0.0.1:8786".

    Raises:
        RuntimeError: where Dask is not installed, or no scheduler answers there in time.
        ValueError: where it is no address.
    """
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is no scheduler's address; one looks like tcp://10.0.0.1:8786.")
    try:
        from distributed import Client
    except ImportError as error:
        raise RuntimeError(
            "--scheduler needs Dask; in the course's folder: "
            f".venv/bin/python -m pip install -c constraints.txt -e '.[cluster]' ({error})"
        ) from error
    try:
        asyncio.run(_look(address))
        client = Client(address, timeout=CONNECT_S)
    except (OSError, TypeError, ValueError) as error:  # a TypeError where there are no certificates
        why = str(error) or f"no answer within {CONNECT_S:g} s"
        raise RuntimeError(f"No Dask scheduler can be reached at {address}: {why}") from error
    with client:
        yield client


def threads_of(client: Client) -> int:
    """Return how many answers the cluster can grade at a time."""
    return sum(_within(client, ASK_S, client.nthreads).values())


def told_by_each(
    client: Client, function: Callable[..., Any], *args: str, limit_s: float = ASK_S
) -> dict[str, Any]:
    """Return what a function gives on each worker, or the exception that it raises there, by address."""
    return _within(client, limit_s, lambda: client.run(function, *args, on_error="return"))


async def _look(address: str) -> None:
    """Ask the scheduler who it is: a client of Dask's own would wait for ever for one that is silent."""
    from distributed import rpc
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    async with asyncio.timeout(CONNECT_S), rpc(address, connection_args=arguments) as scheduler:
        await scheduler.identity()


def _within(client: Client, limit_s: float, call: Callable[[], Awaitable[Any]]) -> Any:
    """Return what a call gives.

    Raises:
        RuntimeError: where it takes longer, or the connection is lost.
    """

    async def called() -> Any:
        return await call()

    try:
        return client.sync(called, callback_timeout=limit_s)
    except TimeoutError as error:
        raise RuntimeError(f"The cluster does not answer within {limit_s:g} s. {GO_ON}") from error
    except OSError as error:
        raise RuntimeError(f"The scheduler was lost. {GO_ON}") from error
