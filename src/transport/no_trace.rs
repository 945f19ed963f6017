//! Without the feature `tracing` nothing is told of a call.

use std::{future::Future, time::Duration};

use reqwest::{StatusCode, Url};

use super::operations::Operation;
use crate::Error;

pub(crate) struct Server;

impl Server {
    pub fn of(_: &Url) -> Self {
        Self
    }
}

pub(super) struct Trace;

impl Trace {
    pub fn new(_: &Operation, _: &Server) -> Self {
        Self
    }

    pub fn around<F: Future>(&self, call: F) -> F {
        call
    }

    pub fn answered(&self, _: Option<StatusCode>, _: u32) {}

    pub fn failed(&self, _: &Error, _: Option<Duration>) {}

    pub fn gave_up(&self, _: &Error) {}
}
