import { BackupDecryptionKey } from "@matrix-org/matrix-sdk-crypto-wasm";
import { describe, expect, it, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { type KeyServer, Refused } from "../../src/client/crypto/worker/key-server.ts";
import type { ServerBackup } from "../../src/client/crypto/worker/recovery/ports.ts";
import { createTestAccounts, testServerName } from "../setup/test-accounts.ts";
import { createTestHost } from "../setup/test-host.ts";
import { signIn } from "../setup/test-keys.ts";
import { type CoreClient, keyServerOf, startCore } from "./core-client.ts";

const ann = `@ann:${testServerName}` as UserId;

/** A device with a backup of its own, at a server whose backups the test changes behind its back. */
const open = async (changes: (server: KeyServer) => Partial<KeyServer> = () => ({})) => {
	const accounts = await createTestAccounts();
	const host = await createTestHost(accounts);
	await accounts.addPerson("ann");
	const { viewer } = await signIn(accounts.database, ann, "PHONE");
	const server = keyServerOf(host.host, viewer);
	const put = vi.fn(server.putBackedUpKeys);
	const phone = await startCore(viewer, { ...server, putBackedUpKeys: put, ...changes(server) });
	await vi.waitFor(async () => expect(await phone.status({})).toEqual({ identity: "verified" }), { timeout: 20_000 });
	expect(await phone.recoveryStatus({})).toMatchObject({ backup: { kind: "on" } });
	return {
		...{ phone, server, put },
		[Symbol.asyncDispose]: async () => {
			phone.stop();
			await host[Symbol.asyncDispose]();
			await accounts[Symbol.asyncDispose]();
		},
	};
};

const write = (phone: CoreClient, roomId: string) =>
	phone.encrypt({
		...{ roomId, type: "m.room.message", settings: { historyVisibility: "shared" }, userIds: [ann] },
		content: { msgtype: "m.text", body: "hello" },
	});

const expectReplaced = (phone: CoreClient) =>
	vi.waitFor(
		async () => {
			await phone.pass();
			expect(phone.news).toContainEqual({ kind: "backup", state: { kind: "replaced" } });
		},
		{ timeout: 20_000 },
	);

describe("a backup that is not the one that it was", { timeout: 60_000 }, () => {
	it("when another device put its own in the place: the person is told, and nothing goes into that one", async () => {
		await using test = await open();
		const { phone, server, put } = test;
		await write(phone, "!one:kith.test");
		await vi.waitFor(async () => {
			await phone.pass();
			expect(put).toHaveBeenCalled();
		});
		const before = await server.currentBackup();
		const { algorithm, publicKeyBase64 } = BackupDecryptionKey.createRandomKey().megolmV1PublicKey;
		const { version } = await server.createBackup({
			...{ algorithm, auth_data: { public_key: publicKeyBase64 } },
			...(before !== undefined && { replaces: before.version }),
		});
		await write(phone, "!two:kith.test");
		await expectReplaced(phone);
		expect(await phone.machine.isBackupEnabled()).toBe(false);
		expect((await server.currentBackup())?.version).toBe(version);
		expect((await server.currentBackup())?.count).toBe(0);
		await write(phone, "!three:kith.test");
		await phone.pass();
		expect((await server.currentBackup())?.count).toBe(0);
	});

	it("when the server serves an old one: the person is told, and nothing goes into that one", async () => {
		const lie: { current: ServerBackup | undefined } = { current: undefined };
		await using test = await open((server) => ({
			currentBackup: async () => lie.current ?? server.currentBackup(),
			putBackedUpKeys: async (body) => {
				if (lie.current === undefined) return server.putBackedUpKeys(body);
				// As whoever went back to an old state says.
				if (body.version !== lie.current.version) throw new Refused("wrong-backup-version");
				taken.push(body);
				return {};
			},
		}));
		const taken: unknown[] = [];
		const { phone, server } = test;
		const current = await server.currentBackup();
		if (current === undefined) throw new Error("there is no backup");
		// One that the person had before this one, with another key.
		const { publicKeyBase64 } = BackupDecryptionKey.createRandomKey().megolmV1PublicKey;
		lie.current = { ...current, version: "0", auth_data: { public_key: publicKeyBase64 } };
		await write(phone, "!one:kith.test");
		await expectReplaced(phone);
		expect(await phone.machine.isBackupEnabled()).toBe(false);
		await write(phone, "!two:kith.test");
		await phone.pass();
		expect(taken).toEqual([]);
	});
});
