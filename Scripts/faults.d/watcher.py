"""Reads bulk events from a position on, as subscribe.py does, and says every hundredth time how many came and how many out of order.

Arguments: key file, position.
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "examples"))
from bulk import TYPE
from subscribe import Reader


def main(key, position):
    reader, last, count, wrong = Reader(json.loads(pathlib.Path(key).read_text()), [TYPE], int(position), None), int(position), 0, 0
    for event in reader.events():
        place = int(event["sequence"])
        wrong += place <= last
        last, count = place, count + 1
        if count % 100 == 0:
            print(count, wrong, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
