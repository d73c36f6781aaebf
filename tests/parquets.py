"""Parquet files for tests, written byte by byte: the same bytes whatever wrote Parquet last year, and lies if wanted.

Source: the description of the format and its Thrift definitions, which the Apache Software Foundation publishes.
Values are plain and uncompressed; a column of one value may be a dictionary and one run.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

#: Physical types.
BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED = range(8)

#: What the physical type stands for.
UTF8, MAP, LIST, DECIMAL, DATE, TIMESTAMP = 0, 1, 3, 5, 6, 9

_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2
_PLAIN, _RLE, _DICTIONARY = 0, 3, 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its values as bytes as they stand in a page; None is no value. `run` repeats a single one."""

    name: str
    type: int
    values: Sequence[bytes | None]
    means: int | None = None
    scale: int = 0
    precision: int = 0
    width: int = 0
    repeated: bool = False
    run: int = 0

    @property
    def count(self) -> int:
        return self.run or len(self.values)


def text(name: str, *values: str | None) -> Column:
    """A column of texts."""
    return Column(name, BYTE_ARRAY, [None if value is None else _array(value.encode()) for value in values], UTF8)


def raw(name: str, *values: bytes, means: int | None = None) -> Column:
    """A column of bytes of which nobody says what they are."""
    return Column(name, BYTE_ARRAY, [_array(value) for value in values], means)


def numbers(name: str, *values: float, type: int = DOUBLE, means: int | None = None) -> Column:
    """A column of numbers of a physical type."""
    form = {INT32: "<i", INT64: "<q", FLOAT: "<f", DOUBLE: "<d"}[type]
    whole = [int(value) if type in (INT32, INT64) else value for value in values]
    return Column(name, type, [struct.pack(form, value) for value in whole], means)


def decimals(name: str, *unscaled: int, precision: int, scale: int) -> Column:
    """A column of decimals of sixteen bytes."""
    values = [value.to_bytes(16, "big", signed=True) for value in unscaled]
    return Column(name, FIXED, values, DECIMAL, scale, precision, 16)


def repeated(column: Column) -> Column:
    """A column whose every row is a list of one."""
    return replace(column, repeated=True)


def running(column: Column, count: int) -> Column:
    """A column that says its one value `count` times, in a few bytes."""
    return replace(column, run=count)


def parquet(*columns: Column, groups: int = 1, rows: int | None = None, page_size: int | None = None) -> bytes:
    """A file of these columns, in `groups` row groups that all lie in the same place.

    `rows` and `page_size` are said in the place of what is so.
    """
    count = columns[0].count if rows is None else rows
    body = bytearray(b"PAR1")
    chunks = []
    for column in columns:
        start = len(body)
        if column.run:
            value = column.values[0] or b""
            body += _page(2, value, (7, [(1, _I32, 1), (2, _I32, _PLAIN)]))
        data_at = len(body)
        body += _page(0, _data(column), (5, _page_header(column)), page_size)
        chunks.append(_chunk(column, start, data_at, len(body) - start))
    group = [(1, _list_of(_STRUCT), chunks), (2, _I64, len(body)), (3, _I64, count)]
    footer = _struct(
        [
            (1, _I32, 1),
            (2, _list_of(_STRUCT), _schema(columns)),
            (3, _I64, count * groups),
            (4, _list_of(_STRUCT), [group] * groups),
        ]
    )
    return bytes(body) + footer + struct.pack("<I", len(footer)) + b"PAR1"


def _array(value: bytes) -> bytes:
    return struct.pack("<I", len(value)) + value


def _is_optional(column: Column) -> bool:
    return any(value is None for value in column.values)


def _schema(columns: Sequence[Column]) -> list[list["_Field"]]:
    elements: list[list[_Field]] = [[(4, _BINARY, b"schema"), (5, _I32, len(columns))]]
    for column in columns:
        repetition = _REPEATED if column.repeated else _OPTIONAL if _is_optional(column) else _REQUIRED
        element: list[_Field] = [(1, _I32, column.type)]
        if column.width:
            element.append((2, _I32, column.width))
        element += [(3, _I32, repetition), (4, _BINARY, column.name.encode())]
        if column.means is not None:
            element.append((6, _I32, column.means))
        if column.precision:
            element += [(7, _I32, column.scale), (8, _I32, column.precision)]
        elements.append(element)
    return elements


def _data(column: Column) -> bytes:
    if column.run:
        # One bit for each place in the dictionary, then one run of place 0.
        return b"\x01" + _varint(column.run << 1) + b"\0"
    levels = b""
    if column.repeated:
        # Every row begins a list, and every list holds its value.
        count = len(column.values)
        levels = _array(_varint(count << 1) + b"\0") + _array(_varint(count << 1) + b"\1")
    elif _is_optional(column):
        runs = b"".join(_varint(1 << 1) + bytes([value is not None]) for value in column.values)
        levels = _array(runs)
    return levels + b"".join(value for value in column.values if value is not None)


def _page_header(column: Column) -> list["_Field"]:
    encoding = _DICTIONARY if column.run else _PLAIN
    return [(1, _I32, column.count), (2, _I32, encoding), (3, _I32, _RLE), (4, _I32, _RLE)]


def _page(kind: int, data: bytes, header: tuple[int, list["_Field"]], size: int | None = None) -> bytes:
    said = len(data) if size is None else size
    number, fields = header
    return _struct([(1, _I32, kind), (2, _I32, said), (3, _I32, len(data)), (number, _STRUCT, fields)]) + data


def _chunk(column: Column, start: int, data_at: int, size: int) -> list["_Field"]:
    meta: list[_Field] = [
        (1, _I32, column.type),
        (2, _list_of(_I32), [_PLAIN, _RLE]),
        (3, _list_of(_BINARY), [column.name.encode()]),
        (4, _I32, 0),
        (5, _I64, column.count),
        (6, _I64, size),
        (7, _I64, size),
        (9, _I64, data_at),
    ]
    if column.run:
        meta.append((11, _I64, start))
    return [(2, _I64, start), (3, _STRUCT, meta)]


# --- Thrift's compact protocol --------------------------------------------------------------------------------

_I32, _I64, _BINARY, _STRUCT = 5, 6, 8, 12

#: A field: its number, its type (of a list: 100 and the type of its items) and its value.
_Field = tuple[int, int, object]


def _list_of(kind: int) -> int:
    return 100 + kind


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 127:
        written.append(number & 127 | 128)
        number >>= 7
    return bytes([*written, number])


def _struct(fields: Sequence[_Field]) -> bytes:
    written = bytearray()
    before = 0
    for number, kind, value in fields:
        written.append((number - before) << 4 | (9 if kind >= 100 else kind))
        written += _value(kind, value)
        before = number
    return bytes(written) + b"\0"


def _value(kind: int, value: object) -> bytes:
    if kind in (_I32, _I64):
        assert isinstance(value, int)
        return _varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == _BINARY:
        assert isinstance(value, bytes)
        return _varint(len(value)) + value
    assert isinstance(value, list)
    if kind == _STRUCT:
        return _struct(value)
    items = kind - 100
    head = bytes([len(value) << 4 | items]) if len(value) < 15 else bytes([0xF0 | items]) + _varint(len(value))
    return head + b"".join(_value(items, item) for item in value)
