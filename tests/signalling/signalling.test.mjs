// Real socket.io clients of both generations against the sandbox, plain and over TLS.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Client, GENERATIONS } from './client.mjs';
import { Sandbox } from './sandbox.mjs';

/** Waits for what follows the end of a connection, which no client sees. */
async function eventually(check) {
    for (let left = 200; ; left -= 1) {
        try {
            return await check();
        } catch (error) {
            if (left === 0) throw error;
            await new Promise((resolve) => setTimeout(resolve, 10));
        }
    }
}

const MEGABYTE = 1024 * 1024;

describe('a thousand idle connections', { timeout: 60_000 }, () => {
    it('leave room for others', async () => {
        const sandbox = await Sandbox.start('--strict');
        const idle = [];
        const before = await sandbox.memory();
        for (let number = 0; number < 1000; number += 1) {
            const one = new Client(GENERATIONS[number % 2], sandbox);
            await one.connected();
            idle.push(one);
        }
        // 100 kB each, which is several times what they take.
        assert.ok((await sandbox.memory()) - before < 100 * MEGABYTE);
        const room = await sandbox.room();
        const one = new Client(GENERATIONS[1], sandbox);
        await one.join(await sandbox.token(room, 'moderator'));
        assert.equal((await sandbox.call('GET', `/rooms/${room}/users`)).total, 1);
        await Promise.all([one, ...idle].map((client) => client.close()));
        await sandbox.stop();
    });
});

