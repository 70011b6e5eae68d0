//! What the platforms' error texts mean.
//!
//! Belongs here: reading `org.bluez` and `org.freedesktop` names, attribute protocol codes (Bluetooth Core 5.4, volume
//! 3, part F, table 3.4) and the texts of Apple's and Microsoft's radios. Texts are all that `btleplug` hands on.

use super::BtError;
use crate::bluetooth::Error;

/// What an error of an established link or of the service means.
pub(super) fn of(error: &BtError) -> Error {
    match error {
        BtError::PermissionDenied => Error::NoPermission,
        BtError::DeviceNotFound => Error::OutOfReach,
        BtError::NotConnected => Error::LinkLost,
        BtError::NoAdapterAvailable => Error::NoAdapter,
        BtError::TimedOut(_) => Error::TimedOut,
        // The debug text holds the D-Bus error's name beside its message.
        other => of_text(&format!("{other:?}"), &other.to_string()),
    }
}

/// What an error while connecting means: there, everything that is nothing else is worth another try.
pub(super) fn of_connecting(error: &BtError) -> Error {
    match of(error) {
        Error::LinkLost | Error::Radio(_) => {
            let text = format!("{error:?}").to_lowercase();
            let absent = ["unknownobject", "doesnotexist", "host is down", "page timeout", "connectionattemptfailed"];
            if absent.iter().any(|sign| text.contains(sign)) { Error::OutOfReach } else { Error::TimedOut }
        }
        // BlueZ still works on the try before this one.
        Error::Busy => Error::TimedOut,
        other => other,
    }
}

