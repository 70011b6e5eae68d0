//! A window without a screen: the real app with its tasks, subscriptions and widgets, under tokio's paused clock.
//!
//! `iced_test`'s own emulator hands neither keys nor the engine's events to subscriptions; this does what the real
//! shell does with them, step by step, so that a journey sees what a person would.

use std::io;
use std::time::Duration;

use futures::StreamExt;
use futures::channel::mpsc;
use iced_test::core::clipboard::{self, Clipboard};
use iced_test::core::keyboard::{self, Key, key};
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::{Event, Point, Rectangle, Size, Vector, mouse, widget, window};
use iced_test::futures::{Executor, Runtime, subscription};
use iced_test::runtime::user_interface::{self, UserInterface};
use iced_test::runtime::{self, Action, task};
use iced_test::selector::{self, Selector};
use iced_test::simulator;
use svang::ui::theme::text;
use svang::ui::widget::focus::Value;
use svang::ui::widget::named::Name;
use svang::ui::{App, Message};

use crate::picture::Picture;

/// Runs the app's futures on the test's own runtime, so that they share its clock.
struct TestRuntime;

impl Executor for TestRuntime {
    fn new() -> Result<Self, io::Error> {
        Ok(Self)
    }

    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(tokio::spawn(future));
    }

    fn block_on<T>(&self, _future: impl Future<Output = T>) -> T {
        panic!("a window under test never blocks")
    }
}

/// The window under test.
pub struct Window {
    pub app: App,
    runtime: Runtime<TestRuntime, mpsc::UnboundedSender<Action<Message>>, Action<Message>>,
    actions: mpsc::UnboundedReceiver<Action<Message>>,
    cache: Option<user_interface::Cache>,
    renderer: iced::Renderer,
    id: window::Id,
    size: Size,
    cursor: mouse::Cursor,
    modifiers: keyboard::Modifiers,
    clipboard: Memory,
    /// Whether the app ended itself.
    pub exited: bool,
}

#[derive(Default)]
struct Memory(Option<String>);

impl Clipboard for Memory {
    fn read(&self, _kind: clipboard::Kind) -> Option<String> {
        self.0.clone()
    }

    fn write(&mut self, _kind: clipboard::Kind, contents: String) {
        self.0 = Some(contents);
    }
}

/// The heights of the theme's lines of text, in pixels.
const LINES: [f32; 10] = [18.0, 20.0, 22.0, 24.0, 28.0, 32.0, 40.0, 48.0, 64.0, 26.0];

/// Walks through the texts of a window, and holds each against what is around it.
#[derive(Default)]
struct Texts {
    window: Rectangle,
    /// What holds the things that come next; nothing inside what scrolls.
    holder: Option<Rectangle>,
    scrolls: bool,
    next: Option<(Rectangle, bool)>,
    /// Names that hold where it is, and whether one comes next.
    names: usize,
    next_is_named: bool,
    said: Vec<String>,
    /// Controls: where, whether it has a value, whether it is named, whether it shows a text.
    controls: Vec<(Rectangle, bool, bool, bool)>,
    /// Those that it is in.
    open: Vec<usize>,
    next_control: Option<usize>,
    wrong: Vec<String>,
}

/// Looks for a control by the name that it has without showing it.
struct Sought<'a> {
    name: &'a str,
    place: Option<Rectangle>,
}

impl widget::Operation for Sought<'_> {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn widget::Operation)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&widget::Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        if state.downcast_ref::<Name>().is_some_and(|name| name.0 == self.name) {
            self.place = Some(bounds);
        }
    }
}

impl Texts {
    /// What is wrong, controls without a name among it.
    fn all(mut self) -> Vec<String> {
        for (place, has_value, named, shows) in self.controls {
            if !named && (has_value || !shows) {
                let what = if has_value { "a value" } else { "a control" };
                self.wrong.push(format!("{what} without a name: {place:?}"));
            }
        }
        self.wrong
    }
}

