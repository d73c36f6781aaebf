"""In which encoding the program prints: on a terminal in its own, into files and pipes in UTF-8 whatever it is."""

import codecs
import sys
from io import TextIOWrapper

_LOOK_ALIKES = "biaochi.look-alikes"

#: What stands for signs that older encodings of Chinese lack; the words beside them say the same.
_SIGNS = {"✓": "√", "✗": "×", "─": "-", "│": "|", "–": "-", "−": "-", "▲": "^"}


def prepare_streams() -> None:
    """Have standard output and standard error take whatever is printed.

    What a terminal shows in another encoding than its own is garbled, and a file in that of the terminal is garbled
    elsewhere. A terminal that is said to know ASCII alone has mostly not been asked.
    """
    codecs.register_error(_LOOK_ALIKES, _look_alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            kept = stream.isatty() and codecs.lookup(stream.encoding).name != "ascii"
            encoding = stream.encoding if kept else "utf-8"
            stream.reconfigure(encoding=encoding, errors=_LOOK_ALIKES)


def _look_alike(error: UnicodeError) -> tuple[str, int]:
    """What stands in an encoding for characters that it lacks: a sign that looks alike, or their number."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    # An encoding may lack a look-alike, too.
    signs = (_SIGNS.get(each, "") for each in lacking)
    shown = "".join(
        sign if sign and _holds(error.encoding, sign) else each.encode("ascii", "backslashreplace").decode("ascii")
        for sign, each in zip(signs, lacking, strict=True)
    )
    return shown, error.end


def _holds(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
