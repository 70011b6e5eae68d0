//! Scenes of the massager's page.

use std::rc::Rc;
use std::time::Duration;

use super::Stage;
use iced_test::core::Point;
use svang::bluetooth::{Error, RadioState};
use svang::engine::{Link, State};

use super::states::{by_hand, connected, now, searching, show};
use crate::window::Window;

pub async fn search(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('2').await;
    show(&mut window, searching(now())).await;
    window.wait(Duration::from_secs(12)).await;
    window
}

pub async fn at_rest(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('2').await;
    show(&mut window, connected(now())).await;
    window.settle().await;
    window
}

/// The rollers of both feet rise to what was just chosen.
pub async fn hand(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('2').await;
    let mut state = by_hand(now());
    show(&mut window, state.clone()).await;
    let feet = if stage.words.code() == "da" { "begge fødder, 20 trin" } else { "both feet, 20 levels" };
    if let Some(place) = window.place(feet) {
        window.click_at(Point::new(place.x + 330.0, place.y)).await;
    }
    let Link::Connected(connected) = &mut state.link else { unreachable!() };
    for foot in connected.channels.iter_mut().take(2) {
        (foot.wanted_level, foot.confirmed_level) = (5, Some(4));
    }
    state.at = now();
    show(&mut window, state).await;
    window
}

/// The details of what was found.
pub async fn details(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('2').await;
    let mut state = searching(now());
    let said = &mut state.found[2].advertisement;
    said.services = vec![svang::massager::parse_identifier("FFF0").unwrap()];
    said.manufacturer_data.insert(0x0001, vec![0xC0, 0xDE, 0xF0, 0x07]);
    show(&mut window, state).await;
    let name = stage.words.message("massager-details-of", &[("name".into(), "Sole Care S2".into())]);
    window.click_named(&name).await;
    window
}

pub async fn no_bluetooth(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('2').await;
    let state = State { radio: RadioState::Unavailable(Error::NoService), ..State::new(now()) };
    show(&mut window, state).await;
    window
}
