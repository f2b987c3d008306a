"""What is asked of a sandbox, and what comes back: data that are believed only as far as they fit."""

from __future__ import annotations

import base64
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from ..questions import find
from .limits import Limits

#: What a question of a submission can come to; only "graded" gives points.
STATUSES = ("graded", "timeout", "crashed", "refused", "missing")
FROM_CHILD = ("graded", "crashed", "refused", "missing")
RESULT_KIB, PICTURE_KIB = 256, 1024
MOST_FINDINGS, MOST_STEPS, MOST_OUTCOMES = 100, 2_000, 1_000_000_000
TEXT_LENGTHS = {"name": 200, "reason": 4_000, "explanation": 40_000, "why": 4_000, "alt": 8_000}


@dataclass(frozen=True)
class Job:
    """An answer that is to be graded.

    Args:
        question: the question's id.
        source: the text of the answer's cell.
        learner: the learner's name, for questions with numbers of their own.
        limits: how much it may take.
        allow_list: False to try the sandbox alone, with answers that would be refused at the door.
        nonce: the word that its result must carry.
    """

    question: str
    source: str
    learner: str = ""
    limits: Limits = field(default_factory=Limits)
    allow_list: bool = True
    nonce: str = field(default_factory=lambda: secrets.token_hex(16))

    def to_json(self) -> dict[str, Any]:
        """Return the job as plain data."""
        return {**vars(self), "limits": self.limits.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Job:
        """Return the job that `to_json` made plain."""
        return cls(**{**data, "limits": Limits(**data["limits"])})


@dataclass(frozen=True)
class Outcome:
    """What came of an answer.

    Args:
        question: the question's id.
        status: one of `STATUSES`.
        points: what it gets; None where it was not graded.
        max_points: what the question can give.
        reason: why it does not get all points, or why it was not graded; empty where it gets all.
        findings: what was found of each property: plain data with a name, points and a reason, and where
            a schedule shows it, an explanation and the schedule.
        png: the timeline of the schedule that breaks it; empty where there is none.
        alt: the timeline in words.
    """

    question: str
    status: str
    points: int | None
    max_points: int
    reason: str = ""
    findings: tuple[dict[str, Any], ...] = ()
    png: bytes = field(default=b"", repr=False)
    alt: str = ""


def without_grade(question: str, status: str, reason: str) -> Outcome:
    """Return the outcome of an answer that was not graded."""
    return Outcome(question, status, None, find(question).points, reason)


def outcome_of(job: Job, result: str, picture: str = "") -> Outcome:
    """Return what a result says, once it was held against all that it must be.

    Args:
        job: what was asked.
        result: what came back: JSON of any kind, or anything else.
        picture: the same for the timeline; what does not fit is left out.

    Raises:
        ValueError: where it is not a result of this job; the message says why.
    """
    data = _checked(job, result, RESULT_KIB)
    status, question = data.get("status"), find(job.question)
    if status not in FROM_CHILD:
        raise ValueError("it names no status that there is")
    if status != "graded":
        return without_grade(job.question, status, _text(data, "why"))
    findings = data.get("findings")
    if type(findings) is not list or len(findings) > MOST_FINDINGS:
        raise ValueError("its findings are no list")
    findings = tuple(_finding(each) for each in findings)
    if sum(each["max_points"] for each in findings) != question.points:
        raise ValueError("its findings are not those of the question")
    points = sum(each["points"] for each in findings)
    reason = next((each["reason"] for each in findings if each["reason"]), "")
    png, alt = _picture(job, picture) if picture else (b"", "")
    return Outcome(job.question, "graded", points, question.points, reason, findings, png, alt)


def _checked(job: Job, text: str, most_kib: int) -> dict[str, Any]:
    if len(text) > most_kib << 10:
        raise ValueError(f"it is longer than {most_kib} KiB")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no JSON") from error
    nonce = data.get("nonce") if isinstance(data, dict) else None
    if not isinstance(nonce, str) or not secrets.compare_digest(nonce.encode(), job.nonce.encode()):
        raise ValueError("it does not carry the word of this answer")
    return data


def _finding(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError("a finding is no object")
    points, most = data.get("points"), data.get("max_points")
    if type(points) is not int or type(most) is not int or not 0 <= points <= most:
        raise ValueError("the points of a finding are not between 0 and its maximum")
    finding = {"name": _text(data, "name"), "points": points, "max_points": most}
    finding["reason"] = _text(data, "reason")
    if "explanation" in data:
        schedule = data.get("schedule")
        if type(schedule) is not list or len(schedule) > MOST_STEPS:
            raise ValueError("a schedule is no list")
        # Numbers below 0 stand for time that passes, and for outcomes of chance, of which there may be many.
        if not all(type(each) is int and -MOST_OUTCOMES < each < MOST_STEPS for each in schedule):
            raise ValueError("a schedule holds something else than numbers of threads")
        finding |= {"explanation": _text(data, "explanation"), "schedule": schedule}
    return finding


def _text(data: dict[str, Any], name: str) -> str:
    text = data.get(name)
    if not isinstance(text, str) or len(text) > TEXT_LENGTHS[name]:
        raise ValueError(f"its {name} is no text, or too long")
    # Half a character, or one that no page or table can hold, is shown as missing.
    text = text.encode("utf-8", "replace").decode()
    return re.sub("[\0-\x08\x0b-\x1f\x7f]", "\ufffd", text)


def _picture(job: Job, text: str) -> tuple[bytes, str]:
    try:
        data = _checked(job, text, PICTURE_KIB)
        png = base64.b64decode(data.get("png", ""), validate=True)
        return (png, _text(data, "alt")) if png.startswith(b"\x89PNG\r\n\x1a\n") else (b"", "")
    except (ValueError, TypeError):
        return b"", ""
