//! Whatever comes in from outside, at random: addresses, words, packages, rows. Few cases on every run; `PROPTEST_CASES=20000
//! cargo test --test it fuzz` looks longer. What that has found stands at the end of each part under a name of its own.

mod addresses;
mod files;
mod values;

use proptest::test_runner::Config;

/// So many cases, unless the environment says how many.
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, which have no command line of their own")]
fn cases(few: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok());
    // What fails becomes a test with a name, not a line in a file of seeds.
    Config { cases: asked.unwrap_or(few), failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() }
}
