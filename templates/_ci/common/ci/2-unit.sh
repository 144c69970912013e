#!/bin/sh
# This project's own tests, and the built-in checks of its model, on the simulator.
. ci/settings.sh
qml test --no-input --json --junit "$QML_CI_OUT/unit.xml" > "$QML_CI_OUT/unit.json"
