//! What holds for all operations: servers, and the credentials that they want.

use serde_json::{Map, Value, json};

use super::Aligner;
use crate::document::METHODS;

impl Aligner<'_> {
    /// Gives the servers the base path that ours have: the new document may have it in its paths. A server
    /// without a host says nothing.
    pub fn servers(&self, document: &mut Value, base_path: &str) {
        let mut servers = document["servers"].as_array().cloned().unwrap_or_default();
        for server in &mut servers {
            let (host, _) = base(&json!({ "servers": [&server] }));
            server["url"] = format!("{host}{base_path}").into();
            let ours = self.ours["servers"].as_array().into_iter().flatten();
            if let Some(ours) = ours.clone().find(|ours| ours["url"] == server["url"])
                && server.get("description").is_none()
            {
                *server = ours.clone();
            }
        }
        servers.retain(|server| server["url"].as_str().is_some_and(|url| url.contains("://")));
        document["servers"] = servers.into();
        if document["servers"] == json!([]) {
            document.as_object_mut().map(|document| document.remove("servers"));
        }
    }

    /// Names security schemes as ours of the same kind. What all operations require is required once.
    pub fn security(&mut self, document: &mut Value) {
        let theirs = self.theirs;
        let kind = |scheme: &Value| ["type", "scheme", "in", "name", "flows"].map(|key| scheme[key].clone());
        let ours = self.ours["components"]["securitySchemes"].as_object();
        for (name, scheme) in theirs["components"]["securitySchemes"].as_object().into_iter().flatten() {
            let same = ours.into_iter().flatten().find(|(_, ours)| kind(ours) == kind(scheme));
            if let Some((ours, _)) = same {
                let (key, ours) = (format!("securitySchemes/{name}"), format!("securitySchemes/{ours}"));
                self.components.entry(ours.clone()).or_insert_with(|| scheme.clone());
                self.names.insert(key, ours);
            }
        }
        let of_all = theirs.get("security").cloned();
        let mut operations: Vec<&mut Map<String, Value>> = document["paths"]
            .as_object_mut()
            .into_iter()
            .flatten()
            .filter_map(|(_, item)| item.as_object_mut())
            .flatten()
            .filter(|(method, _)| METHODS.contains(&&***method))
            .filter_map(|(_, operation)| operation.as_object_mut())
            .collect();
        let first = operations.first().and_then(|operation| operation.get("security")).cloned();
        let is_alike = operations.iter().all(|operation| operation.get("security") == first.as_ref());
        let of_all = of_all.or(first.filter(|_| is_alike));
        for operation in &mut operations {
            operation.retain(|key, value| key != "security" || Some(&*value) != of_all.as_ref());
            if let Some(required) = operation.get_mut("security") {
                self.rename(required);
            }
        }
        if let Some(mut required) = of_all {
            self.rename(&mut required);
            document["security"] = required;
        }
    }

    fn rename(&self, security: &mut Value) {
        let name = |(name, scopes): (String, Value)| {
            let key = self.names.get(&format!("securitySchemes/{name}"));
            (
                key.and_then(|key| key.split_once('/')).map_or(name.clone(), |(_, ours)| ours.to_owned()),
                scopes,
            )
        };
        for required in security.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            *required = std::mem::take(required).into_iter().map(name).collect();
        }
    }
}

/// The origin of a document's first server, and its base path without a slash at the end.
pub fn base(document: &Value) -> (String, String) {
    let url = document["servers"][0]["url"].as_str().unwrap_or_default();
    let host = url
        .find("://")
        .map_or(0, |scheme| url[scheme + 3..].find('/').map_or(url.len(), |at| scheme + 3 + at));
    (url[..host].to_owned(), url[host..].trim_end_matches('/').to_owned())
}
