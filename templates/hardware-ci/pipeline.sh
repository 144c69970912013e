#!/bin/sh
# The pipeline, the same for the emulator and the machine: IONQ_API_URL decides which it is.
set -eu

qml plan
qml train --max-cost 500 --yes --no-input --json --name ci > outcome.json
qml jobs list
qml costs
qml costs reconcile
