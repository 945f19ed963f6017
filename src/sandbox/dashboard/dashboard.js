'use strict';

/** The least time between two readings of the state, in milliseconds. */
const PAUSE = 250;
/** The wait before a lost connection is tried again, in milliseconds. */
const RETRY = 1000;
/** How long the state may take. */
const PATIENCE = 10_000;
/** Without an event for this time, which is more than twice as long as the sandbox is quiet, a connection is lost. */
const SILENCE = 40_000;

const at = (id) => document.getElementById(id);

/** The state that was read last, and the sandbox's time then with the browser's own. */
let state = null;
let read = { sandbox: 0, here: 0 };
let isLive = false;
/** Whether there is a change that was not read, and whether one is being read. */
let isStale = false;
let isReading = false;
let events = null;
let watch = null;

/** A browser has six connections to a server for all its tabs: one that nobody sees keeps none. */
function connect() {
    events?.close();
    clearTimeout(watch);
    if (document.hidden) return;
    hear();
    events = new EventSource('/_sandbox/events');
    events.onmessage = () => {
        hear();
        refresh();
    };
    events.onerror = () => {
        setLive(false);
        // Of a refusal the browser makes no second attempt.
        if (events.readyState === EventSource.CLOSED) setTimeout(connect, RETRY);
    };
}

function hear() {
    clearTimeout(watch);
    watch = setTimeout(() => {
        setLive(false);
        connect();
    }, SILENCE);
}

async function refresh() {
    isStale = true;
    if (isReading) return;
    isReading = true;
    while (isStale) {
        isStale = false;
        const next = await load();
        const isOpen = events.readyState === EventSource.OPEN;
        if (next) show(next);
        // The next connection starts with an event.
        else if (isOpen) isStale = true;
        if (!document.hidden) setLive(next !== null && isOpen);
        await sleep(next ? PAUSE : RETRY);
    }
    isReading = false;
}

/** The state; null if there is no response. */
async function load() {
    try {
        const response = await fetch('/_sandbox/state', { signal: AbortSignal.timeout(PATIENCE) });
        return response.ok ? await response.json() : null;
    } catch {
        return null;
    }
}

const sleep = (time) => new Promise((done) => setTimeout(done, time));

function setLive(live) {
    isLive = live;
    const text = live ? 'Live' : 'The sandbox does not respond. Trying again …';
    const status = at('connection');
    // A text that is written again would be read out again.
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle('lost', !live);
}

function show(next) {
    state = next;
    read = { sandbox: Date.parse(next.now), here: performance.now() };
    at('mode').textContent = next.strict ? 'Strict' : 'Not strict';
    list('rooms', room);
    list('calls', call);
    list('findings', finding);
    list('faults', fault);
    list('webhooks', webhook);
    tick();
    at('main').removeAttribute('aria-busy');
}

