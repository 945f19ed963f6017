//! What the diff of two documents finds, and what it says of it.

mod bodies;
mod codes_and_texts;
mod compositions;
mod document;
mod edits;
mod equivalent;
mod fields;
mod hostile;
mod limits;
mod operations;
mod reports;
mod schemas;
mod sides;
mod support;
mod table;
