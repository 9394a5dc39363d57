// `values.py` of an exported project: Python's side of the values of `json-values.mjs`. The same for every project.

export const valuesPython = `"""Values as TypeScript writes them: a table as Arrow IPC, all else as JSON, with what JSON has no form for under the one
field "$headwater".

A BigInt is an int, a Date a datetime, a Map or an object a dict, a Set a set, a Uint8Array bytes, undefined is None.
What Python has no word for stays as it is, so that it is written back as it was read.
"""

import json
import math
from base64 import b64decode, b64encode
from datetime import date, datetime, timezone
from importlib.util import find_spec
from typing import Any

FIELD = "$headwater"
LARGEST = 2**53 - 1


class BigInt(int):
    """An int that TypeScript has as a bigint."""


class Tagged(dict):
    """A value that only TypeScript understands."""


def has_arrow() -> bool:
    return find_spec("pyarrow") is not None


def is_arrow(data: bytes) -> bool:
    return data.startswith(b"ARROW1")


def read_value(data: bytes, wanted: Any = None) -> Any:
    """The value; a table as what its reader asks for: a DataFrame of pandas, a Table of pyarrow, else a list of dicts."""
    if is_arrow(data):
        return _read_arrow(data, wanted)
    value = _decode(json.loads(data))
    if _is_table(wanted, "pandas"):
        return wanted(value)
    if _is_table(wanted, "pyarrow"):
        return wanted.from_pylist(value)
    return value


def write_value(value: Any) -> bytes:
    table = _plain_table(value) if has_arrow() else None
    if table is not None:
        return _write_arrow(table)
    return json.dumps(_encode(value), allow_nan=False).encode()


def _is_table(kind: Any, library: str) -> bool:
    module = getattr(kind, "__module__", "").split(".")[0]
    name = getattr(kind, "__name__", "")
    return (module, name) == (library, "DataFrame" if library == "pandas" else "Table")


def _read_arrow(data: bytes, wanted: Any) -> Any:
    if not has_arrow():
        raise ImportError("This value is an Arrow table: install pyarrow to read it in Python.")
    import pyarrow as pa

    table = pa.ipc.open_file(pa.BufferReader(data)).read_all()
    if _is_table(wanted, "pandas"):
        return table.to_pandas()
    return table if _is_table(wanted, "pyarrow") else table.to_pylist()


def _write_arrow(table: Any) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _plain_table(value: Any) -> Any:
    """A table of pyarrow or pandas whose columns are what TypeScript's rows hold; None for any other value."""
    is_frame = _is_table(type(value), "pandas")
    if not is_frame and not _is_table(type(value), "pyarrow"):
        return None
    import pyarrow as pa

    names = list(value.columns) if is_frame else value.column_names
    is_whole = len(value) > 0 and len(set(names)) == len(names) > 0
    if not is_whole or not all(isinstance(name, str) and name != "__proto__" for name in names):
        return None
    columns = {}
    try:
        for name in names:
            columns[name] = _plain_column(_frame_column(value[name]) if is_frame else value[name])
    except (pa.ArrowException, NotImplementedError, TypeError, ValueError):
        # What Arrow has no form for, or would round.
        return None
    return None if any(column is None for column in columns.values()) else pa.table(columns)


def _frame_column(cells: Any) -> Any:
    import pyarrow as pa

    # A float that is missing is NaN to pandas, and stays it.
    if cells.dtype.kind == "f" and hasattr(cells.dtype, "char"):
        return pa.array(cells.to_numpy(), from_pandas=False)
    return pa.array(cells, from_pandas=True)


def _plain_column(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain_column(column.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_boolean(kind):
        return column
    if pa.types.is_floating(kind):
        return column.cast(pa.float64())
    if pa.types.is_integer(kind):
        whole = column.cast(pa.int64())
        ends = pc.min_max(whole).as_py()
        is_exact = all(end is None or abs(end) <= LARGEST for end in ends.values())
        return whole if is_exact else None
    if pa.types.is_date(kind):
        return column.cast(pa.timestamp("ms")).cast(pa.timestamp("ms", "UTC"))
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("ms", "UTC"))
    return None


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return [_decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if FIELD in value:
        return _decode_tagged(value[FIELD], value.get("value"), value)
    return {name: _decode(item) for name, item in value.items()}


def _decode_tagged(kind: str, value: Any, whole: dict) -> Any:
    if kind == "number":
        return float(value)
    if kind == "bigint":
        return BigInt(value)
    if kind == "undefined":
        return None
    if kind == "object":
        return {name: _decode(item) for name, item in value}
    if kind == "buffer":
        return Tagged(whole)
    if kind == "view" and value[0] == "Uint8Array":
        return b64decode(value[1])
    try:
        if kind == "date":
            return datetime.fromisoformat(value.replace("Z", "+00:00"))
        if kind == "map":
            return {_decode(key): _decode(item) for key, item in value}
        if kind == "set":
            return {_decode(item) for item in value}
    except (AttributeError, TypeError, ValueError):
        # A date or a key that Python cannot have.
        pass
    return Tagged(whole)


def _encode(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, Tagged)):
        return value
    if isinstance(value, int):
        is_big = isinstance(value, BigInt) or abs(value) > LARGEST
        return _tagged("bigint", str(int(value))) if is_big else value
    if isinstance(value, float):
        return _encode_float(value)
    if isinstance(value, datetime):
        # A time of pandas that is missing.
        if value != value:
            return None
        moment = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        text = moment.astimezone(timezone.utc).isoformat(timespec="milliseconds")
        return _tagged("date", text.replace("+00:00", "Z"))
    if isinstance(value, date):
        return _tagged("date", f"{value.isoformat()}T00:00:00.000Z")
    if isinstance(value, (bytes, bytearray)):
        return _tagged("view", ["Uint8Array", b64encode(value).decode()])
    if isinstance(value, dict):
        return _encode_dict(value)
    if isinstance(value, (set, frozenset)):
        return _tagged("set", [_encode(item) for item in value])
    if isinstance(value, (list, tuple)):
        return [_encode(item) for item in value]
    return _encode_other(value)


def _encode_float(value: float) -> Any:
    if math.isnan(value):
        return _tagged("number", "NaN")
    if math.isinf(value):
        return _tagged("number", "Infinity" if value > 0 else "-Infinity")
    if value == 0 and math.copysign(1, value) < 0:
        return _tagged("number", "-0")
    return value


def _encode_dict(value: dict) -> Any:
    if not all(isinstance(key, str) for key in value):
        return _tagged("map", [[_encode(key), _encode(item)] for key, item in value.items()])
    plain = {key: _encode(item) for key, item in value.items()}
    return _tagged("object", [[key, item] for key, item in plain.items()]) if FIELD in value else plain


def _encode_other(value: Any) -> Any:
    if hasattr(value, "to_pylist"):
        return _encode(value.to_pylist())
    if _is_table(type(value), "pandas"):
        columns = {name: _frame_cells(value.iloc[:, i]) for i, name in enumerate(value.columns)}
        return [_encode(dict(zip(columns, row))) for row in zip(*columns.values())]
    if hasattr(value, "item"):
        return _encode(value.item())
    raise TypeError(f"A value of type {type(value).__name__} cannot be kept for TypeScript.")


def _frame_cells(cells: Any) -> list:
    """Nothing where one is missing; a float that is missing is NaN to pandas, and stays it."""
    is_float = cells.dtype.kind == "f"
    missing = zip(cells.tolist(), cells.isna().tolist())
    return [None if is_na and not (is_float and isinstance(cell, float)) else cell for cell, is_na in missing]


def _tagged(kind: str, value: Any) -> dict:
    return {FIELD: kind, "value": value}
`;
