//! The words about massage time today and its limit.

use std::time::Duration;

use crate::time::Time;

/// Text of the question.
pub const TEXT: &str = "You have had as much massage today as Settings allow. Feet need rest too. Until midnight Svang \
                        does not ask again.";
/// Button.
pub const GO_ON: &str = "Go on";

fn minutes(time: Duration) -> u64 {
    time.as_secs() / 60
}

/// Title of the question: `30 of 30 minutes today. Go on all the same?`
pub fn title(massaged: Duration, limit: Duration) -> String {
    format!("{} of {} minutes today. Go on all the same?", minutes(massaged), minutes(limit))
}

/// `11 of 30 min today`.
pub fn today(massaged: Duration, limit: Duration) -> String {
    format!("{} of {} min today", minutes(massaged), minutes(limit))
}

/// The same where there is little room: `11/30 min`.
pub fn today_short(massaged: Duration, limit: Duration) -> String {
    format!("{}/{} min", minutes(massaged), minutes(limit))
}

/// The same in full, with what happens then.
pub fn today_long(massaged: Duration, limit: Duration) -> String {
    let (massaged, limit) = (minutes(massaged), minutes(limit));
    format!("{massaged} of {limit} minutes of massage today. At {limit}, Svang pauses and asks.")
}

/// Before a profile that is longer than what is left of the day: `0:10 left today`.
pub fn left(left: Duration) -> String {
    format!("{} left today", Time::from(left).label())
}
