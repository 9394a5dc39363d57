// `values.py` of an exported project: Python's side of the values of `json-values.mjs`. The same for every project.

export const valuesPython = `"""Values as TypeScript writes them: JSON, and under the one field "$headwater" what JSON has no form for.

A BigInt is an int, a Date a datetime, a Map or an object a dict, a Set a set, a Uint8Array bytes, undefined is None.
What Python has no word for stays as it is, so that it is written back as it was read.
"""

import json
import math
from base64 import b64decode, b64encode
from datetime import date, datetime, timezone
from typing import Any

FIELD = "$headwater"
LARGEST = 2**53 - 1


class BigInt(int):
    """An int that TypeScript has as a bigint."""


class Tagged(dict):
    """A value that only TypeScript understands."""


def read_value(data: bytes) -> Any:
    return _decode(json.loads(data))


def write_value(value: Any) -> bytes:
    return json.dumps(_encode(value), allow_nan=False).encode()


def as_type(value: Any, wanted: Any) -> Any:
    """A table as what its reader asks for: a DataFrame of pandas, or a Table of pyarrow."""
    library = getattr(wanted, "__module__", "").split(".")[0]
    name = getattr(wanted, "__name__", "")
    if (library, name) == ("pandas", "DataFrame"):
        return wanted(value)
    if (library, name) == ("pyarrow", "Table"):
        return wanted.from_pylist(value)
    return value


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
    if type(value).__name__ == "DataFrame":
        return _encode(value.to_dict("records"))
    if hasattr(value, "item"):
        return _encode(value.item())
    raise TypeError(f"A value of type {type(value).__name__} cannot be kept for TypeScript.")


def _tagged(kind: str, value: Any) -> dict:
    return {FIELD: kind, "value": value}
`;
