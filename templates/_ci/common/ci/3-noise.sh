#!/bin/sh
# What is left of the accuracy as noise grows, by the noise models of machines.
. ci/settings.sh
qml test --no-input --json --no-own --checks noise --noise "$QML_CI_NOISE" --junit "$QML_CI_OUT/noise.xml" > "$QML_CI_OUT/noise.json"
