"""Chromium without a window, asked through a pipe: what a page says, does, shows, and tells a screen reader.

Nothing but the standard library: Chromium reads commands from its file 3 and answers in its file 4, each ended by a zero.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe",
)  # fmt: skip


PATIENCE = 60
"""So many seconds a command may take."""


class Browser:
    """One window with one page. `said` is what the page wrote to its console, and what was refused to it."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer = reader, writer
        self._rest = b""
        self._number = 0
        self._session: dict[str, str] = {}
        self._events: list[dict[str, Any]] = []
        self.said: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Give a command of the DevTools protocol and wait for its answer."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params, **self._session}
        os.write(self._writer, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == asked["id"]:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._reader], [], [], PATIENCE)
            assert ready, f"Chromium has said nothing for {PATIENCE} seconds"
            some = os.read(self._reader, 1 << 20)
            assert some, "Chromium has gone"
            self._rest += some
        one, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(one)
        if "method" in answer:
            self._events.append(answer)
            if answer["method"] == "Log.entryAdded":
                self.said.append(answer["params"]["entry"]["text"])
            elif answer["method"] == "Runtime.exceptionThrown":
                self.said.append(str(answer["params"]["exceptionDetails"]))
            elif answer["method"] == "Page.javascriptDialogOpening":  # the page would wait for an answer for ever
                self.said.append(f"a dialog: {answer['params']['message']}")
                self._number += 1
                told = {"id": self._number, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
                os.write(self._writer, json.dumps({**told, **self._session}).encode() + b"\0")
            elif answer["method"] == "Runtime.consoleAPICalled":
                self.said.append(str([it.get("value") for it in answer["params"]["args"]]))
        return answer

    def open(self, page: Path, *, width: int = 1280, height: int = 900) -> None:
        """Open a file at a width, and wait until it has loaded."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        self._events.clear()
        self.ask("Page.navigate", url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._next()

    def run(self, script: str) -> Any:
        """Evaluate an expression in the page, as the developer's console would (the page's own rules do not bind it)."""
        got = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        assert "exceptionDetails" not in got, got["exceptionDetails"]
        return got["result"].get("value")

    def type(self, text: str) -> None:
        """Type text as a keyboard does, a letter at a time."""
        for letter in text:
            self.ask("Input.dispatchKeyEvent", type="char", text=letter)

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key: Tab (9), Enter (13), Escape (27)."""
        told = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **told, **({"text": text} if text else {}))
        self.ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def aloud(self) -> list[dict[str, Any]]:
        """Give what a screen reader is told: the nodes of the accessibility tree that are not ignored."""
        return [node for node in self.ask("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]

    def media(self, *, kind: str = "", dark: bool = False) -> None:
        """Show the page as on paper (“print”), or by night."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=kind, features=[scheme])

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Take a picture of the window, or of the whole page."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def paper(self, path: Path) -> None:
        """Print the page to a PDF."""
        made = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        path.write_bytes(base64.b64decode(made["data"]))


@contextmanager
def window(chromium: str, profile: Path) -> Iterator[Browser]:
    """Open a window of Chromium, and close it again whatever happens."""
    commands_out, commands_in = os.pipe()
    answers_out, answers_in = os.pipe()

    def place() -> None:
        """Move the two pipes to the numbers where Chromium expects them, by way of numbers that are neither."""
        reader, writer = (fcntl.fcntl(pipe, fcntl.F_DUPFD, 10) for pipe in (commands_out, answers_in))
        os.dup2(reader, 3)
        os.dup2(writer, 4)
        os.close(reader)
        os.close(writer)

    process = subprocess.Popen(
        [chromium, *QUIET, f"--user-data-dir={profile}"], preexec_fn=place, close_fds=False,  # noqa: PLW1509 - no threads
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(commands_out)
    os.close(answers_in)
    try:
        yield Browser(answers_out, commands_in)
    finally:
        process.terminate()
        process.wait(20)
        os.close(commands_in)
        os.close(answers_out)
