// Joins a room of the sandbox: socket.io over a plain WebSocket, without a library. There is no media.

import { Failure } from './server.js';
import { decoded } from './token.js';

/** How long the sandbox may take to let somebody in. */
const PATIENCE = 10_000;
/** The numbers that the sandbox refuses a token with. */
const REASONS = { __proto__: null, 4117: 'used', 9001: 'expired', 9002: 'room_full', 9003: 'unknown', 9004: 'no_token' };

/** Tells `{room, id, users, leave}` once in the room (`told.entered`), then who comes (`came`) and goes (`went`), and
 *  why it ends (`ended`), unless that is by `leave`. */
export async function join(token, told) {
    const sent = decoded(token);
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${sent.host}/v3/socket.io/?EIO=4&transport=websocket`);
    const text = (value) => (typeof value === 'string' ? value : undefined);
    const user = ({ clientId, name, role }) => ({ id: text(clientId), name: text(name), role: text(role) });
    let [isInside, isOver, silence, watch] = [false, false, PATIENCE, null];
    return new Promise((resolve, reject) => {
        const lost = () => new Failure(isInside ? 'lost' : 'no_sandbox');
        const end = (failure = lost()) => {
            clearTimeout(watch);
            socket.close();
            if (isOver) return;
            isOver = true;
            if (isInside) told.ended(failure.reason);
            else reject(failure);
        };
        const wait = () => {
            clearTimeout(watch);
            watch = setTimeout(() => end(), silence);
        };
        const leave = () => {
            isOver = true;
            if (socket.readyState === WebSocket.OPEN) socket.send('41');
            end();
        };
        const events = {
            __proto__: null,
            'room-connected': ({ id, clientId, room, userList }) => {
                if (isInside) return;
                told.entered({ room: { id, name: text(room.name) }, id: clientId, users: userList.map(user), leave });
                isInside = true;
                resolve();
            },
            'user-connected': (other) => told.came(user(other)),
            'user-disconnected': (other) => told.went(user(other)),
            'room-disconnected': () => end(isInside ? new Failure('closed') : lost()),
        };
        socket.onclose = () => end();
        const take = (data) => {
            const [, type, json] = /^(\d+)(.*)$/s.exec(data) ?? [];
            if (type === '0') {
                const { pingInterval, pingTimeout } = JSON.parse(json);
                silence = pingInterval + pingTimeout;
                socket.send('40');
            } else if (type === '2') socket.send('3');
            else if (type === '40') socket.send(`420${JSON.stringify(['token', sent])}`);
            else if (type === '41') events['room-disconnected']();
            else if (type === '430') {
                const { result, msg } = JSON.parse(json)[1];
                if (result !== 0) end(new Failure(REASONS[result] ?? 'refused', { detail: text(msg) ?? '' }));
            } else if (type === '42') {
                const [name, payload] = JSON.parse(json);
                events[name]?.(payload);
            }
        };
        socket.onmessage = ({ data }) => {
            try {
                take(data);
            } catch {
                // No sandbox speaks like this.
                end();
            }
            // Whoever is not let in in time is not waiting for ever, whatever comes.
            if (isInside && !isOver) wait();
        };
        wait();
    });
}
