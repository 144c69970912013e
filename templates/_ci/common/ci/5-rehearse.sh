#!/bin/sh
# The hardware stage against an emulator of the machine's API on a bad day: no account, no cost.
# The first answer of the emulator is lost, and its job is billed all the same: it must be found, not bought again.
. ci/settings.sh

case "$QML_CI_BACKEND" in
ionq*) ;;
*)
    echo "no emulator of $QML_CI_BACKEND: its price is planned, and nothing is sent"
    QML_CI_DRY_RUN=1 QML_CI_NAME=rehearsal sh ci/6-hardware.sh
    exit 0
    ;;
esac
port="${QML_CI_PORT:-8917}"
qml emulate ionq --port "$port" --seed 1 --fault 502-after-accept@1 > "$QML_CI_OUT/emulator.log" 2>&1 &
emulator=$!
trap 'kill "$emulator"' EXIT
tries=0
until grep -q "http://" "$QML_CI_OUT/emulator.log"; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { cat "$QML_CI_OUT/emulator.log"; exit 1; }
    sleep 1
done
# play money has a ledger of its own
rm -f "$QML_CI_OUT/rehearsal.db"
IONQ_API_URL="http://127.0.0.1:$port/v0.4" IONQ_API_KEY=emulated QML_CI_NAME=rehearsal \
    QML_LEDGER__URL="sqlite:///$QML_CI_OUT/rehearsal.db" sh ci/6-hardware.sh
