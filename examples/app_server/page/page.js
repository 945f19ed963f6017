// The form, the room that one is in, and the events.

import { listen } from './events.js';
import { ask } from './server.js';
import * as sandbox from './signalling.js';
import * as sdk from './sdk.js';
import { ended, failed, happened, words } from './words.js';

const { joins, moderators, sdkUrl, after } = document.body.dataset;
const TITLE = document.title;
const NEW = 'new';
/** How many events are shown. */
const MOST = 100;
/** Longer than joining can take, in milliseconds. */
const PATIENCE = 120_000;
const SILENT = 'The server does not respond. Trying again …';

const at = (id) => document.getElementById(id);
/** An input with its label and its error. */
const fieldOf = (id) => at(id).closest('.field');
const newRoom = () => new Option('A new room', NEW);
/** The ids of the rooms that exist. */
let rooms = new Set();
/** The names of all rooms that were seen, by id. */
const names = new Map();
/** The room that one is in, and who is there. */
let session = null;
let hasOwnToken = false;
let isJoining = false;
let isSilent = false;
/** Ends what the status says for a while. */
let passing = null;
/** Whether the failure that is shown is that the server does not respond. */
let isOffline = false;

// Rooms

/** Loads the list, and keeps what is chosen, also when it does not exist any more. */
async function refresh() {
    const { rooms: list = [] } = await ask('api/get-all-rooms');
    const before = rooms;
    rooms = new Set(list.map((room) => room.room_id));
    list.forEach((room) => names.set(room.room_id, room.name));
    const counts = new Map();
    list.forEach(({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
    const options = list.map(({ room_id: id, name, owner_ref: owner }) => {
        return new Option(counts.get(name) > 1 ? `${name} (${owner})` : name, id);
    });
    const chosen = at('room').value;
    if (chosen && chosen !== NEW && !rooms.has(chosen)) {
        const { text } = at('room').selectedOptions[0];
        options.unshift(new Option(before.has(chosen) ? `${text} (is gone)` : text, chosen));
    }
    options.push(newRoom());
    const said = (list) => JSON.stringify(Array.from(list, ({ value, text }) => [value, text]));
    // An open list would close.
    if (said(options) !== said(at('room'))) {
        at('room').replaceChildren(...options);
        at('room').value = chosen || options[0].value;
    }
    showFields();
}

let refreshing = null;
/** Refreshes once for all that happens within a few seconds, if somebody sees it. */
function refreshSoon() {
    refreshing ??= setTimeout(() => {
        refreshing = null;
        if (!session && !document.hidden) refresh().catch(() => {});
    }, 3000);
}

// The form

function showFields() {
    fieldOf('new-room').hidden = at('room').value !== NEW;
    fieldOf('key').hidden = moderators !== 'key' || at('role').value !== 'moderator';
}

const FIELDS = ['room', 'new-room', 'name', 'role', 'key', 'token'];

function complain(field, text) {
    at(field).setAttribute('aria-invalid', 'true');
    at(`${field}-error`).textContent = text;
    at(FIELDS.find((id) => at(id).getAttribute('aria-invalid'))).focus();
}

function forgive() {
    at('failure').replaceChildren();
    for (const field of FIELDS) {
        at(field).removeAttribute('aria-invalid');
        at(`${field}-error`).textContent = '';
    }
}

/** Says what went wrong, at the fields that it is about. `where` has the id of each field by the server's name. */
function tell(failure, where) {
    const broken = failure.fields?.filter(({ field }) => where?.[field]);
    if (broken?.length) {
        broken.forEach(({ field, rule }) => {
            const label = at(where[field]).labels[0].textContent;
            complain(where[field], `“${label}” ${rule}.`);
        });
    } else if (failure.reason === 'no_moderator' && moderators === 'key' && where) {
        complain('key', 'This is not the moderator key.');
    } else {
        alert(failed(failure));
        if (failure.reason === 'room_gone') at('again').hidden = true;
        isOffline = failure.reason === 'offline';
    }
}

function alert(content) {
    isOffline = false;
    at('failure').replaceChildren(content);
    at('failure').scrollIntoView({ block: 'nearest' });
}

/** Says something for a while; without content, what lasts. */
function status(content = '', time = 5000) {
    clearTimeout(passing);
    const lasting = content || (isSilent ? SILENT : '');
    // What is written again is read out again.
    if (content || at('status').textContent !== lasting) at('status').replaceChildren(lasting);
    if (content) passing = setTimeout(() => status(), time);
}

/** What is missing is told at each field. */
function isComplete(...fields) {
    const missing = fields.filter(([field]) => !fieldOf(field).hidden && !at(field).value.trim());
    missing.forEach(([field, text]) => complain(field, text));
    return missing.length === 0;
}

/** A token for what the form says. */
async function newToken() {
    const name = at('name').value.trim();
    const key = fieldOf('key').hidden ? undefined : at('key').value.trim();
    if (at('room').value === NEW) {
        const asked = { name: at('new-room').value.trim() };
        const created = await ask('api/create-room/', asked, key).catch((failure) => {
            tell(failure, { name: 'new-room', owner_ref: 'new-room' });
        });
        if (!created) return null;
        const { room_id: id, name } = created.room;
        // For the next time.
        if (!rooms.has(id)) at('room').add(new Option(name, id), 0);
        at('room').value = id;
        rooms.add(id);
        names.set(id, name);
        showFields();
    }
    const asked = { name, role: at('role').value, roomId: at('room').value, user_ref: name };
    const { token } = await ask('api/create-token/', asked, key);
    return token;
}

function setJoining(joining) {
    isJoining = joining;
    document.querySelectorAll('#outside button').forEach((button) => (button.ariaDisabled = joining ? 'true' : null));
}

/** Joins with a token, of the person's own or a new one. */
async function join(ownToken) {
    if (isJoining || session) return;
    setJoining(true);
    forgive();
    status('Joining …', PATIENCE);
    try {
        const token = ownToken ?? (await newToken());
        if (token) {
            const { join } = joins === 'sdk' ? sdk : sandbox;
            hasOwnToken = Boolean(ownToken);
            await join(token, told, sdkUrl, !ownToken && at('role').value === 'viewer');
        }
    } catch (failure) {
        const where = { name: 'name', user_ref: 'name', role: 'role', room_id: 'room', roomId: 'room' };
        tell(failure, ownToken ? undefined : where);
    } finally {
        setJoining(false);
        status();
    }
}

function joinByForm() {
    const isWhole = /^[\x21-\x7e]*$/.test(at('key').value.trim());
    forgive();
    if (!isComplete(
        ['room', 'Choose a room. If there is none, refresh the list.'],
        ['new-room', 'Enter a name for the room.'],
        ['name', 'Enter your name.'],
        ['key', 'Enter the moderator key, or choose another role.'],
    )) return;
    if (!isWhole && !fieldOf('key').hidden) complain('key', 'This is not the moderator key.');
    else join();
}

// The room

/** What is told by signalling. */
const told = {
    entered({ id, room, users, leave }) {
        const people = new Map(users.map((user) => [user.id, user]));
        const name = room.name ?? names.get(room.id) ?? 'the room';
        const me = people.get(id) ?? { name: at('name').value.trim(), role: at('role').value };
        session = { id, room: { id: room.id, name }, people, leave };
        at('inside-title').replaceChildren(words`You are in ${name} as ${me.name} (${me.role})`);
        document.title = `${name} · ${TITLE}`;
        at('again').hidden = true;
        showPeople();
        swap('outside', 'inside');
    },
    came(user) {
        session?.people.set(user.id, user);
        showPeople();
        log(words`${user.name} has come in`);
    },
    went(user) {
        session?.people.delete(user.id);
        showPeople();
        log(words`${user.name} has left`);
    },
    ended(reason) {
        const { room } = session;
        const gone = exit();
        at('again').hidden = hasOwnToken;
        alert(ended(reason, gone, hasOwnToken));
        refresh().then(() => {
            if (!names.has(room.id) || rooms.has(room.id) || session || isJoining) return;
            at('again').hidden = true;
            alert(words`You are no longer in ${gone}: the room does not exist any more. Choose another one.`);
        }, () => {});
    },
};

/** Goes back to the form. Returns the name of the room. */
function exit() {
    const { name } = session.room;
    session = null;
    document.title = TITLE;
    swap('inside', 'outside');
    refreshSoon();
    return name;
}

function swap(from, to) {
    at(from).hidden = true;
    at(to).hidden = false;
    document.body.toggleAttribute('data-inside', to === 'inside');
    at(`${to}-title`).focus();
}

function showPeople() {
    if (!session) return;
    at('people-title').textContent = `In the room: ${session.people.size}`;
    at('people').replaceChildren(...Array.from(session.people, ([id, { name, role }]) => {
        const item = document.createElement('li');
        const tag = document.createElement('span');
        tag.textContent = id === session.id ? `you, ${role}` : role;
        item.append(words`${name} `, tag);
        return item;
    }));
}

// Events

/** Adds to the list of events, newest first. */
function log(content, when = new Date()) {
    const item = document.createElement('li');
    const time = document.createElement('time');
    time.dateTime = when.toISOString();
    time.textContent = when.toLocaleTimeString();
    item.append(time, ' ', content);
    at('no-events').hidden = true;
    at('events').prepend(item);
    while (at('events').children.length > MOST) at('events').lastChild.remove();
}

/** One event after the other, since the name of a room may have to be asked for. */
let events = Promise.resolve();
/** When the list was asked for because of a room that is not known. */
let asked = 0;

async function show({ type, room_id: id, at: time }, arrived) {
    // Once for all that have arrived before.
    if (id && !names.has(id) && asked < arrived) {
        asked = performance.now();
        await refresh().catch(() => {});
    }
    log(happened(type, id && (names.get(id) ?? 'a room that is not known')), new Date(time));
    refreshSoon();
}

listen(after, {
    event(event) {
        const arrived = performance.now();
        events = events.then(() => show(event, arrived)).catch(() => {});
    },
    lost() {
        isSilent = true;
        if (!isJoining) status();
    },
    back() {
        if (!isSilent) return;
        isSilent = false;
        if (isOffline) at('failure').replaceChildren();
        if (!isJoining) status('The server responds again.');
        refreshSoon();
    },
});

// What people do

document.addEventListener('visibilitychange', refreshSoon);
at('room').onchange = showFields;
at('role').onchange = showFields;
at('form').onsubmit = (event) => {
    event.preventDefault();
    joinByForm();
};
at('again').onclick = joinByForm;
at('token-form').onsubmit = (event) => {
    event.preventDefault();
    const token = at('token').value.trim();
    forgive();
    if (isJoining || !isComplete(['token', 'Enter a token.'])) return;
    at('token').value = '';
    join(token);
};
at('refresh').onclick = () => {
    if (isJoining) return;
    forgive();
    refresh().then(() => status('The list of rooms is up to date.'), tell);
};
at('leave').onclick = () => {
    session.leave();
    const name = exit();
    status(words`You have left ${name}.`);
};

if (joins === 'none') {
    at('forms').hidden = true;
    at('cannot-join').hidden = false;
} else {
    if (joins === 'sdk') {
        at('media').hidden = false;
        sdk.load(sdkUrl).catch(() => {});
    }
    if (moderators === 'nobody') {
        at('role')[0].disabled = true;
        at('role')[0].text = 'Moderator (not possible here)';
    }
    refresh().catch((failure) => {
        at('room').add(newRoom());
        showFields();
        tell(failure);
    });
}
