//! Scenes of the first start.

use std::rc::Rc;

use super::Stage;
use crate::window::Window;

pub async fn first(stage: Rc<Stage>) -> Window {
    stage.bench.window_alone(true, stage.size).await.0
}

/// As far as a page, by the texts of what is pressed.
async fn after(stage: Rc<Stage>, keys: &[&str]) -> Window {
    let mut window = stage.bench.window_alone(true, stage.size).await.0;
    for key in keys {
        crate::press_by_keyboard(&mut window, &stage.say(key)).await;
    }
    window
}

pub async fn questions(stage: Rc<Stage>) -> Window {
    after(stage, &["start-next", "health-clot", "health-device"]).await
}

pub async fn flags(stage: Rc<Stage>) -> Window {
    after(stage, &["start-next", "health-none", "start-next"]).await
}

pub async fn not_today(stage: Rc<Stage>) -> Window {
    after(stage, &["start-next", "health-none", "start-next", "flags-yes"]).await
}

pub async fn massager(stage: Rc<Stage>) -> Window {
    after(stage, &["start-next", "health-none", "start-next", "flags-none"]).await
}