/** Shows what changes by time alone. */
function tick() {
    const now = read.sandbox + performance.now() - read.here;
    const text = new Date(now).toISOString();
    at('now').dateTime = text;
    at('now').textContent = `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
    list('tokens', (one) => token(one, now));
}

/** Shows a list of the state as rows of its table. */
function list(name, row) {
    const [shown, total] = [state[name], state.totals[name]];
    const count = total > shown.length ? `${shown.length} of ${total}` : `${total}`;
    if (at(`${name}-count`).textContent !== count) at(`${name}-count`).textContent = count;
    patch(at(name), shown.map(row));
}

function room(one) {
    const parts = [people(one.name), id(one.room_id)];
    if (one.owner_ref) parts.push(note('owner ', people(one.owner_ref)));
    const kind = [element('span', '', one.kind.replace('_', ' '))];
    if (one.opens) kind.push(note('opens ', minute(one.opens)));
    if (one.closes) kind.push(note('closes ', minute(one.closes)));
    const more = one.users_total - one.users.length;
    const users = one.users.map((user) =>
        element('li', '', people(user.name), note(`${user.role}, since `, time(user.since))),
    );
    if (more) users.push(element('li', 'note', `and ${more} more`));
    const who = users.length ? [element('ul', '', ...users)] : [element('span', 'note', 'nobody')];
    return row(one.room_id, parts, who, kind);
}

function token(one, now) {
    const left = Math.ceil((Date.parse(one.expires_at) - now) / 1000);
    const word = one.state === 'unused' && left <= 0 ? 'expired' : one.state;
    const parts = [element('span', `word ${word}`, word)];
    if (word === 'unused') {
        const pad = (number) => String(number).padStart(2, '0');
        const text = `${pad(Math.floor(left / 60))}:${pad(left % 60)}`;
        parts.push(' ', element('span', 'countdown', text));
    }
    const key = [one.issued_at, one.room_id, one.name, one.role].join();
    return row(key, [people(one.name)], parts, [one.role], where(one.room_id));
}

function call(one) {
    const parts = [element('span', 'path', `${one.method} ${one.path}`)];
    if (one.operation) parts.unshift(element('strong', '', one.operation), ' ');
    const waits = one.duration_ms === null;
    const status = one.status ?? (waits ? 'waiting' : 'dropped');
    const good = waits || (one.status >= 200 && one.status < 300);
    return row(
        one.request_id,
        [time(one.at)],
        [element('span', good ? '' : 'bad', String(status))],
        [String(one.code ?? '–')],
        parts,
        [one.fault ? element('span', 'word fault', 'fault') : '–'],
        [waits ? '–' : `${one.duration_ms} ms`],
    );
}

function finding(one) {
    const key = [one.operation, one.key, one.document].join();
    const answer = one.answer_known ? 'the service takes it' : 'the service’s answer is not known';
    return row(key, [one.operation], [people(one.key)], [one.document], [answer], [String(one.times)]);
}

function fault(one, index) {
    const { times } = one;
    const words = [];
    if (one.violation) words.push(`cannot be sent: ${one.violation}`);
    if (one.status) words.push(`status ${one.status}`);
    if (one.body_bytes) words.push(`a body of ${one.body_bytes} bytes`);
    if (one.headers?.length) words.push(`headers ${one.headers.join(', ')}`);
    if (one.drop) words.push('drops the connection');
    if (one.garbage) words.push('garbage');
    if (one.delay_ms) words.push(`${one.delay_ms} ms late`);
    if (one.after_effect) words.push('after the effect');
    return row(String(index), [people(words.join(', ') || 'no effect')], [times === 1 ? '1 call' : `${times} calls`]);
}

function webhook(one) {
    const came = one.status ? String(one.status) : people(one.error ?? 'awaited');
    const good = one.status === null ? one.error === null : one.status < 300;
    return row(
        [one.sent_at, one.event.type, one.attempt].join(),
        [time(one.sent_at)],
        [element('strong', '', one.event.type), note('to ', people(one.url))],
        [element('span', good ? '' : 'bad', came)],
        [String(one.attempt)],
        where(one.event.room_id),
    );
}

/** A room by its name, if it is known, and its id. */
function where(roomId) {
    const known = state.rooms.find((one) => one.room_id === roomId);
    return known ? [people(known.name), id(roomId)] : [id(roomId)];
}

function id(text) {
    return element('span', 'note id', text);
}

function row(key, ...cells) {
    return { ...element('tr', '', ...cells.map((cell) => element('td', '', ...cell))), key };
}

function element(tag, className, ...content) {
    return { tag, className, content };
}

/** A text by somebody, in the direction of its own script. */
function people(text) {
    return { ...element('bdi', '', text ?? ''), dir: 'auto' };
}

function note(...content) {
    return element('span', 'note', ...content);
}

/** A time of the sandbox's day as hours, minutes and seconds, any other with its day. */
function time(text) {
    const today = text.slice(0, 10) === state.now.slice(0, 10);
    const shown = today ? text.slice(11, 19) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
    return { ...element('time', '', shown), dateTime: text };
}

function minute(text) {
    return { ...element('time', '', `${text.slice(0, 10)} ${text.slice(11, 16)}`), dateTime: text };
}

/** Makes what is in a node what the list says, and touches nothing that is so already. */
function patch(parent, list) {
    const wanted = new Map();
    list.forEach((one, index) => {
        let key = `${one.tag ?? 'text'} ${one.key ?? index}`;
        while (wanted.has(key)) key += "'";
        wanted.set(key, one);
    });
    const old = new Map();
    for (const node of [...parent.childNodes]) {
        if (wanted.has(node.patchKey)) old.set(node.patchKey, node);
        else node.remove();
    }
    let next = parent.firstChild;
    for (const [key, one] of wanted) {
        const made = () => (one.tag ? document.createElement(one.tag) : document.createTextNode(''));
        const node = old.get(key) ?? made();
        node.patchKey = key;
        if (node === next) next = next.nextSibling;
        else parent.insertBefore(node, next);
        if (!one.tag) {
            if (node.data !== one) node.data = one;
            continue;
        }
        for (const name of ['className', 'dir', 'dateTime']) {
            if (one[name] !== undefined && node[name] !== one[name]) node[name] = one[name];
        }
        patch(node, one.content);
    }
}

document.addEventListener('visibilitychange', connect);
connect();
setInterval(() => isLive && tick(), 1000);
