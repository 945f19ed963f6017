//! The sandbox from outside, over real HTTP: codes and statuses are EnableX's, by its documentation.

mod sandbox {
    mod api;

    mod concurrency;
    mod controls;
    mod faults;
    mod kinds;
    mod malformed;
    mod new_rooms;
    mod requests;
    mod room_changes;
    mod sessions;
    mod tokens;
}
