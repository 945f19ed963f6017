// A token is JSON in Base64, which says where to connect.

import { Failure } from './server.js';

export function decoded(token) {
    try {
        const bytes = Uint8Array.from(atob(token), (character) => character.charCodeAt(0));
        const json = JSON.parse(new TextDecoder().decode(bytes));
        const isHost = typeof json.host === 'string' && /^[^/?#@\\\s]+$/.test(json.host);
        if (isHost && URL.canParse(`ws://${json.host}/`)) return json;
    } catch {
        // Its text would have the token.
    }
    throw new Failure('no_token');
}
