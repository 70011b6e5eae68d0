//! How the window is laid out: nav, page, player bar; dialogs and notices over the page, never over the bar.

use iced::Fill;
use iced::widget::{column, container, row, stack};

use super::stopping::Closing;
use super::{App, Message, Opening};
use crate::engine::Activity;
use crate::say;
use crate::time::Time;
use crate::ui::screen::{editor, massager, playing, profiles, settings, start};
use crate::ui::shell::dialog::Dialog;
use crate::ui::shell::nav::{self, Screen};
use crate::ui::shell::{clock, player_bar};
use crate::ui::theme::{Element, size, text};
use crate::ui::widget::{self, dialog, scroll};

impl App {
    /// The window.
    pub fn view(&self) -> Element<'_, Message> {
        let w = &self.words;
        if self.opening != Opening::Open {
            return iced::widget::space().height(Fill).width(Fill).into();
        }
        let page: Element<'_, Message> = if let Some(start) = &self.starting {
            let world = start::World {
                words: &self.words,
                languages: &self.languages,
                language: &self.settings().language,
                theme: self.settings().theme,
                today: self.store.today(),
                low: self.size.height < size::LOW,
                height: self.size.height,
                narrow: self.size.width < size::NARROW,
            };
            start::view(start, world).map(Message::Start)
        } else {
            row![nav::view(w, self.lit(), self.size, Message::Go), container(self.page()).width(Fill).height(Fill)]
                .into()
        };
        let mut layers = stack![page];
        if let Some(notices) = self.toasts.view(w, &self.words) {
            layers = layers.push(notices.map(Message::Toast));
        }
        let stage = dialog::stage(layers, self.over());
        // The ground under it is the window's own: a second one would be painted anew with everything above it.
        let page = container(stage).height(Fill).width(Fill);
        // The bar is a layer of its own, drawn last: nothing that a page draws past its edge ever covers Stop.
        let bar = column![iced::widget::space::vertical(), self.bar()];
        stack![column![page, iced::widget::space::vertical().height(size::BAR)], bar].into()
    }

    /// The item of the rail that is lit: while one watches what plays, the one where that comes from.
    fn lit(&self) -> Screen {
        match (self.screen, &self.state.activity) {
            (Screen::NowPlaying, Activity::ByHand | Activity::Program { .. }) => Screen::Massager,
            (Screen::NowPlaying, Activity::Profile { .. } | Activity::Nothing) => Screen::Profiles,
            (screen, _) => screen,
        }
    }

    pub(super) fn playing(&self) -> playing::Shown<'_> {
        playing::Shown {
            state: &self.state,
            done: self.done.as_ref(),
            ratings: self.store.ratings.value(),
            skipped: self.under_way.as_ref().map_or(&self.skipped, |under_way| &under_way.skipped),
            words: &self.words,
            now: self.now,
            window: self.size,
        }
    }

    fn bar(&self) -> Element<'_, Message> {
        let shown = player_bar::Shown {
            state: &self.state,
            waiting: self.waiting.as_ref().map(|waiting| waiting.name.as_str()),
            waits: self.awaited().is_some(),
            stopped_at: Some(self.place_to_go_on()).filter(|at| *at > Time::ZERO),
            chosen: match &self.board {
                Some(board) if self.screen == Screen::Editor => Some(board.profile()),
                _ => self.ready.as_ref().map(|(_, profile)| profile),
            },
            words: &self.words,
            now: self.now,
            width: self.size.width,
            still: self.starting.is_some() || self.closing != Closing::No,
        };
        player_bar::view(shown).map(Message::PlayerBar)
    }

    fn profiles_world(&self) -> profiles::World<'_> {
        let rail = if self.narrow() { size::NAV_NARROW } else { size::NAV };
        profiles::World {
            state: &self.state,
            ratings: self.store.ratings.value(),
            words: &self.words,
            ready: self.ready.as_ref().map(|(id, _)| id.as_str()),
            plays: self.plays_now(),
            width: self.size.width - rail,
            narrow: self.narrow(),
        }
    }

    /// The profile that plays, begun here: what the editor tries stands on no card.
    fn plays_now(&self) -> Option<profiles::Plays<'_>> {
        let Activity::Profile { paused, .. } = &self.state.activity else { return None };
        let at = clock::position(&self.state, self.now)?;
        Some(profiles::Plays { id: &self.under_way.as_ref()?.id, at, paused: paused.is_some() })
    }

    pub(super) fn narrow(&self) -> bool {
        self.size.width < size::NARROW
    }

    fn page(&self) -> Element<'_, Message> {
        let narrow = self.narrow();
        match self.screen {
            Screen::Profiles => self.profiles.view(self.profiles_world()).map(Message::Profiles),
            Screen::Massager => self
                .massager
                .view(massager::World {
                    state: &self.state,
                    words: &self.words,
                    known: self.known(),
                    ready: self.ready.as_ref().map(|(_, profile)| profile),
                    now: self.now,
                    narrow,
                })
                .map(Message::Massager),
            Screen::Settings => settings::view(settings::World {
                words: &self.words,
                languages: &self.languages,
                health: &self.store.health.value().0,
                today: self.store.today(),
                settings: self.settings(),
                massaged_today: clock::massaged_today(&self.state, self.now),
                known: self.known(),
                maps: &self.store.maps,
                folders: &self.store.folders,
                narrow,
            })
            .map(Message::Settings),
            Screen::Editor => match &self.board {
                Some(board) => editor::view(board, self.editor_world(), narrow).map(Message::Editor),
                None => self.profiles.view(self.profiles_world()).map(Message::Profiles),
            },
            Screen::NowPlaying => playing::view(self.playing()).map(Message::NowPlaying),
        }
    }

    /// A question may be higher than a low window: it scrolls there.
    fn held<'a>(&self, content: Element<'a, Message>) -> Element<'a, Message> {
        if self.size.height >= size::LOW {
            return content;
        }
        scroll(container(content).center_x(Fill)).into()
    }

    /// What is over the page: the way out, a question, or the lost link.
    fn over(&self) -> Option<Element<'_, Message>> {
        let over = self.question()?;
        // The sheet of the editor's keys scrolls by itself.
        let scrolls = matches!(self.dialog, Some(Dialog::Help)) && self.closing == Closing::No;
        Some(if scrolls { over } else { self.held(over) })
    }

    fn question(&self) -> Option<Element<'_, Message>> {
        let w = &self.words;
        match self.closing {
            Closing::Stopping => {
                // What could not be confirmed so far is told at once, while it is still tried.
                let unconfirmed = self.state.stop_unconfirmed.then(|| text::body(say!(w, "stopping-unconfirmed")));
                let words = text::body(say!(w, "stopping-text")).style(text::second);
                Some(dialog::frame(column![text::title(say!(w, "stopping")), words].push(unconfirmed).spacing(8)))
            }
            Closing::Unconfirmed => {
                let close = widget::main(say!(w, "close-window"))
                    .id(crate::ui::shell::dialog::SAFE)
                    .on_press(Message::CloseRequested);
                Some(dialog::frame(
                    column![
                        text::title(say!(w, "not-confirmed")),
                        text::body(say!(w, "not-confirmed-text")),
                        container(close).align_right(Fill)
                    ]
                    .spacing(12),
                ))
            }
            Closing::No => match &self.dialog {
                Some(dialog) => Some(dialog.view(w, self.narrow()).map(Message::Dialog)),
                None => playing::lost(self.playing()).map(|lost| lost.map(Message::NowPlaying)),
            },
        }
    }
}
