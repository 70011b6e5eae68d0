#!/usr/bin/env python3
"""The emulated massager: a Bluetooth peripheral that speaks the Svang reference layout.

Written from the comments of assets/massagers/svang-reference.ron alone, as a maker's firmware would be.
Its log is JSON lines, {"t": CLOCK_MONOTONIC seconds, "ev": ...}: write (hex, op req or cmd, error), levels (what it does
from now on, and why: frame, dead-man, timer, program), connected, disconnected, encryption, paired, and more.
It is steered by lines on the unix socket /run/massager.sock:
  drop            the link is lost; it advertises again after off_air_s
  off | on        out of reach | back
  interval MS     connection events every MS milliseconds (0: at once)
  battery N
  set KEY JSON    encrypted (control wants an encrypted link), late_ms, refuse (count), stall (bool), off_air_s
  forget          loses all bonds
  stat            counts"""
import argparse, asyncio, contextvars, functools, json, operator, time
from bumble import att, core, gatt, hci, pairing
from bumble.controller import Controller
from bumble.core import AdvertisingData, UUID
from bumble.device import Device, DeviceConfiguration
from bumble.transport import open_transport
from bumble.transport.common import AsyncPipeSink
from air import Air, HostController

NAME, ADDRESS = "Svang test massager", "C0:DE:F0:07:00:01"
SERVICE = "063eccbe-cc6b-48ca-8773-410e3e416bde"
CONTROL = "ea50c577-0fb3-425b-8a1d-ebc2e2e326bb"
STATUS = "c796c254-3c0e-4c88-bc74-2b0cdb10e145"
HIGHEST = [20, 20, 20, 20, 10, 10, 3]
MALFORMED, TOO_HIGH = 0x80, 0x81
OP = contextvars.ContextVar("op", default="?")


def xor(data):
    return functools.reduce(operator.xor, data, 0)


class Log:
    def __init__(self, path):
        self.file = open(path, "w", buffering=1)

    def __call__(self, ev, **more):
        self.file.write(json.dumps({"t": round(time.monotonic(), 6), "ev": ev, **more}) + "\n")


class Machine:
    """What moves. Frames in, status out, and stopping by itself."""

    def __init__(self, log, changed):
        self.log, self.changed = log, changed
        self.levels, self.program, self.since, self.told = [0] * 7, 0, 0.0, [0] * 7
        self.dead_man, self.ran_out, self.timer, self.battery, self.at = None, False, 900.0, 87, time.monotonic()

    def runs(self):
        return bool(self.program or any(self.levels))

    def now(self):
        if not self.program:
            return self.levels
        s = time.monotonic() - self.since
        return {1: [6, 6, 0, 0, 0, 0, 0], 2: [0, 0, 0, 0, 5, 5, 0] if s % 15 < 10 else [0] * 7,
                3: [0, 0, 4, 4, 0, 0, 2] if s % 30 < 20 else [0, 0, 8, 8, 0, 0, 2]}[self.program]

    def frame(self, data):
        """Obeys a frame; the ATT error that answers it, or None."""
        if len(data) < 2 or xor(data[:-1]) != data[-1] or data[0] != 0x53:
            return MALFORMED
        self.pass_time()
        match data[1], len(data):
            case 1, 11:
                if data[9] == 0 or any(l > h for l, h in zip(data[2:9], HIGHEST)):
                    return TOO_HIGH
                self.levels, self.program = list(data[2:9]), 0
                self.good(data[9])
            case 2, 3:
                self.stop("frame")
                self.ran_out = False
            case 3, 5:
                if data[3] == 0 or not 1 <= data[2] <= 3:
                    return TOO_HIGH
                if self.program != data[2]:
                    self.program, self.since = data[2], time.monotonic()
                self.levels = [0] * 7
                self.good(data[3])
            case 4, 5:
                seconds = data[2] + 256 * data[3]
                if not 1 <= seconds <= 1800:
                    return TOO_HIGH
                self.timer = float(seconds)
            case _:
                return MALFORMED
        self.tell("frame")
        return None

    def good(self, tenths):
        self.dead_man, self.ran_out = time.monotonic() + tenths / 10, False

    def stop(self, why):
        self.levels, self.program, self.dead_man, self.timer = [0] * 7, 0, None, 900.0
        self.tell(why)

    def tell(self, why):
        now = self.now()
        if now != self.told:
            self.told = list(now)
            self.log("levels", levels=now, why=why)
            self.changed()

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


