// What happens in the rooms, as the server tells it.

/** Calls `told.event` for each event after the one with this id, `told.lost` when the server does not respond, and
 *  `told.back` when it does. A browser has six connections to a server, so one stream serves all tabs, in a worker that
 *  they share. Where there is none (Chrome on Android), a tab has a stream of its own. */
export function listen(after, told) {
    const tell = ({ what, event }) => told[what](event);
    if (!window.SharedWorker) return open(after, tell);
    const worker = new SharedWorker('worker.js', { type: 'module' });
    worker.onerror = () => open(after, tell);
    const { port } = worker;
    port.onmessage = ({ data }) => tell(data);
    port.postMessage(after);
}

/** Longer than twice the server's keep-alive, in milliseconds. */
const SILENCE = 40_000;

/** Opens a stream. What it tells is `{what: 'event', id, event}`, `{what: 'lost'}` or `{what: 'back'}`. */
export function open(after, tell) {
    const source = new EventSource(`api/events?after=${encodeURIComponent(after)}`);
    let watch;
    const again = (time) => {
        clearTimeout(watch);
        watch = setTimeout(() => {
            source.close();
            tell({ what: 'lost' });
            open(after, tell);
        }, time);
    };
    again(SILENCE);
    source.onopen = () => tell({ what: 'back' });
    source.addEventListener('alive', () => again(SILENCE));
    source.onmessage = ({ data, lastEventId: id }) => {
        again(SILENCE);
        after = id;
        tell({ what: 'event', id, event: JSON.parse(data) });
    };
    source.onerror = () => {
        tell({ what: 'lost' });
        // After another status than 200 a browser gives up.
        if (source.readyState === EventSource.CLOSED) again(3000);
    };
}
