#!/bin/sh
# Train on the simulator, then let the machine answer a few test rows. The cap holds whatever happens.
# Exit 3: the cap would be exceeded, nothing more was bought. Exit 4: the answer to a paid job was lost:
# run it again with the same .qml folder, and the job is found by its key.
. ci/settings.sh
name="${QML_CI_NAME:-hardware}"
qml train --no-input --no-baseline --name "$name" --json > "$QML_CI_OUT/$name-train.json"

answer() {
    qml predict "$name" --test-rows "$QML_CI_ROWS" --backend "$QML_CI_BACKEND" --shots "$QML_CI_SHOTS" --no-input --json "$@"
}

if [ -n "${QML_CI_DRY_RUN:-}" ]; then
    answer --dry-run > "$QML_CI_OUT/$name-plan.json"
    exit 0
fi
answer --max-cost "$QML_CI_CAP" --yes --output "$QML_CI_OUT/$name.csv" > "$QML_CI_OUT/$name.json"
qml costs --json > "$QML_CI_OUT/$name-costs.json"