class Massager:
    def __init__(self, log, air):
        self.log, self.air, self.on, self.connection = log, air, True, None
        self.set = {"encrypted": False, "late_ms": 0, "refuse": 0, "stall": False, "off_air_s": 0.5}
        self.writes = self.connections = 0
        self.machine = Machine(log, lambda: asyncio.ensure_future(self.send_status()))

    def build(self, sink, source):
        config = DeviceConfiguration(name=NAME, address=hci.Address(ADDRESS))
        config.load_from_dict({"name": NAME, "address": ADDRESS})
        config.identity_address_type = hci.Address.RANDOM_DEVICE_ADDRESS  # else the kernel drops the IRK
        config.advertising_interval_min = config.advertising_interval_max = 100
        device = self.device = Device.from_config_with_hci(config, source, sink)
        self.advertised = bytes(AdvertisingData([
            (AdvertisingData.FLAGS, bytes([6])),
            (AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, UUID(SERVICE).to_bytes())]))
        # The name comes late, with the scan response.
        self.air.scan_response = bytes(AdvertisingData([(AdvertisingData.COMPLETE_LOCAL_NAME, NAME.encode())]))
        P = gatt.Characteristic.Properties
        self.control = self.characteristic(CONTROL, P.WRITE | P.WRITE_WITHOUT_RESPONSE, write=self.on_write)
        self.status = self.characteristic(STATUS, P.READ | P.NOTIFY, read=lambda _: self.machine.status())
        self.battery = self.characteristic("2A19", P.READ | P.NOTIFY, read=lambda _: bytes([self.machine.battery]))
        device.add_services([gatt.Service(UUID(SERVICE), [self.control, self.status]),
                             gatt.Service(UUID("180F"), [self.battery])])
        device.gatt_server.max_mtu = 247
        for op, kind in (("request", "req"), ("command", "cmd")):
            inner = getattr(device.gatt_server, f"on_att_write_{op}")
            def wrap(bearer, request, inner=inner, kind=kind):
                OP.set(kind)  # inner starts a task, which takes a copy of this context
                inner(bearer, request)
            setattr(device.gatt_server, f"on_att_write_{op}", wrap)
        device.pairing_config_factory = lambda _: pairing.PairingConfig(
            sc=True, mitm=False, bonding=True, identity_address_type=pairing.PairingConfig.AddressType.RANDOM)
        device.on("connection", self.on_connection)

    def characteristic(self, uuid, properties, read=None, write=None):
        permissions = att.Attribute.Permissions.READABLE | att.Attribute.Permissions.WRITEABLE
        found = gatt.Characteristic(UUID(uuid), properties, permissions, gatt.AttributeValue(read=read, write=write))
        found.on("subscription", lambda *a: self.log("subscription", uuid=uuid))
        return found

    async def on_write(self, connection, data):
        self.writes += 1
        op, data, note = OP.get(), bytes(data), {}
        try:
            if self.set["encrypted"] and not connection.encryption:
                note["error"] = 0x0F
                raise att.ATT_Error(att.ATT_INSUFFICIENT_ENCRYPTION_ERROR)
            if self.set["refuse"] > 0 and op == "req":
                self.set["refuse"] -= 1
                note["error"] = MALFORMED
                raise att.ATT_Error(MALFORMED)
            if error := self.machine.frame(data):
                note["error"] = error
                if op == "req":
                    raise att.ATT_Error(error)
        finally:
            self.log("write", n=self.writes, op=op, hex=data.hex(), **note)
        if op == "req":
            if self.set["stall"]:
                await asyncio.sleep(3600)
            if self.set["late_ms"]:
                await asyncio.sleep(self.set["late_ms"] / 1000)

    async def send_status(self):
        self.sent = time.monotonic()
        if self.connection:
            await self.device.notify_subscribers(self.status, self.machine.status())

    async def run(self):
        self.sent = time.monotonic()
        while True:
            await asyncio.sleep(0.02)
            self.machine.pass_time()
            if self.machine.runs() and time.monotonic() - self.sent >= 1:
                await self.send_status()

    async def advertise(self):
        if self.on and not self.connection:
            await self.device.start_advertising(advertising_data=self.advertised,
                                                scan_response_data=self.air.scan_response, auto_restart=False)
            self.log("advertising")

    def on_connection(self, connection):
        self.connections += 1
        self.connection = connection
        self.log("connected", n=self.connections)
        connection.on("disconnection", self.on_disconnection)
        connection.on("connection_encryption_change", lambda *a: self.log("encryption", on=bool(connection.encryption)))
        connection.on("pairing", lambda keys: self.log("paired"))
        connection.on("pairing_failure", lambda reason: self.log("pairing_failure", reason=int(reason)))

    def on_disconnection(self, reason):
        self.log("disconnected", reason=int(reason))
        self.connection = None
        if self.on and self.set["off_air_s"] >= 0:
            later = lambda: asyncio.ensure_future(self.advertise())
            asyncio.get_running_loop().call_later(self.set["off_air_s"], later)

    async def steer(self, reader, writer):
        while line := await reader.readline():
            words, out = line.decode().split(None, 2), ""
            self.log("steer", line=line.decode().strip())
            try:
                match words:
                    case ["drop"]:
                        self.air.lose_link()
                    case ["off"]:
                        self.on = False
                        if self.device.is_advertising:
                            await self.device.stop_advertising()
                        self.air.lose_link()
                    case ["on"]:
                        self.on = True
                        await self.advertise()
                    case ["interval", ms]:
                        self.air.interval_ms = int(ms)
                    case ["battery", percent]:
                        self.machine.battery = int(percent)
                        await self.device.notify_subscribers(self.battery, bytes([int(percent)]))
                    case ["set", key, value] if key in self.set:
                        self.set[key] = json.loads(value)
                    case ["forget", *_]:
                        await self.device.keystore.delete_all()
                    case ["stat"]:
                        out = json.dumps({"writes": self.writes, "connections": self.connections,
                                          "connected": bool(self.connection), "levels": self.machine.now()})
                    case _:
                        out = "unknown"
                writer.write(f"ok {out}\n".encode())
            except Exception as e:
                writer.write(f"error {e!r}\n".encode())
            await writer.drain()
        writer.close()


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--log", default="/dev/stdout")
    arguments.add_argument("--ready")
    arguments = arguments.parse_args()
    log, air = Log(arguments.log), Air()
    vhci = await open_transport("vhci")
    host = HostController("hci0", host_source=vhci.source, host_sink=vhci.sink, link=air,
                          public_address=hci.Address("00:1B:DC:00:00:01/P"))
    own = Controller("massager", link=air, public_address=hci.Address("00:1B:DC:00:00:02/P"))
    massager = Massager(log, air)
    massager.build(AsyncPipeSink(own), own)
    await massager.device.power_on()
    await asyncio.start_unix_server(massager.steer, "/run/massager.sock")
    await massager.advertise()
    log("ready")
    if arguments.ready:
        open(arguments.ready, "w").write("1")
    await massager.run()
    del host

asyncio.run(main())
