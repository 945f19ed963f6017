//! Start, stop and drop of a sandbox.

use std::{
    future::{Future, pending},
    net::{SocketAddr, TcpListener},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant},
};

use enablex::{
    ErrorKind, NewRoom,
    reqwest::Method,
    sandbox::{Fault, Sandbox},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::{Builder, Runtime},
    sync::{OnceCell, oneshot},
    task::JoinSet,
};

use super::api::Api;

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";
/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(3600);

fn address(sandbox: &Sandbox) -> SocketAddr {
    sandbox.host().parse().unwrap()
}

/// Whether the port of the sandbox is free.
#[track_caller]
fn assert_is_free(address: SocketAddr) {
    TcpListener::bind(address).unwrap();
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Drives a future without any runtime.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

fn poll_once<F: Future>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

/// A sandbox for all tests of this file that do not stop it.
async fn shared() -> &'static Sandbox {
    static SANDBOX: OnceCell<Sandbox> = OnceCell::const_new();
    SANDBOX.get_or_init(|| async { Sandbox::start().await.unwrap() }).await
}

async fn create_room() {
    let client = shared().await.client().unwrap();
    let room = client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await.unwrap();
    client.room(&room).delete().await.unwrap();
}

#[tokio::test]
async fn a_static_serves_this_test() {
    create_room().await;
}

#[tokio::test]
async fn a_static_serves_this_test_too() {
    create_room().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_static_serves_a_runtime_of_threads() {
    let mut tasks = JoinSet::new();
    (0..10).for_each(|_| _ = tasks.spawn(create_room()));
    tasks.join_all().await;
}

#[test]
fn a_static_serves_one_runtime_after_the_other_and_many_at_once() {
    for _ in 0..5 {
        current_thread().block_on(create_room());
    }
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| current_thread().block_on(create_room()));
        }
    });
}

/// The runtimes of its start and of its first client no longer exist.
#[test]
fn it_outlives_runtimes() {
    let sandbox = current_thread().block_on(Sandbox::start()).unwrap();
    for requests in 1..4 {
        current_thread().block_on(sandbox.client().unwrap().rooms().list()).unwrap();
        assert_eq!(sandbox.requests(), requests);
    }
    let runtime = current_thread();
    runtime.block_on(sandbox.stop());
    assert_is_free(address(&sandbox));
}

#[test]
fn it_needs_no_runtime() {
    let sandbox = block_on(Sandbox::start()).unwrap();
    current_thread().block_on(sandbox.client().unwrap().rooms().list()).unwrap();
    block_on(sandbox.stop());
    assert_is_free(address(&sandbox));
}

#[tokio::test]
async fn a_port_is_free_after_a_stop_and_after_a_drop() {
    let first = Api::start().await;
    let address = address(&first.sandbox);
    first.get("/rooms").await.ok();
    first.sandbox.stop().await;
    for round in 0..20 {
        let sandbox = Sandbox::builder().port(address.port()).start().await.unwrap();
        // A connection that is kept alive, and one that never sent anything.
        let client = sandbox.client().unwrap();
        client.rooms().list().await.unwrap();
        let mut idle = TcpStream::connect(address).await.unwrap();
        if round % 2 == 0 {
            sandbox.stop().await;
            assert!(matches!(idle.read(&mut [0]).await, Ok(0) | Err(_)));
            assert!(TcpStream::connect(address).await.is_err());
        }
        drop(sandbox);
        assert!(matches!(idle.read(&mut [0]).await, Ok(0) | Err(_)));
        assert_is_free(address);
    }
}

#[tokio::test]
async fn what_is_known_can_be_asked_after_a_stop() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let token = api.token(&room, "participant").await;
    api.sandbox.stop().await;
    assert_eq!(api.sandbox.requests(), 2);
    let user = api.sandbox.join(&token).unwrap();
    assert!(api.sandbox.leave(user.session_user_id()));
    api.sandbox.fill_report(ROOM, 3);
    api.sandbox.inject(Fault::dropped());
    assert!(api.sandbox.advance(LONG) >= api.sandbox.now() - LONG);
    api.request(Method::GET, "/rooms").send().await.unwrap_err();
    api.sandbox.reset();
    assert_eq!(api.sandbox.requests(), 0);
}

#[test]
fn a_stop_is_awaited_by_many_at_once() {
    let sandbox = Arc::new(block_on(Sandbox::start()).unwrap());
    let port = address(&sandbox);
    let _idle = current_thread().block_on(TcpStream::connect(port)).unwrap();
    thread::scope(|scope| {
        for number in 0..6 {
            let sandbox = &sandbox;
            scope.spawn(move || {
                match number % 3 {
                    0 => block_on(sandbox.stop()),
                    1 => current_thread().block_on(async { tokio::join!(sandbox.stop(), sandbox.stop()) }).0,
                    _ => Builder::new_multi_thread().build().unwrap().block_on(sandbox.stop()),
                }
                // As soon as one of them has returned.
                assert!(std::net::TcpStream::connect(port).is_err());
            });
        }
    });
    block_on(sandbox.stop());
    assert_is_free(port);
}

/// A stop takes effect even if its future is dropped.
#[tokio::test]
async fn a_stop_that_is_given_up() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut stop = Box::pin(sandbox.stop());
    _ = poll_once(&mut stop);
    drop(stop);
    while TcpStream::connect(address(&sandbox)).await.is_ok() {}
    sandbox.stop().await;
    assert_is_free(address(&sandbox));
}

