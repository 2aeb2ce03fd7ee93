//! ACLED's ids are a country's letters and a number (`MLI1234`; older ones the other way round, `1416RTA`). As a number
//! each takes eight bytes, and no two of them share one.

/// Digits of the number that stands for an id: letters and digits, and none for what is not there.
const BASE: u64 = 37;
/// So many of them fit.
const MOST: usize = 12;

/// The number of an id; none if it has not the form of one.
pub fn key_of(id: &str) -> Option<u64> {
    if id.is_empty() || id.len() > MOST {
        return None;
    }
    id.bytes().try_fold(0, |key, byte| {
        let digit = match byte.to_ascii_lowercase() {
            digit @ b'0'..=b'9' => digit - b'0',
            letter @ b'a'..=b'z' => letter - b'a' + 10,
            _ => return None,
        };
        Some(key * BASE + u64::from(digit) + 1)
    })
}

/// The id of a number, in lower case.
pub fn id_of(mut key: u64) -> String {
    let mut id = Vec::new();
    while key > 0 {
        let digit = (key % BASE) as u8;
        id.push(match digit {
            0..=10 => (b'0' + digit).saturating_sub(1),
            letter => b'a' + letter - 11,
        });
        key /= BASE;
    }
    id.iter().rev().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_and_are_not_confused() {
        for id in ["mli1234", "1416rta", "mli01234", "0", "zzzzzzzzzzzz", "a9z0"] {
            assert_eq!(id_of(key_of(id).unwrap()), id);
        }
        assert_eq!(key_of("MLI1234"), key_of("mli1234"));
        assert_ne!(key_of("mli1"), key_of("mli01"));
        assert_eq!([key_of(""), key_of("ml-1"), key_of("mli1234567890")], [None; 3]);
    }
}
