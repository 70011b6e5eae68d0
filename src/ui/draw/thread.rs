//! What is done by hand as a thread: a block for each step, as wide as it is long.

use iced::widget::{Row, container, space};
use iced::{Center, Fill, FillPortion};

use crate::profile::Profile;
use crate::ui::theme::{self, Element};
use crate::ui::widget::drawing;

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// It is still to come, or nothing plays.
    Coming,
    /// Its time is now.
    Now,
    /// It was done.
    Done,
    /// It was passed over.
    Skipped,
}

/// The thread of a profile; `block` says of each step how far it is.
pub fn thread<'a, Message: 'a>(profile: &Profile, block: impl Fn(usize) -> Block) -> Element<'a, Message> {
    let mut blocks = Row::new().height(30).align_y(Center);
    let mut at = 0;
    // Ten thousandths of the length are less than a pixel.
    let part = |millis: u32| (u64::from(millis) * 10_000 / u64::from(profile.length.as_millis().max(1))) as u16;
    for (index, step) in profile.steps.iter().enumerate() {
        let (from, to) = (part(step.from.as_millis()), part(step.to.as_millis()));
        if from > at {
            blocks = blocks.push(container(drawing::line()).width(FillPortion(from - at)));
        }
        let look = theme::container::block(block(index));
        let block = container(space::horizontal()).height(28).width(Fill).style(look);
        blocks = blocks.push(container(block).padding([0, 1]).width(FillPortion(to.saturating_sub(from).max(1))));
        at = to;
    }
    if at < 10_000 {
        blocks = blocks.push(container(drawing::line()).width(FillPortion(10_000 - at)));
    }
    blocks.into()
}
