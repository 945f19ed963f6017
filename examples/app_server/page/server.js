// The application server, as the page calls it.

/** Why something did not work: a reason as one word, and what the server has sent besides. */
export class Failure extends Error {
    constructor(reason, more = {}) {
        super(reason);
        Object.assign(this, { reason }, more);
    }
}

/** The server takes up to 30 seconds, since it calls the service. */
const PATIENCE = 35_000;

/** JSON has no half characters. */
const whole = (_, value) => (typeof value === 'string' ? value.toWellFormed() : value);

/** Sends a request, a POST if it has a body. Returns the JSON of a success. */
export async function ask(path, body, key) {
    const headers = { prefer: 'status=200', ...(body && { 'content-type': 'application/json' }) };
    if (key) headers.authorization = `Bearer ${key}`;
    const options = { method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body, whole) };
    const response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) }).catch(() => {
        throw new Failure('offline');
    });
    const json = await response.json().catch(() => null);
    if (json?.reason) throw new Failure(json.reason, json);
    // From a proxy in between, whose server does not respond.
    if (!json) throw new Failure('offline');
    return json;
}
