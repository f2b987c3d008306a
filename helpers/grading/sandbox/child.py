"""The process of one answer: bound by limits and a filter, it grades, says what came of it, and ends."""

from __future__ import annotations

import base64
import json
import os
from typing import Any, NoReturn

from ..checking import grade_answer
from ..result import Result
from ..tampering import Watch
from . import kernel_filter
from .jobs import MOST_STEPS, TEXT_LENGTHS, Job
from .limits import impose

#: Where the result goes; whatever else a process inherits is closed.
RESULT_FD = 3


def answer(job: Job, results: int, output: int, watch: Watch) -> NoReturn:
    """Grade a job in this process, which a server has just forked, and end it.

    Args:
        job: the answer.
        results: the descriptor that takes the result, and after it the picture, a line each.
        output: the descriptor for all that the answer prints.
        watch: what modules hold, as the server saw it.
    """
    _bind(job, results, output)
    _answer(job, watch)
    os._exit(0)  # threads that were left behind hold up nothing


def _bind(job: Job, results: int, output: int) -> None:
    os.setsid()
    kernel_filter.end_with_parent()
    nothing = os.open(os.devnull, os.O_RDONLY)
    # First out of the way of the low numbers, which pipes may have got.
    results, output = _moved(results), _moved(output)
    for wanted, source in ((0, nothing), (1, output), (2, output), (RESULT_FD, results)):
        os.dup2(source, wanted)
    os.closerange(RESULT_FD + 1, 1 << 12)
    impose(job.limits)
    if kernel_filter.is_known():
        kernel_filter.impose_filter()


def _moved(descriptor: int) -> int:
    import fcntl

    return fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10)


def _answer(job: Job, watch: Watch) -> None:
    result = None
    try:
        result = grade_answer(
            job.question, job.source, learner=job.learner, allow_list=job.allow_list, watch=watch
        )
        said = _plain(result)
    except MemoryError:
        said = _crashed(f"it used more than {job.limits.memory_mib} MiB of memory")
    except SystemExit:
        said = _crashed("it ends the process with SystemExit, as sys.exit does")
    except BaseException as error:
        said = _crashed(f"grading it raises {type(error).__name__}: {error}")
    _say(job, said)
    if result is not None and result.verdict is not None and result.verdict.trace is not None:
        _say(job, _picture(result))


def _crashed(why: str) -> dict[str, Any]:
    return {"status": "crashed", "why": _cut(why, "why")}


def _plain(result: Result) -> dict[str, Any]:
    if result.status != "graded":
        return {"status": result.status, "why": _cut(result.why, "why")}
    return {"status": "graded", "findings": [_finding(each) for each in result.to_json()["findings"]]}


def _finding(data: dict[str, Any]) -> dict[str, Any]:
    finding = {name: data[name] for name in ("points", "max_points")}
    finding |= {name: _cut(data[name], name) for name in ("name", "reason")}
    if "verdict" in data:
        finding["explanation"] = _cut(data["verdict"], "explanation")
        finding["schedule"] = data["schedule"][:MOST_STEPS]
    return finding


def _cut(text: str, name: str) -> str:
    most = TEXT_LENGTHS[name]
    return text if len(text) <= most else f"{text[: most - 4]} ..."


def _picture(result: Result) -> dict[str, Any]:
    from ...charts import alt_text, timeline

    figure = timeline(result.verdict.trace).figure
    return {"png": base64.b64encode(figure.png()).decode(), "alt": _cut(alt_text(figure), "alt")}


def _say(job: Job, data: dict[str, Any]) -> None:
    line = memoryview(json.dumps({"nonce": job.nonce, **data}).encode() + b"\n")
    while line:
        line = line[os.write(RESULT_FD, line) :]
