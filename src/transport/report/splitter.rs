//! Cutting the rows out of a report while it comes.
//!
//! No more is looked at than where a row begins and ends: what a row says is for serde_json to
//! decode, and so is all that is no row, once it is there. Nor is where a row ends, if serde_json finds
//! the whole of it in one chunk.

use bytes::{Buf, Bytes, BytesMut};

use super::super::hook::is_crowded;

/// Takes chunks in, and gives rows out.
#[derive(Debug)]
pub(crate) struct Splitter {
    /// The key of the list whose elements are the rows.
    list: &'static str,
    /// How many bytes a row may have, and all that is no row.
    cap: usize,
    place: Place,
    envelope: Envelope,
    row: BytesMut,
    /// White space since the last row that is neither kept nor part of anything.
    blanks: usize,
}

/// A row, and its text.
#[derive(Debug)]
pub(crate) enum Found {
    /// The one that was whole.
    Whole(Bytes),
    Row(Bytes),
}

/// Why no more rows can come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    NotJson(&'static str),
    EndsWithin,
    /// What stands in the list in the place of the next row.
    NoRow(&'static str),
    TooLarge,
}

#[derive(Debug)]
enum Place {
    Start,
    Envelope,
    /// In the list, after this.
    List(After),
    Row(Value),
    /// Behind the answer.
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
        Self { list, cap, place: Place::Start, envelope, row, blanks: 0 }
    }

    /// The next row that ends in the chunk, which is taken as far as it was looked at. `None`: the
    /// chunk is used up. `whole` is asked for the length of a row that begins: it may find the
    /// whole of it there, or nothing.
    pub fn next(
        &mut self,
        chunk: &mut Bytes,
        mut whole: impl FnMut(&[u8]) -> Option<usize>,
    ) -> Result<Option<Found>, Broken> {
        while let Some(&byte) = chunk.first() {
            let says_nothing = match self.place {
                // Nor does a byte order mark.
                Place::Start => is_blank(byte) || matches!(byte, 0xef | 0xbb | 0xbf),
                Place::List(_) | Place::End => is_blank(byte),
                Place::Envelope | Place::Row(_) => false,
            };
            if says_nothing {
                self.blanks += 1;
                if self.blanks > self.cap {
                    return Err(Broken::TooLarge);
                }
                chunk.advance(1);
                continue;
            }
            match &mut self.place {
                Place::Start if byte == b'{' => self.place = Place::Envelope,
                Place::Start => return Err(Broken::NotJson("the answer is no object")),
                Place::Envelope => {
                    if self.envelope.text.len() >= self.cap {
                        return Err(Broken::TooLarge);
                    }
                    if self.envelope.take(byte, self.list) {
                        self.place = Place::List(After::Bracket);
                    } else if self.envelope.depth == 0 {
                        self.place = Place::End;
                    }
                    if !matches!(self.place, Place::Envelope) && self.is_crowded() {
                        return Err(Broken::TooLarge);
                    }
                    chunk.advance(1);
                }
                Place::End => return Err(Broken::NotJson("something follows the answer")),
                Place::List(after) => {
                    self.place = match (byte, *after) {
                        (b']', After::Bracket | After::Row) => {
                            self.envelope.text.push(byte);
                            Place::Envelope
                        }
                        (b',', After::Row) => Place::List(After::Comma),
                        (b']' | b',', _) => return Err(Broken::NoRow("is missing")),
                        (_, After::Row) => return Err(Broken::NoRow("stands without a comma")),
                        // Of anything else but an object nobody knows whether it goes on.
                        _ => match if byte == b'{' { whole(chunk) } else { None } {
                            Some(length) => {
                                let row = chunk.split_to(length);
                                if row.len() > self.cap || is_crowded(&row, self.cap) {
                                    return Err(Broken::TooLarge);
                                }
                                self.place = Place::List(After::Row);
                                self.blanks = 0;
                                return Ok(Some(Found::Whole(row)));
                            }
                            None => {
                                self.place = Place::Row(Value::default());
                                continue;
                            }
                        },
                    };
                    chunk.advance(1);
                }
                Place::Row(value) => {
                    let end = value.end(chunk);
                    let part = chunk.split_to(end.unwrap_or(chunk.len()));
                    if self.row.len() + part.len() > self.cap {
                        return Err(Broken::TooLarge);
                    }
                    if end.is_none() || !self.row.is_empty() {
                        self.row.extend_from_slice(&part);
                    }
                    if end.is_some() {
                        self.place = Place::List(After::Row);
                        self.blanks = 0;
                        let row = if self.row.is_empty() { part } else { self.row.split().freeze() };
                        return if is_crowded(&row, self.cap) {
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

    fn is_crowded(&self) -> bool {
        is_crowded(&self.envelope.text, self.cap)
    }

    /// The report without its rows: what has come of it, closed so that it can be read where it is
    /// not at its end. Nothing, where that would take too much.
    pub fn envelope(&self) -> Bytes {
        if self.is_crowded() {
            return Bytes::new();
        }
        let mut text = self.envelope.text.clone();
        if matches!(self.place, Place::List(_) | Place::Row(_)) {
            text.extend(b"]}");
        }
        text.into()
    }

    /// The report has ended: what of it is no row.
    pub fn end(&mut self) -> Result<Bytes, Broken> {
        match self.place {
            Place::Envelope if self.is_crowded() => Err(Broken::TooLarge),
            Place::Envelope | Place::End => Ok(std::mem::take(&mut self.envelope.text).into()),
            Place::Start => Err(Broken::NotJson("the answer is empty")),
            Place::List(_) | Place::Row(_) => Err(Broken::EndsWithin),
        }
    }
}

/// What JSON takes for white space.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// All that is no row.
#[derive(Debug, Default)]
struct Envelope {
    text: Vec<u8>,
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// Where the last string of the outermost object begins, while nothing stands behind it.
    string: Option<usize>,
    /// The last thing was the key of the list, with its colon.
    is_next: bool,
}

impl Envelope {
    /// Takes a byte; `true` where it opens the list.
    fn take(&mut self, byte: u8, list: &str) -> bool {
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

/// A value of the list, as far as it was looked at.
#[derive(Debug, Default)]
struct Value {
    depth: u32,
    in_string: bool,
    escaped: bool,
    /// It is neither a string nor has brackets.
    bare: bool,
}

impl Value {
    /// Where it ends among the bytes that go on with it.
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
