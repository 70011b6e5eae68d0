#!/usr/bin/env python3
"""Tries every way to end (ways.py) on every massager and link, and measures what reaches the massager.

    matrix.py --short                      each way once, on a massager that fits it
    matrix.py --full [-n N] [--only GLOB] [--part I/K]
                                           ways × massagers × conditions, N runs each; GLOB over way.massager.condition;
                                           the I-th of K parts

A line for each run; ends with 0 if all hold, else 1. What was measured goes to /host/out/runs.jsonl, a line for each
run, read by ../table.py."""
import argparse, fnmatch, json, os, random, signal, subprocess, sys, time, traceback
from bed import (OUT, Failed, bluez_works, check, events, forget_the_day, fresh_adapter, install_maps, log, moving,
                 moving_writes, play, processes, steer, wait_moving, write_profile)
from ways import CONDITIONS, MASSAGERS, WAYS

RUNS = "/host/out/runs.jsonl"
LOOK = 0.03  # seconds between looks at the massager's log

# What the short round tries: each way once, the hard ones on the massagers that make them hard.
SHORT = [
    "stop.svakom.ci30", "stop.svakom.late", "stop.fine.ci0", "stop.several.ci30", "stop.toggle.ci0", "term.joyhub.ci0",
    "hup.several.ci0", "quit.svakom.ci0", "tstp.joyhub.ci0", "ctrl_c.reference.ci0", "ctrl_z.svakom.ci0",
    "ctrl_backslash.joyhub.ci0", "closed.svakom.ci30", "kill.svakom.ci30", "kill.reference.ci0", "abort.several.ci0",
    "group.toggle.ci0", "freeze.toggle.ci0", "timeout.svakom.ci0", "remote.joyhub.ci0", "power.several.ci0",
    "adapter.svakom.ci0", "bluetoothd.toggle.ci0", "plays.svakom.ci30", "fair_minute.joyhub.ci0",
]


def levels_at(at):
    """The levels as they were last said before a time."""
    told = [e["levels"] for e in log(0.0) if e["ev"] == "levels" and e["t"] <= at]
    return told[-1] if told else []


def wait_off(at, svang, most):
    """The first time that everything is off; None if it never is. Where nobody is left who could do it, or the massager
    has stopped by itself long ago, there is nothing to wait for."""
    end, gone = time.monotonic() + most, None
    while True:
        for e in log(at):
            if e["ev"] == "levels" and not any(e["levels"]):
                return e
        if time.monotonic() >= end:
            return None
        if svang.poll() is not None and not processes():
            gone = gone or time.monotonic()
            if time.monotonic() > gone + 3.5:
                return None
        time.sleep(LOOK)


def prepare(massager):
    bluez_works()
    for pid in processes():
        os.kill(pid, signal.SIGKILL)
    steer(f"kind {massager.name}")
    forget_the_day()
    events.forget()


def end(way, massager, condition, name, record, chance):
    """One run: plays, does it, and looks."""
    prepare(massager)
    path, since = write_profile(f"load-{massager.name}", massager.tracks, 120_000), time.monotonic()
    with play(name, path, "--tried", "--yes", massager=massager.address, terminal=way.terminal) as svang:
        try:
            first = wait_moving(25, since, svang)
        except Failed as why:
            svang.wait(20) if svang.poll() is None and svang.signal(signal.SIGINT) else None
            raise Failed(f"{why}; exit {svang.code}; it said: {svang.said()[-300:]}")
        record["starts_ms"] = round(1000 * (first["t"] - since))
        for line in condition.steer:
            steer(line)
        # Not always at the same moment between two connection events and two levels.
        time.sleep(2.2 + chance.random() * 0.6)
        check(svang.poll() is None, f"it ended before it was to: exit {svang.code}; it said: {svang.said()[-300:]}")
        at = way.act(svang)
        record["levels"] = levels_at(at)
        off = wait_off(at, svang, way.within(massager, condition) / 1000 + 5)
        way.then(svang, record)
        off = off or wait_off(at, svang, 0)
        try:
            record["exit"] = svang.wait(40)
            record["exit_ms"] = round(1000 * (svang.ended - at))
        except Failed:
            record["exit"] = None
        # The off sequence comes again after a while, and must not be followed by anything that moves.
        time.sleep(0.6)
        look_back(way, massager, condition, record, at, off)
        record["said"] = svang.said()[-600:]


