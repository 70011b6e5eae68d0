//! Drawings that are kept until what they show changes.
//!
//! Belongs here: [`Kept`], a canvas cache that knows what it shows, [`Made`], the same for anything, and [`Same`], which compares shared things by identity.

use std::cell::RefCell;
use std::sync::Arc;

use iced::widget::canvas::{Cache, Frame, Geometry};
use iced::{Rectangle, Renderer};

/// A drawing and what it shows.
#[derive(Debug)]
pub struct Kept<K> {
    cache: Cache,
    key: RefCell<Option<K>>,
}

impl<K> Default for Kept<K> {
    fn default() -> Self {
        Self { cache: Cache::default(), key: RefCell::new(None) }
    }
}

impl<K: PartialEq> Kept<K> {
    /// The drawing inside bounds; made anew when the bounds or what it shows changed. Only the bounds are repainted
    /// then, so they should be no larger than needed. Coordinates are those of the canvas.
    pub fn draw(&self, renderer: &Renderer, bounds: Rectangle, key: K, draw: impl FnOnce(&mut Frame)) -> Geometry {
        let mut kept = self.key.borrow_mut();
        if kept.as_ref() != Some(&key) {
            self.cache.clear();
            *kept = Some(key);
        }
        self.cache.draw_with_bounds(renderer, bounds, draw)
    }
}

/// Something made, and what it shows.
#[derive(Debug)]
pub struct Made<K, T>(RefCell<Option<(K, T)>>);

impl<K, T> Default for Made<K, T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, T> Made<K, T> {
    /// Hands over what was made; makes it anew when what it shows changed.
    pub fn with<R>(&self, key: K, make: impl FnOnce(&K) -> T, hand: impl FnOnce(&T) -> R) -> R {
        let mut made = self.0.borrow_mut();
        let made = match made.take() {
            Some(kept) if kept.0 == key => made.insert(kept),
            _ => {
                let new = make(&key);
                made.insert((key, new))
            }
        };
        hand(&made.1)
    }
}

/// Something shared, equal to itself alone.
#[derive(Debug)]
pub struct Same<T>(pub Arc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
