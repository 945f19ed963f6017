// A socket.io client that does what EnableX's browser SDK does with a token.

import { once } from 'node:events';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The client of each generation, and the path that the SDK built on it uses. */
export const GENERATIONS = [
    { name: 'socket.io 2 (Engine.IO 3)', io: require('socket.io-client-2'), options: {} },
    { name: 'socket.io 4 (Engine.IO 4)', io: require('socket.io-client-4').io, options: { path: '/v3/socket.io/' } },
];

export class Client {
    constructor({ io, options }, sandbox) {
        const scheme = sandbox.url.protocol === 'https:' ? 'wss' : 'ws';
        const settings = { transports: ['websocket'], forceNew: true, reconnection: false, ca: sandbox.ca, ...options };
        this.socket = io(`${scheme}://${sandbox.url.host}`, settings);
        this.socket.on('connect_error', (error) => {
            throw error;
        });
        /** The events about the session, in their order. */
        this.events = [];
        this.waiting = [];
        for (const event of ['room-connected', 'user-connected', 'user-disconnected', 'room-disconnected']) {
            this.socket.on(event, (payload) => {
                this.events.push([event, payload]);
                this.waiting.splice(0).forEach((resume) => resume());
            });
        }
    }

    async connected() {
        if (!this.socket.connected) await new Promise((resolve) => this.socket.once('connect', resolve));
    }

    /** Emits an event. Returns the arguments of its acknowledgement. */
    emit(event, ...payload) {
        return new Promise((resolve) => this.socket.emit(event, ...payload, (...answer) => resolve(answer)));
    }

    /** Sends a decoded token, to which the SDK adds keys. */
    async send(token) {
        const [word, answer] = await this.emit('token', { ...token.decoded, version: '2.3.18', hostType: 'chrome-stable' });
        return word === 'success' ? answer : { word, answer };
    }

    /** Joins, and returns the payload of `room-connected`. */
    async join(token) {
        const answer = await this.send(token);
        if (answer.result !== 0) throw new Error(JSON.stringify(answer));
        const connected = await this.event('room-connected');
        if (connected.clientId !== answer.clientId) throw new Error('another client id');
        return connected;
    }

    /** Waits for an event, and takes it out of the list. */
    async event(name) {
        for (;;) {
            const at = this.events.findIndex(([event]) => event === name);
            if (at >= 0) return this.events.splice(at, 1)[0][1];
            await new Promise((resolve) => this.waiting.push(resolve));
        }
    }

    async close() {
        if (!this.socket.connected) return;
        const closed = once(this.socket, 'disconnect').catch(() => {});
        this.socket.close();
        await closed;
    }
}
