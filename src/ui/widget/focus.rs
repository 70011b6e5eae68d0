//! Keyboard focus for anything.
//!
//! Belongs here: [`Focusable`], which lets Tab reach what it wraps, draws the ring, and turns keys into messages. In
//! iced 0.14 text inputs alone take focus by themselves. Which keys do what for a whole screen does not belong here.

mod travel;
mod values;

use iced::advanced::widget::{Id, Operation, operation};
use iced::advanced::{Renderer as _, Shell, mouse, renderer};
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key, Modifiers};
use iced::{Background, Border, Color, Event, Rectangle, Renderer, touch};

use super::decorated::{Decoration, Heard, decorated};
use super::latin;
use crate::ui::theme::{Element, Theme, radius};

pub use travel::{next, previous, to};
pub use values::{Value, on_a_value};

type OnKey<'a, Message> = Box<dyn Fn(&Key) -> Option<Message> + 'a>;
type OnPageKey<'a, Message> = Box<dyn Fn(&Key, Modifiers) -> Option<Message> + 'a>;

/// Makes something reachable by Tab.
///
/// Focus that came by keyboard shows a ring, 2 px wide with a gap of 2 px, outside the bounds; and Enter, Space and the
/// keys of [`Focusable::on_key`] act. After a click the place is remembered for the next Tab, without ring, and no key
/// changes anything: what cannot be seen to have the keyboard does not have it.
pub fn focusable<'a, Message>(content: impl Into<Element<'a, Message>>) -> Focusable<'a, Message> {
    let keys =
        Keys { id: None, on_press: None, on_key: None, on_page_key: None, enabled: true, corner: radius::BUTTON };
    Focusable { content: content.into(), keys }
}

/// Something that the keyboard reaches. See [`focusable`].
pub struct Focusable<'a, Message> {
    content: Element<'a, Message>,
    keys: Keys<'a, Message>,
}

struct Keys<'a, Message> {
    id: Option<Id>,
    on_press: Option<Message>,
    on_key: Option<OnKey<'a, Message>>,
    on_page_key: Option<OnPageKey<'a, Message>>,
    enabled: bool,
    corner: f32,
}

impl<'a, Message> Focusable<'a, Message> {
    /// Names it, so that focus can be put there. Focus does not pass on to what takes its place under another name.
    pub fn id(self, id: impl Into<Id>) -> Self {
        self.id_maybe(Some(id.into()))
    }

    /// The same, where there may be no name.
    pub fn id_maybe(mut self, id: Option<Id>) -> Self {
        self.keys.id = id;
        self
    }

    /// What Enter and Space do. The mouse is the content's own business.
    pub fn on_press(mut self, message: Message) -> Self {
        self.keys.on_press = Some(message);
        self
    }

    /// How keys change the value of this control; nothing for a key leaves it to others. They are asked for while the
    /// ring is seen and neither Ctrl nor Alt nor Super is held. Space belongs to the control, whatever it does there.
    pub fn on_key(mut self, on_key: impl Fn(&Key) -> Option<Message> + 'a) -> Self {
        self.keys.on_key = Some(Box::new(on_key));
        self
    }

    /// What keys do on a page that is worked on, such as the lanes of the editor: after a click too, and with other keys
    /// held. Never for a control that has a value; Space stays free.
    pub fn on_page_key(mut self, on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a) -> Self {
        self.keys.on_page_key = Some(Box::new(on_key));
        self
    }

