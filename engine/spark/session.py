"""The only place that imports pyspark: an engine behind a URL, asked in SQL, whose arithmetic raises errors."""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.model.tables import Columns

#: How a master or a server is named: by Spark itself, or by Spark Connect.
_MASTERS = re.compile(r"local(\[.*\]|-cluster\[.*\])?|spark://.+|sc://.+|k8s://.+|yarn")

#: What has to be there, by the beginning of the URL.
_PACKAGES = ("pyspark",)
_CONNECT_PACKAGES = (*_PACKAGES, "grpc", "pandas", "pyarrow")

#: Settings of a session of our own; a server behind `sc://` has its own.
_SETTINGS = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}

#: A Spark in this process is for this machine alone.
_LOCAL_SETTINGS = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}

#: What our types are called here, where that differs.
_KINDS = {"VARCHAR": "STRING", "INTEGER": "INT"}

_ANSI = "spark.sql.ansi.enabled"


def is_master(url: str) -> bool:
    """Whether this names a Spark: `local[2]`, `spark://host:port`, `sc://host:port`, `k8s://…` or `yarn`."""
    return _MASTERS.fullmatch(url) is not None


def missing_packages(url: str) -> list[str]:
    """The packages that this URL needs and that are not installed."""
    wanted = _CONNECT_PACKAGES if url.startswith("sc://") else _PACKAGES
    return [name for name in wanted if find_spec(name) is None]


def shown(url: str) -> str:
    """The URL without what follows `;`, where Spark Connect has its tokens, and without a user before `@`."""
    return re.sub(r"//[^/@]*@", "//", url.split(";")[0])


class EngineError(Exception):
    """The engine could not do what it was asked; the diagnostic says what."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep what is to be told."""
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class Engine:
    """A session of Spark that is ANSI. Errors: EngineError, whatever goes wrong in it."""

    def __init__(self, session: Any, url: str) -> None:
        """Take a session that is there.

        Errors: engine-unreachable, engine-not-ansi.
        """
        self.url = url
        self._session = session
        if self._setting(_ANSI) != "true":
            raise EngineError(Diagnostic("engine-not-ansi", Source(shown(url)), {"setting": _ANSI}))

    def _setting(self, name: str) -> str:
        try:
            if not self.url.startswith("sc://"):
                return str(self._session.conf.get(name)).lower()
            # Whoever is not there does not come when asked ten times more, or to say goodbye.
            client = self._session.client
            patience = client.get_retry_policies()
            client.set_retry_policies([])
            said = str(self._session.conf.get(name)).lower()
            client.set_retry_policies(patience)
        except Exception as error:
            raise _told("engine-unreachable", self.url, error) from error
        return said

    def set(self, name: str, value: str) -> None:
        """Change a setting of this session."""
        with self._telling():
            self._session.conf.set(name, value)

    def read(self, paths: Sequence[Path], columns: Columns = ()) -> Any:
        """The Parquet files at these paths, which have the same columns, as the engine sees them.

        With `columns` the engine is told what they are, and need not look.
        """
        with self._telling():
            reader = self._session.read
            if columns:
                reader = reader.schema(", ".join(f"{name} {_KINDS.get(kind, kind)}" for name, kind in columns))
            return reader.parquet(*map(as_seen, paths))

    def knows_rows(self, frame: Any) -> bool:
        """Whether the engine can say of each row in which file it stands, and where."""
        try:
            return len(frame.selectExpr("_metadata.file_path", "_metadata.row_index").schema.fields) == 2
        except self._errors():
            return False

    def files(self, frame: Any) -> list[str]:
        """The files of a frame as the engine names them."""
        with self._telling():
            return [str(path) for path in frame.inputFiles()]

    def name(self, name: str, frame: Any, columns: Sequence[str] = ("*",), parts: int = 0) -> None:
        """Give a frame a name for SQL; with `parts`, cut it into so many, which may be worked on at the same time."""
        with self._telling():
            frame = frame.selectExpr(*columns)
            (frame.repartition(parts) if parts > 1 else frame).createOrReplaceTempView(name)

    def load(self, name: str, path: Path, columns: Columns, parts: int = 0) -> None:
        """Give a Parquet file, or a folder of them, a name for SQL."""
        self.name(name, self.read([path], columns), parts=parts)

    def view(self, name: str, text: str) -> None:
        """Give the rows of a query a name for other queries."""
        with self._telling():
            self._session.sql(text).createOrReplaceTempView(name)

    def rows(self, text: str) -> list[tuple[Any, ...]]:
        """The rows of a query, where they are few."""
        with self._telling():
            return [tuple(row) for row in self._session.sql(text).collect()]

    def write(self, text: str, folder: Path) -> None:
        """Have the engine write the rows of a query as Parquet files into a folder."""
        with self._telling():
            self._session.sql(text).write.mode("overwrite").option("compression", "snappy").parquet(_place(folder))

    def blind(self, problem: str) -> EngineError:
        """What is to be raised where the engine does not see what the driver sees."""
        return EngineError(Diagnostic("engine-blind", Source(shown(self.url)), {"problem": problem}))

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except self._errors() as error:
            if "PATH_NOT_FOUND" in str(error) or "No such file" in str(error):
                raise self.blind(_line(error)) from error
            raise _told("engine-failed", self.url, error) from error

    @staticmethod
    def _errors() -> tuple[type[Exception], ...]:
        from pyspark.errors import PySparkException

        known: list[type[Exception]] = [PySparkException]
        if find_spec("py4j") is not None:
            from py4j.protocol import Py4JError

            known.append(Py4JError)
        if find_spec("grpc") is not None:
            from grpc import RpcError

            known.append(RpcError)
        return tuple(known)


def as_seen(path: Path) -> str:
    """The path as a name and not as a pattern, whatever signs it holds."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", _place(path))


def _place(path: Path) -> str:
    return f"file://{path.absolute().as_posix()}"


def decoded(place: str) -> str:
    """The path in a file's URL as the engine writes it."""
    path = re.sub("^file:/*", "/", place).encode()
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), path).decode()


def _told(code: str, url: str, error: Exception) -> EngineError:
    return EngineError(Diagnostic(code, Source(shown(url)), {"problem": _line(error)}))


def _line(error: Exception) -> str:
    """The first line of what an engine says, which is followed by its stack."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


@contextmanager
def open_engine(url: str) -> Iterator[Engine]:
    """The engine behind a URL, left when all is done.

    Errors: EngineError with engine-unreachable, engine-not-ansi.
    """
    with warnings.catch_warnings():
        # pyspark warns of newer releases of packages that it only moves rows through.
        warnings.filterwarnings("ignore", module=r"pyspark\.")
        session = _session(url)
        try:
            yield Engine(session, url)
        finally:
            # A server that is gone has no session left to end.
            with suppress(Exception):
                session.stop()


def _session(url: str) -> Any:
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    settings = {**_SETTINGS, **(_LOCAL_SETTINGS if url.startswith("local") else {})}
    try:
        if url.startswith("sc://"):
            # A session of our own, whatever others this process has.
            return builder.remote(url).create()
        return builder.master(url).appName("biaochi").config(map=settings).getOrCreate()
    except Exception as error:
        raise _told("engine-unreachable", url, error) from error
