#!/usr/bin/env bash
# The real window on a display of its own: opens, is not blank, plays on the simulated massager by keyboard alone, stops
# on Esc, closes with exit code 0; and what was drawn outlives a kill. Touches no folder of the person's.
#
# Needs Xvfb, xdotool and ImageMagick. Called as: tests/window.sh [PROGRAM [FOLDER FOR PICTURES]]
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:-${CARGO_TARGET_DIR:-target}/release/svang}
for tool in Xvfb xdotool import identify; do
    command -v "$tool" >/dev/null || { echo "window.sh: $tool is missing"; exit 2; }
done
[ -x "$program" ] || { echo "window.sh: build $program first"; exit 2; }

home=$(mktemp -d)
pictures=${2:-$home}
mkdir -p "$pictures"
app= display=
cleanup() {
    [ -z "$app" ] || kill "$app" 2>/dev/null || true
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
    rm -rf "$home"
}
trap cleanup EXIT

# Xvfb chooses a free display and writes its number.
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$home/display" 2>"$home/xvfb" &
display=$!
for _ in $(seq 100); do [ -s "$home/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$home/display")
export DISPLAY
unset WAYLAND_DISPLAY WAYLAND_SOCKET

start() {
    HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state \
        DBUS_SYSTEM_BUS_ADDRESS=unix:path="$home/no-bus" "$program" 2>"$home/err" &
    app=$!
}
fail() {
    import -window root "$pictures/failed.png" || true
    echo "window.sh: $1 (see $pictures/failed.png when a folder for pictures is given)"
    sed 's/^/    /' "$home/err"
    [ ! -f "$home/state/svang/svang.log" ] || tail -n 20 "$home/state/svang/svang.log"
    exit 1
}
alive() { kill -0 "$app" 2>/dev/null || fail "the program ended by itself"; }
# One key at a time: a person leaves the window time to move the focus before the next.
keys() {
    local key
    for key in "$@"; do
        alive
        xdotool key "$key"
        sleep 0.3
    done
}
colours() { identify -format '%k' "$1"; }
shot() { alive; import -window root "$pictures/$1.png"; }
# Waits until a file says something.
says() {
    for _ in $(seq 100); do
        grep -qs "$2" "$1" && return 0
        alive
        sleep 0.1
    done
    return 1
}

# Waits for the window and gives it its place.
appears() {
    local window=
    for _ in $(seq 150); do
        window=$(xdotool search --onlyvisible --name Svang 2>/dev/null | head -n 1 || true)
        [ -z "$window" ] || break
        alive
        sleep 0.1
    done
    [ -n "$window" ] || fail "no window appeared"
    # There is no window manager here, so nobody gives the focus but we.
    xdotool windowsize "$window" 1280 800 windowmove "$window" 0 0 windowfocus --sync "$window"
    sleep 1
}
# Waits until the program has ended by itself, and in peace.
ends() {
    local code=0
    for _ in $(seq 100); do
        kill -0 "$app" 2>/dev/null || break
        sleep 0.1
    done
    kill -0 "$app" 2>/dev/null && fail "the window did not close"
    wait "$app" || code=$?
    app=
    [ "$code" -eq 0 ] || fail "the program ended with $code"
}
copies() { find "$home/data/svang/recovery" -name '*.ron' 2>/dev/null | wc -l; }
# Waits until there are so many recovery copies.
kept() {
    for _ in $(seq 50); do
        [ "$(copies)" -ne "$1" ] || return 0
        alive
        sleep 0.1
    done
    return 1
}

start
appears
shot welcome
[ "$(colours "$pictures/welcome.png")" -gt 50 ] || fail "the window is blank"

# Three steps: language and look; the health questions, of which the last says that none applies; the red flags, and none
# of them; then, behind “Find my massager”, to try without one.
keys Return Tab Tab Tab Tab Tab Tab Tab space Tab Tab Return Return
shot last-step
keys Tab Return
sleep 2
shot profiles
says "$home/config/svang/settings.ron" 'version: 1' || fail "leaving the welcome was not saved"

# Searches for a profile; from the field, Tab comes to its Play.
keys ctrl+f
xdotool type --delay 40 'slow rollers'
sleep 0.5
keys Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Return
sleep 3
shot playing
says "$home/data/svang/ratings.ron" 'times_played: 1' || fail "nothing was played"

for screen in 2 3 1; do
    keys "ctrl+$screen"
    sleep 0.5
    shot "screen-$screen"
done
keys Escape
sleep 1.5
shot stopped
says "$home/state/svang/dose.ron" 'days' || fail "massage time was not counted"

# Asked to end, the window goes the way of its close button: stop, wait for the massager, then close.
kill -TERM "$app"
ends

# What is drawn is on disk soon after, and a kill does not take it away.
start
appears
keys ctrl+n
sleep 1
xdotool mousemove 400 250
sleep 0.5
xdotool click --repeat 2 --delay 100 1
kept 1 || fail "what was drawn was not kept"
shot drawn
kill -KILL "$app"
wait "$app" 2>/dev/null || true
[ "$(copies)" -eq 1 ] || fail "the kill took away what was kept"

# The next start offers it; the focus is on “Keep for later”, and two further is “Open them”.
start
appears
says "$home/state/svang/svang.log" 'an earlier run left unsaved work' || fail "what was kept was not found"
sleep 1
shot offer
keys Tab Tab Return
sleep 1
shot recovered
keys ctrl+s
says "$home/data/svang/profiles/my-massage.ron" 'Roller' || fail "what was recovered could not be saved"
kept 0 || fail "the copy of what is saved stayed"
kill -TERM "$app"
ends
echo "window.sh: the window opens, plays, stops and closes, and what was drawn outlives a kill"
