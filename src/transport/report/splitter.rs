//! Splits a report into rows while it arrives.
//!
//! This finds only where a row begins and ends. serde_json decodes the rows, and the envelope around
//! them at the end. If a row lies in one chunk, serde_json finds its end, too.

use bytes::{Buf, Bytes, BytesMut};

use super::super::response::exceeds_node_limit;

/// Takes chunks and returns rows.
#[derive(Debug)]
pub(crate) struct Splitter {
    /// The key of the list whose elements are the rows.
    list: &'static str,
    /// How many bytes a row may have, and the envelope.
    cap: usize,
    position: Position,
    envelope: Envelope,
    row: BytesMut,
    /// Bytes of white space since the last row. It is not kept.
    blanks: usize,
}

/// The text of a row.
#[derive(Debug)]
pub(crate) enum Found {
    /// `whole` found its end.
    Whole(Bytes),
    Row(Bytes),
}

/// Why the report cannot be split further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    NotJson(&'static str),
    EndsWithin,
    /// The list has something else than a row; says what.
    NoRow(&'static str),
    TooLarge,
}

#[derive(Debug)]
enum Position {
    Start,
    Envelope,
    /// In the list, after this.
    List(After),
    Row(Value),
    /// After the object.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum After {
    Bracket,
    Row,
    Comma,
}

impl Splitter {
    pub fn new(list: &'static str, cap: usize) -> Self {
        let (envelope, row) = Default::default();
        Self { list, cap, position: Position::Start, envelope, row, blanks: 0 }
    }

    /// The next row that ends in the chunk, which is consumed up to there. `None`: the chunk is
    /// consumed. `whole` may return the length of the row at the beginning of its argument.
    pub fn next(
        &mut self,
        chunk: &mut Bytes,
        mut whole: impl FnMut(&[u8]) -> Option<usize>,
    ) -> Result<Option<Found>, Broken> {
        while let Some(&byte) = chunk.first() {
            let is_skipped = match self.position {
                // A byte order mark, too.
                Position::Start => is_blank(byte) || matches!(byte, 0xef | 0xbb | 0xbf),
                Position::List(_) | Position::End => is_blank(byte),
                Position::Envelope | Position::Row(_) => false,
            };
            if is_skipped {
                self.blanks += 1;
                if self.blanks > self.cap {
                    return Err(Broken::TooLarge);
                }
                chunk.advance(1);
                continue;
            }
            match &mut self.position {
                Position::Start if byte == b'{' => self.position = Position::Envelope,
                Position::Start => return Err(Broken::NotJson("the answer is no object")),
                Position::Envelope => {
                    if self.envelope.text.len() >= self.cap {
                        return Err(Broken::TooLarge);
                    }
                    if self.envelope.push(byte, self.list) {
                        self.position = Position::List(After::Bracket);
                    } else if self.envelope.depth == 0 {
                        self.position = Position::End;
                    }
                    if !matches!(self.position, Position::Envelope) && self.envelope_exceeds_node_limit() {
                        return Err(Broken::TooLarge);
                    }
                    chunk.advance(1);
                }
                Position::End => return Err(Broken::NotJson("something follows the answer")),
                Position::List(after) => {
                    self.position = match (byte, *after) {
                        (b']', After::Bracket | After::Row) => {
                            self.envelope.text.push(byte);
                            Position::Envelope
                        }
                        (b',', After::Row) => Position::List(After::Comma),
                        (b']' | b',', _) => return Err(Broken::NoRow("is missing")),
                        (_, After::Row) => return Err(Broken::NoRow("stands without a comma")),
                        // Only an object shows by itself where it ends.
                        _ => match if byte == b'{' { whole(chunk) } else { None } {
                            Some(length) => {
                                let row = chunk.split_to(length);
                                if row.len() > self.cap || exceeds_node_limit(&row, self.cap) {
                                    return Err(Broken::TooLarge);
                                }
                                self.position = Position::List(After::Row);
                                self.blanks = 0;
                                return Ok(Some(Found::Whole(row)));
                            }
                            None => {
                                self.position = Position::Row(Value::default());
                                continue;
                            }
                        },
                    };
                    chunk.advance(1);
                }
                Position::Row(value) => {
                    let end = value.end(chunk);
                    let part = chunk.split_to(end.unwrap_or(chunk.len()));
                    if self.row.len() + part.len() > self.cap {
                        return Err(Broken::TooLarge);
                    }
                    if end.is_none() || !self.row.is_empty() {
                        self.row.extend_from_slice(&part);
                    }
                    if end.is_some() {
                        self.position = Position::List(After::Row);
                        self.blanks = 0;
                        let row = if self.row.is_empty() { part } else { self.row.split().freeze() };
                        return if exceeds_node_limit(&row, self.cap) {
                            Err(Broken::TooLarge)
                        } else {
                            Ok(Some(Found::Row(row)))
                        };
                    }
                }
            }
        }
        Ok(None)
    }

