"""Every way in which a massage may end, what has to hold then, and the massagers and links on which it is tried.

Belongs here: what is done to the program, the link or BlueZ, and the goals. How a run goes and is judged is matrix.py's."""
import os, signal, time
from dataclasses import dataclass
from typing import Callable
from bed import ADDRESS, kill_bluetoothd, power, saw, start_bluetoothd, steer, wait_for


@dataclass
class Massager:
    """A kind of kinds.py: its tracks under load, and its off sequence."""
    name: str
    number: int
    tracks: dict
    highest: list  # of each channel, as the massager counts
    frames: int  # in its off sequence
    behind: int  # frames with response in its off sequence: a link carries one request at a time

    @property
    def address(self):
        return f"{ADDRESS}{self.number}"


END = 120_000
STEADY = [(0, 25), (END, 25)]
# The teeth lie where levels round differently, so that coarse levels change at each tooth too.
MASSAGERS = [
    Massager("reference", 1, {"Roller": saw(26, 30, END), "Vibration": saw(26, 30, END), "AirPressure": saw(23, 27, END),
                              "Heat": STEADY}, [20, 20, 20, 20, 10, 10, 3], 1, 1),
    Massager("svakom", 2, {"Vibration": saw(23, 27, END), "AirPressure": saw(28, 32, END)}, [10, 5], 2, 2),
    Massager("fine", 3, {"Vibration": saw(20, 24, END), "AirPressure": saw(21, 25, END)}, [255, 255], 2, 2),
    Massager("joyhub", 4, {"Vibration": saw(20, 24, END), "AirPressure": saw(28, 32, END)}, [255, 5], 2, 0),
    Massager("several", 5, {"Roller": saw(26, 30, END), "Vibration": saw(26, 30, END), "AirPressure": saw(23, 27, END)},
             [20, 20, 10], 3, 3),
    Massager("toggle", 6, {"Vibration": saw(26, 30, END), "Heat": STEADY}, [20, 1], 2, 2),
]


@dataclass
class Condition:
    name: str
    steer: list
    interval: int = 0
    late: int = 0

    def fits(self, massager):
        return not self.late or massager.behind > 0


CONDITIONS = [Condition("ci0", []), Condition("ci30", ["interval 30"], interval=30),
              Condition("late", ["set late_ms 300"], late=300)]


def waiting(massager, condition):
    """What late answers cost at least: those to the write in flight, and to each off frame but the last. ATT has one
    request at a time on a link, whatever its characteristic."""
    return condition.late * massager.behind


def stop_goal(massager, condition):
    return massager.frames * (20 + 2 * condition.interval) + waiting(massager, condition)


def kill_goal(massager, condition):
    """As asked for; three frames with response at 30 ms take 210 ms by themselves when a write is in flight."""
    return 50 + 4 * condition.interval + waiting(massager, condition)


def freeze_goal(massager, condition):
    return 500 + waiting(massager, condition)


@dataclass
class Way:
    """One way to end."""
    name: str
    words: str
    act: Callable  # does it; returns when it was ordered, in seconds of CLOCK_MONOTONIC
    exits: set
    goal: Callable = lambda *_: None  # milliseconds until everything is off, at p95
    limit: Callable = None  # the same for a single run; without: three times the goal and a second
    terminal: bool = False
    link_stays: bool = False
    then: Callable = lambda svang, record: None  # what follows once everything is off
    upsets_bluez: bool = False  # needs a fresh adapter afterwards

    def within(self, massager, condition):
        return self.limit(massager, condition) if self.limit else 3 * self.goal(massager, condition) + 1000


def by_signal(which, group=False):
    return lambda svang: svang.signal(which, group)


def by_key(key):
    return lambda svang: svang.press(key)


def by_drop(how, off_air=0.5):
    def act(_):
        steer(f"set off_air_s {off_air}")
        at = time.monotonic()
        steer(f"drop {how}")
        return at
    return act


def stall_then_interrupt(svang):
    """No write is answered any more on this link; once one hangs, the order to stop."""
    steer("set stall true")
    time.sleep(0.5)
    return svang.signal(signal.SIGINT)


def adapter_off_and_on(_):
    at = power(False)
    time.sleep(1)
    power(True)
    return at


def bluetoothd_again(_):
    at = kill_bluetoothd()
    time.sleep(1)
    start_bluetoothd()
    return at


def suspended(svang, record):
    """Stopped first, then suspended; once it goes on, nothing moves by itself."""
    end = time.monotonic() + 5
    while svang.state() != "T" and svang.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    record["suspended"] = svang.state() == "T"
    if not record["suspended"]:
        record["faults"].append("it was not suspended")
    goes_on(svang, record)


def goes_on(svang, record):
    """Nobody asked it to play on: once it goes on, nothing moves."""
    record["woken"] = time.monotonic()
    if svang.poll() is None:
        svang.signal(signal.SIGCONT)
        time.sleep(1.5)
    if svang.poll() is None:
        svang.signal(signal.SIGINT)


ASKED = {130}
LOST = lambda *_: 15_000
WAYS = [
    Way("stop", "SIGINT while levels change all the time", by_signal(signal.SIGINT), ASKED, stop_goal),
    Way("term", "SIGTERM", by_signal(signal.SIGTERM), ASKED, stop_goal),
    Way("hup", "SIGHUP", by_signal(signal.SIGHUP), ASKED, stop_goal),
    Way("quit", "SIGQUIT", by_signal(signal.SIGQUIT), ASKED, stop_goal),
    Way("tstp", "SIGTSTP: stopped, then suspended", by_signal(signal.SIGTSTP), {1, 130}, stop_goal, then=suspended),
    Way("ctrl_c", "Ctrl-C on a terminal", by_key(b"\x03"), ASKED, stop_goal, terminal=True),
    Way("ctrl_z", "Ctrl-Z on a terminal", by_key(b"\x1a"), {1, 130}, stop_goal, terminal=True, then=suspended),
    Way("ctrl_backslash", "Ctrl-\\ on a terminal", by_key(b"\x1c"), ASKED, stop_goal, terminal=True),
    Way("closed", "the terminal is closed", lambda svang: svang.close_terminal(), ASKED, stop_goal, terminal=True),
    Way("kill", "SIGKILL", by_signal(signal.SIGKILL), {-signal.SIGKILL}, kill_goal, link_stays=True),
    Way("abort", "SIGABRT", by_signal(signal.SIGABRT), {-signal.SIGABRT}, kill_goal, link_stays=True),
    Way("group", "its whole process group is killed", by_signal(signal.SIGKILL, group=True), {-signal.SIGKILL},
        kill_goal, link_stays=True),
    Way("freeze", "SIGSTOP, then SIGCONT", by_signal(signal.SIGSTOP), {1, 130}, freeze_goal, link_stays=True,
        then=goes_on),
    Way("timeout", "the link times out", by_drop("timeout"), {1}, limit=LOST),
    Way("remote", "the massager hangs up", by_drop("remote"), {1}, limit=LOST),
    Way("power", "the massager hangs up for power, and is back after 3 s", by_drop("power", 3), {1}, limit=LOST),
    Way("stall", "answers never come any more on this link, then SIGINT", stall_then_interrupt, ASKED, limit=LOST),
    Way("adapter", "the adapter is switched off and on", adapter_off_and_on, {1}, limit=LOST, upsets_bluez=True),
    Way("bluetoothd", "bluetoothd is killed and restarted", bluetoothd_again, {1}, limit=LOST, upsets_bluez=True),
]
