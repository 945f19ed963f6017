//! What an error prints.

use std::{error::Error as StdError, fmt};

use super::Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.0.message)?;
        for (i, violation) in self.violations().iter().enumerate() {
            write!(f, "{}{violation}", if i == 0 { ": " } else { "; " })?;
        }
        let facts = [
            self.code().map(|code| match code.result() {
                Some(number) => format!("result {number}"),
                None => code.to_string(),
            }),
            self.status().map(|status| format!("HTTP {}", status.as_u16())),
            self.request_id().map(|id| format!("request {id}")),
            (self.attempts() > 1).then(|| format!("{} attempts", self.attempts())),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(", "))?;
        }
        if let Some(reason) = self.why_given_up() {
            write!(f, "; not sent again: {reason}")?;
        }
        if self.may_be_done() { f.write_str("; it may have been done all the same") } else { Ok(()) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { self.fmt_parts(f) } else { self.fmt_line(f) }
    }
}

impl Error {
    fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.to_string();
        f.write_str(&line)?;
        let innermost = sources(self).last().map(ToString::to_string);
        if let Some(source) = innermost.filter(|source| !line.contains(source)) {
            write!(f, ": {source}")?;
        }
        match self.body_excerpt() {
            Some(excerpt) => write!(f, "; the body begins {excerpt:?}"),
            None => Ok(()),
        }
    }

    fn fmt_parts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.0.message)
            .field("operation", &self.operation())
            .field("status", &self.status())
            .field("code", &self.code())
            .field("request_id", &self.request_id())
            .field("body_excerpt", &self.body_excerpt())
            .field("retry_cause", &self.retry_cause())
            .field("retryable", &self.is_retryable())
            .field("attempts", &self.attempts())
            .field("retry_after", &self.retry_after())
            .field("violations", &self.violations())
            .field("given_up", &self.why_given_up())
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

/// The chain of errors below this one.
pub(crate) fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}
