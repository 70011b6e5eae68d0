#!/usr/bin/env python3
"""The emulated massager: a Bluetooth peripheral that is one of kinds.py at a time.

Its log is JSON lines, {"t": CLOCK_MONOTONIC seconds, "ev": ...}: write (hex, place, op req or cmd, moves, error), levels
(what it does from now on, and why: frame, dead-man, timer, program, reset), connected, disconnected, encryption, paired,
and more.
It is steered by lines on the unix socket /run/massager.sock:
  kind NAME       becomes that kind, as after power-on: link lost, everything off, all settings as at first
  drop [HOW]      the link is lost; it advertises again after off_air_s. HOW: timeout (nobody says goodbye), remote (it
                  hangs up), power (it hangs up because it is being switched off). What moves goes on: the harsh case
  off | on        out of reach | back
  interval MS     connection events every MS milliseconds (0: at once)
  battery N
  set KEY JSON    encrypted (writing wants an encrypted link), late_ms, refuse (count), stall (until the link ends),
                  off_air_s
  forget          loses all bonds
  stat            counts"""
import argparse, asyncio, contextvars, json, time
from bumble import att, gatt, hci, pairing
from bumble.controller import Controller
from bumble.core import AdvertisingData, UUID
from bumble.device import Device, DeviceConfiguration
from bumble.transport import open_transport
from bumble.transport.common import AsyncPipeSink
from air import Air, HostController
from kinds import KINDS, MALFORMED

SETTINGS = {"encrypted": False, "late_ms": 0, "refuse": 0, "stall": False, "off_air_s": 0.5}
HANGS_UP = {"remote": 0x13, "power": 0x15}
OP = contextvars.ContextVar("op", default="?")


class Log:
    def __init__(self, path):
        self.file = open(path, "w", buffering=1)

    def __call__(self, ev, **more):
        self.file.write(json.dumps({"t": round(time.monotonic(), 6), "ev": ev, **more}) + "\n")


class Massager:
    """One kind of massager, with a controller of its own."""

    def __init__(self, kind, log, air, settings):
        self.log, self.air, self.set, self.connection = log, air, settings, None
        self.on, self.writes, self.connections, self.sent = False, 0, 0, time.monotonic()
        self.machine = kind(log, lambda: asyncio.ensure_future(self.send_status()))
        number = kind.ADDRESS[-2:]
        controller = Controller(kind.__name__, link=air, public_address=hci.Address(f"00:1B:DC:00:01:{number}/P"))
        config = DeviceConfiguration(name=kind.NAME, address=hci.Address(kind.ADDRESS))
        config.load_from_dict({"name": kind.NAME, "address": kind.ADDRESS})
        config.identity_address_type = hci.Address.RANDOM_DEVICE_ADDRESS  # else the kernel drops the IRK
        config.advertising_interval_min = config.advertising_interval_max = 100
        device = self.device = Device.from_config_with_hci(config, controller, AsyncPipeSink(controller))
        name, service = (AdvertisingData.COMPLETE_LOCAL_NAME, kind.NAME.encode()), UUID(kind.SERVICE).to_bytes()
        services = (AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS if len(service) == 2
                    else AdvertisingData.COMPLETE_LIST_OF_128_BIT_SERVICE_CLASS_UUIDS, service)
        # A long identifier leaves no room for the name, which then comes with the scan response.
        late = kind.ADVERTISED_NAME_LATE or len(service) > 2
        self.advertised = bytes(AdvertisingData([(AdvertisingData.FLAGS, bytes([6])), services] + [name] * (not late)))
        self.scan_response = bytes(AdvertisingData([name] * late))
        self.status, places = None, []
        for place, (uuid, properties) in kind.PLACES.items():
            if place == "status":
                self.status = self.characteristic(uuid, properties, read=lambda _: self.machine.status())
                places.append(self.status)
            else:
                write = lambda connection, data, place=place: self.on_write(place, connection, bytes(data))
                places.append(self.characteristic(uuid, properties, write=write))
        self.battery = self.characteristic("2A19", gatt.Characteristic.Properties.READ
                                           | gatt.Characteristic.Properties.NOTIFY,
                                           read=lambda _: bytes([self.machine.battery]))
        device.add_services([gatt.Service(UUID(kind.SERVICE), places), gatt.Service(UUID("180F"), [self.battery])])
        device.gatt_server.max_mtu = 247
        for op, short in (("request", "req"), ("command", "cmd")):
            inner = getattr(device.gatt_server, f"on_att_write_{op}")
            def wrap(bearer, request, inner=inner, short=short):
                OP.set(short)  # inner starts a task, which takes a copy of this context
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

    async def on_write(self, place, connection, data):
        self.writes += 1
        op, note = OP.get(), {}
        try:
            if self.set["encrypted"] and not connection.encryption:
                note["error"] = 0x0F
                raise att.ATT_Error(att.ATT_INSUFFICIENT_ENCRYPTION_ERROR)
            if self.set["refuse"] > 0 and op == "req":
                self.set["refuse"] -= 1
                note["error"] = MALFORMED
                raise att.ATT_Error(MALFORMED)
            if error := self.machine.frame(place, data):
                note["error"] = error
                if op == "req":
                    raise att.ATT_Error(error)
            else:
                note["moves"] = self.machine.moved
        finally:
            self.log("write", n=self.writes, op=op, place=place, hex=data.hex(), **note)
        if op == "req":
            if self.set["stall"]:
                await asyncio.sleep(3600)
            if self.set["late_ms"]:
                await asyncio.sleep(self.set["late_ms"] / 1000)

    async def send_status(self):
        self.sent = time.monotonic()
        if self.connection and self.status:
            await self.device.notify_subscribers(self.status, self.machine.status())

    async def pass_time(self):
        self.machine.pass_time()
        if self.machine.runs() and time.monotonic() - self.sent >= 1:
            await self.send_status()

    async def power_on(self):
        self.on = True
        await self.device.power_on()

    async def advertise(self):
        if self.on and not self.connection and not self.device.is_advertising:
            self.air.scan_response = self.scan_response
            await self.device.start_advertising(advertising_data=self.advertised,
                                                scan_response_data=self.scan_response, auto_restart=False)
            self.log("advertising", name=self.machine.NAME)

    async def vanish(self):
        self.on = False
        if self.device.is_advertising:
            await self.device.stop_advertising()
        self.air.lose_link()

    def drop(self, how):
        if how == "timeout":
            self.air.lose_link()
        elif self.connection:
            asyncio.ensure_future(self.device.disconnect(self.connection, HANGS_UP[how]))

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
        self.set["stall"] = False
        if self.on and self.set["off_air_s"] >= 0:
            later = lambda: asyncio.ensure_future(self.advertise())
            asyncio.get_running_loop().call_later(self.set["off_air_s"], later)


