"""A JUnit report of checks and tests, as CI services read it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from qml.files import write_bytes


def write_junit(document: Mapping[str, Any], path: Path) -> None:
    """Write a document `qml.test/1` as JUnit XML; a warning is a failure where it was strict."""
    root = ET.Element("testsuites", name="qml test")
    root.append(_suite("qml.checks", [_check(c, document) for c in document["checks"]]))
    own = document["own"]
    if own["cases"] or own["state"] == "failed":
        root.append(_suite("tests", [_own(case) for case in own["cases"]] or [_broken(own)]))
    ET.indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suite(name: str, cases: list[ET.Element]) -> ET.Element:
    tags = [child.tag for case in cases for child in case]
    suite = ET.Element(
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=str(tags.count("failure")),
        errors="0",
        skipped=str(tags.count("skipped")),
        time=f"{sum(float(case.get('time') or 0) for case in cases):.3f}",
    )
    suite.extend(cases)
    return suite


def _check(check: Mapping[str, Any], document: Mapping[str, Any]) -> ET.Element:
    case = _case("qml.checks", check["name"], check["seconds"])
    text = "\n".join([check["why"], check["advice"], *map(_line, check["readings"])])
    if check["state"] == "failed" or (check["state"] == "warned" and document["strict"]):
        ET.SubElement(case, "failure", message=_plain(check["why"])).text = _plain(text)
    elif check["state"] in {"skipped", "open"}:
        ET.SubElement(case, "skipped", message=_plain(check["why"]))
    else:
        ET.SubElement(case, "system-out").text = _plain(text)
    return case


def _own(own: Mapping[str, Any]) -> ET.Element:
    place, _, name = own["name"].rpartition("::")
    case = _case(place or "tests", name, own["seconds"])
    if own["state"] == "failed":
        ET.SubElement(case, "failure", message=_plain(own["message"])).text = _plain(own["message"])
    elif own["state"] == "skipped":
        ET.SubElement(case, "skipped", message=_plain(own["message"]))
    return case


def _broken(own: Mapping[str, Any]) -> ET.Element:
    case = _case("tests", "pytest", 0.0)
    ET.SubElement(case, "failure", message=_plain(own["why"]))
    return case


def _case(place: str, name: str, seconds: float) -> ET.Element:
    return ET.Element("testcase", classname=place, name=name, time=f"{seconds:.3f}")


def _line(reading: Mapping[str, Any]) -> str:
    held = "" if reading["threshold"] is None else f" {reading['sense']} {reading['threshold']:g}"
    return f"{reading['state']}: {reading['name']} {reading['value']:.6g}{held} {reading['unit']}"


def _plain(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\n\t")