def look_back(way, massager, condition, record, at, off):
    faults, woken = record["faults"], record.pop("woken", float("inf"))
    if off is None:
        faults.append(f"never off: {json.loads(steer('stat'))['levels']}")
    else:
        record["off_ms"], record["off_by"] = round(1000 * (off["t"] - at), 1), off["why"]
        if record["off_ms"] > way.within(massager, condition):
            faults.append("too late by far")
        # While the link is lost its own time may be the quicker; else somebody should have told it.
        if off["why"] != "frame" and not way.limit:
            faults.append(f"off by its own {off['why']}")
    until = off["t"] if off else float("inf")
    if off and off["t"] > woken:
        faults.append("off only when it went on")
    moves = moving_writes(at)
    record["moves_before_off"] = sum(e["t"] <= until for e in moves)
    after = [e for e in moves if e["t"] > until]
    record["moves_after_off"] = len(after)
    if after:
        faults.append(f"{len(after)} writes that move after the off: {after[0]['hex']} after {after[0]['t'] - until:.3f} s")
    rises = [e for e in log(until) if e["ev"] == "levels" and any(e["levels"])] if off else []
    record["rose_after_off"] = len(rises)
    if rises:
        faults.append(f"rose after the off: {rises[0]['levels']}")
    if moving():
        faults.append("it moves at the end")
    lost = [e for e in log(at) if e["ev"] == "disconnected" and e["t"] < min(until + 0.5, woken)]
    record["link"] = "lost" if lost else "kept"
    if lost and way.link_stays:
        faults.append("the link was lost")
    if record["exit"] not in way.exits:
        faults.append(f"exit {record['exit']}, not {' or '.join(map(str, sorted(way.exits)))}")
    deadline = time.monotonic() + 5
    while processes() and time.monotonic() < deadline:
        time.sleep(0.1)
    record["left"] = len(processes())
    if record["left"]:
        faults.append(f"{record['left']} processes were left")


# --- to the end -----------------------------------------------------------------------------------------------------

def play_out(massager, condition, name, record, tracks, length):
    """Plays under its condition from the first moment on, to the end."""
    prepare(massager)
    for line in condition.steer:
        steer(line)
    path, since = write_profile(name, tracks, length), time.monotonic()
    with play(name, path, "--tried", "--yes", massager=massager.address) as svang:
        try:
            record["exit"] = svang.wait(length / 1000 + 60)
            record["exit_ms"] = round(1000 * (svang.ended - since))
        except Failed:
            record["exit"] = None
        record["said"] = svang.said()[-600:]
    seen = [e for e in log(since) if e["ev"] == "levels"]
    record["moves_before_off"] = len(moving_writes(since))
    if record["exit"] != 0:
        record["faults"].append(f"exit {record['exit']}, not 0")
    if moving():
        record["faults"].append("it moves at the end")
    tops = [max((e["levels"][channel] for e in seen), default=0) for channel in range(len(massager.highest))]
    record["levels"] = tops
    if not all(tops):
        record["faults"].append(f"not everything moved: {tops}")


def plays(massager, condition, name, record):
    tracks = {mode: [(at, percent) for at, percent in points if at < 8_000] + [(10_000, 0)]
              for mode, points in massager.tracks.items()}
    play_out(massager, condition, name, record, tracks, 10_000)


def triangle(massager, condition, name, record, length):
    """Each level of vibration in turn, and air that rises meanwhile: nothing starves where levels outrun the gap."""
    vibration, air = [(0, 0), (5_000, 0)], [(0, 0), (5_000, 0)]
    for at in range(5_000, length - 5_000, 30_000):
        vibration += [(at + 15_000, 100), (at + 30_000, 0)]
    for at in range(5_000, length - 5_000, 10_000):
        air += [(at + 6_000, 60), (at + 7_000, 60), (at + 9_000, 0), (at + 10_000, 0)]
    inside = lambda points: [point for point in points if point[0] <= length]
    play_out(massager, condition, name, record, {"Vibration": inside(vibration), "AirPressure": inside(air)}, length)