    /// Whether focus comes here at all.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.keys.enabled = enabled;
        self
    }

    /// The corner radius of the content, in pixels; the ring's is 4 more.
    pub fn corner(mut self, corner: f32) -> Self {
        self.keys.corner = corner;
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focus {
    #[default]
    No,
    /// By a click: the next Tab goes on from here.
    Quiet,
    /// By keyboard.
    Shown,
}

#[derive(Debug, Clone, Default)]
struct State {
    focus: Focus,
    id: Option<Id>,
}

/// What happens with a key.
enum Answer<Message> {
    /// It is left to others.
    Left,
    /// It is taken, and nothing comes of it.
    Taken,
    /// It is taken, and this comes of it.
    Publish(Message),
}

impl<Message: Clone> Keys<'_, Message> {
    /// What a key does here. The one place for all controls.
    fn answer(&self, focus: Focus, key: &Key, modifiers: Modifiers, repeat: bool) -> Answer<Message> {
        if focus == Focus::No {
            return Answer::Left;
        }
        if let Some(message) = self.on_page_key.as_ref().and_then(|on_key| on_key(key, modifiers)) {
            return Answer::Publish(message);
        }
        if focus == Focus::Quiet || modifiers.control() || modifiers.alt() || modifiers.logo() {
            return Answer::Left;
        }
        let presses = matches!(key, Key::Named(Named::Enter | Named::Space)) && modifiers.is_empty();
        if let (true, Some(message)) = (presses, &self.on_press) {
            return if repeat { Answer::Taken } else { Answer::Publish(message.clone()) };
        }
        let Some(on_key) = &self.on_key else { return Answer::Left };
        match on_key(key) {
            Some(message) => Answer::Publish(message),
            None if *key == Key::Named(Named::Space) => Answer::Taken,
            None => Answer::Left,
        }
    }
}

impl operation::Focusable for State {
    fn is_focused(&self) -> bool {
        self.focus != Focus::No
    }

    fn focus(&mut self) {
        self.focus = Focus::Shown;
    }

    fn unfocus(&mut self) {
        self.focus = Focus::No;
    }
}

impl<Message: Clone> Decoration<Message> for Keys<'_, Message> {
    type State = State;

    fn renew(&self, state: &mut State) {
        if state.id != self.id || !self.enabled {
            *state = State { focus: Focus::No, id: self.id.clone() };
        }
    }

    fn operate(&self, state: &mut State, bounds: Rectangle, operation: &mut dyn Operation) {
        if self.enabled {
            operation.focusable(self.id.as_ref(), bounds, state);
            if self.on_key.is_some() {
                operation.custom(None, bounds, &mut values::Value(state.focus != Focus::No));
            }
        } else {
            operation.container(self.id.as_ref(), bounds);
        }
    }

    fn heed(&self, state: &mut State, heard: Heard<'_>, shell: &mut Shell<'_, Message>) {
        if !self.enabled {
            return;
        }
        match heard.event {
            Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let shown = state.focus == Focus::Shown;
                state.focus = if heard.is_over() { Focus::Quiet } else { Focus::No };
                if shown {
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, repeat, .. })
                if !shell.is_event_captured() =>
            {
                match self.answer(state.focus, &latin::key(key, *physical_key), *modifiers, *repeat) {
                    Answer::Left => return,
                    Answer::Taken => {}
                    Answer::Publish(message) => shell.publish(message),
                }
                shell.capture_event();
            }
            _ => {}
        }
    }

    fn over(&self, state: &State, renderer: &mut Renderer, theme: &Theme, bounds: Rectangle) {
        if state.focus == Focus::Shown {
            let border = Border { color: theme.accent, width: 2.0, radius: (self.corner + 4.0).into() };
            let ring = renderer::Quad { bounds: bounds.expand(4.0), border, ..renderer::Quad::default() };
            renderer.fill_quad(ring, Background::Color(Color::TRANSPARENT));
        }
    }
}

impl<'a, Message: Clone + 'a> From<Focusable<'a, Message>> for Element<'a, Message> {
    fn from(focusable: Focusable<'a, Message>) -> Self {
        decorated(focusable.content, focusable.keys)
    }
}

