//! What each screen looks like, in both languages, light and dark, large and small.
//!
//! A scene is a window in some state; [`scenes!`] makes a test of each. Two pictures of it are kept, in which both
//! languages, both themes and both sizes come up: see [`super::picture`] for how they are compared and accepted. Every
//! scene is also opened in a language of long, accented words, which finds what is cut, and what was never translated.

mod elsewhere;
mod massager;
mod playing;
mod profiles;
mod pseudo;
mod start;
pub mod states;

use std::future::Future;
use std::rc::Rc;

use iced_test::core::{Size, theme};
use svang::i18n::Words;
use svang::ui::Message;

use crate::bench::Bench;
use crate::picture::{self, Picture};
use crate::window::Window;

const LARGE: Size = Size::new(1280.0, 800.0);
const SMALL: Size = Size::new(900.0, 640.0);
/// What is left of a screen of 1920 × 1080 at 200 %, with two dots to a pixel.
const DOUBLE: Size = Size::new(960.0, 476.0);
/// What is left of a screen of 1366 × 768 at 150 %.
const HALF: Size = Size::new(911.0, 448.0);

/// Where a scene is set: a computer with nothing on it yet, in a language, with a window of a size.
pub struct Stage {
    pub bench: Bench,
    pub words: Words,
    pub size: Size,
}

impl Stage {
    fn new(language: &str, size: Size) -> Self {
        let mut bench = Bench::new();
        if language == pseudo::CODE {
            pseudo::add(&mut bench.languages);
        }
        bench.locale = Some(language.to_owned());
        Self { words: bench.languages.of(language), bench, size }
    }

    /// A message without arguments, in the language of the scene.
    pub fn say(&self, key: &str) -> String {
        self.words.message(key, &[])
    }
}

/// The pictures that are kept of each scene: language, whether small, whether dark.
const KEPT: [(&str, bool, bool); 2] = [("en", false, false), ("da", true, true)];

/// Sets a scene in each language and size, and compares its pictures.
async fn check<F: Future<Output = Window>>(name: &str, scene: impl Fn(Rc<Stage>) -> F, keeps: bool) {
    let mut wrong = Vec::new();
    let mut sizes = vec![("large", LARGE), ("small", SMALL), ("half", HALF)];
    if picture::all_are_wanted() {
        sizes.push(("double", DOUBLE));
    }
    for language in ["en", "da", pseudo::CODE] {
        for (size_name, size) in &sizes {
            let stage = Rc::new(Stage::new(language, *size));
            let mut window = scene(Rc::clone(&stage)).await;
            // A pointer that rests somewhere shows a tooltip once a computer is slow enough.
            window.point_nowhere().await;
            window.settle().await;
            let place = format!("{name}, {language}, {size_name}");
            wrong.extend(window.misplaced().into_iter().map(|text| format!("{place}: {text}")));
            if language == pseudo::CODE {
                let texts = [window.texts(), window.names()].concat();
                wrong.extend(pseudo::english(&texts).into_iter().map(|text| format!("{place}: “{text}” is English")));
            }
            for dark in [false, true] {
                let picture_name = format!("{name}-{language}-{size_name}-{}", if dark { "dark" } else { "light" });
                let kept = keeps
                    && KEPT.iter().any(|(of, small, and_dark)| {
                        (*of, *and_dark) == (language, dark) && *size_name == if *small { "small" } else { "large" }
                    });
                if !kept && !picture::all_are_wanted() {
                    continue;
                }
                window.update(Message::SystemTheme(if dark { theme::Mode::Dark } else { theme::Mode::Light }));
                window.settle().await;
                let taken: Picture = window.picture(if *size_name == "double" { 2.0 } else { 1.0 });
                if kept && language != pseudo::CODE {
                    wrong.extend(taken.compare("screens", &picture_name).err());
                } else {
                    taken.show(&picture_name);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// The names of the pictures that are kept of some scenes.
fn kept(scenes: &[&str]) -> Vec<String> {
    let name = |scene: &str, (language, small, dark): (&str, bool, bool)| {
        let (size, theme) = (if small { "small" } else { "large" }, if dark { "dark" } else { "light" });
        format!("{scene}-{language}-{size}-{theme}")
    };
    scenes.iter().flat_map(|scene| KEPT.map(|kept| name(scene, kept))).collect()
}

/// A test for each scene, and one that there is no picture of anything else.
macro_rules! scenes {
    ($($name:ident: $scene:path;)*) => {
        $(
            #[tokio::test(start_paused = true)]
            async fn $name() {
                check(&stringify!($name).replace('_', "-"), $scene, true).await;
            }
        )*

        #[test]
        fn every_kept_picture_is_one_of_a_scene() {
            let names = [$(stringify!($name)),*].map(|name| name.replace('_', "-"));
            let wrong = picture::check_folder("screens", &kept(&names.each_ref().map(|name| &**name)));
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
    };
}

scenes! {
    start_first: start::first;
    start_questions: start::questions;
    start_flags: start::flags;
    start_not_today: start::not_today;
    start_massager: start::massager;
    massager_search: massager::search;
    massager_connected: massager::at_rest;
    massager_by_hand: massager::hand;
    massager_details: massager::details;
    massager_no_bluetooth: massager::no_bluetooth;
    profiles: profiles::cards;
    profiles_end: profiles::end;
    profiles_playing: playing::on_its_card;
    profile: profiles::one;
    profile_mend: profiles::mend;
    playing: playing::moves;
    playing_past: playing::past;
    playing_program: playing::program;
    playing_by_hand: playing::by_hand;
    playing_hurts: playing::hurts;
    done_early: playing::early;
    done_pain: playing::pain;
}

/// Scenes that show where files are on this computer, or are long to look at: their texts are checked, no picture is kept.
mod texts {
    use super::{check, elsewhere};

    macro_rules! texts {
        ($($name:ident: $scene:path;)*) => {
            $(
                #[tokio::test(start_paused = true)]
                async fn $name() {
                    check(&stringify!($name).replace('_', "-"), $scene, false).await;
                }
            )*
        };
    }

    texts! {
        settings: elsewhere::settings;
        settings_end: elsewhere::settings_end;
        editor: elsewhere::editor;
        editor_tool: elsewhere::tool;
        editor_help: elsewhere::help;
        pairing: elsewhere::pairing;
    }
}
