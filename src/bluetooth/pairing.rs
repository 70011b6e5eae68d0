//! Pairing over BlueZ, which `btleplug` cannot do.
//!
//! Belongs here: our own agent, registered only while we pair and answering only for the massager being paired, and
//! the call that pairs. Without any agent BlueZ keeps silent for 30 s. Interfaces: `doc/org.bluez.Agent.rst` and
//! `doc/org.bluez.AgentManager.rst` of BlueZ 5.66. Elsewhere the system asks by itself.

use std::sync::Arc;
use std::time::Duration;

use dbus::Path;
use dbus::arg::Variant;
use dbus::channel::{MatchingReceiver, Token};
use dbus::message::MatchRule;
use dbus_crossroads::{Context, Crossroads, IfaceBuilder, MethodErr};
use tokio::sync::{mpsc, oneshot};

use super::bluez::{Bus, DEVICE, of_dbus, path_of};
use super::{Error, PairingQuestion};

/// How long the person and the massager may take. BlueZ gives up by itself after 60 s of waiting for an answer.
const TIME_OUT: Duration = Duration::from_secs(90);

/// How long a plain call may take.
const CALL_TIME_OUT: Duration = Duration::from_secs(5);

const AGENT: &str = "/org/svang/agent";
const MANAGER: &str = "org.bluez.AgentManager1";

/// Pairs with a massager, from the platform's id, and trusts it. Dropped, it gives up: BlueZ ends a pairing and forgets
/// an agent whose connection closes.
///
/// # Errors
/// [`Error::PairingRefused`] where the person, the massager or BlueZ said no; others as they come.
pub(super) async fn pair(platform_id: &str, questions: mpsc::UnboundedSender<PairingQuestion>) -> Result<(), Error> {
    let device = path_of(platform_id);
    let bus = Bus::connect(|| ()).await?;
    let agent = Agent { device: device.clone(), questions };
    let _answering = Answering::start(&bus, agent)?;
    let manager = bus.object("/org/bluez", CALL_TIME_OUT);
    let register = manager.method_call::<(), _, _, _>(MANAGER, "RegisterAgent", (object(AGENT)?, "KeyboardDisplay"));
    register.await.map_err(|error| of_dbus(&error))?;

    let paired = bus.object(&device, TIME_OUT).method_call::<(), _, _, _>(DEVICE, "Pair", ()).await;
    let paired = match paired {
        Err(error) if error.name() == Some("org.bluez.Error.AlreadyExists") => Ok(()),
        Err(error) if error.name() == Some("org.bluez.Error.ConnectionAttemptFailed") => Err(Error::OutOfReach),
        Err(error) => Err(match of_dbus(&error) {
            Error::LinkLost | Error::Radio(_) => Error::PairingRefused,
            error => error,
        }),
        Ok(()) => Ok(()),
    };
    let unregister = manager.method_call::<(), _, _, _>(MANAGER, "UnregisterAgent", (object(AGENT)?,));
    // The agent ends with the connection in any case.
    let _ = unregister.await;
    paired?;

    // Trust spares the person a question when the massager opens a service by itself; pairing holds without it.
    let trust = (DEVICE, "Trusted", Variant(true));
    let trusted =
        bus.object(&device, CALL_TIME_OUT).method_call::<(), _, _, _>("org.freedesktop.DBus.Properties", "Set", trust);
    if let Err(error) = trusted.await {
        tracing::warn!("could not mark the massager as trusted: {error}");
    }
    Ok(())
}

fn object(path: &str) -> Result<Path<'static>, Error> {
    Path::new(path.to_owned()).map_err(Error::Radio)
}

/// What answers BlueZ's questions.
#[derive(Clone)]
struct Agent {
    device: String,
    questions: mpsc::UnboundedSender<PairingQuestion>,
}

/// Our agent on the bus, until dropped.
struct Answering {
    connection: Arc<dbus::nonblock::SyncConnection>,
    token: Token,
}

impl Drop for Answering {
    fn drop(&mut self) {
        // The agent holds the connection and the connection the agent: somebody has to let go.
        drop(self.connection.stop_receive(self.token));
    }
}

