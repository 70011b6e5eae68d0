#!/bin/bash
# Runs the Bluetooth service, as guest.sh and the scenarios that restart it do.
K=$(cd "$(dirname "$0")" && pwd); . "$K/opts"
# shellcheck disable=SC2086
exec /usr/sbin/bluetoothd -n ${DEBUG:+-d} -f "$K/main.conf" >>/host/out/bluetoothd.log 2>&1
