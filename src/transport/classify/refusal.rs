//! Responses that are no success.

use std::borrow::Cow;

use reqwest::{StatusCode, header::LOCATION};

use super::{
    super::{Scrub, encoding::compression, envelope::FailureBody, response::RawResponse},
    Classifier, MAX_TEXT,
};
use crate::{
    Error, ErrorCode,
    error::{FailedResponse, Failure, Origin, Parts},
    retry::{Cause, retry_after},
};

/// Where to look when something other than the service responds.
const CHECK_BASE_URL: &str = "check that the base URL leads to the API, `/video/v2` included";

const GZIP: &[u8] = &[0x1f, 0x8b];

impl Classifier<'_> {
    /// A response that is no success: the service refused, or it cannot be understood.
    pub fn refused(self, response: &RawResponse, cause: Option<Cow<'static, str>>) -> Error {
        let mut body = FailureBody::read(&response.body);
        let body_secrets = Scrub::of(body.take_secrets());
        let text = |key| {
            let text = body.text(key)?;
            Some(self.scrub.text(&body_secrets.text(&text, text.len()), MAX_TEXT))
        };
        let result = body.result().filter(|code| *code != 0);
        let code = result.map(ErrorCode::from).or_else(|| {
            text("error_code").filter(|_| body.has_code()).map(|word| ErrorCode::from(word.as_str()))
        });
        let request_id = text("request_id");
        let status = response.status.unwrap_or_default();
        // A gateway may repeat the HTTP status as a code, which is then no sign of the service.
        let is_code = code.as_ref().is_some_and(|code| code.to_string() != status.as_str());
        let is_envelope = request_id.is_some() && text("status").is_some_and(|status| status == "error");
        let is_service = is_code || self.operation.is_file() || (is_envelope && response.redirect.is_none());
        let origin = if is_service {
            Origin::Service
        } else {
            Origin::Unknown { is_page: response.body.trim_ascii_start().first() == Some(&b'<') }
        };

        let is_refusal = code.is_some() || !status.is_success();
        let mut words: Vec<_> = ["error", "desc", "msg", "message"].into_iter().filter_map(text).collect();
        words.dedup_by(|text, before| text.trim_end_matches('.').eq_ignore_ascii_case(before));
        let words = words.join(": ");
        let message = match code.as_ref().and_then(ErrorCode::meaning) {
            // The service's own words come before the published meaning of its code.
            _ if is_refusal && is_service && !words.is_empty() => words.into(),
            Some(meaning) => meaning.into(),
            None => {
                let words = if words.is_empty() { words } else { format!(": {words}") };
                self.unexplained(status, response, is_service, &words)
            }
        };
        let mut retry = Cause::of_response(code.as_ref(), status);
        // The failure also has the created object.
        if self.operation.creates.is_some_and(|created| body.says_created(created))
            && (status.is_success() || matches!(retry, Cause::Busy | Cause::Credentials))
        {
            retry = Cause::InDoubt;
        }
        let failed = FailedResponse {
            status,
            origin,
            excerpt: if code.is_none() { self.excerpt(response, status) } else { None },
            code,
            request_id,
            retry_after: retry_after(&response.headers, self.time.system_time()),
        };
        let failure = if is_refusal { Failure::Refused(failed) } else { Failure::UnexpectedResponse(failed) };
        self.error(retry, Parts::new(failure, message).with_cause(cause))
    }

    /// A redirect of a file that is not followed, and why.
    pub fn not_followed(self, why: &str, response: &RawResponse) -> Error {
        let status = response.status.unwrap_or_default();
        let excerpt = self.excerpt(response, status);
        let failed = FailedResponse { excerpt, ..FailedResponse::new(status, self.origin()) };
        self.error(Cause::Final, Parts::new(Failure::Refused(failed), self.scrub.text(why, MAX_TEXT)))
    }

    /// What happened, where the service does not say.
    fn unexplained(
        self,
        status: StatusCode,
        response: &RawResponse,
        is_service: bool,
        words: &str,
    ) -> Cow<'static, str> {
        let first = response.body.trim_ascii_start().first();
        let is_text = matches!(first, None | Some(b'{' | b'<'));
        let coding =
            compression(&response.headers).or_else(|| response.body.starts_with(GZIP).then_some("gzip"));
        if let Some(target) = &response.redirect {
            let to = match target {
                Some(target) => format!(" to {}", self.scrub.text(target, MAX_TEXT)),
                None => ", without saying where to".to_owned(),
            };
            format!("redirected{to}, which is not followed; {CHECK_BASE_URL}").into()
        } else if let Some(coding) = coding.filter(|_| !is_text) {
            format!(
                "the answer is compressed ({coding}), which was not asked for; a proxy or gateway may do that"
            )
            .into()
        } else if is_service {
            let failed = if status.is_server_error() { "failed" } else { "refused" };
            format!("the service {failed}{words}").into()
        } else if status.is_server_error() {
            format!("the service, or a gateway before it, failed{words}").into()
        } else if !status.is_success() {
            format!("refused in a form that is not the service's{words}; {CHECK_BASE_URL}").into()
        } else {
            match first {
                None => "the answer could not be understood: it is empty".into(),
                Some(b'<') => {
                    format!("the answer could not be understood: it is a page; {CHECK_BASE_URL}").into()
                }
                Some(_) => "the answer could not be understood".into(),
            }
        }
    }

    /// The beginning of a body that may be quoted. If the operation returns a secret, only a page may be,
    /// and only where the call failed: a proxy sends it.
    fn excerpt(self, response: &RawResponse, status: StatusCode) -> Option<String> {
        let body = &response.body;
        let is_page = body.trim_ascii_start().first() == Some(&b'<');
        // A redirect quotes its target, whose query may be a credential.
        let is_redirect = status.is_redirection() && response.headers.contains_key(LOCATION);
        if body.is_empty() || is_redirect || (self.operation.secret && (status.is_success() || !is_page)) {
            return None;
        }
        // Scrubs all of it, so that no secret is cut in two before it is found.
        Some(self.scrub.text(&String::from_utf8_lossy(body), MAX_TEXT))
    }
}