# Name: (what it does, the massagers that it fits; empty: all).
WHOLE = {
    "plays": (plays, set()),
    "fair": (lambda *a: triangle(*a, 185_000), {"joyhub", "fine"}),
    "fair_minute": (lambda *a: triangle(*a, 65_000), {"joyhub"}),
}


# --- which, and in what order ----------------------------------------------------------------------------------------

def cells():
    """(name, way or function, massager, condition), in the order of the table."""
    for way in WAYS:
        for massager in MASSAGERS:
            for condition in CONDITIONS:
                if condition.fits(massager):
                    yield f"{way.name}.{massager.name}.{condition.name}", way, massager, condition
    for name, (whole, fitting) in WHOLE.items():
        for massager in MASSAGERS:
            for condition in CONDITIONS:
                if condition.fits(massager) and (not fitting or massager.name in fitting):
                    yield f"{name}.{massager.name}.{condition.name}", whole, massager, condition


def run(cell, number):
    name, what, massager, condition = cell
    record = {"way": name.split(".")[0], "massager": massager.name, "condition": condition.name, "run": number,
              "goal_ms": None, "off_ms": None, "exit": None, "faults": []}
    began = time.monotonic()
    try:
        if callable(what):
            what(massager, condition, f"{name}.{number}", record)
        else:
            record["goal_ms"] = what.goal(massager, condition)
            end(what, massager, condition, f"{name}.{number}", record, random.Random(f"{name}.{number}"))
    except Failed as why:
        record["faults"].append(str(why))
    except Exception:
        record["faults"].append(traceback.format_exc())
    if getattr(what, "upsets_bluez", False):
        fresh_adapter()
    record["took_s"] = round(time.monotonic() - began, 1)
    return record


def tell(name, record):
    off = f"off after {record['off_ms']} ms" if record["off_ms"] is not None else ""
    goal = f" (goal {record['goal_ms']} ms)" if off and record["goal_ms"] else ""
    parts = [part for part in (off + goal, f"exit {record['exit']}", *record["faults"]) if part]
    verdict = "FAILED" if record["faults"] else "ok    "
    print(f"{verdict} {name}: {'; '.join(parts)} [{record['took_s']:.0f} s]", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--short", action="store_true")
    arguments.add_argument("--full", action="store_true")
    arguments.add_argument("-n", type=int, default=10)
    arguments.add_argument("--only", action="append", default=[])
    arguments.add_argument("--part", default="1/1")
    arguments = arguments.parse_args()
    os.makedirs(OUT, exist_ok=True)
    install_maps()
    chosen = [cell for cell in cells() if not arguments.only or any(fnmatch.fnmatch(cell[0], o) for o in arguments.only)]
    times = arguments.n
    if arguments.short:
        chosen, times = [cell for name in SHORT for cell in chosen if cell[0] == name], 1
    else:
        # The minute stands for the three in the short round.
        chosen = [cell for cell in chosen if not cell[0].startswith("fair_minute") or arguments.only]
    part, parts = map(int, arguments.part.split("/"))
    failed = 0
    with open(RUNS, "a", buffering=1) as runs:
        # Each cell once, then all again: who ends it early has something of everything.
        for number in range(1, times + 1):
            for cell in chosen[part - 1::parts]:
                if cell[0].startswith("fair") and number > 1:
                    continue
                record = run(cell, number)
                runs.write(json.dumps(record) + "\n")
                tell(cell[0] if times == 1 else f"{cell[0]} #{number}", record)
                if record["faults"]:
                    failed += 1
                else:
                    for kind in ("out", "err"):
                        os.path.exists(path := f"{OUT}/{cell[0]}.{number}.{kind}") and os.remove(path)
    subprocess.run(f"cp -r $HOME/.local {OUT}/home", shell=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