impl widget::Operation for Texts {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn widget::Operation)) {
        let (holder, scrolls, names, open) = (self.holder, self.scrolls, self.names, self.open.len());
        self.names += usize::from(std::mem::take(&mut self.next_is_named));
        self.open.extend(self.next_control.take());
        if let Some((next, scrolls)) = self.next.take() {
            (self.holder, self.scrolls) = (Some(next), self.scrolls || scrolls);
        }
        operate(self);
        (self.holder, self.scrolls, self.next) = (holder, scrolls, None);
        self.names = names;
        self.open.truncate(open);
    }

    fn container(&mut self, _: Option<&widget::Id>, bounds: Rectangle) {
        self.next = Some((bounds, false));
    }

    fn scrollable(
        &mut self,
        _: Option<&widget::Id>,
        _: Rectangle,
        content: Rectangle,
        _: Vector,
        _: &mut dyn widget::operation::Scrollable,
    ) {
        self.next = Some((content, true));
    }

    fn focusable(&mut self, _: Option<&widget::Id>, bounds: Rectangle, _: &mut dyn widget::operation::Focusable) {
        self.next_control = Some(self.controls.len());
        self.controls.push((bounds, false, self.names > 0 || self.next_is_named, false));
    }

    fn custom(&mut self, _: Option<&widget::Id>, _: Rectangle, state: &mut dyn std::any::Any) {
        if state.downcast_ref::<Value>().is_some()
            && let Some(control) = self.controls.last_mut()
        {
            control.1 = true;
        }
        if let Some(Name(name)) = state.downcast_ref::<Name>().filter(|name| !name.0.trim().is_empty()) {
            self.next_is_named = true;
            self.said.push(name.clone());
        }
    }

    fn text(&mut self, _: Option<&widget::Id>, bounds: Rectangle, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        for control in &self.open {
            self.controls[*control].3 = true;
        }
        let lines = LINES.iter().any(|line| {
            let lines = bounds.height / line;
            lines >= 0.95 && (lines - lines.round()).abs() < 0.05
        });
        let outside = |of: &Rectangle| {
            bounds.x < of.x - 1.5
                || bounds.y < of.y - 1.5
                || bounds.x + bounds.width > of.x + of.width + 1.5
                || bounds.y + bounds.height > of.y + of.height + 1.5
        };
        let why = if bounds.width < 5.0 && text.chars().count() > 1 {
            "is squeezed"
        } else if !lines {
            "is cut"
        } else if self.holder.as_ref().is_some_and(outside) {
            "stands outside of what holds it"
        } else if !self.scrolls && outside(&self.window) {
            "stands outside of the window"
        } else {
            return;
        };
        self.wrong.push(format!("“{text}” {why}: {bounds:?}"));
    }
}

impl Window {
    /// Opens the app in a window of a size, and lets it settle.
    pub async fn open(app: App, task: iced::Task<Message>, size: impl Into<Size>) -> Self {
        let fonts = iced_test::renderer::graphics::text::font_system();
        for font in text::FONTS {
            fonts.write().unwrap().load_font(font.into());
        }
        // The system's fixed-width font differs from computer to computer: no picture may depend on it.
        fonts.write().unwrap().raw().db_mut().set_monospace_family("Hanken Grotesk");
        let renderer = iced::Renderer::new(text::REGULAR, text::SIZE.into());
        let (sender, actions) = mpsc::unbounded();
        let mut window = Self {
            app,
            runtime: Runtime::new(TestRuntime, sender),
            actions,
            cache: Some(user_interface::Cache::default()),
            renderer,
            id: window::Id::unique(),
            size: size.into(),
            cursor: mouse::Cursor::Unavailable,
            modifiers: keyboard::Modifiers::empty(),
            clipboard: Memory::default(),
            exited: false,
        };
        window.resubscribe();
        window.run(task);
        let opened = Event::Window(window::Event::Opened { position: None, size: window.size });
        window.send(vec![opened]).await;
        window
    }

    /// What is on the clipboard.
    pub fn clipboard(&mut self) -> &mut Option<String> {
        &mut self.clipboard.0
    }

    /// Lets everything happen that can happen now, without time passing.
    pub async fn settle(&mut self) {
        let mut quiet = 0;
        while quiet < 60 {
            quiet += 1;
            tokio::task::yield_now().await;
            while let Ok(action) = self.actions.try_recv() {
                self.perform(action);
                quiet = 0;
            }
        }
    }

    /// Lets time pass, and everything happen that happens in it.
    pub async fn wait(&mut self, time: Duration) {
        let end = tokio::time::Instant::now() + time;
        loop {
            self.settle().await;
            tokio::select! {
                biased;
                action = self.actions.next() => if let Some(action) = action { self.perform(action) },
                () = tokio::time::sleep_until(end) => break,
            }
        }
        self.settle().await;
    }