for (const options of [['--strict'], ['--strict', '--tls']]) {
    for (const generation of GENERATIONS) {
        describe(`${generation.name}, ${options.includes('--tls') ? 'wss' : 'ws'}`, { timeout: 20_000 }, () => {
            let sandbox;
            const clients = [];
            const client = () => {
                clients.push(new Client(generation, sandbox));
                return clients.at(-1);
            };
            const usersAre = (room, ...names) =>
                eventually(async () => {
                    const { users } = await sandbox.call('GET', `/rooms/${room}/users`);
                    assert.deepEqual(users.map((user) => user.name), names);
                });

            before(async () => (sandbox = await Sandbox.start(...options)));
            after(async () => {
                await Promise.all(clients.map((one) => one.close()));
                await sandbox.stop();
            });

            it('admits each role', async () => {
                const room = await sandbox.room({ quality: 'HD', max_active_talkers: 4, audiences: '10' });
                for (const role of ['moderator', 'participant', 'viewer', 'audience']) {
                    const one = client();
                    const connected = await one.join(await sandbox.token(room, role, `a ${role} Ωλ`));
                    assert.equal(connected.id, room);
                    assert.equal(connected.room.settings.quality, 'HD');
                    assert.equal(connected.room.settings.mode, 'group');
                    assert.equal(typeof connected.videoBitrateQualityMap, 'object');
                    const { name, user_ref, permissions } = connected.user;
                    assert.deepEqual([name, user_ref, connected.user.role], [`a ${role} Ωλ`, `a ${role} Ωλ`, role]);
                    const publishes = ['moderator', 'participant'].includes(role);
                    assert.equal(permissions.publish, publishes);

                    const [published] = await one.emit('publish', { audio: true, video: true }, null);
                    assert.equal(published.result, publishes ? 0 : 1160);
                    assert.equal('id' in published, publishes);
                    assert.deepEqual(await one.emit('getMaxNumberOfTalker'), [{ result: 0, maxTalkers: 4 }]);
                    assert.equal((await one.emit('logClientEvents', { eventType: 'clientConnSuccess' }))[0].result, 0);
                    await one.close();
                }
            });

            it('tells two users of each other', async () => {
                const room = await sandbox.room();
                const [one, other] = [client(), client()];
                const first = await one.join(await sandbox.token(room, 'moderator', 'Asha'));
                const second = await other.join(await sandbox.token(room, 'participant', 'Li Na'));
                assert.deepEqual(second.userList.map(({ clientId }) => clientId), [first.clientId, second.clientId]);
                const came = await one.event('user-connected');
                assert.deepEqual([came.name, came.role, came.clientId], ['Li Na', 'participant', second.clientId]);
                await usersAre(room, 'Asha', 'Li Na');

                await other.close();
                const gone = await one.event('user-disconnected');
                assert.deepEqual([gone.name, gone.role, gone.clientId], ['Li Na', 'participant', second.clientId]);
                await usersAre(room, 'Asha');
                assert.deepEqual(one.events, [], 'nobody is told of oneself, nor twice');
            });

            it('has the same sessions as the controls', async () => {
                const room = await sandbox.room({ auto_recording: true });
                const one = client();
                const { clientId } = await one.join(await sandbox.token(room, 'moderator', 'Asha'));
                const { text } = await sandbox.token(room, 'participant', 'Li Na');
                const { session_user_id } = await sandbox.control('join', { token: text });
                assert.equal((await one.event('user-connected')).clientId, session_user_id);
                await sandbox.control('leave', { session_user_id });
                await one.event('user-disconnected');

                assert.equal((await sandbox.control('leave', { session_user_id: clientId })).status, 200);
                await one.event('room-disconnected');
                await eventually(() => assert.equal(one.socket.connected, false));
                const { cdr } = await sandbox.call('GET', `/cdr/room/${room}`);
                assert.deepEqual(cdr.map((row) => row.user.name), ['Li Na', 'Asha']);
                assert.equal((await sandbox.call('GET', `/archive/room/${room}`)).archive.length, 1);
            });

            it('refuses whom the rooms refuse', async () => {
                const room = await sandbox.room({ participants: '1' });
                const [first, second, third] = [
                    await sandbox.token(room, 'participant', 'first'),
                    await sandbox.token(room, 'participant', 'second'),
                    await sandbox.token(room, 'moderator', 'third'),
                ];
                const one = client();
                await one.join(first);
                const used = await client().send(first);
                assert.equal(used.result, 4117);
                assert.match(used.msg, /used/);
                const waiting = client();
                const full = await waiting.send(second);
                assert.match(full.msg, /full/);
                await one.close();
                await usersAre(room);
                await waiting.join(second);

                await sandbox.control('clock', { advance_s: 15 * 60 });
                const expired = await client().send(third);
                assert.match(expired.msg, /expired/);
                const unknown = await client().send({ decoded: { ...third.decoded, tokenId: 'f'.repeat(24) } });
                assert.match(unknown.msg, /not known/);
                const results = [used, full, expired, unknown].map(({ result }) => result);
                assert.equal(new Set(results).size, 4);
            });

            it('keeps a room while a session is on, and reports it afterwards', async () => {
                const room = await sandbox.room();
                const one = client();
                await one.join(await sandbox.token(room, 'moderator', 'Asha'));
                const refused = await sandbox.call('DELETE', `/rooms/${room}`);
                assert.deepEqual([refused.status, refused.error_code], [409, 'INVALID_PARAM']);
                await one.close();
                await usersAre(room);
                const { cdr } = await sandbox.call('GET', `/cdr/room/${room}`);
                assert.deepEqual(cdr.map(({ user }) => [user.name, user.role]), [['Asha', 'moderator']]);

                const token = await sandbox.token(room, 'viewer');
                assert.equal((await sandbox.call('DELETE', `/rooms/${room}`)).status, 200);
                assert.match((await client().send(token)).msg, /deleted/);
            });

            it('answers events that come too early, too late or are not served', async () => {
                const one = client();
                assert.equal((await one.emit('publish', {}, null))[0].result, 9007);
                assert.equal((await one.send({ decoded: {} })).result, 9004);
                assert.equal((await one.emit('token', 'text'))[1].result, 9004);
                assert.equal((await one.emit('token'))[1].result, 9004);
                await one.join(await sandbox.token(await sandbox.room(), 'moderator'));
                assert.equal((await one.send(await sandbox.token(await sandbox.room(), 'viewer'))).result, 9006);
                assert.equal((await one.emit('startRecord', {}))[0].result, 9008);
                const large = await one.emit('publish', { audio: 'x'.repeat(1024 * 1024) }, null);
                assert.equal(large[0].result, 9005);
                assert.equal((await one.emit('publish', {}, null))[0].result, 0);
            });

            it('ends all connections when it is reset', async () => {
                const one = client();
                await one.join(await sandbox.token(await sandbox.room(), 'moderator'));
                await sandbox.control('reset', null);
                await one.event('room-disconnected');
                await eventually(() => assert.equal(one.socket.connected, false));
            });
        });
    }
}
