//! Profiles as pictures: curves, and what they are drawn with.
//!
//! Belongs here: how a curve, a card's curves and a whole profile look, on every screen alike. What a screen does with
//! them is the screen's business.

pub mod curve;
pub mod painting;
pub mod ribbons;
pub mod ring;
pub mod ruler;
pub mod seek;
pub mod silhouette;
pub mod sole;
pub mod thread;
