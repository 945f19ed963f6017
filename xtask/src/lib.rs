//! Development tasks: `cargo xtask help` lists them.

pub mod diff;
pub mod document;
pub mod drift;
pub mod regen;
pub mod terminal;
pub mod workspace;

/// An error is a message for the person who runs the task.
pub type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;