#[cfg(test)]
mod tests {
    use iced::advanced::clipboard;
    use iced::advanced::renderer::Headless;
    use iced::advanced::widget::operation::Outcome;
    use iced::advanced::widget::operation::focusable::{focus, focus_next, focus_previous};
    use iced::event::Status;
    use iced::widget::{column, container, row};
    use iced::{Font, Size};
    use iced_test::Simulator;
    use iced_test::runtime::user_interface::{Cache, UserInterface};
    use iced_test::simulator::{click, press_key, tap_key};

    use super::*;
    use crate::profile::Profile;
    use crate::time::Time;
    use crate::ui::draw::silhouette::silhouette;
    use crate::ui::widget::{self, choice, slider};
    use std::sync::Arc;

    #[derive(Debug, Clone, PartialEq)]
    enum Message {
        Pressed(u8),
        Slid(u16),
    }

    enum Step {
        Tab,
        BackTab,
        Focus(&'static str),
        Tap(Named),
        Click(f32, f32),
    }

    fn screen<'a>() -> Element<'a, Message> {
        let button = |index: u8| widget::second(format!("Button {index}")).on_press(Message::Pressed(index));
        column![
            row![button(1).id("one"), button(2).id("two").disabled("Not now."), button(3).id("three")].spacing(8),
            slider::slider(0..=100, 50, 5, Message::Slid).id("slider"),
        ]
        .into()
    }

    /// What comes of a key while the ring is seen, and whether it was taken.
    fn tabbed(screen: Element<'_, Message>, key: Named, held: Modifiers) -> (Vec<Message>, Status) {
        let renderer = <Renderer as Headless>::new(Font::DEFAULT, 15.0.into(), Some("tiny-skia"));
        let mut renderer = iced::futures::executor::block_on(renderer).unwrap();
        let screen = container(screen).width(300);
        let mut interface = UserInterface::build(screen, Size::new(600.0, 200.0), Cache::default(), &mut renderer);
        let mut operation: Box<dyn Operation> = Box::new(focus_next());
        loop {
            interface.operate(&renderer, operation.as_mut());
            match operation.finish() {
                Outcome::Chain(next) => operation = next,
                _ => break,
            }
        }
        let mut down = press_key(key, None);
        if let Event::Keyboard(keyboard::Event::KeyPressed { modifiers, .. }) = &mut down {
            *modifiers = held;
        }
        let (mut messages, cursor) = (Vec::new(), mouse::Cursor::Unavailable);
        let (_, statuses) = interface.update(&[down], cursor, &mut renderer, &mut clipboard::Null, &mut messages);
        (messages, statuses[0])
    }

    /// Does the steps on the screen above and returns the messages.
    fn messages(steps: &[Step]) -> Vec<Message> {
        let renderer = <Renderer as Headless>::new(Font::DEFAULT, 15.0.into(), Some("tiny-skia"));
        let mut renderer = iced::futures::executor::block_on(renderer).unwrap();
        let mut interface = UserInterface::build(screen(), Size::new(600.0, 200.0), Cache::default(), &mut renderer);
        let mut messages = Vec::new();
        for step in steps {
            let mut cursor = mouse::Cursor::Unavailable;
            let (operation, events): (Option<Box<dyn Operation>>, Vec<Event>) = match step {
                Step::Tab => (Some(Box::new(focus_next())), vec![]),
                Step::BackTab => (Some(Box::new(focus_previous())), vec![]),
                Step::Focus(id) => (Some(Box::new(focus(Id::new(id)))), vec![]),
                Step::Tap(key) => (None, tap_key(*key, None).collect()),
                Step::Click(x, y) => {
                    cursor = mouse::Cursor::Available([*x, *y].into());
                    (None, click().collect())
                }
            };
            let mut next = operation;
            while let Some(mut operation) = next.take() {
                interface.operate(&renderer, operation.as_mut());
                if let Outcome::Chain(chained) = operation.finish() {
                    next = Some(chained);
                }
            }
            let _ = interface.update(&events, cursor, &mut renderer, &mut clipboard::Null, &mut messages);
        }
        messages
    }

