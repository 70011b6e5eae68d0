//! The rail at the left: where one can go.
//!
//! Belongs here: the screens and their items. Now playing has none: the player bar opens it.

use iced::widget::{Column, button, column, container, row, rule, space};
use iced::{Center, Fill, Size};

use crate::i18n::Words;
use crate::say;
use crate::ui::icon::{self, Icon};
use crate::ui::theme::{self, Element, radius, size, text};
use crate::ui::widget::focusable;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The library.
    Profiles,
    /// Finding, connecting, and playing by hand.
    Massager,
    /// Limits, look, language.
    Settings,
    /// What plays.
    NowPlaying,
    /// A profile under the pen: a page of the library.
    Editor,
}

/// In a window lower than this the rail has room for its items alone.
const LOW: f32 = 400.0;

impl Screen {
    /// The screens of the rail, in order: Ctrl+1 and so on.
    pub const ALL: [Self; 3] = [Self::Profiles, Self::Massager, Self::Settings];

    /// Its name.
    pub fn name(self, w: &Words) -> String {
        match self {
            Self::Profiles | Self::Editor => say!(w, "profiles"),
            Self::Massager => say!(w, "massager"),
            Self::Settings => say!(w, "settings"),
            Self::NowPlaying => say!(w, "now-playing"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Profiles | Self::Editor => Icon::Spline,
            Self::Massager => Icon::Footprints,
            Self::Settings => Icon::Settings,
            Self::NowPlaying => Icon::Play,
        }
    }
}

/// The rail, with the screen that is open, in a window of a size.
pub fn view<'a, Message: Clone + 'a>(
    w: &Words,
    open: Screen,
    window: Size,
    on_go: impl Fn(Screen) -> Message,
) -> Element<'a, Message> {
    let item = |screen: Screen| {
        let message = on_go(screen);
        let chosen = screen == open || (screen == Screen::Profiles && open == Screen::Editor);
        let name = text::small(screen.name(w));
        let name = if chosen { name.font(text::SEMIBOLD) } else { name.font(text::MEDIUM) };
        let content = column![icon::view(screen.icon(), 22.0), name.align_x(Center)].spacing(2).align_x(Center);
        let target = button(container(content).center(Fill))
            .width(72)
            .height(60)
            .padding(0)
            .style(theme::button::nav(chosen))
            .on_press(message.clone());
        Element::from(focusable(target).on_press(message).corner(radius::CARD))
    };
    let (narrow, low) = (window.width < size::NARROW, window.height < LOW);
    let mark = (!low).then(|| container(icon::mark(40.0)).height(56).align_y(iced::Top));
    let [upper @ .., last] = Screen::ALL;
    let items = Column::with_children(upper.map(&item)).spacing(4);
    let rail = Column::new()
        .push(mark)
        .push(items)
        .push(space::vertical())
        .push(item(last))
        .align_x(Center)
        .width(Fill)
        .height(Fill);
    let (width, top) = if narrow { (size::NAV_NARROW, 12.0) } else { (size::NAV, 16.0) };
    let padding = iced::padding::top(top).bottom(12.0);
    let rail = container(rail).padding(padding).style(theme::container::nav);
    row![rail, rule::vertical(1)].width(width).height(Fill).into()
}
