import { describe, expect, it } from "vitest";
import { type CryptoEngine, CryptoError } from "./crypto-engine.ts";
import type { CryptoFailureCode, CryptoNews } from "./crypto-message.ts";
import { type EngineState, noEngine } from "./engine-state.ts";
import { noteStanding } from "./open-engine.ts";

const rest = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An engine whose calls fail with whatever the test says, and how it is noted to stand. */
const open = () => {
	let state: EngineState = noEngine;
	let notes = 0;
	let failure: CryptoFailureCode | undefined;
	let start: (failure?: CryptoFailureCode) => void = () => undefined;
	let tell: (news: CryptoNews) => void = () => undefined;
	const engine = noteStanding(
		(change) => {
			notes += 1;
			state = { ...state, ...change };
		},
		(onStart) => {
			start = onStart;
			return {
				call: async () => {
					if (failure !== undefined) throw new CryptoError(failure);
					return { identity: "verified" };
				},
				onNews: (listener: typeof tell) => {
					tell = listener;
					return () => undefined;
				},
				close: () => undefined,
			} as unknown as CryptoEngine;
		},
	);
	return {
		engine,
		state: () => state,
		notes: () => notes,
		failWith: (code?: CryptoFailureCode) => {
			failure = code;
		},
		start: async (code?: CryptoFailureCode) => {
			start(code);
			await rest();
		},
		tell: (news: CryptoNews) => tell(news),
	};
};

const nothing = { roomId: "!r:x", type: "m.room.message", content: {}, userIds: [], settings: {} } as never;

describe("how an engine stands", () => {
	it("is noted with its start, and again when another one starts", async () => {
		const test = open();
		await test.start();
		expect(test.state()).toMatchObject({ kind: "ready", identity: "verified" });
		await test.start("no-storage");
		expect(test.state()).toMatchObject({ kind: "unavailable", trouble: "no-storage" });
		await test.start();
		expect(test.state()).toMatchObject({ kind: "ready", trouble: undefined });
	});

	it("is in trouble while the storage is full, until something was kept", async () => {
		const test = open();
		await test.start();
		test.failWith("storage-full");
		await expect(test.engine.call("encrypt", nothing)).rejects.toMatchObject({ code: "storage-full" });
		expect(test.state().trouble).toBe("storage-full");
		test.failWith();
		// An engine that starts anew, and one that answers, have kept nothing yet.
		await test.start();
		await test.engine.call("status", {});
		expect(test.state().trouble).toBe("storage-full");
		await test.engine.call("encrypt", nothing);
		expect(test.state().trouble).toBeUndefined();
		const notes = test.notes();
		await test.engine.call("encrypt", nothing);
		expect(test.notes()).toBe(notes);
	});

	it("is in trouble as soon as the server says that its keys are others", async () => {
		const test = open();
		await test.start();
		test.tell({ kind: "trouble", trouble: "store-lost" });
		expect(test.state().trouble).toBe("store-lost");
		test.failWith("unreachable");
		await expect(test.engine.call("status", {})).rejects.toMatchObject({ code: "unreachable" });
		expect(test.state().trouble).toBe("store-lost");
	});
});
