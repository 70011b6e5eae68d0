//! The look of every part, light and dark, against the pictures that were looked at and found good.
//!
//! `tests/snapshots/parts` holds them: see `tests/journeys/picture.rs` for how they are compared and accepted.

#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../journeys/picture.rs"]
mod picture;
mod sample;

use std::sync::{Arc, LazyLock};
use std::time::Instant;

use iced::mouse::Cursor;
use iced::widget::{column, container, row};
use iced::{Center, Fill, Size};
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::{Event, clipboard, window};
use iced_test::runtime::user_interface::{Cache, UserInterface};
use picture::Picture;
use svang::engine::{Pause, State};
use svang::i18n::Words;
use svang::mode::Mode;
use svang::profile::Profile;
use svang::ui::draw::ribbons::ribbons;
use svang::ui::icon::{self, Icon};
use svang::ui::shell::player_bar;
use svang::ui::theme::{self, Element, Theme, text};
use svang::ui::widget::chip::{self, Tone};
use svang::ui::widget::{self, choice, dialog, drawing, slider};

#[derive(Debug, Clone, PartialEq)]
enum Message {
    Pressed,
    Chosen(u16),
}

/// Every picture there is, in both themes.
const PICTURES: [&str; 4] = ["parts", "ribbons", "player-bar", "player-bar-narrow"];

/// Compares a view with its picture, in both themes, and says which differ.
fn looks_as_before<'a, M: 'a>(name: &str, size: Size, view: impl Fn() -> Element<'a, M>) {
    assert!(PICTURES.contains(&name), "{name} is not listed");
    let mut different = Vec::new();
    for theme in [Theme::LIGHT, Theme::DARK] {
        let name = format!("{name}-{}", if theme.dark { "dark" } else { "light" });
        let ground = container(view()).width(Fill).height(Fill).style(theme::container::window);
        let fonts = iced_test::renderer::graphics::text::font_system();
        for font in text::FONTS {
            fonts.write().unwrap().load_font(font.into());
        }
        // The system's fixed-width font differs from computer to computer: no picture may depend on it.
        fonts.write().unwrap().raw().db_mut().set_monospace_family("Hanken Grotesk");
        let mut renderer = iced::Renderer::new(text::REGULAR, text::SIZE.into());
        let mut interface = UserInterface::build(ground, size, Cache::default(), &mut renderer);
        let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
        let _ = interface.update(&[redraw], Cursor::Unavailable, &mut renderer, &mut clipboard::Null, &mut Vec::new());
        let base = iced::theme::Base::base(&theme);
        interface.draw(&mut renderer, &theme, &Style { text_color: base.text_color }, Cursor::Unavailable);
        let dots = Size::new(size.width as u32, size.height as u32);
        let rgba = renderer.screenshot(dots, 1.0, base.background_color);
        different.extend(Picture::new(dots.width, dots.height, &rgba).compare("parts", &name).err());
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn every_kept_picture_is_one_of_these() {
    let names: Vec<String> =
        PICTURES.iter().flat_map(|name| [format!("{name}-light"), format!("{name}-dark")]).collect();
    let wrong = picture::check_folder("parts", &names);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
            player_bar::view(player_bar::Shown {
                state,
                waiting: None,
                waits: false,
                stopped_at: None,
                chosen: *chosen,
                words: &WORDS,
                now,
                width,
                still: false,
            })
        });
        column(bars).into()
    });
}

#[test]
fn the_player_bar_looks_as_before() {
    looks_like_bars("player-bar", 1280.0);
    looks_like_bars("player-bar-narrow", 900.0);
}
