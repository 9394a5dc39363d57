"""Prints tables of pandas and pyarrow as values.py writes them: with pyarrow there, and as if it were not."""

import json
import sys
from base64 import b64encode
from datetime import date, datetime, timezone
from decimal import Decimal

import pandas as pd
import pyarrow as pa

sys.path.insert(0, sys.argv[1])
import values  # noqa: E402

moment = datetime(2024, 2, 29, 12, 30, 15, 250000, timezone.utc)
tables = {
    "plain": pa.table({"n": [1, None, -3], "x": [0.5, float("nan"), None], "s": ["ä🌊", "", None], "b": [True, None, False]}),
    "moments": pa.table({"at": [moment, None], "day": [date(1969, 12, 31), date(2024, 2, 29)], "naive": [datetime(2024, 1, 1), None]}),
    "narrow": pa.table({"i": pa.array([1, 2], pa.int8()), "u": pa.array([1, 2], pa.uint64()), "f": pa.array([0.5, -0.0], pa.float32())}),
    "words": pa.table({"w": pa.array(["a", "b", "a"]).dictionary_encode(), "none": pa.array([None, None, None]), "long": pa.array(["x", "y", None], pa.large_string())}),
    "large": pa.table({"n": [2**60, 1]}),
    "nested": pa.table({"list": [[1, 2], None], "struct": [{"a": 1}, {"a": None}]}),
    "fine": pa.table({"at": pa.array([1, 1_500_000], pa.timestamp("us"))}),
    "empty": pa.table({"n": pa.array([], pa.int64())}),
    "frame": pd.DataFrame({"n": [1, 2, 3], "x": [0.5, None, -0.0], "s": ["a", None, "c"], "b": [True, False, True]}),
    "times": pd.DataFrame({"at": pd.to_datetime(["2024-01-01T12:00:00.250", None]), "zone": pd.to_datetime(["2024-06-01", "2024-06-02"]).tz_localize("Europe/Zurich")}),
    "mixed": pd.DataFrame({"any": [1, "a", None], "maybe": pd.array([1, None, 3], "Int64")}),
    "numbered": pd.DataFrame([[1, 2], [3, 4]]),
    "groups": pd.DataFrame({"g": pd.Categorical(["x", "y", "x"]), "t": [True, None, False]}),
    "picked": pd.DataFrame({"n": [1, 2, 3]})[lambda frame: frame.n > 1],
}
as_arrow = {name: values.write_value(table) for name, table in tables.items()}
try:
    values.write_value(pa.table({"d": [Decimal("1.5")]}))
    raise AssertionError("A decimal is no number of TypeScript.")
except TypeError:
    pass
frames = {name: values.read_value(data, pd.DataFrame) for name, data in as_arrow.items() if values.is_arrow(data)}
assert list(frames["plain"].columns) == ["n", "x", "s", "b"] and frames["plain"].s[0] == "ä🌊"
assert values.read_value(as_arrow["plain"], pa.Table).num_rows == 3
assert values.read_value(as_arrow["moments"])[0] == {"at": moment, "day": datetime(1969, 12, 31, tzinfo=timezone.utc), "naive": datetime(2024, 1, 1, tzinfo=timezone.utc)}
values.has_arrow = lambda: False
as_json = {name: values.write_value(table) for name, table in tables.items()}
try:
    values.read_value(as_arrow["plain"])
    raise AssertionError("Without pyarrow there is no reading Arrow.")
except ImportError as error:
    assert "install pyarrow" in str(error)
told = {name: [b64encode(data).decode() for data in (as_arrow[name], as_json[name])] for name in tables}
json.dump(told, sys.stdout)
