//! The client in a program without async.

use enablex::{Error, ErrorKind, NewRoom, Role, TokenRequest, blocking::Blocking, sandbox::Sandbox};

#[test]
fn a_plain_program_gets_tokens_and_reports() {
    let blocking = Blocking::new().unwrap();
    let sandbox = blocking.run(Sandbox::start()).unwrap();
    let client = sandbox.client().unwrap();
    let room = blocking.run(client.rooms().get_or_create(NewRoom::permanent("Desk", "team-7"))).unwrap();
    let users = ["a", "b", "c"].map(|user| TokenRequest::new("Asha", Role::Participant, user));
    let tokens = blocking.run(async {
        let mut tokens = Vec::new();
        let mut created = client.room(&room).create_tokens(users);
        while let Some((_, token)) = created.next().await {
            tokens.push(token?.into_token());
        }
        Ok::<_, Error>(tokens)
    });
    for token in tokens.unwrap() {
        let user = sandbox.join(&token).unwrap();
        sandbox.leave(user.session_user_id());
    }
    let rows = blocking.iter(client.cdr().room(&room).rows());
    let users: Vec<_> = rows.map(|row| row.unwrap().user_ref().unwrap().to_owned()).collect();
    assert_eq!(users, ["a", "b", "c"]);
    let error = blocking.run(client.room("66a1f0c27be94d3a105c7e12").get()).unwrap_err();
    assert!(error.is_not_found());
}

#[test]
fn inside_of_a_runtime_it_is_refused_and_nothing_panics() {
    let blocking = Blocking::new().unwrap();
    let sandbox = blocking.run(Sandbox::start()).unwrap();
    let client = sandbox.client().unwrap();
    let report = client.cdr().day("2026-03-31");
    for runtime in [
        tokio::runtime::Builder::new_current_thread().build().unwrap(),
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap(),
    ] {
        runtime.block_on(async {
            for error in [Blocking::new().unwrap_err(), blocking.run(client.rooms().list()).unwrap_err()] {
                assert_eq!(error.kind(), ErrorKind::Setup);
                assert!(error.to_string().contains("`.await`"), "{error}");
            }
            let mut rows = blocking.iter(report.rows());
            assert_eq!(rows.next().unwrap().unwrap_err().kind(), ErrorKind::Setup);
            assert!(rows.next().is_none());
            // Nor inside of itself.
        });
    }
    assert_eq!(sandbox.requests(), 0);
    let inside = blocking.run(async { Ok::<_, Error>(Blocking::new().is_err()) });
    assert!(inside.unwrap());
    // Dropped where nothing may block.
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async { drop(blocking) });
}

#[test]
fn threads_share_it() {
    let blocking = Blocking::new().unwrap();
    let sandbox = blocking.run(Sandbox::start()).unwrap();
    let client = sandbox.client().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                blocking.run(client.rooms().get_or_create(NewRoom::permanent("Desk", "team-7"))).unwrap()
            });
        }
    });
    assert_eq!(blocking.run(client.rooms().list()).unwrap().len(), 1);
}
