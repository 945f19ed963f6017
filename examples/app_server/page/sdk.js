// Joins a room by EnableX's browser SDK, with media.

import { Failure } from './server.js';
import { decoded } from './token.js';

/** How long the SDK may take to let somebody in. */
const PATIENCE = 30_000;
const PLAYER = { player: { width: '100%', height: '100%' }, toolbar: { displayMode: false }, resizer: false };
let loading;

/** Loads the SDK, again after a failure. */
export function load(url) {
    loading ??= new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.onload = () => (window.EnxRtc ? resolve() : script.onerror());
        script.onerror = () => {
            loading = null;
            reject(new Failure('no_sdk'));
        };
        script.src = url;
        document.head.append(script);
    });
    return loading;
}

/** Does what `join` of `signalling.js` does. */
export async function join(token, told, url, isViewer) {
    decoded(token);
    await load(url);
    const { EnxRtc } = window;
    // It would log the token.
    EnxRtc.Logger.setLogLevel(5);
    const publishes = !isViewer && (await mayCapture());
    let [own, isInside, isOver] = [null, false, false];
    return new Promise((resolve, reject) => {
        const release = (room) => {
            isOver = true;
            clearTimeout(watch);
            room?.disconnect();
            own?.stream?.getTracks().forEach((track) => track.stop());
        };
        const over = (failure, room) => {
            if (isOver) return;
            release(room);
            if (isInside) told.ended(failure.reason);
            else reject(failure);
        };
        const watch = setTimeout(() => over(new Failure('no_service')), PATIENCE);
        const options = { audio: publishes, video: publishes, data: true };
        const answered = (success, error) => {
            // What fails later, such as a publication, ends nothing.
            const room = success?.room;
            if (isOver) room?.disconnect();
            if (isInside || isOver) return;
            if (error || !room) {
                const [number, words] = [error?.error ?? error?.result, error?.message ?? error?.msg ?? ''];
                const detail = String(words).replaceAll(token, '…');
                return over(new Failure(number === 4117 ? 'used' : 'refused', { detail }), room);
            }
            clearTimeout(watch);
            isInside = true;
            const user = (id, { name, role }) => ({ id, name, role });
            room.addEventListener('user-connected', (event) => isOver || told.came(user(event.clientId, event)));
            room.addEventListener('user-disconnected', (event) => isOver || told.went(user(event.clientId, event)));
            room.addEventListener('room-disconnected', () => over(new Failure('closed')));
            // The SDK begins to connect again after it has told this, and may succeed.
            room.addEventListener('network-disconnected', () => setTimeout(() => over(new Failure('lost'), room)));
            room.addEventListener('network-reconnected', () => release(room));
            room.addEventListener('active-talkers-updated', ({ message }) => show(room, message?.activeList ?? []));
            success.streams?.forEach((stream) => room.subscribe(stream));
            if (publishes) own?.play('media-own', PLAYER);
            resolve(
                told.entered({
                    room: { id: room.roomID, name: success.roomData?.name },
                    id: room.clientId,
                    users: Array.from(room.userList, ([id, other]) => user(id, other)),
                    leave: () => release(room),
                }),
            );
        };
        document.querySelectorAll('#media > div').forEach((players) => players.replaceChildren());
        own = EnxRtc.joinRoom(token, options, answered);
    });
}

/** Without camera and microphone the SDK would not join at all. */
async function mayCapture() {
    try {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
        stream.getTracks().forEach((track) => track.stop());
        return true;
    } catch {
        return false;
    }
}

/** Shows those who talk. */
function show(room, talkers) {
    const players = talkers.map(({ streamId }) => {
        const player = document.createElement('div');
        player.id = `media-${streamId}`;
        return player;
    });
    document.querySelector('#media-others').replaceChildren(...players);
    talkers.forEach(({ streamId }) => room.remoteStreams.get(streamId)?.play(`media-${streamId}`, PLAYER));
}
