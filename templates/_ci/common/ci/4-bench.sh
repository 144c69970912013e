#!/bin/sh
# The benchmark, against the branch that the change goes to. Cells that did not change are not run again.
. ci/settings.sh

bench() {
    qml bench --no-input --suite "$QML_CI_SUITE" --seeds "$QML_CI_SEEDS" "$@"
}

if [ -z "$QML_CI_BASE" ]; then
    bench --json > "$QML_CI_OUT/bench.json"
    exit 0
fi
commit="$(git rev-parse --verify "$QML_CI_BASE^{commit}")"
baseline="$QML_CI_CACHE/bench-$commit.json"
if [ ! -s "$baseline" ]; then
    tree="$(mktemp -d)"
    git worktree add --quiet --detach "$tree" "$commit"
    (cd "$tree/$(git rev-parse --show-prefix)" && bench --json) > "$baseline.part"
    git worktree remove --force "$tree"
    mv "$baseline.part" "$baseline"
fi
bench --against "$baseline" --fail-on "$QML_CI_FAIL_ON" --markdown "$QML_CI_OUT/bench.md" \
    --bencher "$QML_CI_OUT/bench.bmf.json" --json > "$QML_CI_OUT/bench.json"
