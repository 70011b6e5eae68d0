"""The massagers that are emulated: what each one advertises and offers, and what its firmware does.

Belongs here: bytes and motors. The radio is air.py's, pairing, answers and steering are massager.py's business.
Each kind is written from its device map's comments alone (assets/massagers/svang-reference.ron, maps/*.ron), as a
maker's firmware would be. All but the reference go on for ever when nothing comes any more: the harsh case."""
import functools, operator, time
from bumble import gatt

MALFORMED, TOO_HIGH = 0x80, 0x81
P = gatt.Characteristic.Properties
REQUEST, COMMAND, TELLS = P.WRITE, P.WRITE_WITHOUT_RESPONSE, P.READ | P.NOTIFY


def xor(data):
    return functools.reduce(operator.xor, data, 0)


class Machine:
    """What moves. Frames in, status out."""
    NAME = ADDRESS = SERVICE = ""
    ADVERTISED_NAME_LATE = False  # the name comes with the scan response
    PLACES = {}  # name: (characteristic, properties); `status` is read and notified
    HIGHEST = []  # of each channel

    def __init__(self, log, changed):
        self.log, self.changed, self.battery = log, changed, 87
        self.levels, self.told = [0] * len(self.HIGHEST), [0] * len(self.HIGHEST)
        self.moved = False  # whether the last frame was one that moves something

    def runs(self):
        return any(self.now())

    def now(self):
        return self.levels

    def frame(self, place, data):
        """Obeys a frame; the ATT error that answers it, or None."""
        self.moved = False
        self.pass_time()
        error = self.obey(place, data)
        if error is None:
            self.tell("frame")
        return error

    def obey(self, place, data):
        raise NotImplementedError

    def put(self, channel, level):
        """Sets one level as a frame says."""
        if level > self.HIGHEST[channel]:
            return TOO_HIGH
        self.levels[channel], self.moved = level, level > 0
        return None

    def reset(self):
        """As after power-on."""
        self.levels = [0] * len(self.HIGHEST)
        self.tell("reset")

    def tell(self, why):
        now = list(self.now())
        if now != self.told:
            self.told = now
            self.log("levels", levels=now, why=why)
            self.changed()

    def pass_time(self):
        pass

    def status(self):
        return b""


class Reference(Machine):
    """Our own layout: one off frame, a dead-man time, a timer, programs, status."""
    NAME, ADDRESS, ADVERTISED_NAME_LATE = "Svang test massager", "C0:DE:F0:07:00:01", True
    SERVICE = "063eccbe-cc6b-48ca-8773-410e3e416bde"
    PLACES = {"control": ("ea50c577-0fb3-425b-8a1d-ebc2e2e326bb", REQUEST | COMMAND),
              "status": ("c796c254-3c0e-4c88-bc74-2b0cdb10e145", TELLS)}
    HIGHEST = [20, 20, 20, 20, 10, 10, 3]

    def __init__(self, log, changed):
        super().__init__(log, changed)
        self.program, self.since = 0, 0.0
        self.dead_man, self.ran_out, self.timer, self.at = None, False, 900.0, time.monotonic()

    def runs(self):
        return bool(self.program or any(self.levels))

    def now(self):
        if not self.program:
            return self.levels
        s = time.monotonic() - self.since
        return {1: [6, 6, 0, 0, 0, 0, 0], 2: [0, 0, 0, 0, 5, 5, 0] if s % 15 < 10 else [0] * 7,
                3: [0, 0, 4, 4, 0, 0, 2] if s % 30 < 20 else [0, 0, 8, 8, 0, 0, 2]}[self.program]

    def obey(self, _, data):
        if len(data) < 2 or xor(data[:-1]) != data[-1] or data[0] != 0x53:
            return MALFORMED
        match data[1], len(data):
            case 1, 11:
                if data[9] == 0 or any(l > h for l, h in zip(data[2:9], self.HIGHEST)):
                    return TOO_HIGH
                self.levels, self.program, self.moved = list(data[2:9]), 0, any(data[2:9])
                self.good(data[9])
            case 2, 3:
                self.stop("frame")
                self.ran_out = False
            case 3, 5:
                if data[3] == 0 or not 1 <= data[2] <= 3:
                    return TOO_HIGH
                if self.program != data[2]:
                    self.program, self.since = data[2], time.monotonic()
                self.levels, self.moved = [0] * 7, True
                self.good(data[3])
            case 4, 5:
                seconds = data[2] + 256 * data[3]
                if not 1 <= seconds <= 1800:
                    return TOO_HIGH
                self.timer = float(seconds)
            case _:
                return MALFORMED
        return None

    def good(self, tenths):
        self.dead_man, self.ran_out = time.monotonic() + tenths / 10, False

    def stop(self, why):
        self.levels, self.program, self.dead_man, self.timer = [0] * 7, 0, None, 900.0
        self.tell(why)

    def reset(self):
        self.stop("reset")
        self.ran_out = False

    def pass_time(self):
        now = time.monotonic()
        moved, self.at = now - self.at, now
        if not self.runs():
            return
        self.timer -= moved
        if self.dead_man is not None and now >= self.dead_man:
            self.stop("dead-man")
            self.ran_out = True
        elif self.timer <= 0:
            self.stop("timer")
        else:
            self.tell("program")

    def status(self):
        timer = int(max(self.timer, 0)).to_bytes(2, "little")
        body = bytes([0x73, self.runs() | self.ran_out << 1, *self.now(), self.program, *timer, self.battery])
        return body + bytes([xor(body)])