    #[test]
    fn tab_reaches_every_part_that_can_be_acted_on_and_no_other() {
        let all = [
            Step::Tab,
            Step::Tap(Named::Enter),
            Step::Tab,
            Step::Tap(Named::Space),
            Step::Tab,
            Step::Tap(Named::ArrowRight),
            Step::BackTab,
            Step::Tap(Named::Enter),
        ];
        assert_eq!(messages(&all), [Message::Pressed(1), Message::Pressed(3), Message::Slid(55), Message::Pressed(3)]);
    }

    /// Every kind of control whose value keys change, at the top left.
    fn values<'a>() -> Vec<(&'static str, Element<'a, Message>)> {
        let profile = Arc::new(Profile { length: Time::from_secs(60), ..Profile::default() });
        let seek = |at: Time| Message::Slid(at.as_millis() as u16);
        let rate = |stars: u8| Message::Slid(stars.into());
        let levels = slider::level_slider(5, 2, 5, |theme| theme.heat, Message::Slid);
        vec![
            ("slider", slider::slider(0..=100, 50, 5, Message::Slid).into()),
            ("levels", levels.into()),
            ("stepper", choice::stepper("50 %", Some(Message::Slid(40)), Some(Message::Slid(60)))),
            ("segments", choice::segments(&[(0, "A"), (1, "B"), (2, "C")], 1, Message::Slid)),
            ("stars", choice::stars(3, rate)),
            ("place", silhouette(profile, Some(Time::from_secs(30)), Vec::new(), Some(seek))),
        ]
    }

    /// What comes of a click and a key after it, and whether the key was taken.
    fn clicked(screen: Element<'_, Message>, key: Named) -> (Vec<Message>, Status) {
        let mut simulator: Simulator<'_, Message, Theme> = Simulator::new(container(screen).width(300));
        simulator.point_at([12.0, 18.0]);
        let _ = simulator.simulate(click());
        let statuses = simulator.simulate([press_key(key, None)]);
        (simulator.into_messages().collect(), statuses[0])
    }

    #[test]
    fn after_a_click_or_with_other_keys_held_no_key_changes_a_value() {
        let keys = [Named::ArrowUp, Named::ArrowDown, Named::ArrowLeft, Named::ArrowRight, Named::Home, Named::Space];
        let none = Modifiers::empty();
        for index in 0..values().len() {
            let value = || values().swap_remove(index);
            let name = value().0;
            let before = clicked(value().1, Named::F12).0;
            for key in keys {
                let after = clicked(value().1, key);
                assert_eq!(after, (before.clone(), Status::Ignored), "{name}, {key:?}");
                for held in [Modifiers::CTRL, Modifiers::ALT, Modifiers::LOGO] {
                    assert_eq!(tabbed(value().1, key, held), (vec![], Status::Ignored), "{name}, {key:?}, {held:?}");
                }
            }
            assert_eq!(tabbed(value().1, Named::ArrowRight, none).0.len(), 1, "{name}: the ring is seen");
            let space = tabbed(value().1, Named::Space, none);
            assert_eq!(space, (vec![], Status::Captured), "{name}: Space is its own");
        }
    }

    #[test]
    fn focus_can_be_put_on_a_part_by_name() {
        assert_eq!(messages(&[Step::Focus("three"), Step::Tap(Named::Enter)]), [Message::Pressed(3)]);
        assert_eq!(messages(&[Step::Focus("two"), Step::Tap(Named::Enter)]), []);
    }

    #[test]
    fn after_a_click_space_is_free_and_tab_goes_on_from_there() {
        let (first, space) = (Step::Click(20.0, 20.0), Step::Tap(Named::Space));
        let steps = [first, space, Step::Tab, Step::Tap(Named::Enter)];
        assert_eq!(messages(&steps), [Message::Pressed(1), Message::Pressed(3)]);
    }
}
