//! What a reader does, done in Chromium: the real program is started on a fresh database, and a real browser clicks and
//! types. Without a browser on the machine these tests say so and pass, except where `CI=true`.

mod accounts;
mod around;
mod every_page;
mod filter;
mod keyboard;
mod map;
mod over_time;
mod stage;
mod tab;
mod targets;
