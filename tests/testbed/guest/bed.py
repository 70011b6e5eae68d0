"""What all scenarios stand on: the massager's log, the program at work, BlueZ, and profiles.

Belongs here: what is done and seen in the guest. What has to hold is said in scenarios.py and matrix.py."""
import bisect, glob, json, os, pty, select, shutil, signal, socket, subprocess, threading, time
import steer as steering

ADDRESS = "C0:DE:F0:07:00:0"  # and the kind's number
MASSAGER = ADDRESS + "1"
LOG = "/host/out/massager.log"
OUT = "/tmp/out"
KIT = os.path.dirname(os.path.abspath(__file__))
DATA, STATE = os.path.expanduser("~/.local/share/svang"), os.path.expanduser("~/.local/state/svang")


class Failed(Exception):
    pass


def check(holds, words):
    if not holds:
        raise Failed(words)


def steer(line):
    answer = steering.steer(line)
    check(answer.startswith("ok"), f"the massager does not take “{line}”: {answer}")
    return answer.removeprefix("ok").strip()


# --- what reached the massager ------------------------------------------------------------------------------------

class Events:
    """The massager's log, read as it grows: whoever read it all again each time would take the guest's one processor
    from what is measured."""

    def __init__(self):
        self.file, self.part, self.events, self.times = None, "", [], []

    def since(self, at):
        self.file = self.file or open(LOG)
        text = self.part + self.file.read()
        whole, _, self.part = text.rpartition("\n")
        for line in whole.split("\n") if whole else []:
            event = json.loads(line)
            self.events.append(event)
            self.times.append(event["t"])
        return self.events[bisect.bisect_left(self.times, at):]

    def forget(self):
        self.since(0.0)
        self.events, self.times = [], []


events = Events()
log = events.since


def wait_for(what, seconds, since=0.0, **fields):
    end = time.monotonic() + seconds
    while True:
        for e in log(since):
            if e["ev"] == what and all(e.get(k) == v for k, v in fields.items()):
                return e
        check(time.monotonic() < end, f"no “{what}” {fields or ''} at the massager within {seconds} s")
        time.sleep(0.02)


def wait_moving(seconds, since, process=None):
    end = time.monotonic() + seconds
    while True:
        for e in log(since):
            if e["ev"] == "levels" and any(e["levels"]):
                return e
        check(time.monotonic() < end, f"nothing moved within {seconds} s")
        check(process is None or process.poll() is None, "it ended before anything moved")
        time.sleep(0.02)


def moving():
    return any(json.loads(steer("stat"))["levels"])


def moving_writes(since):
    """Frames that would move something."""
    return [e for e in log(since) if e["ev"] == "write" and e.get("moves")]


# --- the program --------------------------------------------------------------------------------------------------

class Svang:
    """The program at work, in a process group of its own. On a terminal, it asks and listens, and the keys that a
    terminal turns into signals do so."""

    def __init__(self, name, *args, terminal=False):
        self.name, self.args = name, args
        self.out_path, self.err_path = f"{OUT}/{name}.out", f"{OUT}/{name}.err"
        self.keys, self.shell, self.pid, self.code, self.ended = None, None, None, None, None
        self.news = threading.Condition()
        out, err = open(self.out_path, "wb"), open(self.err_path, "wb")
        if terminal:
            self.keys, near = pty.openpty()
            here, there = socket.socketpair()
            self.shell = subprocess.Popen(
                ["python3", f"{KIT}/terminal.py", str(there.fileno()), "svang", *args], stdin=near, stdout=near,
                stderr=err, pass_fds=[there.fileno()], start_new_session=True)
            os.close(near)
            there.close()
            self.listening = True
            self.listener = threading.Thread(target=self.listen, args=[out], daemon=True)
            self.listener.start()
            threading.Thread(target=self.hear, args=[here.makefile()], daemon=True).start()
            with self.news:
                self.news.wait_for(lambda: self.pid, 10)
        else:
            self.process = subprocess.Popen(["svang", *args], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                            process_group=0)
            self.pid = self.process.pid
            threading.Thread(target=self.await_end, daemon=True).start()

    def end(self, code):
        with self.news:
            self.code, self.ended = code, time.monotonic()
            self.news.notify_all()

    def await_end(self):
        self.end(self.process.wait())

    def hear(self, lines):
        """What terminal.py tells: the program's process, and how it ended."""
        for line in lines:
            word, number = line.split()
            if word == "pid":
                with self.news:
                    self.pid = int(number)
                    self.news.notify_all()
            else:
                self.end(int(number))

    def listen(self, out):
        """Never waits inside a read: one that does keeps the terminal open after it was closed."""
        while self.listening:
            try:
                if select.select([self.keys], [], [], 0.05)[0]:
                    out.write(os.read(self.keys, 4096))
                    out.flush()
            except OSError:  # the far end is closed
                return

    def press(self, keys):
        at = time.monotonic()
        os.write(self.keys, keys)
        return at

    def press_enter(self):
        self.press(b"\n")

    def close_terminal(self):
        self.listening = False
        self.listener.join()
        at, keys, self.keys = time.monotonic(), self.keys, None
        os.close(keys)
        return at

    def said(self):
        return "".join(open(path, errors="replace").read() for path in (self.out_path, self.err_path))

    def poll(self):
        return self.code

    def wait(self, seconds):
        with self.news:
            self.news.wait_for(lambda: self.code is not None, seconds)
        check(self.code is not None,
              f"svang {' '.join(self.args)} still runs after {seconds} s; it said: {self.said()[-400:]}")
        return self.code

    def signal(self, which, group=False):
        at = time.monotonic()
        (os.killpg if group else os.kill)(self.pid, which)
        return at

    def state(self):
        """The kernel's letter for it: S sleeping, T stopped, …"""
        try:
            return open(f"/proc/{self.pid}/stat").read().rpartition(")")[2].split()[0]
        except OSError:
            return ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.code is None and self.pid:
            os.kill(self.pid, signal.SIGKILL)
            with self.news:
                self.news.wait_for(lambda: self.code is not None, 5)
        if self.shell:
            self.shell.kill()
            self.shell.wait()
        if self.keys is not None:
            self.close_terminal()


