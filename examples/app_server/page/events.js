// What happens in the rooms, as the server tells it.

/** A stream that is silent for this time is lost: more than twice the server's keep-alive, in milliseconds. */
const SILENCE = 40_000;
/** A worker that is silent for this time has ended. */
const DEATH = 60_000;

/** Calls `told.event` for each event after the one with this id, `told.lost` when the server does not respond, and
 *  `told.back` when it does. A browser has six connections to a server, so one stream serves all tabs, in a worker that
 *  they share. Where there is none (Chrome on Android), a tab has a stream of its own. */
export function listen(after, told) {
    const tell = ({ what, id, event }) => {
        after = id ?? after;
        told[what]?.(event);
    };
    let worker, watch;
    const alone = () => {
        clearTimeout(watch);
        if (worker) worker.onerror = worker.port.onmessage = null;
        open(after, tell, true);
    };
    const hear = () => {
        clearTimeout(watch);
        watch = setTimeout(alone, DEATH);
    };
    try {
        worker = new SharedWorker('worker.js', { type: 'module' });
    } catch {
        return alone();
    }
    worker.onerror = alone;
    worker.port.onmessage = ({ data }) => {
        hear();
        tell(data);
    };
    worker.port.postMessage(after);
    hear();
}

/** Opens a stream. What it tells is `{what: 'event', id, event}`, or `{what}` with `lost`, `back` or `alive`. A tab's
 *  own stream is closed while nobody sees the tab. */
export function open(after, tell, isOfTab = false) {
    let source, watch;
    const startIn = (time) => {
        clearTimeout(watch);
        watch = setTimeout(() => {
            tell({ what: 'lost' });
            start();
        }, time);
    };
    const hear = () => startIn(SILENCE);
    const start = () => {
        source?.close();
        clearTimeout(watch);
        if (isOfTab && document.hidden) return;
        source = new EventSource(`api/events?after=${encodeURIComponent(after)}`);
        hear();
        source.onopen = () => {
            hear();
            tell({ what: 'back' });
        };
        source.addEventListener('alive', () => {
            hear();
            tell({ what: 'alive' });
        });
        source.onmessage = ({ data, lastEventId: id }) => {
            hear();
            after = id;
            tell({ what: 'event', id, event: JSON.parse(data) });
        };
        source.onerror = () => {
            tell({ what: 'lost' });
            // After another status than 200 a browser gives up.
            if (source.readyState === EventSource.CLOSED) startIn(3000);
        };
    };
    if (isOfTab) document.addEventListener('visibilitychange', start);
    start();
}
