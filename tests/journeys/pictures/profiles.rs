//! Scenes of the profiles: the cards, the end of the page, one profile, a file that is mended.

use std::rc::Rc;

use svang::ui::Message;

use super::Stage;
use super::states::{connected, now, show};
use crate::window::Window;

async fn open(stage: &Stage) -> Window {
    let (mut window, _orders) = stage.bench.window_alone(false, stage.size).await;
    let mut state = connected(now());
    state.activity = svang::engine::Activity::Nothing;
    state.may_move = false;
    state.strength = svang::intensity::Intensity::from_percent(40);
    if let svang::engine::Link::Connected(massager) = &mut state.link {
        let channels = massager.channels.iter();
        massager.channels = channels.filter(|state| state.channel.mode != svang::mode::Mode::Heat).cloned().collect();
    }
    show(&mut window, state).await;
    window
}

pub async fn cards(stage: Rc<Stage>) -> Window {
    open(&stage).await
}

/// With the massager's own programs, and two files that cannot be read.
pub async fn end(stage: Rc<Stage>) -> Window {
    let folder = stage.bench.folders.profiles();
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [
        (
            "hjemro-nat.ron",
            "Profile(version: 1, name: \"Svang\", length: \"1:00\", tracks: {Heat: [Hold(\"0:00\", 2O)]})",
        ),
        ("hjemro 3.ron", "Profile(version: 9)"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let mut window = open(&stage).await;
    window.update(Message::FilesChanged);
    window.settle().await;
    window.wheel(iced::Point::new(500.0, 330.0), -200.0).await;
    window.settle().await;
    window
}

pub async fn one(stage: Rc<Stage>) -> Window {
    let mut window = open(&stage).await;
    window.control('f').await;
    window.type_text(if stage.words.code() == "da" { "daglige rutine" } else { "daily routine" }).await;
    // Once to choose it, once to look closer.
    for _ in 0..2 {
        window.click("14:30").await;
    }
    window.settle().await;
    window
}

pub async fn mend(stage: Rc<Stage>) -> Window {
    let folder = stage.bench.folders.profiles();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("hjemro.ron"),
        "Profile(\n    version: 1,\n    name: \"Svang\",\n    length: \"1:00\",\n    tracks: {\n        Heat: [\n            \
         Hold(\"0:00\", 2O),\n        ],\n    },\n)\n",
    )
    .unwrap();
    let mut window = open(&stage).await;
    window.update(Message::FilesChanged);
    window.settle().await;
    let own = stage.say("profiles-own");
    window.click(&own).await;
    let mend = stage.say("profiles-mend");
    window.see(&mend).await;
    window.click(&mend).await;
    let kept = stage.say("mend-kept");
    window.see(&kept).await;
    window
}
