import { BackupDecryptionKey } from "@matrix-org/matrix-sdk-crypto-wasm";
import { describe, expect, it, vi } from "vitest";
import { type KeyServer, Refused } from "../../src/client/crypto/worker/key-server.ts";
import type { ServerBackup } from "../../src/client/crypto/worker/recovery/ports.ts";
import type { CoreClient } from "./core-client.ts";
import { openCores } from "./open-cores.ts";
import { ann, verified } from "./open-host.ts";

/** A device with a backup of its own, at a server whose backups the test changes behind its back. */
const open = async (changes: (server: KeyServer) => Partial<KeyServer> = () => ({})) => {
	const cores = await openCores();
	const put = vi.fn<KeyServer["putBackedUpKeys"]>();
	const phone = await cores.device(ann, "PHONE", (server) => ({
		putBackedUpKeys: put.mockImplementation(server.putBackedUpKeys),
		...changes(server),
	}));
	await verified(phone);
	expect(await phone.recoveryStatus({})).toMatchObject({ backup: { kind: "on" } });
	return { phone, server: phone.server, put, [Symbol.asyncDispose]: () => cores[Symbol.asyncDispose]() };
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
