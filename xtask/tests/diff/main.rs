//! The difference of two documents: what is found, and what is said of it.

mod found;
mod report;
mod support;
mod table;
