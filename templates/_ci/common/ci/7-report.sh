#!/bin/sh
# One comment: tests, noise, what got worse, what it cost. Runs whether the steps before it passed or not.
. ci/settings.sh
qml ci report "$QML_CI_OUT" --output "$QML_CI_OUT/comment.md"
