// What the page says to people.

const FAILURES = {
    __proto__: null,
    room_full: 'The room is full. Try again when somebody has left, or choose another room or role.',
    used: 'This token was used before: a token lets one person in once. Get a new one by joining from the form.',
    expired: 'This token has expired: it is good for 15 minutes. Get a new one by joining from the form.',
    unknown: 'This token is not known, or its room does not exist any more. Get a new one by joining from the form.',
    no_token: 'This is not a token. Copy the whole of it, or join from the form.',
    over: 'The meeting is over. Choose another room.',
    not_open: 'The room is not open now. Choose another room, or try again later.',
    room_gone: 'This room does not exist any more. Choose another one.',
    no_moderator: 'You may not be moderator here. Choose another role.',
    offline: 'The server does not respond. Nothing is lost: try again in a moment.',
    no_sandbox: 'The sandbox does not respond. Try again in a moment.',
    no_service: 'EnableX does not respond. Try again in a moment.',
    no_sdk: 'EnableX’s browser SDK could not be loaded. Try again in a moment.',
};

/** What went wrong, and what to do next. */
export function failed({ reason, retry_after_s: wait, detail, error }) {
    if (reason === 'early') {
        if (wait === undefined) return FAILURES.not_open;
        const opens = new Date(Date.now() + wait * 1000);
        return `The room is not open yet. It opens at ${moment(opens)}, in ${about(wait)}. Try again then.`;
    }
    if (reason === 'too_many') return `You ask too often. Try again in ${about(wait)}.`;
    if (reason === 'refused') return `You were not let in. ${detail} Get a new token by joining from the form.`;
    return FAILURES[reason] ?? error ?? 'Something went wrong on this page. Load it again.';
}

/** Why one is not in the room any more. */
export function ended(reason, room, hasOwnToken) {
    const why = reason === 'lost'
        ? words`The connection to ${room} was lost, so you are no longer in the room.`
        : words`You are no longer in ${room}: the room was closed, or somebody has ended your connection.`;
    if (hasOwnToken) why.append(' Your token is used: get a new one by joining from the form.');
    return why;
}

const EVENTS = {
    __proto__: null,
    session_start: (room) => words`The session in ${room} has begun`,
    session_stop: (room) => words`The session in ${room} has ended`,
    roomdrop: (room) => words`The session in ${room} is over`,
    recording: (room) => words`Recordings of ${room} are ready`,
    transcoded: (room) => words`A video of ${room} is ready`,
};

export function happened(type, room) {
    if (!room) return words`${type}`;
    return EVENTS[type]?.(room) ?? words`${type}: ${room}`;
}

/** A sentence with texts of people, each of which has a direction of its own. */
export function words(sentence, ...texts) {
    const fragment = document.createDocumentFragment();
    sentence.forEach((part, index) => {
        fragment.append(part);
        if (index === texts.length) return;
        const text = document.createElement('bdi');
        text.textContent = texts[index];
        fragment.append(text);
    });
    return fragment;
}

/** A time, with the day unless it is today. */
function moment(date) {
    const isToday = date.toDateString() === new Date().toDateString();
    return date.toLocaleString([], { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'medium' }) });
}

function about(seconds) {
    const [number, unit] =
        seconds < 90 ? [seconds, 'second']
        : seconds < 90 * 60 ? [seconds / 60, 'minute']
        : seconds < 36 * 3600 ? [seconds / 3600, 'hour']
        : [seconds / 86400, 'day'];
    const rounded = Math.ceil(number);
    return `about ${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
}
