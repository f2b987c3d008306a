"""What a person does on a hub: logs in, starts a server, and uses nbgrader, files and kernels there."""

import contextlib
import json
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
import websocket

LIMIT_S = 150


@dataclass
class Person:
    """Somebody with an account; `url` is the hub's, such as "http://127.0.0.1:8000"."""

    name: str
    url: str
    session: requests.Session = field(default_factory=requests.Session)

    def log_in(self, password: str) -> int:
        """Shows the hub a password, and keeps the token that it gives; returns the answer's status."""
        body = {"auth": {"username": self.name, "password": password}}
        answer = self.session.post(self._hub("tokens"), json=body, timeout=LIMIT_S)
        if answer.ok:
            self.session.headers["Authorization"] = f"token {answer.json()['token']}"
        return answer.status_code

    def start_server(self) -> None:
        self._checked(self.session.post(self._hub("server"), timeout=LIMIT_S))
        deadline = time.monotonic() + LIMIT_S
        while not self.has_server():
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server of {self.name} did not start in {LIMIT_S} s")
            time.sleep(0.2)

    def has_server(self) -> bool:
        known = self._checked(self.session.get(self._hub(), timeout=LIMIT_S)).json()
        return known["servers"].get("", {}).get("ready", False)

    def stop_server(self) -> None:
        self._checked(self.session.delete(self._hub("server"), timeout=LIMIT_S))

    def ask(self, method: str, path: str, /, **body: Any) -> requests.Response:
        """Asks the person's own server for something."""
        return self.session.request(method, f"{self.url}/user/{self.name}/{path}", timeout=LIMIT_S, **body)

    def get(self, path: str, /, **parameters: str) -> Any:
        return self._checked(self.ask("GET", path, params=parameters)).json()

    def post(self, path: str, /, **body: Any) -> Any:
        return self._checked(self.ask("POST", path, json=body)).json()

    def read(self, path: str) -> Any:
        """What a file holds; a notebook as its parts."""
        return self.get(f"api/contents/{path}")["content"]

    def save(self, path: str, notebook: dict[str, Any]) -> None:
        body = {"type": "notebook", "format": "json", "content": notebook}
        self._checked(self.ask("PUT", f"api/contents/{path}", json=body))

    def run(self, cells: Sequence[str], folder: str = "") -> list[str]:
        """Runs cells in a fresh kernel of the person's server, and returns what each showed."""
        with self._kernel(folder) as kernel:
            return [_shown(kernel, cell) for cell in cells]

    @contextlib.contextmanager
    def _kernel(self, folder: str) -> Iterator[websocket.WebSocket]:
        number = self.post("api/kernels", name="python3", path=folder)["id"]
        try:
            socket = websocket.create_connection(
                f"ws{self.url.removeprefix('http')}/user/{self.name}/api/kernels/{number}/channels",
                header={"Authorization": self.session.headers["Authorization"]},
                timeout=LIMIT_S,
            )
            with contextlib.closing(socket):
                yield socket
        finally:
            self._checked(self.ask("DELETE", f"api/kernels/{number}"))

    def _hub(self, path: str = "") -> str:
        return f"{self.url}/hub/api/users/{self.name}/{path}".rstrip("/")

    def _checked(self, answer: requests.Response) -> requests.Response:
        if not answer.ok:
            asked = f"{answer.request.method} {answer.url}"
            raise RuntimeError(
                f"{self.name} asked {asked} and got {answer.status_code}: {answer.text[:2000]}"
            )
        return answer


def _shown(kernel: websocket.WebSocket, source: str) -> str:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": uuid.uuid4().hex}
    header |= {"username": "", "version": "5.3"}
    content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
    message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
    kernel.send(json.dumps(message))
    shown = []
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        said = json.loads(kernel.recv())
        if said["parent_header"].get("msg_id") != header["msg_id"]:
            continue
        if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
            return "".join(shown)
        shown.append(_text(said["msg_type"], said["content"]))
    raise RuntimeError(f"a cell was not done after {LIMIT_S} s: {source[:200]}")


def _text(kind: str, content: dict[str, Any]) -> str:
    if kind == "stream":
        return content["text"]
    if kind in ("execute_result", "display_data"):
        return content["data"].get("text/plain", "") + "\n"
    return f"{content['ename']}: {content['evalue']}\n" if kind == "error" else ""
