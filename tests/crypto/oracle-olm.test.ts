import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { OlmContent } from "./libolm-client/olm-channels.ts";
import { decodeUnpadded } from "./libolm-client/unpadded.ts";
import {
	alteredOlm,
	ann,
	anyAlteration,
	anyWords,
	bob,
	encryptByEngine,
	encryptByLibolm,
	kindOf,
	openTwoImplementations,
	readByEngine,
	readByLibolm,
} from "./two-implementations.ts";

const often = { numRuns: 60 };
/** A new session for each. */
const sometimes = { numRuns: 12 };

type Two = Awaited<ReturnType<typeof openTwoImplementations>>;

/** Two with a session that both have read from: what they write from now on begins nothing. */
const openSession = async (): Promise<Two> => {
	const two = await openTwoImplementations();
	readByLibolm(two.libolm, await encryptByEngine(two.engine, "begin"));
	await readByEngine(two.engine.machine, await encryptByLibolm(two.libolm, "begun"));
	return two;
};

/**
 * Whatever byte of a message is altered, nothing is read; what was written is, after all that. Bytes at `idle` places say
 * nothing: with some of them altered it is the same message, and read as that.
 */
const expectAlteredRefused = async (
	right: OlmContent,
	read: (message: OlmContent) => unknown | Promise<unknown>,
	idle: readonly number[] = [],
): Promise<void> => {
	const length = decodeUnpadded(Object.values(right.ciphertext)[0]?.body ?? "").length;
	const alterations = anyAlteration.filter(({ place }) => !idle.includes(place % length));
	const isRefused = fc.asyncProperty(alterations, async (alteration) => {
		expect(await read(alteredOlm(right, alteration))).toBeUndefined();
	});
	await fc.assert(isRefused, often);
	expect(await read(right)).toBe("untouched");
};

/** The first byte of a pre-key message says the version, within which everything else is protected. libolm does not look. */
const versionPlace = 0;
/** The last byte of the one-time key that is named: its highest bit is no part of a Curve25519 key. */
const oneTimeKeyEnd = 34;
/** What says that an index follows, which is zero: without it the index is zero as well. */
const indexTag = 141;

describe("Olm between the engine and libolm", () => {
	beforeAll(async () => {
		await initAsync();
		await Olm.init();
	});

	it("pre-key messages: what the engine writes libolm reads", async () => {
		await fc.assert(
			fc.asyncProperty(anyWords, async (words) => {
				const { engine, libolm } = await openTwoImplementations();
				const message = await encryptByEngine(engine, words);
				expect(kindOf(message)).toBe(0);
				expect(readByLibolm(libolm, message)).toBe(words);
			}),
			sometimes,
		);
	});

	it("pre-key messages: what libolm writes the engine reads", async () => {
		await fc.assert(
			fc.asyncProperty(anyWords, async (words) => {
				const { engine, libolm } = await openTwoImplementations();
				const message = await encryptByLibolm(libolm, words);
				expect(kindOf(message)).toBe(0);
				expect(await readByEngine(engine.machine, message)).toBe(words);
			}),
			sometimes,
		);
	});

	it("pre-key messages: altered bytes are refused by libolm, and the right ones are read after them", async () => {
		const { engine, libolm } = await openTwoImplementations();
		const right = await encryptByEngine(engine, "untouched");
		await expectAlteredRefused(right, (message) => readByLibolm(libolm, message), [versionPlace]);
	});

	it("pre-key messages: altered bytes are refused by the engine, and the right ones are read after them", async () => {
		const { engine, libolm } = await openTwoImplementations();
		const right = await encryptByLibolm(libolm, "untouched");
		const read = (message: OlmContent) => readByEngine(engine.machine, message);
		await expectAlteredRefused(right, read, [oneTimeKeyEnd, indexTag]);
	});

	it("pre-key messages: where altered bytes are let through, the words are those that were written", async () => {
		const atVersion = await openTwoImplementations();
		const byEngine = alteredOlm(await encryptByEngine(atVersion.engine, "same"), { place: versionPlace, bits: 7 });
		expect(readByLibolm(atVersion.libolm, byEngine)).toBe("same");
		for (const alteration of [
			{ place: oneTimeKeyEnd, bits: 0x80 },
			{ place: indexTag, bits: 0x20 },
		]) {
			const { engine, libolm } = await openTwoImplementations();
			const byLibolm = alteredOlm(await encryptByLibolm(libolm, "same"), alteration);
			expect(await readByEngine(engine.machine, byLibolm)).toBe("same");
		}
	});

	it("messages of a session: each reads the other, in any order", async () => {
		const { engine, libolm } = await openSession();
		const exchange = fc.array(anyWords, { minLength: 1, maxLength: 5 }).chain((all) =>
			fc.record({
				all: fc.constant(all),
				order: fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
			}),
		);
		await fc.assert(
			fc.asyncProperty(exchange, fc.boolean(), async ({ all, order }, byEngine) => {
				const messages: OlmContent[] = [];
				for (const words of all) {
					messages.push(await (byEngine ? encryptByEngine(engine, words) : encryptByLibolm(libolm, words)));
				}
				for (const at of order) {
					const message = messages[at] as OlmContent;
					expect(kindOf(message)).toBe(1);
					const read = byEngine ? readByLibolm(libolm, message) : await readByEngine(engine.machine, message);
					expect(read).toBe(all[at]);
				}
			}),
			often,
		);
	});

	it("messages of a session: altered bytes are refused by libolm", async () => {
		const { engine, libolm } = await openSession();
		const right = await encryptByEngine(engine, "untouched");
		expect(kindOf(right)).toBe(1);
		await expectAlteredRefused(right, (message) => readByLibolm(libolm, message));
	});

	it("messages of a session: altered bytes are refused by the engine", async () => {
		const { engine, libolm } = await openSession();
		const right = await encryptByLibolm(libolm, "untouched");
		expect(kindOf(right)).toBe(1);
		await expectAlteredRefused(right, (message) => readByEngine(engine.machine, message));
	});

	it("a message that comes a second time is refused by both", async () => {
		const { engine, libolm } = await openTwoImplementations();
		const byEngine = await encryptByEngine(engine, "once");
		expect([readByLibolm(libolm, byEngine), readByLibolm(libolm, byEngine)]).toEqual(["once", undefined]);
		const byLibolm = await encryptByLibolm(libolm, "once");
		expect(await readByEngine(engine.machine, byLibolm)).toBe("once");
		expect(await readByEngine(engine.machine, byLibolm)).toBeUndefined();
	});

	it("a message for somebody else, or in another's name, is refused by both", async () => {
		const { engine, libolm, server } = await openTwoImplementations();
		const byEngine = await encryptByEngine(engine, "for bob");
		expect(() => libolm.channels.decrypt(bob, byEngine)).toThrow("another sender stands inside");
		const [device] = libolm.devices.trustedOf([ann]);
		if (device === undefined) throw new Error("the device is not known");
		await libolm.beginWith([device]);
		// Encrypted to the device, and made out to another person inside.
		const forged = libolm.channels.encrypt({ ...device, userId: bob }, "test.words", { words: "hello" });
		expect(await readByEngine(engine.machine, forged)).toBeUndefined();
		expect(server.newsFor(ann, "ENGINE").toDevice).toEqual([]);
	});
});
