//! Pairing over BlueZ, which `btleplug` cannot do.
//!
//! Belongs here: our own agent, registered only while we pair and answering only for the massager being paired, and
//! the call that pairs. Pairing gives a massager nothing but the link it needs: it is not trusted, and no service of it is
//! let in by itself. Without any agent BlueZ keeps silent for 30 s. Interfaces: `doc/org.bluez.Agent.rst` and
//! `doc/org.bluez.AgentManager.rst` of BlueZ 5.66. Elsewhere the system asks by itself.

use std::sync::Arc;
use std::time::Duration;

use dbus::Path;
use dbus::arg::{Append, Arg};
use dbus::channel::{MatchingReceiver, Token};
use dbus::message::MatchRule;
use dbus_crossroads::{Context, Crossroads, IfaceBuilder, MethodErr};
use tokio::sync::{mpsc, oneshot, watch};

use super::bluez::{self, Bus, DEVICE, of_dbus, path_of};
use super::{Error, PairingQuestion};

/// How long the person and the massager may take. BlueZ gives up by itself after 60 s of waiting for an answer.
const TIME_OUT: Duration = Duration::from_secs(90);

/// How long a plain call may take.
const CALL_TIME_OUT: Duration = Duration::from_secs(5);

const AGENT: &str = "/org/svang/agent";
const MANAGER: &str = "org.bluez.AgentManager1";

/// Pairs with a massager, from the platform's id. Dropped, it gives up: BlueZ ends a pairing and forgets an agent whose
/// connection closes. One that offers to be a keyboard or a mouse is paired only where the person agrees: the system would
/// let it type at once.
///
/// # Errors
/// [`Error::PairingRefused`] where the person, the massager or BlueZ said no, [`Error::OffersKeyboard`] where the person
/// did not agree to that; others as they come.
pub(super) async fn pair(platform_id: &str, questions: mpsc::UnboundedSender<PairingQuestion>) -> Result<(), Error> {
    let device = path_of(platform_id);
    let bus = Bus::connect(|| ()).await?;
    let mut agreed = false;
    if bluez::offers_input(&bus, &device).await {
        if !agrees_to_keyboard(&questions).await {
            return Err(Error::OffersKeyboard);
        }
        agreed = true;
    }
    let (cancel, _) = watch::channel(());
    let agent = Agent { device: device.clone(), questions: questions.clone(), cancel };
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

    // What it offers may show only now.
    if !agreed && bluez::offers_input(&bus, &device).await && !agrees_to_keyboard(&questions).await {
        bluez::remove(platform_id).await?;
        return Err(Error::OffersKeyboard);
    }
    Ok(())
}

/// Asks the person whether something that offers to be a keyboard or a mouse is their massager.
async fn agrees_to_keyboard(questions: &mpsc::UnboundedSender<PairingQuestion>) -> bool {
    let (answer, answered) = oneshot::channel();
    let _ = questions.send(PairingQuestion::OffersKeyboard(answer));
    answered.await.unwrap_or(false)
}

fn object(path: &str) -> Result<Path<'static>, Error> {
    Path::new(path.to_owned()).map_err(Error::Radio)
}

/// What answers BlueZ's questions.
#[derive(Clone)]
struct Agent {
    device: String,
    questions: mpsc::UnboundedSender<PairingQuestion>,
    /// Told when BlueZ no longer waits for an answer.
    cancel: watch::Sender<()>,
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
        let mut crossroads = agent.on_the_road(Arc::clone(&bus.connection) as _);
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
    /// The agent as D-Bus calls it; answers that take a while go out over `connection`.
    fn on_the_road(self, connection: Arc<dyn dbus::channel::Sender + Send + Sync>) -> Crossroads {
        let mut crossroads = Crossroads::new();
        let spawn = Box::new(|answer| {
            tokio::spawn(answer);
        });
        crossroads.set_async_support(Some((connection, spawn)));
        let interface = crossroads.register("org.bluez.Agent1", describe);
        crossroads.insert(AGENT, &[interface], self);
        crossroads
    }

