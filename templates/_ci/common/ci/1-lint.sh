#!/bin/sh
# The configuration is valid, the work can be planned, the code is clean. Nothing is run.
. ci/settings.sh
qml config > /dev/null
qml plan --json > "$QML_CI_OUT/plan.json"
ruff check .
