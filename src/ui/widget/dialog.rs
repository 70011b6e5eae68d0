//! What comes over a page: dialogs and toasts.
//!
//! Belongs here: their frames and their place. The player bar is never covered: both live inside the cell above it.

use std::borrow::Cow;

use iced::widget::{container, opaque, row, stack, text::IntoFragment};
use iced::{Center, Fill};

use super::button;
use super::inert::inert;
use super::lift::lift;
use crate::ui::icon::Icon;
use crate::ui::theme::{self, Element, radius, text};
use crate::ui::widget::Button;

/// A page with perhaps a dialog over it, inside the cell above the player bar. While there is one, the page behind is
/// darkened and still; Stop stays free.
pub fn stage<'a, Message: 'a>(
    page: impl Into<Element<'a, Message>>,
    dialog: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let page = inert(page, dialog.is_some());
    match dialog {
        Some(dialog) => {
            let scrim = container(dialog).center(Fill).padding(16).style(theme::container::scrim);
            stack![page, opaque(scrim)].width(Fill).height(Fill).into()
        }
        None => stack![page].width(Fill).height(Fill).into(),
    }
}

/// The frame of a dialog, at most 560 px wide.
pub fn frame<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let frame = container(content).padding(28).max_width(560).style(theme::container::dialog);
    lift(frame, radius::DIALOG, |theme| theme.shadow_3)
}

/// The frame of a sheet to read, at most 1160 px wide.
pub fn sheet<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let frame = container(content).padding([20, 28]).max_width(1160).style(theme::container::dialog);
    lift(frame, radius::DIALOG, |theme| theme.shadow_3)
}

/// A toast, 48 px high or more: what happened, perhaps with one action, and a way to close it.
pub fn toast<'a, Message: Clone + 'a>(
    words: impl IntoFragment<'a>,
    action: Option<(Cow<'a, str>, Message)>,
    close: (Cow<'a, str>, Message),
) -> Element<'a, Message> {
    // A long text leaves the buttons their room.
    let most = if action.is_some() { 520 } else { 640 };
    let on_toast = |button: Button<'a, Message>| button.small().look(theme::button::on_toast);
    let action = action.map(|(label, message)| on_toast(button::quiet(label)).on_press(message));
    let close = on_toast(button::icon_button(Icon::X, close.0)).on_press(close.1);
    let content =
        row![container(text::body(words)).max_width(most)].push(action).push(close).spacing(12).align_y(Center);
    let padding = iced::padding::vertical(6).left(16.0).right(8.0);
    let toast = container(content).padding(padding).max_width(720).style(theme::container::toast);
    opaque(lift(toast, radius::CARD, |theme| theme.shadow_2))
}

#[cfg(test)]
mod tests {
    use iced::widget::{column, space};
    use iced_test::{Simulator, selector};

    use super::*;
    use crate::ui::theme::Theme;
    use crate::ui::widget::second;

    fn screen<'a>(dialog: bool) -> Element<'a, &'static str> {
        let page = column![second("Behind").id("behind").on_press("behind"), space::vertical()];
        let dialog = dialog.then(|| frame(second("Answer").id("answer").on_press("answer")));
        stage(page, dialog)
    }

    #[test]
    fn a_page_behind_a_dialog_cannot_be_acted_on() {
        let mut simulator: Simulator<'_, _, Theme> = Simulator::new(screen(false));
        simulator.click(selector::id("behind")).unwrap();
        assert_eq!(simulator.into_messages().collect::<Vec<_>>(), ["behind"]);

        let mut simulator: Simulator<'_, _, Theme> = Simulator::new(screen(true));
        assert!(simulator.find(selector::id("behind")).is_err(), "no focus goes there");
        simulator.point_at([20.0, 20.0]);
        let _ = simulator.simulate(iced_test::simulator::click());
        simulator.click(selector::id("answer")).unwrap();
        assert_eq!(simulator.into_messages().collect::<Vec<_>>(), ["answer"]);
    }
}
