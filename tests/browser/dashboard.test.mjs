// The dashboard of the sandbox, in Chromium.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';

import { Sandbox } from '../signalling/sandbox.mjs';
import { AWAY, Profile, eventually, isAccessible, launch } from './tab.mjs';

/** A tab with the dashboard. */
class Dashboard {
    static async open(profile, sandbox) {
        const tab = await profile.tab(new URL('/_sandbox/', sandbox.url));
        return new Dashboard(tab);
    }

    constructor(tab) {
        this.tab = tab;
        this.status = tab.getByRole('status');
    }

    rows(table) {
        return this.tab.getByRole('table', { name: table }).locator('tbody').getByRole('row');
    }

    /** A table has these rows, each with a text that fits. */
    has(table, ...rows) {
        return eventually(async () => {
            const texts = await this.rows(table).allInnerTexts();
            const count = rows.length;
            assert.equal(texts.length, count, texts.join('\n'));
            texts.forEach((text, index) => assert.match(text.replace(/\s+/g, ' '), rows[index]));
        });
    }
}

describe('the dashboard', { timeout: 60_000 }, () => {
    let browser, sandbox, receiver, profile, dashboard;
    const newToken = async (...user) => {
        const { text } = await sandbox.token(...user);
        profile.tokens.add(text);
        return text;
    };

    before(async () => {
        browser = await launch();
        sandbox = await Sandbox.start();
        const status = (url) => (url === '/gone' ? 410 : 200);
        receiver = createServer(({ url }, response) => response.writeHead(status(url)).end());
        await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    });
    after(async () => {
        receiver.close();
        await browser.close();
        await sandbox.stop();
    });

    const sendWebhooks = (path) =>
        sandbox.control('webhooks', { url: path && `http://127.0.0.1:${receiver.address().port}${path}` });

    /** A test with a sandbox that was reset and a profile of its own, which has left nothing behind. */
    const shows = (what, test, { settings, expected } = {}) =>
        it(what, async () => {
            await sandbox.control('reset', {});
            profile = await Profile.open(browser, settings);
            dashboard = await Dashboard.open(profile, sandbox);
            await dashboard.status.filter({ hasText: 'Live' }).waitFor();
            await test();
            await profile.close(expected);
        });

    shows('rooms and who is in them', async () => {
        await dashboard.has('Rooms');
        const room = await sandbox.room();
        await dashboard.has('Rooms', /Desk.* nobody permanent/);
        const names = ['x'.repeat(200), 'ليلى حداد', '<script>alert(1)</script>'];
        const ids = [];
        for (const name of names) {
            const { session_user_id: id } = await sandbox.control('join', {
                token: await newToken(room, 'participant', name),
            });
            ids.push(id);
        }
        const users = dashboard.rows('Rooms').getByRole('listitem');
        await eventually(async () => assert.equal(await users.count(), 3));
        for (const name of names) await users.getByText(name, { exact: true }).waitFor();
        for (const id of ids) await sandbox.control('leave', { session_user_id: id });
        await dashboard.has('Rooms', /Desk.* nobody permanent/);
        await isAccessible(dashboard.tab);
    });

    shows('tokens, until they are used or expire', async () => {
        const room = await sandbox.room();
        const used = await newToken(room, 'moderator', 'Asha Rao');
        await newToken(room, 'viewer', 'Bo Li');
        await dashboard.has(
            'Tokens',
            /Bo Li unused 1[45]:\d\d viewer Desk/,
            /Asha Rao unused 1[45]:\d\d moderator Desk/,
        );
        const countdown = await dashboard.rows('Tokens').first().innerText();
        await eventually(async () =>
            assert.notEqual(await dashboard.rows('Tokens').first().innerText(), countdown),
        );
        await sandbox.control('join', { token: used });
        await dashboard.has('Tokens', /Bo Li unused/, /Asha Rao used/);
        await sandbox.control('clock', { advance_s: 15 * 60 });
        await dashboard.has('Tokens', /Bo Li expired/, /Asha Rao used/);
    });

    shows('calls, findings, and faults', async () => {
        const room = await sandbox.room();
        await sandbox.call('GET', `/rooms/${room}`);
        await dashboard.has('Calls', / 200 0 getRoomById /, / 200 0 createRoom /);
        await sandbox.call('GET', '/rooms/5f0000000000000000000000');
        await dashboard.has('Calls', / 404 40001 getRoomById /, / 200 0 getRoomById /, / 200 0 createRoom /);

        await sandbox.control('faults', { status: 503, times: 2 });
        await dashboard.has('Faults armed', /status 503.* 2/);
        await sandbox.request('GET', '/video/v2/rooms', null);
        await dashboard.has('Faults armed', /status 503.* 1/);
        await sandbox.request('GET', '/video/v2/rooms', null);
        await dashboard.has('Faults armed');
        await eventually(async () =>
            assert.match(await dashboard.rows('Calls').first().innerText(), /503[^]*fault/),
        );

        await dashboard.has('Findings');
        await sandbox.call('POST', '/rooms', { name: 'Desk', owner_ref: 482913, settings: {} });
        await dashboard.has('Findings', /createRoom owner_ref .* 1$/);
        await sandbox.control('reset', {});
        for (const table of ['Rooms', 'Tokens', 'Calls', 'Findings', 'Faults armed'])
            await dashboard.has(table);
    });

    shows('webhooks, and what came back', async () => {
        await sendWebhooks('/gone');
        const room = await sandbox.room();
        await sandbox.control('join', { token: await newToken(room, 'moderator') });
        await eventually(async () =>
            assert.match(await dashboard.rows('Webhooks').last().innerText(), /session_start[^]*410/),
        );
        await isAccessible(dashboard.tab);
        await sendWebhooks(null);
    });

    for (const [width, colorScheme] of [
        [1280, 'light'],
        [1280, 'dark'],
        [360, 'light'],
        [360, 'dark'],
    ]) {
        shows(
            `itself well, ${width} pixels wide and ${colorScheme}`,
            async () => {
                await isAccessible(dashboard.tab);
                const room = await sandbox.room();
                await sendWebhooks('/webhooks');
                await sandbox.control('join', { token: await newToken(room, 'moderator', 'Asha Rao') });
                await sandbox.control('join', { token: await newToken(room, 'participant', 'ليلى حداد') });
                await newToken(room, 'viewer', 'Bo Li');
                await sandbox.call('POST', '/rooms', {
                    name: 'Lecture',
                    owner_ref: 482913,
                    settings: { adhoc: true },
                });
                await sandbox.call('GET', '/rooms/5f0000000000000000000000');
                await sandbox.control('faults', [{ status: 503 }, { drop: true, times: 2 }]);
                await dashboard.has('Faults armed', /status 503/, /drops the connection/);
                await dashboard.has('Tokens', /Bo Li/, /ليلى/, /Asha/);
                await dashboard.has('Webhooks', /session_start .* 200 1 Desk/);
                await isAccessible(dashboard.tab);
                const path = `screenshots/dashboard-${width}-${colorScheme}.png`;
                await dashboard.tab.screenshot({ path, fullPage: true });
                await sendWebhooks(null);
            },
            { settings: { viewport: { width, height: 900 }, colorScheme } },
        );
    }

    shows(
        'that the sandbox is away, and what it has when it is back',
        async () => {
            await sandbox.room();
            await dashboard.has('Rooms', /Desk/);
            const { port } = sandbox.url;
            await sandbox.stop();
            await dashboard.status
                .filter({ hasText: 'The sandbox does not respond. Trying again …' })
                .waitFor();
            await dashboard.has('Rooms', /Desk/);
            sandbox = await Sandbox.start('--port', port);
            await dashboard.status.filter({ hasText: 'Live' }).waitFor();
            await dashboard.has('Rooms');
            await sandbox.room();
            await dashboard.has('Rooms', /Desk/);
        },
        { expected: AWAY },
    );
});
