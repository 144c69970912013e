#!/bin/sh
# The pipeline, the same for the emulator and the machine: IONQ_API_URL decides which it is.
set -eu

qml plan
qml train --no-input --json --name ci --max-cost 500 --yes > outcome.json
qml jobs list
qml costs
qml costs reconcile
