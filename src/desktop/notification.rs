//! Notifications of the desktop.
//!
//! Belongs here: showing one, best effort. Interface: the Desktop Notifications Specification 1.2, section 9.

/// How urgent a notification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Good to know; the desktop takes it away by itself.
    Normal,
    /// Stays until the person closes it.
    Critical,
}

/// Shows a notification, where the desktop can. Ends after a few seconds at the latest. The texts are shown as they are.
pub async fn notify(title: &str, text: &str, urgency: Urgency) {
    if let Err(why) = show(title, text, urgency).await {
        tracing::info!("no notification could be shown: {why}");
    }
}

#[cfg(target_os = "linux")]
async fn show(title: &str, text: &str, urgency: Urgency) -> Result<(), String> {
    use std::time::Duration;

    use dbus::arg::{PropMap, RefArg, Variant};

    use crate::bus::Bus;

    const NAME: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    /// The desktop decides how long it is shown.
    const USUAL: i32 = -1;

    let bus = Bus::session().await.map_err(|why| why.to_string())?;
    let urgency: u8 = match urgency {
        Urgency::Normal => 1,
        Urgency::Critical => 2,
    };
    let mut hints = PropMap::new();
    hints.insert("urgency".to_owned(), Variant(Box::new(urgency) as Box<dyn RefArg>));
    let what = ("Svang", 0_u32, "", title, without_markup(text), Vec::<String>::new(), hints, USUAL);
    let shown = bus.object(NAME, PATH, Duration::from_secs(2)).method_call::<(u32,), _, _, _>(NAME, "Notify", what);
    shown.await.map(drop).map_err(|why| why.to_string())
}

#[cfg(not(target_os = "linux"))]
async fn show(_: &str, _: &str, _: Urgency) -> Result<(), String> {
    Err("this desktop is not known".to_owned())
}

/// A text that shows as it is where a desktop reads markup.
#[cfg(target_os = "linux")]
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