/// A start whose future is dropped leaves no listener behind.
#[tokio::test]
async fn a_start_that_is_given_up() {
    let port = {
        let sandbox = Sandbox::start().await.unwrap();
        address(&sandbox)
    };
    for _ in 0..20 {
        let mut start = Box::pin(Sandbox::builder().port(port.port()).start());
        let started = poll_once(&mut start);
        drop((started, start));
        assert_is_free(port);
    }
}

/// Starts calls in all their states. Each of the returned tasks has to end.
async fn busy(api: &Arc<Api>) -> JoinSet<()> {
    let mut calls = JoinSet::new();
    api.sandbox.inject(Fault::delay(LONG));
    api.sandbox.inject(Fault::dropped().delayed(LONG).after_effect());
    for _ in 0..2 {
        let request = api.request(Method::GET, "/rooms");
        calls.spawn(async move { drop(request.send().await.unwrap_err()) });
    }
    while api.sandbox.requests() < 2 {
        tokio::task::yield_now().await;
    }

    api.sandbox.fill_report(ROOM, 50_000_000);
    let mut report = api.request(Method::GET, &format!("/cdr/room/{ROOM}")).send().await.unwrap();
    report.chunk().await.unwrap().unwrap();
    calls.spawn(async move { while let Ok(Some(_)) = report.chunk().await {} });
    // Its response is not read, so that the sandbox cannot write more.
    let unread = api.request(Method::GET, &format!("/cdr/room/{ROOM}")).send().await.unwrap();

    let mut half = TcpStream::connect(address(&api.sandbox)).await.unwrap();
    half.write_all(b"POST /video/v2/rooms HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{")
        .await
        .unwrap();
    calls.spawn(async move {
        assert!(matches!(half.read(&mut [0]).await, Ok(0) | Err(_)));
        drop(unread);
    });
    while api.sandbox.requests() < 5 {
        tokio::task::yield_now().await;
    }
    calls
}

#[tokio::test]
async fn a_stop_with_calls_under_way() {
    let api = Arc::new(Api::start().await);
    let calls = busy(&api).await;
    api.sandbox.stop().await;
    assert_is_free(address(&api.sandbox));
    calls.join_all().await;
}

#[tokio::test]
async fn a_drop_with_calls_under_way() {
    let api = Arc::new(Api::start().await);
    let address = address(&api.sandbox);
    let calls = busy(&api).await;
    // In a task of the runtime that drives the clients.
    let task = tokio::spawn(async move { drop(Arc::into_inner(api).unwrap()) });
    task.await.unwrap();
    assert_is_free(address);
    calls.join_all().await;
}

#[test]
fn a_drop_in_a_panic() {
    let runtime = current_thread();
    let api = Arc::new(runtime.block_on(Api::start()));
    let address = address(&api.sandbox);
    let calls = runtime.block_on(busy(&api));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async move {
            let _api = api;
            std::panic::resume_unwind(Box::new("on purpose"));
        })
    }));
    assert!(panicked.is_err());
    assert_is_free(address);
    runtime.block_on(calls.join_all());
}

/// A runtime that is shut down drops what its tasks own.
#[test]
fn a_drop_with_its_runtime() {
    for runtime in [current_thread(), Builder::new_multi_thread().enable_all().build().unwrap()] {
        let (tell, told) = oneshot::channel();
        runtime.spawn(async move {
            let sandbox = Sandbox::start().await.unwrap();
            sandbox.client().unwrap().rooms().list().await.unwrap();
            tell.send(address(&sandbox)).unwrap();
            pending::<()>().await;
        });
        let address = runtime.block_on(told).unwrap();
        drop(runtime);
        assert_is_free(address);
    }
}

/// A stop does not wait for the delays of faults.
#[tokio::test]
async fn an_end_is_quick() {
    let api = Arc::new(Api::start().await);
    let calls = busy(&api).await;
    let before = Instant::now();
    drop(Arc::into_inner(api));
    assert!(before.elapsed() < Duration::from_secs(20), "{:?}", before.elapsed());
    calls.join_all().await;
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = block_on(Sandbox::builder().port(port).start()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setup);
    let told = error.to_string();
    assert!(told.contains(&format!("127.0.0.1:{port}")) && told.contains("in use"), "{told}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn its_thread_has_a_name() {
    let _sandbox = Sandbox::start().await.unwrap();
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    // Other tests start and end threads meanwhile.
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    assert!(names.into_iter().any(|name| name.trim_end() == "enablex-sandbox"));
}

/// A caller may close its sending direction after the request. A call whose caller closes the connection is
/// dropped.
#[tokio::test]
async fn half_a_connection_is_enough_for_an_answer() {
    let api = Api::start().await;
    for _ in 0..50 {
        let mut stream = TcpStream::connect(address(&api.sandbox)).await.unwrap();
        stream.write_all(b"GET /video/v2/rooms HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    api.sandbox.inject(Fault::delay(LONG));
    let mut stream = TcpStream::connect(address(&api.sandbox)).await.unwrap();
    stream.write_all(b"GET /video/v2/rooms HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    stream.shutdown().await.unwrap();
    assert!(matches!(stream.read(&mut [0]).await, Ok(0) | Err(_)));
}
