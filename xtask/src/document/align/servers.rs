//! What holds for all operations: servers, and the credentials that they want.

use serde_json::{Map, Value};

use super::Aligner;
use crate::document::METHODS;

impl Aligner<'_> {
    /// Adds to the servers the part of our base path that the new document has in its paths. Those that ours has
    /// as well stay as ours, all of them: a document may list some. A server without a host says nothing.
    pub fn servers(&self, document: &mut Value, in_paths: &str) {
        let ours = self.ours["servers"].as_array().cloned().unwrap_or_default();
        let mut servers = document["servers"].as_array().cloned().unwrap_or_default();
        servers.retain(|server| url(server).contains("://"));
        for server in servers.iter_mut().filter(|_| !in_paths.is_empty()) {
            server["url"] = format!("{}{in_paths}", url(server).trim_end_matches('/')).into();
        }
        let address = |server: &Value| {
            let url = url(server);
            url.split_once("://").map_or(url.clone(), |(_, address)| address.trim_end_matches('/').to_owned())
        };
        let new: Vec<Value> = servers
            .iter()
            .filter(|server| !ours.iter().any(|ours| address(ours) == address(server)))
            .cloned()
            .collect();
        if new.len() < servers.len() || servers.is_empty() {
            servers = [ours, new].concat();
        }
        document["servers"] = servers.into();
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
                self.components.entry(ours.clone()).or_default().united.add(scheme.clone());
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

/// The base path of a document's first server, without a slash at the end.
pub fn base(document: &Value) -> String {
    let url = url(&document["servers"][0]);
    let path = match url.split_once("://") {
        Some((_, address)) => address.find('/').map_or("", |slash| &address[slash..]),
        None => &url,
    };
    path.trim_end_matches('/').to_owned()
}

/// The URL of a server, with the defaults of its variables.
fn url(server: &Value) -> String {
    let mut url = server["url"].as_str().unwrap_or_default().to_owned();
    for (name, variable) in server["variables"].as_object().into_iter().flatten() {
        let default = variable["default"].as_str().unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    url
}
