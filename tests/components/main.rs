//! The look of every part, light and dark, against the pictures that were looked at and found good.
//!
//! `tests/snapshots` holds a hash per picture. Where one differs, the failure names a picture to look at; to accept it,
//! delete the hash and run again.

#![allow(clippy::unwrap_used, reason = "a test")]

mod sample;

use std::sync::{Arc, LazyLock};
use std::time::Instant;

use iced::widget::{column, container, row};
use iced::{Center, Fill, Settings, Size};
use iced_test::Simulator;
use svang::engine::{Pause, State};
use svang::i18n::Words;
use svang::mode::Mode;
use svang::profile::Profile;
use svang::ui::draw::ribbons::ribbons;
use svang::ui::icon::{self, Icon};
use svang::ui::screen::playing as now_playing;
use svang::ui::shell::player_bar;
use svang::ui::theme::{self, Element, Theme, text};
use svang::ui::widget::chip::{self, Tone};
use svang::ui::widget::{self, choice, dialog, drawing, slider};

#[derive(Debug, Clone, PartialEq)]
enum Message {
    Pressed,
    Chosen(u16),
}

fn settings() -> Settings {
    Settings {
        fonts: text::FONTS.map(Into::into).into(),
        default_font: text::REGULAR,
        default_text_size: text::SIZE.into(),
        ..Settings::default()
    }
}

/// Every picture there is. A missing hash would be created and pass, so their presence is a test of its own.
const PICTURES: &[&str] =
    &["parts", "ribbons", "player-bar", "player-bar-narrow", "now-playing", "now-playing-narrow", "now-playing-other"];

/// Compares a view with its hash, in both themes, and says which differ.
fn looks_as_before<'a, M: 'a>(name: &str, size: Size, view: impl Fn() -> Element<'a, M>) {
    assert!(PICTURES.contains(&name), "{name} is not listed");
    let mut different = Vec::new();
    for theme in [Theme::LIGHT, Theme::DARK] {
        let name = format!("{name}-{}", if theme.dark { "dark" } else { "light" });
        let ground = container(view()).width(Fill).height(Fill).style(theme::container::window);
        let mut simulator: Simulator<'_, M, Theme> = Simulator::with_size(settings(), size, ground);
        let snapshot = simulator.snapshot(&theme).unwrap();
        if !snapshot.matches_hash(format!("tests/snapshots/{name}")).unwrap() {
            let picture = format!("{}/snapshots/{name}", env!("CARGO_TARGET_TMPDIR"));
            let _ = std::fs::remove_file(format!("{picture}-tiny-skia.png"));
            snapshot.matches_image(&picture).unwrap();
            different.push(format!("{picture}-tiny-skia.png"));
        }
    }
    assert!(different.is_empty(), "looks different, see {}", different.join(", "));
}

