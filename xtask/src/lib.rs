//! Development tasks: `cargo xtask help` lists them.

pub mod diff;
pub mod document;
pub mod drift;
pub mod regen;
pub mod terminal;
pub mod workspace;

/// What went wrong, in words for the person who called the task.
pub type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;