class Svakom(Machine):
    """Two off frames with response on one characteristic (maps/svakom.ron). It never says anything."""
    NAME, ADDRESS, SERVICE = "Testbed svakom", "C0:DE:F0:07:00:02", "FFE0"
    PLACES = {"control": ("FFE1", REQUEST)}
    HIGHEST = [10, 5]  # vibration, air

    def obey(self, _, data):
        if len(data) != 7 or data[0] != 0x55 or data[2:4] != b"\0\0" or data[1] not in (3, 9):
            return MALFORMED
        channel, level = (0, data[5]) if data[1] == 3 else (1, data[5])
        if (data[4] > 0) != (level > 0):
            return MALFORMED
        return self.put(channel, level)


class Fine(Svakom):
    """The same with 255 levels each (maps/fine.ron): a write is nearly always in flight."""
    NAME, ADDRESS = "Testbed fine", "C0:DE:F0:07:00:03"
    HIGHEST = [255, 255]


class Joyhub(Machine):
    """Vibration in 255 levels and air, without response, at a slow pace (maps/joyhub.ron)."""
    NAME, ADDRESS, SERVICE = "Testbed joyhub", "C0:DE:F0:07:00:04", "FFA0"
    PLACES = {"control": ("FFA1", COMMAND)}
    HIGHEST = [255, 5]  # vibration, air

    def obey(self, _, data):
        match list(data):
            case [0xA0, 0x03, level, 0, 0, 0, 0xAA]:
                return self.put(0, level)
            case [0xA0, 0x0D, 0, 0, level, 0xFF]:
                return self.put(1, level)
        return MALFORMED


class Several(Machine):
    """A characteristic for each mode, an off frame on each (maps/several.ron)."""
    NAME, ADDRESS, SERVICE = "Testbed several", "C0:DE:F0:07:00:05", "5b1d0000-7d5e-4c0f-9d3a-61f0c2a9e7b4"
    PLACES = {"roller": ("5b1d0001-7d5e-4c0f-9d3a-61f0c2a9e7b4", REQUEST),
              "vibration": ("5b1d0002-7d5e-4c0f-9d3a-61f0c2a9e7b4", REQUEST),
              "air": ("5b1d0003-7d5e-4c0f-9d3a-61f0c2a9e7b4", REQUEST)}
    HIGHEST = [20, 20, 10]

    def obey(self, place, data):
        channel = list(self.PLACES).index(place)
        match list(data):
            case [0x00]:
                return self.put(channel, 0)
            case [0x01, level]:
                return self.put(channel, level)
        return MALFORMED


class Toggle(Machine):
    """Vibration in levels; heat by a button that switches over, and a status that says so (maps/toggle.ron)."""
    NAME, ADDRESS, SERVICE = "Testbed toggle", "C0:DE:F0:07:00:06", "5b1e0000-7d5e-4c0f-9d3a-61f0c2a9e7b4"
    PLACES = {"control": ("5b1e0001-7d5e-4c0f-9d3a-61f0c2a9e7b4", REQUEST),
              "status": ("5b1e0002-7d5e-4c0f-9d3a-61f0c2a9e7b4", TELLS)}
    HIGHEST = [20, 1]  # vibration, heat

    def obey(self, _, data):
        if len(data) != 3 or xor(data[:-1]) != data[-1]:
            return MALFORMED
        match data[0], data[1]:
            case 0x56, level:
                return self.put(0, level)
            case 0x4F, 0x56:
                return self.put(0, 0)
            case 0x48, 0x01:
                return self.put(1, 1 - self.levels[1])
        return MALFORMED

    def status(self):
        body = bytes([0x73, *self.levels])
        return body + bytes([xor(body)])


KINDS = {kind.__name__.lower(): kind for kind in (Reference, Svakom, Fine, Joyhub, Several, Toggle)}
