//! Numbers by which one text is told from another.
//!
//! Belongs here: the one hash that is kept on disk, and therefore never changes. Hashes that live no longer than the
//! program do not.

/// A number for a text that differs when the text differs (FNV-1a, 64 bits): the same in every version of Svang.
///
/// It tells apart what people change by mistake or for a purpose of their own; it is no signature.
pub fn of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_fingerprint_stays_the_same_for_ever() {
        assert_eq!(of(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(of("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
