import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { isVerifiedHere } from "../../src/client/crypto/worker/recovery/own-identity.ts";
import { resetIdentity } from "../../src/client/crypto/worker/recovery/reset-identity.ts";
import { restoreKeys } from "../../src/client/crypto/worker/recovery/restore-keys.ts";
import { unlockWith } from "../../src/client/crypto/worker/recovery/unlock.ts";
import { testPassword } from "../setup/test-accounts.ts";
import { ann, firstDevice, openRecovery, roomId } from "./recovery-devices.ts";

describe("recovery at a server that lies", { timeout: 60_000 }, () => {
	beforeAll(() => initAsync());

	it("another identity than the secrets' is refused", async () => {
		await using test = await openRecovery();
		const { device, recoveryKey } = await firstDevice(test);
		const { server } = device.recovery;
		const before = await server.accountData("m.secret_storage.default_key");
		const intruder = await test.device("INTRUDER");
		await intruder.track([ann]);
		await resetIdentity(intruder.recovery, (body) =>
			intruder.call.keys.uploadSigningKeys({ ...body, proof: { kind: "password", password: testPassword } }),
		);
		await server.setAccountData("m.secret_storage.default_key", before as Record<string, unknown>);
		const laptop = await test.device("LAPTOP");
		expect(await unlockWith(laptop.recovery, recoveryKey)).toEqual({ kind: "refused", why: "other-identity" });
		expect(await isVerifiedHere(laptop.recovery)).toBe(false);
	});

	it("a backup that is somebody else's stays unused, and keys in it that open to nothing are counted", async () => {
		await using test = await openRecovery();
		const { device, recoveryKey } = await firstDevice(test, ["one", "two", "three"]);
		const laptop = await test.device("LAPTOP");
		const { server } = laptop.recovery;
		const foreign = {
			...laptop.recovery,
			server: {
				...server,
				currentBackup: async () => {
					const backup = await server.currentBackup();
					return backup && { ...backup, auth_data: { public_key: `${"A".repeat(42)}Q` } };
				},
			},
		};
		expect(await unlockWith(foreign, recoveryKey)).toMatchObject({ backup: { kind: "locked" } });
		expect(await laptop.machine.isBackupEnabled()).toBe(false);
		expect(await unlockWith(laptop.recovery, recoveryKey)).toMatchObject({ backup: { kind: "on" } });
		const damaging = {
			...laptop.recovery,
			server: {
				...server,
				backedUpKeys: async () => ({
					rooms: {
						[roomId]: {
							sessions: { a: { session_data: { ephemeral: "A", mac: "A", ciphertext: "A" } }, b: {}, c: null },
						},
						"!broken": 7,
					},
				}),
			},
		};
		const total = { total: 3, onProgress: () => undefined };
		expect(await restoreKeys(damaging, total)).toEqual({ done: 0, total: 3, damaged: 3 });
		expect(await device.machine.isBackupEnabled()).toBe(true);
	});

	it("an altered secret is none", async () => {
		await using test = await openRecovery();
		const { recoveryKey } = await firstDevice(test);
		const laptop = await test.device("LAPTOP");
		const { server } = laptop.recovery;
		const master = (await server.accountData("m.cross_signing.master")) as {
			encrypted: Record<string, { ciphertext: string }>;
		};
		const altered = Object.entries(master.encrypted).map(([id, part]) => [
			id,
			{ ...part, ciphertext: `${part.ciphertext[0] === "A" ? "B" : "A"}${part.ciphertext.slice(1)}` },
		]);
		await server.setAccountData("m.cross_signing.master", { encrypted: Object.fromEntries(altered) });
		expect(await unlockWith(laptop.recovery, recoveryKey)).toEqual({ kind: "refused", why: "other-identity" });
	});
});
