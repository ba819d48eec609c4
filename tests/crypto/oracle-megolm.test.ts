import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { CryptoClient } from "./crypto-client.ts";
import { altered, ann, anyAlteration, anyWords, bob, openTwoImplementations, roomId } from "./two-implementations.ts";

const both = [ann, bob];

/** Who writes and who reads, in both directions. */
const directions = [
	{ from: "the engine", to: "libolm", writer: "engine", reader: "libolm", sender: ann },
	{ from: "libolm", to: "the engine", writer: "libolm", reader: "engine", sender: bob },
] as const;

/** What a device reads; undefined: it refuses. */
const read = (reader: CryptoClient, sender: string, content: string): Promise<string | undefined> =>
	reader.decrypt(roomId, sender, content).catch(() => undefined);

beforeAll(async () => {
	await initAsync();
	await Olm.init();
});

describe.each(directions)("Megolm from $from to $to", ({ writer, reader, sender }) => {
	it("is read in any order, each message any number of words", async () => {
		const two = await openTwoImplementations();
		await two[writer].encrypt(roomId, both, "the key goes ahead");
		await two.sync();
		const exchange = fc.array(anyWords, { minLength: 1, maxLength: 6 }).chain((all) =>
			fc.record({
				all: fc.constant(all),
				order: fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
			}),
		);
		await fc.assert(
			fc.asyncProperty(exchange, async ({ all, order }) => {
				const events: string[] = [];
				for (const words of all) events.push(await two[writer].encrypt(roomId, both, words));
				await two.sync();
				for (const at of order) expect(await read(two[reader], sender, events[at] ?? "")).toBe(all[at]);
			}),
			{ numRuns: 40 },
		);
	});

	it("is refused with any byte altered", async () => {
		const two = await openTwoImplementations();
		// The first index is zero, and not written is zero as well: see below.
		await two[writer].encrypt(roomId, both, "the first");
		const right = await two[writer].encrypt(roomId, both, "untouched");
		await two.sync();
		await fc.assert(
			fc.asyncProperty(anyAlteration, async (alteration) => {
				const content = JSON.parse(right);
				const forged = { ...content, ciphertext: altered(content.ciphertext, alteration) };
				expect(await read(two[reader], sender, JSON.stringify(forged))).toBeUndefined();
			}),
			{ numRuns: 100 },
		);
		expect(await read(two[reader], sender, right)).toBe("untouched");
	});

	it("is refused in another room, in another's name and with another session's name", async () => {
		const two = await openTwoImplementations();
		const right = await two[writer].encrypt(roomId, both, "untouched");
		await two.sync();
		const elsewhere = "!elsewhere:kith.test";
		await expect(two[reader].decrypt(elsewhere, sender, right)).rejects.toBeDefined();
		expect(await read(two[reader], sender === ann ? bob : ann, right)).toBeUndefined();
		const renamed = JSON.stringify({ ...JSON.parse(right), session_id: "A".repeat(43) });
		expect(await read(two[reader], sender, renamed)).toBeUndefined();
		expect(await read(two[reader], sender, right)).toBe("untouched");
	});

	it("takes a new key after a hundred messages, and goes on being read", async () => {
		const two = await openTwoImplementations();
		const events: string[] = [];
		for (let at = 0; at < 102; at += 1) events.push(await two[writer].encrypt(roomId, both, `${at}`));
		await two.sync();
		const sessions = events.map((event) => JSON.parse(event).session_id);
		expect(new Set(sessions).size).toBe(2);
		expect(sessions.lastIndexOf(sessions[0])).toBe(99);
		const words: unknown[] = [];
		for (const event of events) words.push(await read(two[reader], sender, event));
		expect(words).toEqual([...events.keys()].map(String));
	});

	it("is read by a device that comes later from there on, and not before", async () => {
		const two = await openTwoImplementations();
		const before = await two[writer].encrypt(roomId, [sender], "before");
		const after = await two[writer].encrypt(roomId, both, "after");
		await two.sync();
		expect(JSON.parse(before).session_id).toBe(JSON.parse(after).session_id);
		expect(await read(two[reader], sender, before)).toBeUndefined();
		expect(await read(two[reader], sender, after)).toBe("after");
	});
});

describe("a Megolm message that is written otherwise and says the same", () => {
	const forms: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
		"another index before the right one": (bytes) => insert(bytes, 1, [0x08, 99]),
		"a field that nobody knows": (bytes) => insert(bytes, 1, [0x18, 99]),
		"an index with a byte too many": (bytes) =>
			Buffer.concat([bytes.subarray(0, 2), Buffer.from([(bytes[2] ?? 0) | 0x80, 0]), bytes.subarray(3)]),
	};
	const rewritten = (content: string, form: (bytes: Buffer) => Buffer): string => {
		const event = JSON.parse(content);
		const bytes = form(Buffer.from(event.ciphertext, "base64"));
		return JSON.stringify({ ...event, ciphertext: bytes.toString("base64").replaceAll("=", "") });
	};

	it.each(Object.entries(forms))("is refused by libolm and read by the engine: %s", async (_, form) => {
		const two = await openTwoImplementations();
		await two.engine.encrypt(roomId, both, "the first");
		await two.libolm.encrypt(roomId, both, "the first");
		const byEngine = await two.engine.encrypt(roomId, both, "same");
		const byLibolm = await two.libolm.encrypt(roomId, both, "same");
		await two.sync();
		expect(await read(two.libolm, ann, rewritten(byEngine, form))).toBeUndefined();
		// So who keeps which message was read must not go by its bytes, nor by the index that a short look finds in them.
		expect(await read(two.engine, bob, rewritten(byLibolm, form))).toBe("same");
	});
});

const insert = (bytes: Buffer, at: number, more: readonly number[]): Buffer =>
	Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at)]);

describe("room keys in a file", () => {
	it("go from the engine to libolm and back, and read the same", async () => {
		const two = await openTwoImplementations();
		const sealed = await two.engine.encrypt(roomId, [ann], "not meant for bob's device");
		expect(await read(two.libolm, ann, sealed)).toBeUndefined();
		const exported: { room_id: string }[] = JSON.parse(await two.engine.machine.exportRoomKeys(() => true));
		for (const { room_id, ...key } of exported) two.libolm.roomKeys.importOne(room_id, ann, key as never);
		expect(await read(two.libolm, ann, sealed)).toBe("not meant for bob's device");
		const back = await two.libolm.encrypt(roomId, [bob], "nor for ann's");
		const keys = two.libolm.roomKeys.exportAll().map(({ roomId: room_id, sessionId: session_id, key }) => ({
			...{ room_id, session_id, ...key },
		}));
		await two.engine.machine.importExportedRoomKeys(JSON.stringify(keys), () => undefined);
		expect(await read(two.engine, bob, back)).toBe("nor for ann's");
	});
});
