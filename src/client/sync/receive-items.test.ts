import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WireSyncItem } from "../../shared/wire/sync.ts";
import type { MessageCipher } from "../crypto/message-cipher.ts";
import { receiveItems } from "./receive-items.ts";

const item = (hasKeys: boolean): WireSyncItem =>
	({ kind: "changes", rooms: [], ...(hasKeys && { keys: {} }) }) as unknown as WireSyncItem;

const open = (takeIn: () => Promise<void>, isReady = true) => {
	const cipher: MessageCipher = {
		isReady: () => isReady,
		prepare: async () => undefined,
		encrypt: async () => ({}),
		decrypt: async (batch) => batch.map(({ event }) => event),
	};
	const [applied, whole]: [string[], string[]] = [[], []];
	const receive = receiveItems({
		...{ cipher, takeIn },
		apply: ({ position }) => applied.push(position),
		onWhole: (position) => whole.push(position),
	});
	return { applied, whole, receive };
};

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe("what comes with keys", () => {
	it("waits three seconds for an engine that does not take them in, and is whole when it has", async () => {
		let take = (): void => undefined;
		const taking = new Promise<void>((resolve) => {
			take = resolve;
		});
		const { applied, whole, receive } = open(() => taking);
		receive({ position: "1", item: item(true) });
		receive({ position: "2", item: item(false) });
		await vi.advanceTimersByTimeAsync(2_900);
		expect(applied).toEqual([]);
		await vi.advanceTimersByTimeAsync(200);
		expect(applied).toEqual(["1", "2"]);
		// Asked for again after a start: what the engine has not stored must come once more.
		expect(whole).toEqual([]);
		take();
		await vi.advanceTimersByTimeAsync(0);
		expect(whole).toEqual(["1", "2"]);
	});

	it("is opened as soon as they are taken in", async () => {
		const { applied, whole, receive } = open(async () => undefined);
		receive({ position: "1", item: item(true) });
		await vi.advanceTimersByTimeAsync(0);
		expect([applied, whole]).toEqual([["1"], ["1"]]);
	});

	it("is shown at once where there is no engine to open it", async () => {
		const { applied, receive } = open(() => new Promise(() => undefined), false);
		receive({ position: "1", item: item(true) });
		await vi.advanceTimersByTimeAsync(0);
		expect(applied).toEqual(["1"]);
	});
});
