"""Write spirals.csv: two spiral arms that wind around each other, with noise.

    python make_data.py

The same file comes out every time, since only Python's own generator is used.
"""

import csv
import math
import random
from pathlib import Path

FILE = Path(__file__).with_name("spirals.csv")
ROWS = 600  # both arms together
TURNS = 1.25
NOISE = 0.08
SEED = 1


def points():
    """Yield rows (x, y, arm)."""
    generator = random.Random(SEED)
    for number in range(ROWS):
        arm = number % 2
        way = math.sqrt(generator.random())
        angle = 2 * math.pi * TURNS * way + math.pi * arm
        x = way * math.cos(angle) + generator.gauss(0, NOISE)
        y = way * math.sin(angle) + generator.gauss(0, NOISE)
        yield round(x, 4), round(y, 4), "ab"[arm]


def main() -> None:
    with FILE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["x", "y", "arm"])
        writer.writerows(points())


if __name__ == "__main__":
    main()