class Bed:
    """The massagers, of which one is switched on, and their steering."""

    def __init__(self, log, air):
        self.log, self.air, self.settings, self.massagers, self.current = log, air, dict(SETTINGS), {}, None

    async def become(self, kind):
        if self.current:
            await self.current.vanish()
            self.current.machine.reset()
        self.settings.update(SETTINGS)
        self.air.interval_ms = 0
        for _ in range(100):  # until both sides know that the link is gone
            if not (self.current and self.current.connection):
                break
            await asyncio.sleep(0.01)
        if kind not in self.massagers:
            self.massagers[kind] = Massager(KINDS[kind], self.log, self.air, self.settings)
            await self.massagers[kind].power_on()
        self.current = self.massagers[kind]
        self.current.on = True
        self.log("kind", kind=kind)
        await self.current.advertise()

    async def steer(self, reader, writer):
        while line := await reader.readline():
            self.log("steer", line=line.decode().strip())
            try:
                out = await self.obey(line.decode().split(None, 2))
                writer.write(f"ok {out}\n".encode())
            except Exception as e:
                writer.write(f"error {e!r}\n".encode())
            await writer.drain()
        writer.close()

    async def obey(self, words):
        massager = self.current
        match words:
            case ["kind", kind] if kind in KINDS:
                await self.become(kind)
            case ["drop"]:
                massager.drop("timeout")
            case ["drop", how]:
                massager.drop(how)
            case ["off"]:
                await massager.vanish()
            case ["on"]:
                massager.on = True
                await massager.advertise()
            case ["interval", ms]:
                self.air.interval_ms = int(ms)
            case ["battery", percent]:
                massager.machine.battery = int(percent)
                await massager.device.notify_subscribers(massager.battery, bytes([int(percent)]))
            case ["set", key, value] if key in self.settings:
                self.settings[key] = json.loads(value)
            case ["forget", *_]:
                await massager.device.keystore.delete_all()
            case ["stat"]:
                return json.dumps({"writes": massager.writes, "connections": massager.connections,
                                   "connected": bool(massager.connection), "levels": massager.machine.now()})
            case _:
                raise ValueError(f"unknown: {words}")
        return ""


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--log", default="/dev/stdout")
    arguments.add_argument("--ready")
    arguments = arguments.parse_args()
    log, air = Log(arguments.log), Air()
    vhci = await open_transport("vhci")
    host = HostController("hci0", host_source=vhci.source, host_sink=vhci.sink, link=air,
                          public_address=hci.Address("00:1B:DC:00:00:01/P"))
    bed = Bed(log, air)
    await bed.become("reference")
    await asyncio.start_unix_server(bed.steer, "/run/massager.sock")
    log("ready")
    if arguments.ready:
        open(arguments.ready, "w").write("1")
    while True:
        await asyncio.sleep(0.02)
        await bed.current.pass_time()
    del host

asyncio.run(main())
