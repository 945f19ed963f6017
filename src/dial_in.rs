//! The dial-in numbers.

use crate::{
    CallOptions, DialInResponse, Error, bindings,
    transport::{Transport, operations},
};

/// The dial-in numbers of the project; from [`Client::dial_in`](crate::Client::dial_in).
#[derive(Clone, Debug)]
pub struct DialIn<'a> {
    pub(crate) transport: &'a Transport,
    pub(crate) options: CallOptions,
}

impl DialIn<'_> {
    /// Sets the [`CallOptions`], in place of earlier ones.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Fetches the phone numbers and the SIP access of the project (`getDialInNumbers`).
    ///
    /// **The response contains the project's `APP_KEY` and a SIP password.** Both are a
    /// [`Secret`](crate::wire::Secret), which neither `Debug` nor `Serialize` shows.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// for number in client.dial_in().get().await?.dialin.unwrap_or_default() {
    ///     if let (Some(country), Some(phone)) = (number.country, number.phone) {
    ///         println!("{country}: {phone}");
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of any call: see [`Error`]. EnableX documents no `result` for this response alone; a `result`
    /// that is there must be 0. A response without any documented key is
    /// [`ErrorKind::UnexpectedAnswer`](crate::ErrorKind::UnexpectedAnswer).
    pub async fn get(&self) -> Result<DialInResponse, Error> {
        Error::check(self.transport.validate_options(&self.options))?;
        let send = |api: bindings::Client| async move { api.get_dial_in_numbers().await };
        let completed = self.transport.call(&operations::GET_DIAL_IN_NUMBERS, &self.options, send).await?;
        Ok(completed.payload)
    }
}
