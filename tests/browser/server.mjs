// The application server as a process, with its embedded sandbox unless the environment names a service.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { Sandbox } from '../signalling/sandbox.mjs';

export class Server {
    static async start(options = [], env = {}) {
        const settings = { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } };
        const child = spawn(process.env.APP_SERVER, options, settings);
        process.on('exit', () => child.kill());
        const server = new Server();
        server.child = child;
        server.log = '';
        child.stderr.on('data', (text) => (server.log += text));
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        server.url = new URL((await lines.next()).value);
        const second = (await lines.next()).value;
        if (second !== 'on EnableX')
            server.sandbox = new Sandbox(child, new URL(second.replace('on the sandbox at ', '')));
        return server;
    }

    /** The same again, on the same port. */
    again() {
        return Server.start(['--port', this.url.port]);
    }

    async stop() {
        this.child.kill();
        await once(this.child, 'exit');
    }

    /** Calls the server as its page does. */
    async call(path, body) {
        const response = await fetch(new URL(path, this.url), { method: 'POST', body: JSON.stringify(body) });
        return JSON.parse((await response.text()) || '{}');
    }

    /** The id of a room with these settings. */
    async room(name, settings) {
        const { room } = await this.call('/api/create-room/', { name, settings });
        return room.room_id;
    }

    async token(room, name, role) {
        return (await this.call('/api/create-token/', { name, role, roomId: room, user_ref: name })).token;
    }

    /** Tells the server what EnableX would. */
    webhook(event) {
        return this.call('/webhooks', event);
    }
}
