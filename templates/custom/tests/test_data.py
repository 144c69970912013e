"""The data is what make_data.py writes."""

import csv

import make_data


def test_the_file_can_be_made_again():
    with make_data.FILE.open(newline="", encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    assert rows == [[str(value) for value in point] for point in make_data.points()]
