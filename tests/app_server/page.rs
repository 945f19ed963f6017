//! The page: what is served, and what it may load. A browser runs it elsewhere.

use crate::server::{Server, command};

const FILES: [(&str, &str); 10] = [
    ("/events.js", "text/javascript; charset=utf-8"),
    ("/worker.js", "text/javascript; charset=utf-8"),
    ("/", "text/html; charset=utf-8"),
    ("/style.css", "text/css; charset=utf-8"),
    ("/page.js", "text/javascript; charset=utf-8"),
    ("/sdk.js", "text/javascript; charset=utf-8"),
    ("/server.js", "text/javascript; charset=utf-8"),
    ("/signalling.js", "text/javascript; charset=utf-8"),
    ("/token.js", "text/javascript; charset=utf-8"),
    ("/words.js", "text/javascript; charset=utf-8"),
];

#[tokio::test]
async fn each_file_has_its_type_and_loads_nothing_of_others() {
    let server = Server::start(&[]);
    for (path, kind) in FILES {
        let file = server.get(path).await;
        assert_eq!((file.status, file.headers["content-type"].to_str().unwrap()), (200, kind), "{path}");
        let policy = file.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        for part in
            ["script-src 'self';", "style-src 'self';", "connect-src 'self' ws: wss:", "form-action 'none'"]
        {
            assert!(policy.contains(part), "{part}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(file.headers[name], value, "{path}");
        }
        // All that is imported is served.
        for name in file.text.split("from './").skip(1).map(|rest| rest.split('\'').next().unwrap()) {
            assert!(FILES.iter().any(|(path, _)| path[1..] == *name), "{path} imports {name}");
        }
        for kept in ["innerHTML", "localStorage", "sessionStorage", "console."] {
            assert!(!file.text.contains(kept), "{kept} in {path}");
        }
    }
    server.post("/page.js", "").await.failed(405, "method");
    server.get("/nothing.js").await.failed(404, "not_found");
}

#[tokio::test]
async fn the_page_has_no_script_of_its_own_and_sends_no_field() {
    let page = Server::start(&[]).get("/").await.text;
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains(r#"<script type="module" src="page.js"></script>"#));
    for inline in
        ["<style", " style=", " onclick=", " onsubmit=", " name=\"room", " name=\"token", "javascript:"]
    {
        assert!(!page.contains(inline), "{inline}");
    }
    let inputs: Vec<_> = page.split("<input").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!(inputs.len(), 4);
    assert!(inputs.iter().all(|input| !input.contains("name=")), "{inputs:?}");
    // What is not filled in.
    assert!(!page.contains('{') && !page.contains('}'), "{page}");
}

#[tokio::test]
async fn the_page_knows_its_server() {
    let server = Server::start(&[]);
    let page = server.get("/").await.text;
    assert!(page.contains("on the embedded sandbox"));
    assert!(page.contains(r#"<p>What the sandbox knows is on <a href="dashboard""#));
    assert!(server.get("/dashboard").await.text.contains("<h1>EnableX sandbox</h1>"));
    assert!(page.contains(r#"<body data-joins="sandbox" data-moderators="anybody" data-after=""#));
    let page = Server::start(&["--moderator-key", "key-4711"]).get("/").await.text;
    assert!(page.contains(r#" data-moderators="key""#) && !page.contains("4711"));
    let mut command = command(&[]);
    command.env("ENABLEX_APP_ID", "a").env("ENABLEX_APP_KEY", "b");
    let page = Server::run(command).get("/").await.text;
    assert!(page.contains("on EnableX"));
    assert!(page.contains(r#"<body data-joins="none" data-moderators="nobody" data-after=""#));
    // EnableX is not on this machine.
    command = self::command(&["--moderator-key", "key-4711"]);
    command
        .env("ENABLEX_APP_ID", "a")
        .env("ENABLEX_APP_KEY", "b")
        .env("ENABLEX_BASE_URL", "http://127.0.0.1:9/video/v2");
    let page = Server::run(command).get("/").await.text;
    assert!(page.contains("on a sandbox"));
    assert!(page.contains(r#"<body data-joins="sandbox" data-moderators="key" data-after=""#));
}

/// A browser prints an error for any other status.
#[tokio::test]
async fn the_page_is_told_of_failures_with_status_200() {
    let server = Server::start(&[]);
    let request = || server.request("/api/create-token/", r#"{"roomId": "5f0000000000000000000000"}"#);
    let told = server.send(request().header("prefer", "status=200")).await;
    assert_eq!(told.status, 200);
    let failed = server.send(request()).await;
    assert_eq!(told.json(), failed.failed(422, "invalid"));
    server.send(request().header("prefer", "status=404")).await.failed(422, "invalid");
    // A redirect is no failure.
    let dashboard = server.http.get(format!("{}/dashboard", server.url)).header("prefer", "status=200");
    assert!(server.send(dashboard).await.text.contains("EnableX sandbox"));
}

#[tokio::test]
async fn the_browser_sdk_may_load_and_connect() {
    let server =
        Server::start(&["--sdk-url", "https://cdn.example.com:8443/a/EnxRtc.js?b=1&c=\"><script>{after}"]);
    let page = server.get("/").await;
    let url = "https://cdn.example.com:8443/a/EnxRtc.js?b=1&amp;c=%22%3E%3Cscript%3E{after}";
    assert!(page.text.contains(&format!(r#"data-sdk-url="{url}">"#)));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self' 'unsafe-eval' https://cdn.example.com:8443;"), "{policy}");
}

#[test]
fn the_url_of_the_browser_sdk_is_checked() {
    for url in [
        "",
        "EnxRtc.js",
        "//cdn.example.com/EnxRtc.js",
        "ftp://cdn.example.com/EnxRtc.js",
        "javascript:alert(1)",
        "data:text/javascript,1",
        "https://user:key-4711@cdn.example.com/EnxRtc.js",
        "https://cdn.example.com;*/EnxRtc.js",
    ] {
        let output = command(&["--sdk-url", url]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{url}: {said}");
        assert!(said.contains("--sdk-url: must be like https://") && !said.contains("4711"), "{said}");
    }
    let folder = env!("CARGO_MANIFEST_DIR");
    let output =
        command(&["--pages", folder, "--sdk-url", "https://cdn.example.com/EnxRtc.js"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("which --pages replaces"));
}

#[tokio::test]
async fn pages_of_a_folder_are_served_beside_the_api() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/app_server/page");
    let server = Server::start(&["--pages", folder]);
    let page = server.get("/index.html").await;
    assert_eq!((page.status, page.headers["content-type"].to_str().unwrap()), (200, "text/html"));
    server.post("/api/create-room/", "").await.ok();
    server.get("/nothing.html").await.failed(404, "not_found");
    server.get("/..%2f..%2fCargo.toml").await.failed(404, "not_found");
    server.get("/../../Cargo.toml").await.failed(404, "not_found");
}