/// Whether a connection to a bonded massager ends as it does when the massager has lost the bond: encryption fails, and
/// the kernel refuses BlueZ's channel (BlueZ 5.66: `att_connect_cb() connect to …: Permission denied (13)`).
pub(super) fn is_of_a_lost_bond(error: &BtError) -> bool {
    let text = format!("{error:?}").to_lowercase();
    ["permission denied", "le-connection-unknown", "key missing", "removed pairing"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// Whether a first request on an unpaired massager may have ended so because the massager refused to pair: it hangs up,
/// and BlueZ 5.66 answers with "unlikely error" (0x0e), or with no code at all.
pub(super) fn may_be_a_refused_pairing(error: &BtError) -> bool {
    let text = format!("{error:?}").to_lowercase();
    of(error) == Error::LinkLost || ["att error: 0x0e", "operation failed ("].iter().any(|sign| text.contains(sign))
}

/// What a text means; `said` is the part for the person.
pub(crate) fn of_text(text: &str, said: &str) -> Error {
    let lower = text.to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    // BlueZ refuses what comes before the answer to the last request on the same characteristic.
    if has(&[
        "org.bluez.error.inprogress",
        "org.bluez.error.busy",
        "in progress",
        "att error: 0xfe",
        "0x806500fe",
        "0x800700aa",
        "resource is in use",
    ]) {
        Error::Busy
    } else if has(&["peer removed pairing", "pin or key missing", "key missing"]) {
        Error::BondLost
    } else if has(&[
        "authenticationfailed",
        "authenticationrejected",
        "authenticationcanceled",
        "authenticationtimeout",
        "authentication failed",
    ]) {
        Error::PairingRefused
    } else if has(&[
        "att error: 0x05",
        "att error: 0x08",
        "att error: 0x0c",
        "att error: 0x0f",
        "insufficient auth",
        "insufficient encryption",
        "notauthorized",
        "not paired",
        "0x80650005",
        "0x8065000f",
    ]) {
        Error::NeedsPairing
    } else if has(&["accessdenied", "access denied", "permission denied", "not authorized to"]) {
        Error::NoPermission
    } else if has(&[
        "serviceunknown",
        "namehasnoowner",
        "noreply",
        "noserver",
        "filenotfound",
        "spawn.",
        "failed to connect to socket",
        "dbus.error.disconnected",
    ]) {
        Error::NoService
    } else if has(&[
        "org.bluez.error.notconnected",
        "not connected",
        "unknownobject",
        "unknownmethod",
        "is not connected",
        "disconnected",
    ]) {
        Error::LinkLost
    } else if has(&["org.bluez.error.notready", "resource not ready", "not powered", "powered off"]) {
        Error::Off
    } else if has(&["dbus.error.timeout"]) {
        Error::TimedOut
    } else if has(&["att error", "not permitted", "notpermitted", "invalidvaluelength", "protocolerror"]) {
        Error::Refused(said.to_owned())
    } else {
        Error::Radio(said.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_dbus(name: &str, message: &str) -> Error {
        of_text(&format!("Other(DbusError(D-Bus error: {message} ({name})))"), message)
    }

    #[test]
    fn texts_are_understood() {
        let failed = "org.bluez.Error.Failed";
        assert_eq!(of_dbus(failed, "ATT error: 0x0f"), Error::NeedsPairing);
        assert_eq!(of_dbus(failed, "Insufficient Authentication"), Error::NeedsPairing);
        assert_eq!(of_dbus(failed, "Not connected"), Error::LinkLost);
        assert_eq!(of_dbus(failed, "ATT error: 0x80"), Error::Refused("ATT error: 0x80".to_owned()));
        assert_eq!(of_dbus("org.bluez.Error.NotReady", "Resource Not Ready"), Error::Off);
        assert_eq!(of_dbus("org.bluez.Error.AuthenticationRejected", "Rejected"), Error::PairingRefused);
        let unknown = "Method \"WriteValue\" with signature \"aya{sv}\" on interface doesn't exist";
        assert_eq!(of_dbus("org.freedesktop.DBus.Error.UnknownObject", unknown), Error::LinkLost);
        assert_eq!(of_dbus("org.freedesktop.DBus.Error.ServiceUnknown", "not provided"), Error::NoService);
        assert_eq!(of_dbus("org.freedesktop.DBus.Error.FileNotFound", "Failed to connect"), Error::NoService);
        assert_eq!(of_dbus("org.freedesktop.DBus.Error.AccessDenied", "Rejected send"), Error::NoPermission);
        assert_eq!(of_text("Peer removed pairing information", ""), Error::BondLost);
        assert_eq!(of_text("odd", "odd"), Error::Radio("odd".to_owned()));
    }

    #[test]
    fn a_radio_that_has_not_answered_the_last_request_is_busy_and_has_not_failed() {
        assert_eq!(of_dbus("org.bluez.Error.InProgress", "In Progress"), Error::Busy);
        assert_eq!(of_dbus("org.bluez.Error.Busy", "Notify acquired"), Error::Busy);
        assert_eq!(of_text("Other(DbusError(D-Bus error: In Progress (org.bluez.Error.InProgress)))", ""), Error::Busy);
        assert_eq!(of_text("org.bluez.Error.InProgress", "In Progress"), Error::Busy);
        assert_eq!(of_dbus("org.bluez.Error.Failed", "Operation already in progress"), Error::Busy);
        assert_eq!(of_dbus("org.bluez.Error.Failed", "Operation failed with ATT error: 0xfe"), Error::Busy);
        assert_eq!(of_text("HRESULT(0x800700AA) The requested resource is in use.", ""), Error::Busy);
        // A massager without room for the request refuses it; that has nothing to do with pairing.
        let full = "The attribute value is insufficient in resources: ATT error: 0x11";
        assert_eq!(of_text(full, full), Error::Refused(full.to_owned()));
    }

    #[test]
    fn a_first_request_that_ends_with_the_link_may_be_a_refused_pairing() {
        let dbus = |message: &str| BtError::RuntimeError(format!("D-Bus error: {message} (org.bluez.Error.Failed)"));
        assert!(may_be_a_refused_pairing(&dbus("Operation failed with ATT error: 0x0e")));
        assert!(may_be_a_refused_pairing(&dbus("Operation failed")));
        assert!(may_be_a_refused_pairing(&dbus("Not connected")));
        assert!(!may_be_a_refused_pairing(&dbus("Operation failed with ATT error: 0x80")));
        assert!(!may_be_a_refused_pairing(&dbus("In Progress")));
    }

    #[test]
    fn while_connecting_an_abort_asks_for_another_try() {
        let abort = BtError::RuntimeError("le-connection-abort-by-local".to_owned());
        assert_eq!(of_connecting(&abort), Error::TimedOut);
        assert_eq!(of_connecting(&BtError::RuntimeError("UnknownObject".to_owned())), Error::OutOfReach);
        let busy = BtError::RuntimeError("org.bluez.Error.InProgress".to_owned());
        assert_eq!(of_connecting(&busy), Error::TimedOut);
        assert_eq!(of_connecting(&BtError::PermissionDenied), Error::NoPermission);
        assert!(!is_of_a_lost_bond(&abort));
        assert!(is_of_a_lost_bond(&BtError::RuntimeError("Permission denied (13)".to_owned())));
    }
}
