"""What a server says of an answer, as plain data, and what comes of it: believed only as far as it fits."""

from __future__ import annotations

from typing import Any

from .jobs import Job, Outcome, outcome_of, without_grade

_KINDS = {
    "nonce": str,
    "result": str | None,
    "picture": str,
    "why": str,
    "filtered": bool,
    "ended": str,
}


def reply(job: Job, why: str, ended: str = "") -> dict[str, Any]:
    """Return what is said of an answer that brought no result.

    Args:
        job: what was asked.
        why: "timeout", or "lost" where the server ended with it.
        ended: how the server ended.
    """
    said = {"nonce": job.nonce, "why": why, "ended": ended}
    return {"result": None, "picture": "", "filtered": False, **said}


def outcome(job: Job, reply: Any) -> Outcome:
    """Return what comes of an answer, from a reply that may be anything."""
    if not _fits(reply):
        return without_grade(job.question, "crashed", "the reply of its sandbox is none")
    if reply["nonce"] != job.nonce:
        return without_grade(job.question, "crashed", "the reply of its sandbox is that of another answer")
    if reply["filtered"]:
        why = "it asked the system for what no answer may: a process, a socket, or power over another process"
        return without_grade(job.question, "refused", why)
    if reply["why"] == "timeout":
        return without_grade(job.question, "timeout", f"not done after {job.limits.seconds:g} s")
    if reply["why"] == "lost":
        return without_grade(job.question, "crashed", f"its sandbox ended with it: {reply['ended']}")
    if reply["why"] == "output":
        why = f"it printed more than {job.limits.output_kib} KiB"
        return without_grade(job.question, "crashed", why)
    if reply["result"] is None and not reply["why"]:
        why = f"its process ended before it was graded: {reply['ended'] or 'it closed its channel'}"
        return without_grade(job.question, "crashed", why)
    try:
        return outcome_of(job, reply["result"] or "", reply["picture"])
    except ValueError as error:
        return without_grade(job.question, "refused", f"what it sent is no result of grading: {error}")


def _fits(reply: Any) -> bool:
    return isinstance(reply, dict) and all(isinstance(reply.get(name), kind) for name, kind in _KINDS.items())