    /// Lets time pass until something holds; at most so long.
    pub async fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        for _ in 0..600 {
            self.settle().await;
            if holds(self) {
                return;
            }
            self.wait(Duration::from_millis(100)).await;
        }
        panic!("a minute passed without this: {what}. On the screen: {:?}", self.texts());
    }

    /// Waits until a text can be seen.
    pub async fn see(&mut self, text: &str) {
        self.until(&format!("seeing “{text}”"), |window| window.shows(text)).await;
    }

    /// Whether a text can be seen, as a whole or as part of a longer one.
    pub fn shows(&mut self, text: &str) -> bool {
        self.texts().iter().any(|seen| seen.contains(text))
    }

    /// Every text in the window, in order, whether scrolled away or not.
    pub fn texts(&mut self) -> Vec<String> {
        let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let sink = seen.clone();
        let _: Option<()> = self.select(move |candidate: selector::Candidate<'_>| {
            if let selector::Candidate::Text { content, .. } = candidate {
                sink.lock().unwrap().push(content.to_owned());
            }
            None
        });
        std::mem::take(&mut *seen.lock().unwrap())
    }

    /// Where a text stands, if it can be seen inside the window: the text itself, else the first that begins so.
    pub fn place(&mut self, text: &str) -> Option<Rectangle> {
        let found = self.find_text(text, |seen, text| seen == text);
        found.or_else(|| self.find_text(text, |seen, text| seen.starts_with(text)))
    }

    /// Where every text stands that is this one, in order.
    pub fn places(&mut self, text: &str) -> Vec<Rectangle> {
        let places = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let (sink, text) = (places.clone(), text.to_owned());
        let _: Option<()> = self.select(move |candidate: selector::Candidate<'_>| {
            if let selector::Candidate::Text { content, visible_bounds: Some(place), .. } = candidate
                && content == text
            {
                sink.lock().unwrap().push(place);
            }
            None
        });
        std::mem::take(&mut *places.lock().unwrap())
    }

    fn find_text(&mut self, text: &str, same: fn(&str, &str) -> bool) -> Option<Rectangle> {
        let text = text.to_owned();
        self.select(move |candidate: selector::Candidate<'_>| match candidate {
            selector::Candidate::Text { content, visible_bounds, .. } if same(content, &text) => visible_bounds,
            _ => None,
        })
    }

    /// Clicks a text.
    pub async fn click(&mut self, text: &str) {
        let place = self.place(text).unwrap_or_else(|| panic!("no “{text}” to click. Texts: {:?}", self.texts()));
        self.click_at(place.center()).await;
    }

    /// Where the control stands that has this name, and does not show it; wherever the page is scrolled to.
    pub fn named_place(&mut self, name: &str) -> Option<Rectangle> {
        let mut sought = Sought { name, place: None };
        self.operate(&mut sought);
        sought.place
    }

    /// Clicks the control that has this name, and does not show it.
    pub async fn click_named(&mut self, name: &str) {
        let place = self.named_place(name).unwrap_or_else(|| panic!("nothing is named “{name}”: {:?}", self.names()));
        self.click_at(place.center()).await;
    }

    /// Where the first thing with an id stands, if it can be seen.
    pub fn id_place(&mut self, id: &'static str) -> Option<Rectangle> {
        self.select(widget::Id::new(id))?.visible_bounds()
    }

    /// Clicks the first thing with an id.
    pub async fn click_id(&mut self, id: &'static str) {
        let place = self.id_place(id).unwrap_or_else(|| panic!("nothing is called {id}"));
        self.click_at(place.center()).await;
    }

    /// Where the control stands that has the keyboard, as it can be seen.
    pub fn focused_place(&mut self) -> Option<Rectangle> {
        self.select(selector::is_focused())?.visible_bounds()
    }

    /// The text inside the control that has the keyboard, where it shows one.
    pub fn focused_text(&mut self) -> Option<String> {
        let focused = self.select(selector::is_focused())?.visible_bounds()?;
        self.select(move |candidate: selector::Candidate<'_>| match candidate {
            selector::Candidate::Text { content, visible_bounds: Some(bounds), .. }
                if focused.contains(bounds.center()) =>
            {
                Some(content.to_owned())
            }
            _ => None,
        })
    }

    /// Clicks a place.
    pub async fn click_at(&mut self, at: Point) {
        self.cursor = mouse::Cursor::Available(at);
        self.send(vec![Event::Mouse(mouse::Event::CursorMoved { position: at })]).await;
        self.send(simulator::click().collect()).await;
    }

    /// Presses the button at one place and lets go at another, with a stop between.
    pub async fn drag(&mut self, from: Point, to: Point) {
        self.grab(from, to).await;
        self.let_go().await;
    }

    /// Presses the button where the pointer is, and keeps it pressed.
    pub async fn hold_down(&mut self) {
        self.send(vec![Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]).await;
    }

    /// Lets go of the button.
    pub async fn let_go(&mut self) {
        self.send(vec![Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))]).await;
    }

    /// The same without letting go.
    pub async fn grab(&mut self, from: Point, to: Point) {
        self.point(from).await;
        self.hold_down().await;
        self.point(Point::new((from.x + to.x) / 2.0, (from.y + to.y) / 2.0)).await;
        self.point(to).await;
    }

    /// Moves the pointer to a place.
    pub async fn point(&mut self, at: Point) {
        self.cursor = mouse::Cursor::Available(at);
        self.send(vec![Event::Mouse(mouse::Event::CursorMoved { position: at })]).await;
    }

    /// Turns the wheel over a place: lines up, or down where negative.
    pub async fn wheel(&mut self, at: Point, lines: f32) {
        self.cursor = mouse::Cursor::Available(at);
        let delta = mouse::ScrollDelta::Lines { x: 0.0, y: lines };
        self.send(vec![Event::Mouse(mouse::Event::WheelScrolled { delta })]).await;
    }

    /// Clicks a place twice.
    pub async fn double_click(&mut self, at: Point) {
        self.click_at(at).await;
        self.click_at(at).await;
    }

    /// Presses and lets go of a key.
    pub async fn press(&mut self, key: key::Named) {
        let text = match key {
            key::Named::Space => Some(" ".into()),
            _ => None,
        };
        let modifiers = self.modifiers;
        let mut down = simulator::press_key(key, text);
        if let Event::Keyboard(keyboard::Event::KeyPressed { modifiers: held, .. }) = &mut down {
            *held = modifiers;
        }
        self.send(vec![down]).await;
        self.send(vec![simulator::release_key(key)]).await;
    }

    /// Presses a character key with Ctrl held (on a Mac: Command).
    pub async fn control(&mut self, character: char) {
        self.control_key(Key::Character(character.to_string().into())).await;
    }

    /// Presses a key with Ctrl held (on a Mac: Command).
    pub async fn control_key(&mut self, key: impl Into<Key>) {
        self.press_with(keyboard::Modifiers::COMMAND, key).await;
    }

    /// Presses a key with others held.
    pub async fn press_with(&mut self, held: keyboard::Modifiers, key: impl Into<Key>) {
        self.hold(held).await;
        let mut down = simulator::press_key(key, None);
        if let Event::Keyboard(keyboard::Event::KeyPressed { modifiers, .. }) = &mut down {
            *modifiers = held;
        }
        self.send(vec![down]).await;
        self.hold(keyboard::Modifiers::empty()).await;
    }

    async fn hold(&mut self, modifiers: keyboard::Modifiers) {
        self.modifiers = modifiers;
        self.send(vec![Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers))]).await;
    }

    /// Takes the pointer out of the window.
    pub async fn point_nowhere(&mut self) {
        self.cursor = mouse::Cursor::Unavailable;
        self.send(vec![Event::Mouse(mouse::Event::CursorLeft)]).await;
    }

    /// Types a text where the focus is.
    pub async fn type_text(&mut self, text: &str) {
        for event in simulator::typewrite(text) {
            self.send(vec![event]).await;
        }
    }

    /// Asks the window to close, as its frame's button does.
    pub async fn close(&mut self) {
        self.send(vec![Event::Window(window::Event::CloseRequested)]).await;
    }

    /// Makes the window another size.
    pub async fn resize(&mut self, size: impl Into<Size>) {
        self.size = size.into();
        self.send(vec![Event::Window(window::Event::Resized(self.size))]).await;
    }

    /// The window as it is drawn, with so many dots to a pixel.
    pub fn picture(&mut self, fine: f32) -> Picture {
        let theme = self.app.theme();
        let base = self.app.style(&theme);
        let view = self.app.view();
        let mut interface =
            UserInterface::build(view, self.size, self.cache.take().unwrap_or_default(), &mut self.renderer);
        let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
        let (renderer, clipboard) = (&mut self.renderer, &mut clipboard::Null);
        let _ = interface.update(&[redraw], self.cursor, renderer, clipboard, &mut Vec::new());
        interface.draw(renderer, &theme, &Style { text_color: base.text_color }, self.cursor);
        let dots = Size::new((self.size.width * fine).round() as u32, (self.size.height * fine).round() as u32);
        let rgba = renderer.screenshot(dots, fine, base.background_color);
        self.cache = Some(interface.into_cache());
        Picture::new(dots.width, dots.height, &rgba)
    }

    /// The names of controls that do not show them.
    pub fn names(&mut self) -> Vec<String> {
        let mut texts = Texts::default();
        self.operate(&mut texts);
        texts.said
    }

    /// What is wrong with how the texts stand: squeezed, cut, or outside of what holds them; and controls without a name.
    pub fn misplaced(&mut self) -> Vec<String> {
        let mut texts = Texts { window: Rectangle::with_size(self.size), ..Texts::default() };
        self.operate(&mut texts);
        texts.all()
    }

    /// Hands events to the widgets, then to whoever subscribed, as the real shell does.
    async fn send(&mut self, events: Vec<Event>) {
        let mut messages = Vec::new();
        let mut interface =
            UserInterface::build(self.app.view(), self.size, self.cache.take().unwrap_or_default(), &mut self.renderer);
        let (_, statuses) =
            interface.update(&events, self.cursor, &mut self.renderer, &mut self.clipboard, &mut messages);
        self.cache = Some(interface.into_cache());
        for (event, status) in events.into_iter().zip(statuses) {
            self.runtime.broadcast(subscription::Event::Interaction { window: self.id, event, status });
        }
        for message in messages {
            self.update(message);
        }
        self.settle().await;
    }

    /// Lets the app hear a message.
    pub fn update(&mut self, message: Message) {
        let task = self.app.update(message);
        self.resubscribe();
        self.run(task);
    }

    fn resubscribe(&mut self) {
        let recipes = subscription::into_recipes(self.app.subscription().map(Action::Output));
        self.runtime.track(recipes);
    }

    fn run(&mut self, task: iced::Task<Message>) {
        if let Some(stream) = task::into_stream(task) {
            self.runtime.run(stream);
        }
    }

    fn perform(&mut self, action: Action<Message>) {
        match action {
            Action::Output(message) => self.update(message),
            Action::Widget(operation) => {
                let mut next = Some(operation);
                while let Some(mut operation) = next.take() {
                    self.operate(operation.as_mut());
                    if let widget::operation::Outcome::Chain(chained) = operation.finish() {
                        next = Some(chained);
                    }
                }
            }
            Action::Window(runtime::window::Action::GetOldest(answer) | runtime::window::Action::GetLatest(answer)) => {
                let _ = answer.send(Some(self.id));
            }
            // Pictures are taken so fine.
            Action::Window(runtime::window::Action::GetScaleFactor(_, answer)) => {
                let _ = answer.send(2.0);
            }
            Action::Clipboard(runtime::clipboard::Action::Read { target, channel }) => {
                let _ = channel.send(self.clipboard.read(target));
            }
            Action::Clipboard(runtime::clipboard::Action::Write { target, contents }) => {
                self.clipboard.write(target, contents);
            }
            Action::Window(runtime::window::Action::Close(_)) | Action::Exit => self.exited = true,
            _ => {}
        }
    }

    fn operate(&mut self, operation: &mut dyn widget::Operation) {
        let mut interface =
            UserInterface::build(self.app.view(), self.size, self.cache.take().unwrap_or_default(), &mut self.renderer);
        interface.operate(&self.renderer, operation);
        self.cache = Some(interface.into_cache());
    }

    fn select<S>(&mut self, selector: S) -> Option<S::Output>
    where
        S: Selector + Send,
        S::Output: Clone + Send,
    {
        let mut operation = selector.find();
        self.operate(&mut widget::operation::black_box(&mut operation));
        match widget::Operation::finish(&operation) {
            widget::operation::Outcome::Some(found) => found,
            _ => None,
        }
    }
}