def play(name, profile, *more, terminal=False, massager=MASSAGER):
    return Svang(name, "play", profile, "--massager", massager, "--strength", "100", *more, terminal=terminal)


def processes(program="svang"):
    """The processes of a program, whatever they call themselves; dead ones that nobody has buried do not count."""
    found = []
    for path in glob.glob("/proc/[0-9]*/exe"):
        try:
            if os.path.basename(os.readlink(path)) == program:
                found.append(int(path.split("/")[2]))
        except OSError:
            pass  # it has ended, or is the kernel's
    return found


def install_maps():
    os.makedirs(f"{DATA}/massagers", exist_ok=True)
    for path in glob.glob(f"{KIT}/maps/*.ron"):
        shutil.copy(path, f"{DATA}/massagers")


def forget_the_day():
    """Whoever massages for hours has long had the day's limit, and the first three uses, which stay gentle."""
    for path in glob.glob(f"{STATE}/*dose*"):
        os.remove(path)
    os.makedirs(STATE, exist_ok=True)
    with open(f"{STATE}/dose.ron", "w") as dose:
        dose.write("(version: 1, days: {}, uses: 3)\n")


# --- BlueZ --------------------------------------------------------------------------------------------------------

def power(on):
    """Returns when it was asked for."""
    at = time.monotonic()
    subprocess.run(["dbus-send", "--system", "--print-reply", "--dest=org.bluez", "/org/bluez/hci0",
                    "org.freedesktop.DBus.Properties.Set", "string:org.bluez.Adapter1", "string:Powered",
                    f"variant:boolean:{str(on).lower()}"], capture_output=True, timeout=15)
    return at


def powered():
    answer = subprocess.run(["dbus-send", "--system", "--print-reply", "--dest=org.bluez", "/org/bluez/hci0",
                             "org.freedesktop.DBus.Properties.Get", "string:org.bluez.Adapter1", "string:Powered"],
                            capture_output=True, text=True, timeout=15)
    return "boolean true" in answer.stdout


def kill_bluetoothd():
    at = time.monotonic()
    for pid in processes("bluetoothd"):
        os.kill(pid, signal.SIGKILL)
    return at


def start_bluetoothd():
    subprocess.Popen([f"{KIT}/bluetoothd.sh"], start_new_session=True)


def bluez_works(seconds=15):
    """Waits until BlueZ runs with its adapter on; mends what a scenario left."""
    end = time.monotonic() + seconds
    while not powered():
        check(time.monotonic() < end, "BlueZ does not work any more")
        if not processes("bluetoothd"):
            start_bluetoothd()
        else:
            power(True)
        time.sleep(0.2)


def fresh_adapter():
    """The kernel goes on searching for 10 s when a bluetoothd that searched was killed; until then no new search is let
    in."""
    bluez_works()
    power(False)
    time.sleep(0.3)
    bluez_works()


# --- profiles and what they mean ------------------------------------------------------------------------------------

def clock(ms):
    return f"{ms // 60000}:{ms // 1000 % 60:02}" + (f".{ms % 1000:03}" if ms % 1000 else "")


def write_profile(name, tracks, length):
    lines = [f'Profile(\n    version: 1,\n    name: "{name}",\n    length: "{clock(length)}",\n    tracks: {{']
    for mode, points in tracks.items():
        lines.append(f"        {mode}: [")
        lines += [f'            Straight("{clock(at)}", {percent}),' for at, percent in points]
        lines.append("        ],")
    path = f"/tmp/{name}.ron"
    with open(path, "w") as f:
        f.write("\n".join(lines + ["    },", ")", ""]))
    return path


def waves(start, end, up, top, down, rest):
    """Straight waves from 0 to `top` percent; rises stay under 10 % a second, so that no limit holds them back."""
    points, at = [(0, 0), (start, 0)], start
    while at + up + down <= end:
        points += [(at + up, top), (at + up + down, 0)]
        at += up + down
        if rest:
            at += rest
            points.append((at, 0))
    return points


def saw(low, high, end):
    """From `low` to `high` percent as fast as rises may be, down at once, again and again: levels change all the time."""
    points, step = [(0, low)], round((high - low) * 100)
    for at in range(step, end, step):
        points += [(at, high), (at + 1, low)]
    return points


def level(per_mille, highest):
    """The rule: nothing is 0, anything above nothing at least 1, otherwise the nearest."""
    return max(1, (per_mille * highest + 500) // 1000) if per_mille else 0


def expected(points, highest, length):
    """Every level change of a straight track, as (milliseconds, level)."""
    changes, now = [], 0
    for (t0, p0), (t1, p1) in zip(points, points[1:]):
        for t in range(t0, t1):
            value = 10 * (p0 + (p1 - p0) * (t - t0) / (t1 - t0))
            new = level(int(value + 0.5), highest)
            if new != now:
                changes.append((t, new))
                now = new
    t, p = points[-1]
    if level(int(10 * p), highest) != now:
        changes.append((t, level(int(10 * p), highest)))
    return changes


def percentile(values, p):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * p / 100))]