impl Answering {
    fn start(bus: &Bus, agent: Agent) -> Result<Self, Error> {
        let mut crossroads = Crossroads::new();
        let spawn = Box::new(|answer| {
            tokio::spawn(answer);
        });
        crossroads.set_async_support(Some((Arc::clone(&bus.connection) as _, spawn)));
        let interface = crossroads.register("org.bluez.Agent1", describe);
        crossroads.insert(AGENT, &[interface], agent);
        let token = bus.connection.start_receive(
            MatchRule::new_method_call(),
            Box::new(move |message, connection| {
                let _ = crossroads.handle_message(message, connection);
                true
            }),
        );
        Ok(Self { connection: Arc::clone(&bus.connection), token })
    }
}

fn rejected() -> MethodErr {
    ("org.bluez.Error.Rejected", "rejected").into()
}

impl Agent {
    /// Whether this is about the massager being paired.
    fn check(&self, device: &Path<'_>) -> Result<(), MethodErr> {
        if **device == *self.device { Ok(()) } else { Err(rejected()) }
    }

    fn ask<T>(&self, question: impl FnOnce(oneshot::Sender<T>) -> PairingQuestion) -> oneshot::Receiver<T> {
        let (answer, answered) = oneshot::channel();
        // Nobody there to ask drops the answer, which counts as a no.
        let _ = self.questions.send(question(answer));
        answered
    }
}

fn describe(interface: &mut IfaceBuilder<Agent>) {
    interface.method("Release", (), (), |_: &mut Context, _: &mut Agent, ()| Ok(()));
    interface.method("Cancel", (), (), |_: &mut Context, _: &mut Agent, ()| Ok(()));
    // Just Works: the person asked for this pairing, there is nothing to compare.
    interface.method("RequestAuthorization", ("device",), (), |_: &mut Context, agent: &mut Agent, (device,)| {
        agent.check(&device)
    });
    interface.method(
        "AuthorizeService",
        ("device", "uuid"),
        (),
        |_: &mut Context, agent: &mut Agent, (device, _uuid): (Path<'static>, String)| agent.check(&device),
    );
    interface.method(
        "DisplayPasskey",
        ("device", "passkey", "entered"),
        (),
        |_: &mut Context, agent: &mut Agent, (device, passkey, entered): (Path<'static>, u32, u16)| {
            agent.check(&device)?;
            // It comes again for every digit typed.
            if entered == 0 {
                let _ = agent.questions.send(PairingQuestion::PasskeyDisplay(passkey));
            }
            Ok(())
        },
    );
    interface.method_with_cr_async(
        "RequestConfirmation",
        ("device", "passkey"),
        (),
        |mut context, crossroads, (device, passkey): (Path<'static>, u32)| {
            let answered = with_agent(crossroads, &mut context, &device, |agent| {
                agent.ask(|answer| PairingQuestion::NumericComparison(passkey, answer))
            });
            async move {
                let agreed = match answered {
                    Ok(answered) => answered.await.unwrap_or(false),
                    Err(_) => false,
                };
                context.reply(if agreed { Ok(()) } else { Err(rejected()) })
            }
        },
    );
    interface.method_with_cr_async(
        "RequestPasskey",
        ("device",),
        ("passkey",),
        |mut context, crossroads, (device,): (Path<'static>,)| {
            let answered =
                with_agent(crossroads, &mut context, &device, |agent| agent.ask(PairingQuestion::PasskeyEntry));
            async move {
                let number = match answered {
                    Ok(answered) => answered.await.ok().flatten(),
                    Err(_) => None,
                };
                context.reply(number.map(|number| (number,)).ok_or_else(rejected))
            }
        },
    );
}

fn with_agent<T>(
    crossroads: &mut Crossroads,
    context: &mut Context,
    device: &Path<'_>,
    ask: impl FnOnce(&mut Agent) -> T,
) -> Result<T, MethodErr> {
    let agent: &mut Agent = crossroads.data_mut(context.path()).ok_or_else(rejected)?;
    agent.check(device)?;
    Ok(ask(agent))
}
