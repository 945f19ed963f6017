//! Invented sessions, so that the sandbox has something to report.

use std::time::Duration;

use enablex::{Client, Error, NewRoom, Settings, TokenRequest, sandbox::Sandbox};

struct Session {
    /// Hours after the end of the session before it.
    hours_later: u64,
    room: usize,
    /// The users, in the order in which they left.
    visits: &'static [Visit],
}

struct Visit {
    name: &'static str,
    role: &'static str,
    user_ref: &'static str,
    minutes: u64,
}

const fn visit(name: &'static str, role: &'static str, user_ref: &'static str, minutes: u64) -> Visit {
    Visit { name, role, user_ref, minutes }
}

/// All of them lie within the last seven days.
const SESSIONS: &[Session] = &[
    Session {
        hours_later: 0,
        room: DESK,
        visits: &[
            visit("Jan Kowalski", "participant", "cust-7731", 17),
            visit("Asha Rao", "moderator", "emp-1042", 18),
        ],
    },
    Session {
        hours_later: 22,
        room: TEAM,
        visits: &[
            visit("Li Na 李娜", "participant", "emp-2210", 24),
            visit("Asha Rao", "participant", "emp-1042", 31),
            visit("Tomás Núñez", "moderator", "emp-0007", 31),
        ],
    },
    Session {
        hours_later: 3,
        room: DESK,
        visits: &[
            visit("Fatima al-Sayed", "participant", "cust-8090", 9),
            visit("Li Na 李娜", "moderator", "emp-2210", 10),
        ],
    },
    Session {
        hours_later: 47,
        room: COURSE,
        visits: &[
            visit("Jan Kowalski", "viewer", "cust-7731", 41),
            visit("Maximiliane Oberhuber-Schmidt", "viewer", "cust-9312", 88),
            visit("Tomás Núñez", "moderator", "emp-0007", 90),
        ],
    },
    Session {
        hours_later: 23,
        room: DESK,
        visits: &[
            visit("Maximiliane Oberhuber-Schmidt", "participant", "cust-9312", 26),
            visit("Asha Rao", "moderator", "emp-1042", 27),
        ],
    },
];

const DESK: usize = 0;
const TEAM: usize = 1;
const COURSE: usize = 2;

/// A sandbox whose clock is behind, so that the sessions end about now.
pub async fn sandbox() -> Result<Sandbox, Error> {
    let hours: u64 = SESSIONS.iter().map(|session| session.hours_later).sum();
    Sandbox::builder().clock_behind(Duration::from_secs((hours + 5) * 60 * 60)).start().await
}

/// Holds all sessions, moving the sandbox's clock.
pub async fn hold(sandbox: &Sandbox, client: &Client) -> Result<(), Error> {
    // The sessions at the desk are recorded.
    let desk = Settings::new().auto_recording(true);
    let rooms = [
        client.rooms().create(NewRoom::permanent("Claims desk", "team-7").settings(desk)).await?,
        client.rooms().create(NewRoom::permanent("Team", "team-7")).await?,
        client.rooms().create(NewRoom::permanent("Course", "team-7")).await?,
    ];
    for Session { hours_later, room, visits } in SESSIONS {
        sandbox.advance(Duration::from_secs(hours_later * 60 * 60));
        let mut inside = Vec::new();
        for visit in *visits {
            let request = TokenRequest::new(visit.name, visit.role, visit.user_ref);
            let token = client.room(&rooms[*room]).create_token(request).await?;
            let user = sandbox.join(&token.into_token()).expect("a new token lets its user in");
            inside.push((user, visit.minutes));
        }
        let mut passed = 0;
        for (user, minutes) in inside {
            sandbox.advance(Duration::from_secs((minutes - passed) * 60));
            sandbox.leave(user.session_user_id());
            passed = minutes;
        }
    }
    Ok(())
}
