// The page of the application server, in Chromium.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';

import { Sandbox } from '../signalling/sandbox.mjs';
import { Page } from './page.mjs';
import { Server } from './server.mjs';
import { AWAY, Profile, eventually, isAccessible, launch, secrets } from './tab.mjs';

const ARABIC = 'ليلى حداد';
const EMOJI = '👩🏽‍🚀 Zoë Ökonomou';

describe('the page', { timeout: 120_000 }, () => {
    let browser, server, room, profile;
    const page = () => Page.open(profile, server);
    const newToken = async () => {
        const token = await server.token(room, 'Asha Rao', 'participant');
        profile.tokens.add(token);
        return token;
    };

    before(async () => {
        browser = await launch();
        server = await Server.start();
    });
    after(async () => {
        await browser.close();
        await server.stop();
    });

    /** A test with a room and a profile of its own, which has left nothing behind. */
    const shows = (what, test, { settings, expected } = {}) =>
        it(what, async () => {
            profile = await Profile.open(browser, settings);
            await server.sandbox.control('reset', {});
            room = await server.room('Desk');
            await test();
            assert.ok(profile.urls.length > 0);
            const { tokens } = profile;
            await profile.close(expected);
            for (const secret of [...tokens].flatMap(secrets)) assert.ok(!server.log.includes(secret));
        });

    shows('who is in a room, in each role, and what happens there', async () => {
        const [first, second, third] = await Promise.all([page(), page(), page()]);
        await first.join(room, 'Asha Rao', 'moderator');
        await first.sees('Asha Rao you, moderator');
        await first.hears('The session in Desk has begun');
        await second.join(room, ARABIC, 'participant');
        await third.join(room, EMOJI, 'viewer');
        await first.sees('Asha Rao you, moderator', `${ARABIC} participant`, `${EMOJI} viewer`);
        await second.sees('Asha Rao moderator', `${ARABIC} you, participant`, `${EMOJI} viewer`);
        await third.sees('Asha Rao moderator', `${ARABIC} participant`, `${EMOJI} you, viewer`);
        assert.equal(profile.tokens.size, 3);
        await isAccessible(first.tab);

        await second.leave();
        await first.sees('Asha Rao you, moderator', `${EMOJI} viewer`);
        await second.tab.getByRole('heading', { name: 'Join a room' }).waitFor();
        // Who closes a tab has left, too.
        await third.tab.close();
        await first.sees('Asha Rao you, moderator');
        await first.leave();
        for (const one of [first, second]) await one.hears('The session in Desk has ended');
    });

    shows('rooms of one name by their owners', async () => {
        await server.call('/api/create-room/', { name: 'Desk', owner_ref: 'team-8' });
        const one = await page();
        const options = one.tab.getByLabel('Room', { exact: true }).locator('option');
        await eventually(async () => {
            assert.deepEqual(await options.allTextContents(), ['Desk (Desk)', 'Desk (team-8)', 'A new room']);
        });
    });

    shows('two people with one name', async () => {
        const [first, second] = await Promise.all([page(), page()]);
        await first.join(room, 'Asha Rao', 'participant');
        await second.join(room, 'Asha Rao', 'participant');
        await first.sees('Asha Rao you, participant', 'Asha Rao participant');
        await second.sees('Asha Rao participant', 'Asha Rao you, participant');
    });

    shows('that a room is full, until somebody has left', async () => {
        room = await server.room('Small', { participants: '1' });
        const [first, second] = await Promise.all([page(), page()]);
        await first.join(room, 'Asha Rao', 'participant');
        await second.submit(room, 'Bo Li', 'participant');
        await second.isTold('The room is full. Try again when somebody has left');
        await isAccessible(second.tab);
        await first.leave();
        await first.hears('The session in Small has ended');
        await second.joinButton.click();
        await second.isInside();
    });

    shows('that a room filled up after the token was issued', async () => {
        room = await server.room('Small', { participants: '1' });
        const late = await newToken();
        const [first, second] = await Promise.all([page(), page()]);
        await first.join(room, 'Asha Rao', 'participant');
        await second.submitToken(late);
        await second.isTold('The room is full.');
    });

    shows('that a token has expired', async () => {
        const token = await newToken();
        await server.sandbox.control('clock', { advance_s: 15 * 60 });
        const one = await page();
        await one.submitToken(token);
        await one.isTold('This token has expired: it is good for 15 minutes.');
        assert.equal(await one.againButton.isVisible(), false);
        await one.join(room, 'Asha Rao', 'viewer');
    });

    shows('that a token lets one tab in', async () => {
        const token = await newToken();
        const [first, second] = await Promise.all([page(), page()]);
        await first.submitToken(token);
        await first.isInside();
        await second.submitToken(token);
        await second.isTold('This token was used before: a token lets one person in once.');
        await first.sees('Asha Rao you, participant');
    });

    shows('that a token is none', async () => {
        const one = await page();
        const json = (value) => Buffer.from(JSON.stringify(value)).toString('base64');
        for (const text of [
            'nonsense',
            'ÿ',
            'e30=',
            json({ host: 'a b' }),
            json(['x']),
            `Bearer ${await newToken()}`,
            (await newToken()).slice(4),
        ]) {
            await one.submitToken(text);
            await one.isTold('This is not a token. Copy the whole of it');
            assert.equal(await one.tab.getByLabel('Token', { exact: true }).inputValue(), '');
        }
        const unknown = json({
            ...JSON.parse(Buffer.from(await newToken(), 'base64')),
            tokenId: '5f0000000000000000000000',
        });
        await one.submitToken(unknown);
        await one.isTold('This token is not known, or its room does not exist any more.');
        await one.submitToken('');
        await one.tab.getByText('Enter a token.').waitFor();
        await one.join(room, 'Asha Rao', 'moderator');
    });

    shows('that a sandbox speaks like none', async () => {
        const one = await page();
        let answers;
        await one.tab.routeWebSocket(/socket\.io/, (socket) => {
            socket.onMessage((packet) => answers[packet.slice(0, 2)]?.forEach((answer) => socket.send(answer)));
            socket.send('0{"pingInterval": 25000, "pingTimeout": 20000}');
        });
        for (const words of [
            '42["room-connected", {}]',
            '42["room-connected"',
            '430[]',
            '41',
            '42["room-disconnected"]',
        ]) {
            answers = { 40: ['40{}'], 42: [words] };
            await one.submit(room, 'Asha Rao', 'participant');
            await one.isTold('The sandbox does not respond.');
        }
        answers = { 40: ['40{}'], 42: ['430["success", {"result": 7, "msg": {}}]'] };
        await one.submit(room, 'Asha Rao', 'participant');
        await one.isTold('You were not let in.');
    });

    shows('when a room opens', async () => {
        const { now } = await server.sandbox.control('clock', { advance_s: 0 });
        const start = new Date(Date.parse(now) + 2 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
        room = await server.room('Later', { scheduled: true, scheduled_time: start, duration: '30' });
        const one = await page();
        await one.submit(room, 'Asha Rao', 'participant');
        await one.isTold(
            /^The room is not open yet. It opens at .*, in about (105|106|2) (minutes|hours)\. Try again then\.$/,
        );
    });

    shows('events of EnableX as they arrive', async () => {
        const one = await page();
        const base = { app_id: 'sandbox-app-id', room_id: room, conf_num: '42' };
        await server.webhook({ ...base, type: 'recording', trans_date: '1700000000', recording: [] });
        await one.hears('Recordings of Desk are ready');
        await server.webhook({ ...base, type: 'a-new-kind', trans_date: '1700000001' });
        await one.hears('a-new-kind: Desk');
        // The same once more is no news.
        await server.webhook({ ...base, type: 'a-new-kind', trans_date: '1700000001' });
        await server.webhook({ ...base, type: 'transcoded', trans_date: '1700000002' });
        await one.hears('A video of Desk is ready');
        assert.equal(await one.events.getByText('a-new-kind').count(), 1);
        for (let number = 0; number < 120; number += 1)
            await server.webhook({ ...base, type: `kind-${number}` });
        await one.hears('kind-119: Desk');
        assert.equal(await one.events.getByRole('listitem').count(), 100);
        await isAccessible(one.tab);
    });

    shows('that the room is gone while one is in it', async () => {
        const one = await page();
        await one.join(room, 'Asha Rao', 'moderator');
        await server.sandbox.control('reset', {});
        await one.isTold('You are no longer in Desk: the room does not exist any more. Choose another one.');
        assert.equal(await one.tab.getByLabel('Your name').inputValue(), 'Asha Rao');
        await one.tab.getByLabel('Room', { exact: true }).selectOption({ label: 'A new room' });
        await one.tab.getByLabel('Name of the new room').fill('Another');
        assert.equal(await one.againButton.isVisible(), false);
        await one.joinButton.click();
        await one.isInside();
    });

    // A browser has six connections to a server.
    shows('what happens in each of ten tabs', async () => {
        const tabs = [];
        for (let number = 0; number < 10; number += 1) tabs.push(await page());
        await tabs[9].join(room, 'Asha Rao', 'participant');
        for (const one of tabs) await one.hears('The session in Desk has begun');
        await tabs[9].tab.close();
        await tabs[0].tab.close();
        for (const one of tabs.slice(1, 9)) await one.hears('The session in Desk has ended');
    });

    shows(
        'names of any length and script, as they are',
        async () => {
            const names = ['x'.repeat(200), 'שלום '.repeat(40).trim(), '<img src=x onerror=alert(1)>'];
            const tabs = [];
            for (const name of names) {
                const one = await page();
                await one.join(room, name, 'participant');
                tabs.push(one);
            }
            await tabs[0].sees(
                `${names[0]} you, participant`,
                ...names.slice(1).map((name) => `${name} participant`),
            );
            for (const { tab } of tabs) await isAccessible(tab);
            const long = await page();
            await long.fill(room, 'x'.repeat(300), 'viewer');
            await long.joinButton.click();
            await long.tab.getByText('must have at most 256 characters').waitFor();
            assert.equal(await long.tab.getByLabel('Your name').getAttribute('aria-invalid'), 'true');
        },
        { settings: { viewport: { width: 320, height: 600 }, colorScheme: 'dark' } },
    );

    shows('a way in by keyboard', async () => {
        const { tab } = await page();
        await tab.getByRole('option', { name: 'Desk' }).first().waitFor({ state: 'attached' });
        await tab.getByLabel('Room', { exact: true }).focus();
        await tab.keyboard.type('Desk');
        for (const label of ['Refresh the list', 'Your name']) {
            await tab.keyboard.press('Tab');
            const focused = tab.locator(':focus');
            const name = await focused.evaluate(
                (element) => element.labels[0]?.textContent ?? element.textContent,
            );
            assert.equal(name, label);
        }
        await tab.keyboard.type('Asha Rao');
        await tab.keyboard.press('Enter');
        await tab.getByRole('heading', { name: /^You are in/ }).waitFor();
        assert.match(await tab.locator(':focus').innerText(), /^You are in/);
        await tab.keyboard.press('Tab');
        await tab.keyboard.press('Enter');
        await tab.getByRole('heading', { name: 'Join a room' }).waitFor();
        assert.equal(await tab.locator(':focus').innerText(), 'Join a room');
    });

    for (const [width, colorScheme] of [
        [1024, 'light'],
        [1024, 'dark'],
        [360, 'light'],
        [360, 'dark'],
    ]) {
        shows(
            `itself well, ${width} pixels wide and ${colorScheme}`,
            async () => {
                const [one, other] = await Promise.all([page(), page()]);
                await isAccessible(one.tab);
                await one.submitToken('nonsense');
                await one.alert.filter({ hasText: 'not a token' }).waitFor();
                await isAccessible(one.tab);
                await one.join(room, 'Asha Rao', 'moderator');
                await other.join(room, 'Bo Li', 'participant');
                await one.sees('Asha Rao you, moderator', 'Bo Li participant');
                await one.hears('The session in Desk has begun');
                await isAccessible(one.tab);
                await one.tab.screenshot({
                    path: `screenshots/page-${width}-${colorScheme}.png`,
                });
            },
            { settings: { viewport: { width, height: 480 }, colorScheme } },
        );
    }

    shows(
        'that the server is away, and that it is back',
        async () => {
            const one = await page();
            await one.join(room, 'Asha Rao', 'moderator');
            await server.stop();
            await one.isTold('The connection to Desk was lost');
            await one.status.filter({ hasText: 'The server does not respond. Trying again …' }).waitFor();
            await one.againButton.click();
            await one.isTold('The server does not respond. Nothing is lost');
            await isAccessible(one.tab);
            server = await server.again();
            await one.status.filter({ hasText: 'The server responds again.' }).waitFor();
            await one.alert.waitFor({ state: 'hidden' });
            assert.equal(await one.tab.getByLabel('Your name').inputValue(), 'Asha Rao');
            room = await server.room('After');
            await one.join(room, 'Asha Rao', 'moderator');
            await one.hears('The session in After has begun');
        },
        { expected: AWAY },
    );
});

describe('the page on a sandbox of its own', { timeout: 60_000 }, () => {
    it('wants a key of moderators, and outlives the sandbox', async () => {
        let sandbox = await Sandbox.start();
        const env = {
            ENABLEX_APP_ID: 'sandbox-app-id',
            ENABLEX_APP_KEY: 'sandbox-app-key',
            ENABLEX_BASE_URL: new URL('/video/v2', sandbox.url).href,
        };
        const server = await Server.start(['--moderator-key', 'key-4711'], env);
        const browser = await launch();
        const profile = await Profile.open(browser);
        let room = await sandbox.room();
        const one = await Page.open(profile, server);
        await one.submit(room, 'Asha Rao', 'moderator');
        await one.tab.getByText('Enter the moderator key').waitFor();
        const key = one.tab.getByLabel('Moderator key');
        await key.fill('key-4712');
        await one.joinButton.click();
        await one.tab.getByText('This is not the moderator key.').waitFor();
        await key.fill('key-4711');
        await one.joinButton.click();
        await one.isInside();

        // A room with somebody in it cannot be deleted; an empty one can.
        assert.equal((await sandbox.call('DELETE', `/rooms/${room}`)).status, 409);
        await one.sees('Asha Rao you, moderator');
        await one.leave();
        assert.equal((await sandbox.call('DELETE', `/rooms/${room}`)).status, 200);
        await one.joinButton.click();
        await one.isTold('This room does not exist any more. Choose another one.');

        room = await sandbox.room();
        await one.join(room, 'Asha Rao', 'participant');
        await sandbox.stop();
        await one.isTold('The connection to Desk was lost');
        sandbox = await Sandbox.start('--port', sandbox.url.port);
        room = await sandbox.room();
        await one.join(room, 'Asha Rao', 'participant');
        await profile.close(AWAY);
        await browser.close();
        await Promise.all([server, sandbox].map((one) => one.stop()));
    });
});

describe('the page with an SDK', { timeout: 60_000 }, () => {
    /** Does what the page needs of EnableX's SDK. It keeps what it was called with. */
    const SDK = `window.EnxRtc = {
        Logger: { setLogLevel() {} },
        joinRoom(token, options, answered) {
            window.joinedWith = token.length;
            const room = {
                roomID: 'r', clientId: 'c', disconnect() {}, subscribe() {},
                userList: new Map([['c', { name: 'Asha Rao', role: 'viewer' }]]),
                addEventListener() {},
            };
            setTimeout(() => answered({ room, streams: [], roomData: { name: 'Desk' } }));
            return { play() {} };
        },
    };`;

    it('joins by it', async () => {
        const source = createServer((_, response) =>
            response.setHeader('content-type', 'text/javascript').end(SDK),
        );
        await new Promise((resolve) => source.listen(0, '127.0.0.1', resolve));
        const server = await Server.start(['--sdk-url', `http://127.0.0.1:${source.address().port}/EnxRtc.js`]);
        const browser = await launch();
        const profile = await Profile.open(browser);
        const room = await server.room('Desk');
        const one = await Page.open(profile, server);
        await one.join(room, 'Asha Rao', 'viewer');
        await one.sees('Asha Rao you, viewer');
        const [token] = profile.tokens;
        assert.equal(await one.tab.evaluate(() => window.joinedWith), token.length);
        await profile.close();
        await browser.close();
        await server.stop();
        source.close();
    });
});
