import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backupAlgorithm, isBetterSession } from "../../../federation/device-keys/backup-data.ts";
import { curveKey } from "../../../federation/testing/device-factory.ts";
import { bare, createTestKeys, plain } from "../../../tests/setup/test-keys.ts";
import { createKeyBackupStore } from "../adapters/prisma/keys/key-backup-store.ts";
import { createKeyBackup } from "./create-key-backup.ts";

const open = async () => {
	const test = await createTestKeys();
	const backup = createKeyBackup(createKeyBackupStore(test.database.pool));
	const begin = (label: string, replaces?: number) =>
		backup.create(test.ann, { algorithm: backupAlgorithm, authData: bare({ public_key: curveKey(label) }), replaces });
	return { ...test, backup, begin, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
};

const session = (index: number, { isVerified = true, forwarded = 0, body = "x" } = {}) => ({
	first_message_index: index,
	forwarded_count: forwarded,
	is_verified: isVerified,
	session_data: { ciphertext: body },
});
const roomsOf = (sessions: object, roomId = "!a:one.example") => bare({ [roomId]: { sessions } });

describe("DEV-19: backups", () => {
	it("are the same when they are begun again, and take another's place only where that is said", async () => {
		await using test = await open();
		await expect(test.backup.read(test.ann, undefined)).rejects.toMatchObject({ code: "not-found" });
		expect(await test.begin("first")).toBe(1);
		expect(await test.begin("first")).toBe(1);
		await expect(test.begin("second")).rejects.toMatchObject({ code: "wrong-backup-version" });
		await expect(test.begin("second", 7)).rejects.toMatchObject({ code: "wrong-backup-version" });
		expect(await test.begin("second", 1)).toBe(2);
		expect(await test.backup.read(test.ann, undefined)).toMatchObject({ version: 2, count: 0, etag: 0 });
		expect(await test.backup.read(test.ann, 1)).toMatchObject({ version: 1 });
		await test.backup.remove(test.ann, 2);
		await expect(test.backup.read(test.ann, 2)).rejects.toMatchObject({ code: "not-found" });
		expect(await test.begin("third", 1)).toBe(3);
		await expect(test.backup.read(test.bob, 1)).rejects.toMatchObject({ code: "not-found" });
	});

	it("are begun once by two devices at once", async () => {
		await using test = await open();
		const outcomes = await Promise.allSettled([test.begin("first"), test.begin("second"), test.begin("third")]);
		expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		expect(await test.rows("SELECT version FROM key_backups")).toEqual([{ version: 1 }]);
	});

	it("take keys into the newest version alone, and keep their key", async () => {
		await using test = await open();
		await test.begin("first");
		const put = (version: number) => test.backup.putKeys(test.ann, { version, rooms: roomsOf({ s: session(0) }) });
		expect(await put(1)).toEqual({ etag: 1, count: 1 });
		expect(await put(1)).toEqual({ etag: 1, count: 1 });
		await test.begin("second", 1);
		await expect(put(1)).rejects.toMatchObject({ code: "wrong-backup-version" });
		await expect(put(3)).rejects.toMatchObject({ code: "wrong-backup-version" });
		const update = (label: string, signatures: object) =>
			test.backup.update(test.ann, {
				...{ version: 2, algorithm: backupAlgorithm },
				authData: bare({ public_key: curveKey(label), signatures }),
			});
		await update("second", { [test.ann]: { "ed25519:A": "signature" } });
		await expect(update("third", {})).rejects.toMatchObject({ code: "keys-refused", rule: "DEV-19" });
		await expect(update("second", { [test.bob]: {} })).rejects.toMatchObject({ rule: "DEV-09" });
		const { authData } = await test.backup.read(test.ann, 2);
		expect(plain(authData)).toMatchObject({ signatures: { [test.ann]: { "ed25519:A": "signature" } } });
	});

	it("give keys by pages, rooms and sessions, to their person alone, and let them go", async () => {
		await using test = await open();
		const version = await test.begin("first");
		const many = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`s${at}`, session(at)]));
		await test.backup.putKeys(test.ann, { version, rooms: roomsOf(many) });
		await test.backup.putKeys(test.ann, { version, rooms: roomsOf(many, "!b:one.example") });
		const page = (query: object = {}) =>
			test.backup.readKeys(test.ann, { version, after: undefined, limit: 4, ...query });
		const first = await page();
		expect(Object.keys(plain(first.rooms))).toEqual(["!a:one.example"]);
		const second = await page({ after: first.next });
		expect(Object.keys(plain(second.rooms))).toEqual(["!a:one.example", "!b:one.example"]);
		const last = await page({ after: second.next });
		expect(last.next).toBeUndefined();
		const one = await page({ roomId: "!b:one.example", sessionId: "s3" });
		expect(plain(one.rooms)).toEqual({ "!b:one.example": { sessions: { s3: session(3) } } });
		const others = test.backup.readKeys(test.bob, { version, after: undefined, limit: 4 });
		await expect(others).rejects.toMatchObject({ code: "not-found" });
		const removed = await test.backup.removeKeys(test.ann, { version, roomId: "!a:one.example" });
		expect(removed).toEqual({ etag: 3, count: 5 });
	});

	it("DEV-09: refuse what is no key", async () => {
		await using test = await open();
		const version = await test.begin("first");
		const bad = test.backup.putKeys(test.ann, { version, rooms: roomsOf({ s: { first_message_index: 0 } }) });
		await expect(bad).rejects.toMatchObject({ code: "keys-refused", rule: "DEV-09" });
		expect((await test.backup.read(test.ann, version)).count).toBe(0);
	});

	it("DEV-09: keep the better of two copies, as the rule says, in whichever order they come", async () => {
		await using test = await open();
		const version = await test.begin("first");
		const copy = fc.record({ index: fc.nat(2), isVerified: fc.boolean(), forwarded: fc.nat(2) });
		let runs = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(copy, { minLength: 1, maxLength: 5 }), async (copies) => {
				runs += 1;
				for (const { index, ...rest } of copies) {
					await test.backup.putKeys(test.ann, { version, rooms: roomsOf({ [`s${runs}`]: session(index, rest) }) });
				}
				const ranks = copies.map(({ index, isVerified, forwarded }) => ({
					...{ firstMessageIndex: index, forwardedCount: forwarded, isVerified },
				}));
				const best = ranks.reduce((kept, offered) => (isBetterSession(offered, kept) ? offered : kept));
				const [row] = await test.rows(
					`SELECT first_message_index AS "firstMessageIndex", forwarded_count AS "forwardedCount", is_verified AS "isVerified"
					FROM backed_up_keys WHERE session_id = $1`,
					[`s${runs}`],
				);
				expect(row).toEqual(best);
			}),
			{ numRuns: 20 },
		);
	});
});