fn parts<'a>() -> Element<'a, Message> {
    let buttons = |look: fn(&'a str) -> widget::Button<'a, Message>| {
        row![
            look("Save").on_press(Message::Pressed),
            look("Play").icon(Icon::Play).on_press(Message::Pressed),
            look("Play").icon(Icon::Play).small().on_press(Message::Pressed),
            look("Connect").tall().on_press(Message::Pressed),
            look("Save").disabled("Nothing has changed."),
        ]
        .spacing(14)
        .align_y(Center)
    };
    let chips = row![
        chip::chip(Tone::Good, Icon::BadgeCheck, "Verified"),
        chip::chip(Tone::Info, Icon::Users, "Reported"),
        chip::chip(Tone::Warn, Icon::FlaskConical, "Untested"),
        chip::chip(Tone::Bad, Icon::Ban, "Does not fit"),
        chip::chip(Tone::Neutral, None, "15 min"),
    ]
    .spacing(8);
    let choices = row![
        choice::toggle(true, Some(Message::Pressed)),
        choice::toggle(false, Some(Message::Pressed)),
        choice::toggle(false, None),
        choice::segments(&[(0, "Smooth"), (1, "Straight"), (2, "Hold")], 0, Message::Chosen),
        choice::stepper("70 %", Some(Message::Pressed), None),
        choice::stars(4, |rating| Message::Chosen(rating.into())),
    ]
    .spacing(16)
    .align_y(Center);
    let filters = row![
        choice::filter(None, Some("All"), Some(12), true, Message::Pressed),
        choice::filter(None, Some("Fits Hjemro F3"), Some(9), false, Message::Pressed),
        choice::filter(
            Some(icon::view(Icon::Roller, 18.0).color(|theme| theme.roller).into()),
            Some("Roller"),
            None,
            false,
            Message::Pressed
        ),
        choice::filter(
            Some(icon::view(Icon::Heat, 18.0).color(|theme| theme.heat).into()),
            None::<&str>,
            None,
            false,
            Message::Pressed
        ),
    ]
    .spacing(8);
    let sliders = row![
        slider::slider(10..=100, 40, 5, Message::Chosen),
        slider::level_slider(3, 2, 3, |theme: &Theme| theme.roller, Message::Chosen),
        slider::level_slider(5, 1, 2, |theme: &Theme| theme.vibration, Message::Chosen),
        slider::level_slider(100, 30, 100, |theme: &Theme| theme.air, Message::Chosen),
        slider::slider(10..=100, 70, 5, Message::Chosen).enabled(false),
    ]
    .spacing(24);
    let signals = row![
        drawing::signal(Some(-48)),
        drawing::signal(Some(-63)),
        drawing::signal(Some(-74)),
        drawing::signal(Some(-88)),
        drawing::signal(None),
        icon::mark(40.0),
        chip::tile(Icon::Roller, 36.0, theme::container::tile),
        chip::tile(Icon::BluetoothConnected, 44.0, theme::container::tile_good),
        chip::tile(Icon::Link2Off, 52.0, theme::container::tile_warn),
        chip::caption(chip::battery(82), "82 %"),
        chip::field("Search profiles", "", |_| Message::Pressed).width(260),
    ]
    .spacing(16)
    .align_y(Center);
    let panels = row![
        chip::panel(theme::container::advice, Icon::Info, "Choose a massager first.", None),
        chip::panel(theme::container::caution, Icon::TriangleAlert, "Bluetooth is off.", None),
        chip::panel(
            theme::container::trouble,
            Icon::CircleAlert,
            "This file cannot be read yet.",
            Some(widget::second("Show file").small().on_press(Message::Pressed).into())
        ),
    ]
    .spacing(16);
    column![
        buttons(widget::main),
        buttons(widget::second),
        buttons(widget::quiet),
        row![
            widget::danger("Delete").on_press(Message::Pressed),
            widget::icon_button(Icon::Ellipsis, "More").on_press(Message::Pressed),
            widget::icon_button(Icon::X, "Close").small().on_press(Message::Pressed),
        ]
        .spacing(14),
        chips,
        choices,
        filters,
        sliders,
        signals,
        panels,
        dialog::toast(
            "“Morning heel” is in the bin.",
            Some(("Undo".into(), Message::Pressed)),
            ("Close".into(), Message::Pressed)
        ),
    ]
    .spacing(16)
    .padding(24)
    .into()
}

#[test]
fn parts_look_as_before() {
    looks_as_before("parts", Size::new(1040.0, 720.0), parts);
}

fn cards<'a>() -> Element<'a, Message> {
    let card =
        |profile, missing| container(ribbons(profile, missing)).padding(16).width(365).style(theme::container::card);
    row![
        card(sample::morning_heel(), vec![]),
        card(sample::morning_heel(), vec![Mode::AirPressure]),
        card(sample::arch_release(), vec![]),
    ]
    .spacing(16)
    .padding(16)
    .into()
}

#[test]
fn ribbons_look_as_before() {
    looks_as_before("ribbons", Size::new(1160.0, 204.0), cards);
}

/// Bars of every kind, one under the other.
static WORDS: LazyLock<Words> = LazyLock::new(Words::english);

fn looks_like_bars(name: &str, width: f32) {
    let now = Instant::now();
    let profile = sample::morning_heel();
    let states: [(State, Option<&Arc<Profile>>); 7] = [
        (sample::playing(now, None), Some(&profile)),
        (sample::playing(now, Some(Pause::Asked)), Some(&profile)),
        (sample::program(now), None),
        (sample::by_hand(now), None),
        (sample::lost(now), Some(&profile)),
        (sample::connected(now), Some(&profile)),
        (sample::at_rest(now), None),
    ];
    looks_as_before(name, Size::new(width, 7.0 * 88.0), || {
        let bars = states.iter().map(|(state, chosen)| {
            player_bar::view(player_bar::Shown { state, chosen: *chosen, words: &WORDS, now, width, still: false })
        });
        column(bars).into()
    });
}

#[test]
fn the_player_bar_looks_as_before() {
    looks_like_bars("player-bar", 1280.0);
    looks_like_bars("player-bar-narrow", 900.0);
}

/// The whole screen in a window of a size.
fn playing_screen<'a>(state: &'a State, now: Instant, window: Size) -> Element<'a, now_playing::Message> {
    let shown = now_playing::Shown { state, words: &WORDS, now, window };
    dialog::stage(now_playing::view(shown), now_playing::lost(shown))
}

#[test]
fn now_playing_looks_as_before() {
    let now = Instant::now();
    let state = sample::playing(now, None);
    let window = Size::new(1280.0, 800.0);
    looks_as_before("now-playing", Size::new(1192.0, 712.0), || playing_screen(&state, now, window));
}

#[test]
fn a_lost_link_in_a_narrow_window_looks_as_before() {
    let now = Instant::now();
    let state = sample::lost(now);
    let window = Size::new(900.0, 640.0);
    looks_as_before("now-playing-narrow", Size::new(820.0, 552.0), || playing_screen(&state, now, window));
}

#[test]
fn other_activities_look_as_before() {
    let now = Instant::now();
    let window = Size::new(1000.0, 500.0);
    let states = [sample::by_hand(now), sample::program(now), sample::at_rest(now), sample::sending(now)];
    looks_as_before("now-playing-other", Size::new(1000.0, 1900.0), || {
        column(states.iter().map(|state| container(playing_screen(state, now, window)).height(475).into())).into()
    });
}

#[test]
fn every_picture_has_its_hash_and_every_hash_its_picture() {
    let mut expected: Vec<String> = PICTURES
        .iter()
        .flat_map(|name| ["dark", "light"].map(|theme| format!("{name}-{theme}-tiny-skia.sha256")))
        .collect();
    expected.sort();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    // The screens' own are in a folder beside them.
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".sha256"))
        .collect();
    found.sort();
    assert_eq!(found, expected);
}
