// Tabs of a headless Chromium, and what must never be in one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long a tab may take for anything, in milliseconds. */
const TIMEOUT = 10_000;

/** What Chromium prints by itself about a server that is away. */
export const AWAY =
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/;

export const launch = () =>
    chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });

/** A profile of the browser. It sees what its tabs ask for and print. */
export class Profile {
    static async open(browser, settings = {}) {
        const context = await browser.newContext({ reducedMotion: 'reduce', ...settings });
        context.setDefaultTimeout(TIMEOUT);
        return new Profile(context);
    }

    constructor(context) {
        this.context = context;
        this.urls = [];
        this.console = [];
        this.tokens = new Set();
        this.arrivals = [];
        context.on('console', (message) => this.console.push({ type: message.type(), text: message.text() }));
        context.on('weberror', (error) => this.console.push({ type: 'error', text: String(error.error()) }));
        context.on('request', (request) => this.urls.push(request.url(), request.headers().referer ?? ''));
        context.on('page', (page) => page.on('websocket', (socket) => this.urls.push(socket.url())));
        context.on('response', (response) => {
            if (response.url().includes('create-token')) this.arrivals.push(this.arrived(response));
        });
    }

    async arrived(response) {
        const { token } = await response.json().catch(() => ({}));
        if (token) this.tokens.add(token);
    }

    async tab(url) {
        const page = await this.context.newPage();
        await page.goto(String(url));
        return page;
    }

    /** Ends all tabs. None has printed an error, but for those that `expected` fits, and none shows or keeps a token. */
    async close(expected = /^$/) {
        await Promise.all(this.arrivals);
        const pages = this.context.pages().filter((page) => !page.url().startsWith('about:'));
        const kept = await Promise.all(pages.map((page) => page.evaluate(left)));
        const cookies = await this.context.cookies();
        assert.deepEqual(
            [cookies, ...kept.map(([, , , storage]) => storage)],
            [[], ...pages.map(() => [{}, {}, [], []])],
        );
        await this.context.close();
        const problems = this.console.filter(
            ({ type, text }) => ['error', 'warning'].includes(type) && !expected.test(text),
        );
        assert.deepEqual(problems, []);
        const traces = JSON.stringify([this.urls, this.console, kept]);
        for (const secret of [...this.tokens].flatMap(secrets)) assert.ok(!traces.includes(secret), traces);
    }
}

/** A token, as it is and encoded for a URL, and its id, which is as good. */
export function secrets(token) {
    const { tokenId } = JSON.parse(Buffer.from(token, 'base64'));
    return [token, encodeURIComponent(token), tokenId];
}

/** Runs in a page: what it shows and what stays after it. */
async function left() {
    const fields = Array.from(document.querySelectorAll('input'), ({ value }) => value);
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const storage = [{ ...localStorage }, { ...sessionStorage }, databases, await caches.keys()];
    return [location.href, document.documentElement.outerHTML, fields, storage, history.state, name];
}

/** Nothing that axe-core rates above minor, and nothing to scroll sideways. */
export async function isAccessible(page) {
    await page.bringToFront();
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
    const found = violations
        .filter(({ impact }) => impact !== 'minor')
        .map(({ id, impact, nodes }) => ({
            id,
            impact,
            nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
        }));
    assert.deepEqual(found, []);
    const [width, most] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(width <= most, `${width} pixels do not fit in ${most}`);
}

/** Waits until a check passes, for what happens outside of a tab. */
export async function eventually(check) {
    for (const end = Date.now() + TIMEOUT; ;) {
        try {
            return await check();
        } catch (error) {
            if (Date.now() > end) throw error;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }
}
