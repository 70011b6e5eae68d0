//! Scenes of the settings, of the editor, and of questions over a page.

use std::rc::Rc;
use std::sync::Arc;

use iced_test::core::Point;
use svang::engine::{Event, Pairing, PairingQuestion};
use svang::ui::Message;

use super::Stage;
use super::states::{connected, now, show};
use crate::window::Window;

pub async fn settings(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('3').await;
    show(&mut window, connected(now())).await;
    window
}

/// The lower half of the settings.
pub async fn settings_end(stage: Rc<Stage>) -> Window {
    let mut window = settings(Rc::clone(&stage)).await;
    window.wheel(Point::new(stage.size.width / 2.0, 200.0), -200.0).await;
    window
}

/// A new profile under the pen.
pub async fn editor(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    window.control('n').await;
    window.wait(std::time::Duration::from_millis(500)).await;
    window
}

/// A tool with its preview.
pub async fn tool(stage: Rc<Stage>) -> Window {
    let mut window = editor(Rc::clone(&stage)).await;
    window.double_click(Point::new(480.0, 200.0)).await;
    window.type_text("t").await;
    window.settle().await;
    window
}

/// What a massager asks while pairing.
pub async fn pairing(stage: Rc<Stage>) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    let pairing = Pairing { question: PairingQuestion::OffersKeyboard, answer: Arc::default() };
    window.update(Message::Engine(Event::Pairing(pairing)));
    window.settle().await;
    window
}

/// The sheet of gestures and keys.
pub async fn help(stage: Rc<Stage>) -> Window {
    let mut window = editor(Rc::clone(&stage)).await;
    window.type_text("?").await;
    window.settle().await;
    window
}
