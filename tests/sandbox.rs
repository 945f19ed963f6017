//! The sandbox from outside, over real HTTP: codes and statuses are EnableX's, by its documentation.

mod sandbox {
    mod api;

    mod archives;
    mod concurrency;
    mod controls;
    mod dashboard;
    mod dial_in;
    mod faults;
    mod files;
    mod fills;
    mod kinds;
    mod lenient;
    mod lifetime;
    mod listen;
    mod malformed;
    mod new_rooms;
    mod reply;
    mod report_requests;
    mod reports;
    mod requests;
    mod room_changes;
    mod sessions;
    mod signalling;
    mod tls;
    mod tokens;
    mod webhooks;
}
