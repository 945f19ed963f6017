// The sandbox example as a process, with a client of its API and controls.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';

const AUTH = 'sandbox-app-id:sandbox-app-key';

export class Sandbox {
    /** Starts the program with options. */
    static async start(...options) {
        const child = spawn(process.env.SANDBOX, options, { stdio: ['ignore', 'pipe', 'inherit'] });
        process.on('exit', () => child.kill());
        const lines = createInterface({ input: child.stdout });
        const [url] = await once(lines, 'line');
        const sandbox = new Sandbox(child, new URL(url));
        if (options.includes('--tls')) {
            // The certificate is printed, too; until it is known nothing can be verified.
            sandbox.ca = (await sandbox.request('GET', '/_sandbox/ca.pem', null, { rejectUnauthorized: false })).text;
        }
        return sandbox;
    }

    constructor(child, url) {
        this.child = child;
        this.url = url;
    }

    async stop() {
        this.child.kill();
        await once(this.child, 'exit');
    }

    /** The memory of the process, in bytes. */
    async memory() {
        const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
        return Number(status.match(/VmRSS:\s+(\d+) kB/)[1]) * 1024;
    }

    request(method, path, body, options = {}) {
        const { request } = this.url.protocol === 'https:' ? https : http;
        const headers = { 'content-type': 'application/json' };
        return new Promise((resolve, reject) => {
            const settings = { method, headers, auth: AUTH, ca: this.ca, agent: false, ...options };
            const sent = request(new URL(path, this.url), settings, (response) => {
                let text = '';
                response.on('data', (chunk) => (text += chunk));
                response.on('end', () => resolve({ status: response.statusCode, text }));
            });
            sent.on('error', reject);
            sent.end(body === null ? undefined : JSON.stringify(body));
        });
    }

    /** Calls the API below its base URL. */
    async call(method, path, body = null) {
        const { status, text } = await this.request(method, `/video/v2${path}`, body);
        return { ...JSON.parse(text), status };
    }

    async control(name, body) {
        const { status, text } = await this.request('POST', `/_sandbox/${name}`, body);
        return { ...JSON.parse(text), status };
    }

    async room(settings = {}) {
        return (await this.call('POST', '/rooms', { name: 'Desk', owner_ref: 'team-7', settings })).room.room_id;
    }

    /** A token as the browser SDK has it: its text, and what the SDK decodes it to. */
    async token(room, role, name = 'Asha Rao') {
        const { token } = await this.call('POST', `/rooms/${room}/tokens`, { name, role, user_ref: name });
        return { text: token, decoded: JSON.parse(Buffer.from(token, 'base64')) };
    }
}
