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
place="$(git rev-parse --show-prefix)"
if ! git cat-file -e "$commit:${place}qml.toml" 2> /dev/null; then
    echo "the project is new: $QML_CI_BASE has no ${place}qml.toml, so there is nothing to compare with" >&2
    bench --json > "$QML_CI_OUT/bench.json"
    exit 0
fi
if [ ! -s "$baseline" ]; then
    tree="$(mktemp -d)"
    trap 'git worktree remove --force "$tree"' EXIT
    git worktree add --quiet --detach "$tree" "$commit"
    (cd "$tree/$place" && bench --json) > "$baseline.part"
    mv "$baseline.part" "$baseline"
fi
bench --against "$baseline" --fail-on "$QML_CI_FAIL_ON" --markdown "$QML_CI_OUT/bench.md" \
    --bencher "$QML_CI_OUT/bench.bmf.json" ${QML_CI_ALLOW_MISSING:+--allow-missing} --json > "$QML_CI_OUT/bench.json"
