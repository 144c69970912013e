#!/bin/sh
# All steps in order, for any CI that can run a shell script; the report is written whatever happens.
cd "$(dirname "$0")/.."
. ci/settings.sh
trap 'sh ci/7-report.sh' EXIT
for step in 1-lint 2-unit 3-noise 4-bench 5-rehearse; do
    echo "== $step"
    sh "ci/$step.sh"
done
if [ -n "${QML_CI_HARDWARE:-}" ]; then
    echo "== 6-hardware"
    sh ci/6-hardware.sh
fi
