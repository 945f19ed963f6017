// One stream of events for all tabs.

import { open } from './events.js';

/** How many events are kept for tabs that are still loading. */
const MOST = 1000;
const ports = new Set();
const kept = [];
let [isOpen, isLost] = [false, false];

function tell(news) {
    isLost = news.what === 'lost';
    if (news.what === 'event') kept.push(news);
    if (kept.length > MOST) kept.shift();
    ports.forEach((port) => port.postMessage(news));
}

/** Whether an event came after another one, by their ids: the server's process, and a number. */
function isLater(id, other) {
    const [[process, number], [otherProcess, otherNumber]] = [id, other].map((one) => one.split('-'));
    return process === otherProcess && Number(number) > Number(otherNumber);
}

self.onconnect = ({ ports: [port] }) => {
    port.onclose = () => ports.delete(port);
    port.onmessage = ({ data: after }) => {
        kept.filter(({ id }) => isLater(id, after)).forEach((news) => port.postMessage(news));
        if (isLost) port.postMessage({ what: 'lost' });
        ports.add(port);
        if (!isOpen) open(after, tell);
        isOpen = true;
    };
};
