// One stream of events for all tabs.

import { open } from './events.js';

/** How many events are kept for tabs that are still loading. */
const MOST = 1000;
/** The tabs, each with the id of the latest event before it was served. */
const ports = new Map();
const kept = [];
let [isOpen, isLost] = [false, false];

function tell(news) {
    isLost = news.what === 'lost';
    if (news.what === 'event') kept.push(news);
    if (kept.length > MOST) kept.shift();
    ports.forEach((after, port) => {
        if (news.what !== 'event' || !isEarlier(news.id, after)) port.postMessage(news);
    });
}

/** An id is that of the server's process, and a number. */
const parts = (id) => id.split('-');
const isOfSame = (id, other) => parts(id)[0] === parts(other)[0];

/** Whether an event was there already when a tab was served: it is not later, and of the same process. */
const isEarlier = (id, after) => isOfSame(id, after) && Number(parts(id)[1]) <= Number(parts(after)[1]);

/** What is kept after an event: what is later of its process, and all of the processes after that. */
function since(after) {
    const last = kept.findLastIndex(({ id }) => isOfSame(id, after));
    return kept.filter(({ id }, index) => (isOfSame(id, after) ? !isEarlier(id, after) : last >= 0 && index > last));
}

self.onconnect = ({ ports: [port] }) => {
    port.onclose = () => ports.delete(port);
    port.onmessage = ({ data: after }) => {
        since(after).forEach((news) => port.postMessage(news));
        if (isLost) port.postMessage({ what: 'lost' });
        ports.set(port, after);
        if (!isOpen) open(after, tell);
        isOpen = true;
    };
};