    fn envelope_exceeds_node_limit(&self) -> bool {
        exceeds_node_limit(&self.envelope.text, self.cap)
    }

    /// The report without its rows, as far as it has arrived, and closed so that it can be decoded.
    /// Empty if it has too many nodes.
    pub fn envelope(&self) -> Bytes {
        if self.envelope_exceeds_node_limit() {
            return Bytes::new();
        }
        let mut text = self.envelope.text.clone();
        if matches!(self.position, Position::List(_) | Position::Row(_)) {
            text.extend(b"]}");
        }
        text.into()
    }

    /// The report has ended. Returns its envelope.
    pub fn end(&mut self) -> Result<Bytes, Broken> {
        match self.position {
            Position::Envelope if self.envelope_exceeds_node_limit() => Err(Broken::TooLarge),
            Position::Envelope | Position::End => Ok(std::mem::take(&mut self.envelope.text).into()),
            Position::Start => Err(Broken::NotJson("the answer is empty")),
            Position::List(_) | Position::Row(_) => Err(Broken::EndsWithin),
        }
    }
}

/// White space of JSON.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The report without its rows.
#[derive(Debug, Default)]
struct Envelope {
    text: Vec<u8>,
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// The start of the last string of the outermost object, until something else follows it.
    string: Option<usize>,
    /// The key of the list and its colon came last.
    is_next: bool,
}

impl Envelope {
    /// Adds a byte. `true`: it opens the list.
    fn push(&mut self, byte: u8, list: &str) -> bool {
        self.text.push(byte);
        if self.in_string {
            self.in_string = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return false;
        }
        match byte {
            byte if is_blank(byte) => return false,
            b'[' if self.is_next => {
                self.is_next = false;
                return true;
            }
            b'{' | b'[' => self.depth = self.depth.saturating_add(1),
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b':' if self.depth == 1 => {
                let key = self.string.take().and_then(|at| self.text[at..].strip_suffix(b":"));
                self.is_next =
                    key.is_some_and(|key| serde_json::from_slice(key).is_ok_and(|key: String| key == list));
                return false;
            }
            b'"' => {
                self.in_string = true;
                self.string = Some(self.text.len() - 1);
                self.is_next = false;
                return false;
            }
            _ => {}
        }
        self.string = None;
        self.is_next = false;
        false
    }
}

/// The scan of a value of the list.
#[derive(Debug, Default)]
struct Value {
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// A number or a literal.
    bare: bool,
}

impl Value {
    /// Where the value ends in its next bytes.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                if self.escaped {
                    self.escaped = false;
                } else if byte == b'\\' {
                    self.escaped = true;
                } else if byte == b'"' {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                continue;
            }
            match byte {
                b'"' if !self.bare => self.in_string = true,
                b'{' | b'[' if !self.bare => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ if self.depth > 0 => {}
                b',' | b']' | b'}' => return Some(at),
                byte if is_blank(byte) => return Some(at),
                _ => self.bare = true,
            }
        }
        None
    }
}
