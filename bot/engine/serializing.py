"""How a job's arguments stand in the database."""

import json
from typing import Any

from dbos import Serializer


class Json(Serializer):
    """Scalars as JSON, so that what waits in the database can be read by a person and never runs code."""

    def serialize(self, data: Any) -> str:
        return json.dumps(data, default=str)

    def deserialize(self, serialized_data: str) -> Any:
        return json.loads(serialized_data)

    def name(self) -> str:
        return "json"
