// The page of the application server, as a person uses it.

import assert from 'node:assert/strict';

import { eventually } from './tab.mjs';

/** A tab of the page, and what a person does in it. */
export class Page {
    static async open(profile, server) {
        return new Page(await profile.tab(server.url));
    }

    constructor(tab) {
        this.tab = tab;
        this.alert = tab.getByRole('alert');
        this.status = tab.getByRole('status');
        this.events = tab.getByRole('log', { name: 'Events' });
        this.people = tab.getByRole('list', { name: /^In the room/ });
        this.joinButton = tab.getByRole('button', { name: 'Join', exact: true });
        this.againButton = tab.getByRole('button', { name: 'Join again' });
        this.leaveButton = tab.getByRole('button', { name: 'Leave' });
    }

    async fill(room, name, role) {
        const { tab } = this;
        // A tab behind another one is slow.
        await tab.bringToFront();
        await tab.getByRole('button', { name: 'Refresh the list' }).click();
        await tab.getByLabel('Room', { exact: true }).selectOption(room);
        await tab.getByLabel('Your name').fill(name);
        await tab.getByLabel('Role').selectOption(role);
    }

    async submit(room, name, role) {
        await this.fill(room, name, role);
        await this.joinButton.click();
    }

    async join(room, name, role) {
        await this.submit(room, name, role);
        await this.isInside();
    }

    async submitToken(token) {
        await this.tab.bringToFront();
        const field = this.tab.getByLabel('Token', { exact: true });
        if (!(await field.isVisible())) await this.tab.getByText('Join with a token that you have').click();
        await field.fill(token);
        await this.tab.getByRole('button', { name: 'Join with this token' }).click();
    }

    async leave() {
        await this.tab.bringToFront();
        await this.leaveButton.click();
    }

    isInside() {
        return this.tab.getByRole('heading', { name: /^You are in/ }).waitFor();
    }

    /** A failure is told in these words, and the form is there again. */
    async isTold(words) {
        await this.alert.filter({ hasText: words }).waitFor();
        await this.tab.getByLabel('Your name').waitFor();
    }

    hears(words) {
        return this.events.getByText(words).first().waitFor();
    }

    sees(...people) {
        return eventually(async () => {
            const texts = await this.people.getByRole('listitem').allInnerTexts();
            assert.deepEqual(
                texts.map((text) => text.replace(/\s+/g, ' ').trim()),
                people,
            );
        });
    }
}
