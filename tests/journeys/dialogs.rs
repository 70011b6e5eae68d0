//! Every dialog by keyboard alone: the safe answer has the focus, every answer is reached, and what lies under it is not.

use std::collections::BTreeSet;
use std::sync::Arc;

use iced::keyboard::key::Named;
use svang::bluetooth::MassagerId;
use svang::engine::{Command, Event, Link, Remembered, State};
use svang::massager::built_in;
use svang::ui::Message;
use tokio::sync::mpsc;

use crate::bench::Bench;
use crate::pictures::states;
use crate::stopping::{Plays, Surface, open, state};
use crate::window::Window;
use crate::{LARGE, SMALL};

/// A dialog, and how it opens.
#[derive(Debug, Clone, Copy)]
enum Which {
    Surface(Surface),
    Map,
    ByItself,
    Instead,
    Hurts,
}

/// Each dialog: what has the focus, and its other answers. A field has the focus where nothing is named.
const DIALOGS: [(Which, &str, &[&str]); 15] = [
    (Which::Surface(Surface::NotesField), "", &["Cancel", "Save"]),
    (Which::Surface(Surface::Rename), "", &["Cancel", "Rename"]),
    (Which::Surface(Surface::Forget), "Not now", &["Forget"]),
    (Which::Surface(Surface::RestOnly), "Not now", &["Play the rest"]),
    (Which::Surface(Surface::DayIsFull), "Not now", &["Go on"]),
    (Which::Surface(Surface::PairingField), "", &["Cancel"]),
    (Which::Surface(Surface::PairingNumber), "No", &["Yes, the same"]),
    (Which::Surface(Surface::PairingKeyboard), "Do not pair", &["Pair all the same"]),
    (Which::Surface(Surface::Firmware), "Do not connect", &["Connect all the same"]),
    (Which::Surface(Surface::Leave), "Keep editing", &["Save", "Discard"]),
    (Which::Surface(Surface::EditorHelp), "", &[]),
    (Which::Map, "Cancel", &["Connect with this map"]),
    (Which::ByItself, "Not now", &["Connect by itself"]),
    (Which::Instead, "Keep playing", &["Play instead"]),
    (Which::Hurts, "Leave it stopped", &["5"]),
];

async fn show(window: &mut Window, state: State) {
    window.update(Message::Engine(Event::State(Arc::new(state))));
    window.settle().await;
}

async fn opened(which: Which) -> (Window, mpsc::UnboundedReceiver<Command>) {
    let (mut window, orders) = Bench::new().window_alone(false, LARGE).await;
    show(&mut window, state(Plays::Nothing)).await;
    match which {
        Which::Surface(surface) => open(surface, &mut window).await,
        Which::Map => {
            window.control('2').await;
            show(&mut window, State { link: Link::None, ..states::searching(states::now()) }).await;
            let name = window.place("Sole Care S2").unwrap();
            let buttons = window.places("Connect");
            let row = buttons.iter().min_by(|one, other| (one.y - name.y).abs().total_cmp(&(other.y - name.y).abs()));
            window.click_at(row.unwrap().center()).await;
        }
        Which::ByItself => {
            let map = &built_in()[0];
            let remembered = Remembered {
                name: "Sole Care S2".to_owned(),
                map: map.id.clone(),
                fingerprint: map.fingerprint,
                tried: false,
                agreed: false,
            };
            let id = MassagerId("new".to_owned());
            window.update(Message::Engine(Event::Remember(id, Some(remembered))));
            window.settle().await;
        }
        Which::Instead => {
            open(Surface::Instead, &mut window).await;
        }
        Which::Hurts => {
            window.control('f').await;
            window.type_text("slow rollers").await;
            window.click("Play").await;
            show(&mut window, state(Plays::Curve)).await;
            window.click("It hurts").await;
        }
    }
    (window, orders)
}

/// Where the bar begins: its controls stay where they are under every dialog.
const BAR: f32 = 88.0;

#[tokio::test(start_paused = true)]
async fn every_dialog_is_answered_by_keyboard_alone() {
    let mut wrong = Vec::<String>::new();
    for (which, first, others) in DIALOGS {
        let (mut window, mut orders) = opened(which).await;
        let focused = |window: &mut Window| window.focused_text().unwrap_or_default();
        if focused(&mut window) != first {
            wrong.push(format!("{which:?} {}", focused(&mut window)));
            continue;
        }
        assert!(window.focused_place().is_some_and(|place| place.x > 200.0), "{which:?}");
        let (mut seen, mut places) = (BTreeSet::new(), Vec::new());
        for _ in 0..40 {
            window.press(Named::Tab).await;
            seen.extend(window.focused_text());
            places.extend(window.focused_place());
        }
        for answer in others {
            if !seen.contains(*answer) {
                wrong.push(format!("{which:?}: Tab never comes to “{answer}”, but to {seen:?}"));
            }
        }
        // The rail of the screens lies under it.
        let under = places.iter().find(|place| place.x + place.width < 100.0 && place.y + place.height < 800.0 - BAR);
        assert!(under.is_none(), "{which:?}: Tab comes to what lies under it, {under:?}");
        while orders.try_recv().is_ok() {}
        // Shift+Tab goes the other way; then the first answer is pressed.
        for _ in 0..60 {
            if focused(&mut window) == first {
                break;
            }
            window.press_with(iced::keyboard::Modifiers::SHIFT, Named::Tab).await;
        }
        assert_eq!(focused(&mut window), first, "{which:?}");
        if first.is_empty() {
            window.press(Named::Escape).await;
            continue;
        }
        window.press(Named::Enter).await;
        assert!(!window.texts().iter().any(|text| text == first), "{which:?}: it stays open: {:?}", window.texts());
        let moves = |order: &Command| {
            matches!(order, Command::Play { .. } | Command::Resume | Command::Connect(..) | Command::Agree(_))
        };
        let given: Vec<Command> = std::iter::from_fn(|| orders.try_recv().ok()).filter(moves).collect();
        assert!(given.is_empty(), "{which:?}: the safe answer gave {given:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every dialog fits into the smallest window that is supported, and is whole there.
#[tokio::test(start_paused = true)]
async fn every_dialog_is_whole_in_a_small_window() {
    for (which, ..) in DIALOGS {
        let (mut window, _orders) = opened(which).await;
        window.resize(SMALL).await;
        window.settle().await;
        let wrong = window.misplaced();
        assert!(wrong.is_empty(), "{which:?}: {wrong:?}");
    }
}
