//! The tasks, but for documents and what has changed in them.

mod drift;
mod generator;
mod replace;
mod usage;
