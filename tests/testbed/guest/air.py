"""The emulated radio: two virtual Bluetooth controllers on one link in this process (Bumble 0.0.236).

Controller 0 is attached to the kernel through /dev/vhci and becomes hci0, BlueZ's adapter. Controller 1 carries the
emulated massager. Data moves at once, or only at connection events every `interval_ms`."""
import asyncio, time
import bumble.controller
from bumble import hci
from bumble.controller import Controller
from bumble.link import LocalLink

LINK_LOSS = 0x08


class Air(LocalLink):
    """LocalLink with the sender's address taken from the connection (a central on its public address otherwise never
    gets through), and with connection events."""

    def __init__(self):
        super().__init__()
        self.interval_ms, self.per_event, self.scan_response = 0, 4, b""
        self.anchor, self.queue, self.timer = time.monotonic(), [], None

    def send_acl_data(self, sender, destination, transport, data):
        dest = src = None
        for c in self.controllers:
            if c is not sender:
                for k in c.le_connections.values():
                    if k.self_address == destination:
                        dest, src = c, k.peer_address
        if dest is None:
            return
        deliver = lambda: dest.on_link_acl_data(src, transport, data) if src in dest.le_connections else None
        if not self.interval_ms:
            asyncio.get_running_loop().call_soon(deliver)
            return
        self.queue.append((sender, deliver))
        self.arm()

    def arm(self):
        if self.timer is None and self.queue:
            interval = (self.interval_ms or 1) / 1000
            wait = interval - (time.monotonic() - self.anchor) % interval
            self.timer = asyncio.get_running_loop().call_later(wait, self.event)

    def event(self):
        self.timer, used, queued = None, {}, self.queue
        self.queue, rest = [], []
        for sender, run in queued:  # sender None: a buffer credit, which goes with the packet before it
            if sender:
                used[sender] = used.get(sender, 0) + 1
            full = used.get(sender, 0) > self.per_event if sender else any(n > self.per_event for n in used.values())
            rest.append((sender, run)) if full else run()
        self.queue = rest + self.queue
        self.arm()

    def lose_link(self):
        """Ends every connection as the air would: both sides report a link loss, nobody says goodbye."""
        for controller in list(self.controllers):
            for connection in list(controller.le_connections.values()):
                controller.on_le_disconnected(connection, LINK_LOSS)


def acl_from_host(self, packet):
    """Connection.on_hci_acl_data_packet, with the buffer credit given back when the packet is on the air and not at
    once: otherwise the kernel never feels that a link is slow."""
    def done():
        if self.peer_address in self.controller.le_connections:
            self.controller.send_hci_packet(hci.HCI_Number_Of_Completed_Packets_Event(
                connection_handles=[self.handle], num_completed_packets=[1]))
    self.assembler.feed_packet(packet)
    if self.link and self.link.interval_ms:
        self.link.queue.append((None, done))
        self.link.arm()
    else:
        done()


bumble.controller.Connection.on_hci_acl_data_packet = acl_from_host


class HostController(Controller):
    """The kernel's controller: a plain BLE 5 one, plus a create-connection-cancel that answers."""
    le_features = (hci.LeFeatureMask.LE_ENCRYPTION | hci.LeFeatureMask.EXTENDED_REJECT_INDICATION
                   | hci.LeFeatureMask.PERIPHERAL_INITIATED_FEATURE_EXCHANGE | hci.LeFeatureMask.LE_PING)

    def send_hci_packet(self, packet):
        # Bumble repeats the advertisement as the scan response.
        if isinstance(packet, hci.HCI_LE_Advertising_Report_Event):
            for report in packet.reports:
                if report.event_type == hci.HCI_LE_Advertising_Report_Event.EventType.SCAN_RSP:
                    report.data = self.link.scan_response
            packet = hci.HCI_LE_Advertising_Report_Event(packet.reports)
        super().send_hci_packet(packet)

    def on_hci_le_create_connection_cancel_command(self, command):
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        asyncio.get_running_loop().call_soon(self.send_hci_packet, hci.HCI_LE_Connection_Complete_Event(
            status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR, connection_handle=0, role=0,
            peer_address_type=pending.peer_address_type, peer_address=pending.peer_address, connection_interval=0,
            peripheral_latency=0, supervision_timeout=0, central_clock_accuracy=0))
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)
