//! Scenes of a massage: it moves, one works by hand, it is over, it hurt.

use std::rc::Rc;
use std::sync::Arc;

use svang::engine::{Activity, State, Stretch};
use svang::intensity::Intensity;
use svang::mode::{Channel, Foot, Mode};
use svang::profile::Profile;
use svang::time::Time;

use super::Stage;
use super::states::{connected, now, show};
use crate::window::Window;

/// Begins a profile by its search, and shows it at a place.
async fn at(stage: &Stage, english: &str, danish: &str, length: &str, file: &str, position: Time) -> (Window, State) {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    let mut state = connected(now());
    state.activity = Activity::Nothing;
    state.may_move = false;
    state.strength = Intensity::from_percent(40);
    show(&mut window, state.clone()).await;
    window.control('f').await;
    window.type_text(if stage.words.code() == "da" { danish } else { english }).await;
    // Chosen by its length, then played by the bar.
    window.click(length).await;
    window.click_id("play").await;
    let (_, text) = svang::profile::bundled().iter().find(|(name, _)| *name == file).unwrap();
    state.activity = Activity::Profile {
        profile: Arc::new(Profile::read(text).unwrap()),
        position,
        paused: None,
        repeat: false,
        speed: 1.0,
        record: Arc::default(),
        past: Arc::default(),
    };
    state.may_move = true;
    state.at = now();
    show(&mut window, state.clone()).await;
    (window, state)
}

pub async fn moves(stage: Rc<Stage>) -> Window {
    let place = Time::from_secs(340);
    at(&stage, "after activity", "efter aktivitet", "12:00", "after-activity", place).await.0
}

/// Among the other profiles, with its time and Pause.
pub async fn on_its_card(stage: Rc<Stage>) -> Window {
    let mut window = moves(Rc::clone(&stage)).await;
    window.control('1').await;
    window.control('f').await;
    window.control('a').await;
    window.press(iced::keyboard::key::Named::Backspace).await;
    window.settle().await;
    window
}

/// Some of it was skipped, some played more gently; both feet are alike for the rollers, and not for the air.
pub async fn past(stage: Rc<Stage>) -> Window {
    let place = Time::from_secs(380);
    let (mut window, mut state) =
        at(&stage, "after activity", "efter aktivitet", "12:00", "after-activity", place).await;
    let feet = super::states::by_hand(now());
    state.link = feet.link;
    if let Activity::Profile { past, record, .. } = &mut state.activity {
        let percent = Intensity::from_percent;
        let stretch = |from, to: Option<u32>, strength| Stretch {
            from: Time::from_secs(from),
            to: to.map(Time::from_secs),
            strength: percent(strength),
            ceilings: vec![(Mode::Roller, percent(80)), (Mode::AirPressure, percent(80))],
        };
        *past = Arc::new(vec![stretch(0, Some(60), 25), stretch(60, Some(150), 40), stretch(240, None, 40)]);
        let rollers = Channel::new(Mode::Roller, Foot::Left);
        let levels = [(0, 0), (20, 1), (70, 3), (110, 4), (240, 0), (245, 3), (320, 5), (360, 4)];
        *record = Arc::new(levels.map(|(at, level)| (Time::from_secs(at), rollers, level)).to_vec());
    }
    state.at = now();
    show(&mut window, state).await;
    window
}

pub async fn by_hand(stage: Rc<Stage>) -> Window {
    let place = Time::from_secs(292);
    at(&stage, "daily routine", "daglige rutine", "14:30", "daily-routine", place).await.0
}

/// Stopped after two minutes and a half.
async fn stopped(stage: &Stage) -> Window {
    let (mut window, mut state) =
        at(stage, "gentle start", "blid begyndelse", "6:00", "gentle-start", Time::ZERO).await;
    window.wait(std::time::Duration::from_secs(150)).await;
    state.activity = Activity::Nothing;
    state.may_move = false;
    state.massaged_today = std::time::Duration::from_secs(9 * 60);
    state.at = now();
    show(&mut window, state).await;
    window
}

pub async fn early(stage: Rc<Stage>) -> Window {
    stopped(&stage).await
}

pub async fn pain(stage: Rc<Stage>) -> Window {
    let mut window = stopped(&stage).await;
    for _ in 0..40 {
        if window.focused_text().as_deref() == Some("7") {
            break;
        }
        window.press(iced::keyboard::key::Named::Tab).await;
    }
    window.press(iced::keyboard::key::Named::Enter).await;
    window.settle().await;
    window
}

pub async fn hurts(stage: Rc<Stage>) -> Window {
    let (mut window, _) =
        at(&stage, "after activity", "efter aktivitet", "12:00", "after-activity", Time::from_secs(340)).await;
    let hurts = stage.say("playing-it-hurts");
    window.click(&hurts).await;
    window.settle().await;
    window
}

/// One of the massager's own programs, after a while.
pub async fn program(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    let mut state = connected(now());
    state.activity = Activity::Program { name: super::states::PROGRAMS[0].into(), since: now() };
    state.may_move = true;
    show(&mut window, state).await;
    // Its name in the bar, which stands lowest.
    let places = window.places(super::states::PROGRAMS[0]);
    let bar = places.iter().max_by(|one, other| one.y.total_cmp(&other.y)).copied().unwrap();
    window.click_at(bar.center()).await;
    window.wait(std::time::Duration::from_secs(252)).await;
    window
}
