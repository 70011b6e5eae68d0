//! Scenes of the massager's page.

use std::rc::Rc;
use std::time::Duration;

use super::Stage;
use super::states::{connected, now, searching, show};
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