    /// Whether this is about the massager being paired.
    fn check(&self, device: &Path<'_>) -> Result<(), MethodErr> {
        if **device == *self.device { Ok(()) } else { Err(rejected()) }
    }

    fn show(&self, passkey: u32) {
        let _ = self.questions.send(PairingQuestion::PasskeyDisplay(passkey));
    }

    /// Asks the person. `None`: nobody is there to ask, or BlueZ no longer wants to know; both are a no.
    fn ask<T, Q>(&self, question: Q) -> impl Future<Output = Option<T>> + use<T, Q>
    where
        Q: FnOnce(oneshot::Sender<T>) -> PairingQuestion,
    {
        let (answer, answered) = oneshot::channel();
        let mut cancelled = self.cancel.subscribe();
        let _ = self.questions.send(question(answer));
        async move {
            tokio::select! {
                answer = answered => answer.ok(),
                // Letting go of the answer closes the question.
                _ = cancelled.changed() => None,
            }
        }
    }
}

fn describe(interface: &mut IfaceBuilder<Agent>) {
    for gone in ["Release", "Cancel"] {
        interface.method(gone, (), (), |_: &mut Context, agent: &mut Agent, ()| {
            agent.cancel.send_replace(());
            Ok(())
        });
    }
    // Just Works: the person asked for this pairing, there is nothing to compare.
    interface.method("RequestAuthorization", ("device",), (), |_: &mut Context, agent: &mut Agent, (device,)| {
        agent.check(&device)
    });
    // A massager is written to; it has nothing to open here by itself.
    interface.method(
        "AuthorizeService",
        ("device", "uuid"),
        (),
        |_: &mut Context, _: &mut Agent, (_device, _uuid): (Path<'static>, String)| Err::<(), _>(rejected()),
    );
    interface.method(
        "DisplayPasskey",
        ("device", "passkey", "entered"),
        (),
        |_: &mut Context, agent: &mut Agent, (device, passkey, entered): (Path<'static>, u32, u16)| {
            agent.check(&device)?;
            // It comes again for every digit typed.
            if entered == 0 {
                agent.show(passkey);
            }
            Ok(())
        },
    );
    interface.method(
        "DisplayPinCode",
        ("device", "pincode"),
        (),
        |_: &mut Context, agent: &mut Agent, (device, pin): (Path<'static>, String)| {
            agent.check(&device)?;
            agent.show(pin.parse().map_err(|_| rejected())?);
            Ok(())
        },
    );
    interface.method_with_cr_async(
        "RequestConfirmation",
        ("device", "passkey"),
        (),
        |mut context, crossroads, (device, passkey): (Path<'static>, u32)| {
            let answered = with_agent(crossroads, &mut context, &device, |agent| {
                agent.ask(move |answer| PairingQuestion::NumericComparison(passkey, answer))
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
    ask_for_a_number(interface, "RequestPasskey", "passkey", |number| number);
    // Pairing of before Bluetooth 2.1: a number of at least four digits, such as 0000.
    ask_for_a_number(interface, "RequestPinCode", "pincode", |number| format!("{number:04}"));
}

fn ask_for_a_number<R: Arg + Append + Send + 'static>(
    interface: &mut IfaceBuilder<Agent>,
    method: &'static str,
    gives: &'static str,
    as_asked: fn(u32) -> R,
) {
    interface.method_with_cr_async(
        method,
        ("device",),
        (gives,),
        move |mut context, crossroads, (device,): (Path<'static>,)| {
            let answered =
                with_agent(crossroads, &mut context, &device, |agent| agent.ask(PairingQuestion::PasskeyEntry));
            async move {
                let number = match answered {
                    Ok(answered) => answered.await.flatten(),
                    Err(_) => None,
                };
                context.reply(number.map(|number| (as_asked(number),)).ok_or_else(rejected))
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use dbus::Message;
    use dbus::arg::AppendAll;
    use dbus::message::MessageType;

    use super::*;

    const DEVICE: &str = "/org/bluez/hci0/dev_C0_DE_F0_07_00_01";
    const OTHER: &str = "/org/bluez/hci0/dev_C0_DE_F0_07_00_02";

    /// Where answers go in place of a bus.
    #[derive(Clone, Default)]
    struct Answers(Arc<Mutex<Vec<Message>>>);

    impl dbus::channel::Sender for Answers {
        fn send(&self, message: Message) -> Result<u32, ()> {
            self.0.lock().unwrap().push(message);
            Ok(1)
        }
    }

    struct Road {
        crossroads: Crossroads,
        answers: Answers,
        questions: mpsc::UnboundedReceiver<PairingQuestion>,
    }

    impl Road {
        fn new() -> Self {
            let (ask, questions) = mpsc::unbounded_channel();
            let (cancel, _) = watch::channel(());
            let answers = Answers::default();
            let agent = Agent { device: DEVICE.to_owned(), questions: ask, cancel };
            Self { crossroads: agent.on_the_road(Arc::new(answers.clone())), answers, questions }
        }

        fn call(&mut self, method: &str, arguments: impl AppendAll) {
            let mut message = Message::new_method_call("org.svang", AGENT, "org.bluez.Agent1", method).unwrap();
            message.append_all(arguments);
            message.set_serial(7);
            self.crossroads.handle_message(message, &self.answers).unwrap();
        }

        /// The answer to the call, once it is there.
        async fn answer(&self) -> Message {
            loop {
                if let Some(message) = self.answers.0.lock().unwrap().pop() {
                    return message;
                }
                tokio::task::yield_now().await;
            }
        }

        async fn is_rejected(&self) -> bool {
            let mut answer = self.answer().await;
            answer.as_result().is_err_and(|error| error.name() == Some("org.bluez.Error.Rejected"))
        }
    }

    fn path(path: &str) -> Path<'static> {
        Path::new(path.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn a_massager_is_let_into_no_service() {
        let mut road = Road::new();
        for service in ["00001124-0000-1000-8000-00805f9b34fb", "0000ffe0-0000-1000-8000-00805f9b34fb"] {
            road.call("AuthorizeService", (path(DEVICE), service));
            assert!(road.is_rejected().await, "{service}");
        }
    }

    #[tokio::test]
    async fn only_the_massager_being_paired_is_answered_for() {
        let mut road = Road::new();
        road.call("RequestAuthorization", (path(OTHER),));
        assert!(road.is_rejected().await);
        road.call("RequestPinCode", (path(OTHER),));
        assert!(road.is_rejected().await);
        assert!(road.questions.try_recv().is_err());
        road.call("RequestAuthorization", (path(DEVICE),));
        assert_eq!(road.answer().await.msg_type(), MessageType::MethodReturn);
    }

    #[tokio::test]
    async fn a_pin_of_the_old_kind_is_asked_for_like_a_number() {
        let mut road = Road::new();
        road.call("RequestPinCode", (path(DEVICE),));
        let Ok(PairingQuestion::PasskeyEntry(answer)) = road.questions.try_recv() else { panic!("nothing was asked") };
        answer.send(Some(7)).unwrap();
        assert_eq!(road.answer().await.read1::<String>().unwrap(), "0007");
        road.call("DisplayPinCode", (path(DEVICE), "001234"));
        assert!(matches!(road.questions.try_recv(), Ok(PairingQuestion::PasskeyDisplay(1234))));
    }

    #[tokio::test]
    async fn a_question_that_is_cancelled_closes() {
        let mut road = Road::new();
        road.call("RequestConfirmation", (path(DEVICE), 4711_u32));
        let Ok(PairingQuestion::NumericComparison(4711, mut answer)) = road.questions.try_recv() else {
            panic!("nothing was asked")
        };
        assert!(!answer.is_closed());
        road.call("Cancel", ());
        assert_eq!(road.answer().await.msg_type(), MessageType::MethodReturn);
        answer.closed().await;
        assert!(road.is_rejected().await);
        // The next question is open again.
        road.call("RequestConfirmation", (path(DEVICE), 4712_u32));
        let Ok(PairingQuestion::NumericComparison(4712, answer)) = road.questions.try_recv() else {
            panic!("nothing was asked")
        };
        answer.send(true).unwrap();
        assert_eq!(road.answer().await.msg_type(), MessageType::MethodReturn);
    }
}
