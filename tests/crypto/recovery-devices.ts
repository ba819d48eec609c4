import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { sendToBackup, settleBackup } from "../../src/client/crypto/worker/recovery/backup.ts";
import {
	confirmRecoveryKey,
	type PreparedKey,
	prepareRecoveryKey,
} from "../../src/client/crypto/worker/recovery/new-recovery-key.ts";
import { createTestAccounts, testServerName } from "../setup/test-accounts.ts";
import { createTestHost } from "../setup/test-host.ts";
import { signIn } from "../setup/test-keys.ts";
import { createEngineClient } from "./procedure-server.ts";
import { recoveryOf } from "./recovery-client.ts";

export const roomId = "!room:kith.test";
export const ann = `@ann:${testServerName}` as UserId;
export const random = (count: number) => new Uint8Array(randomBytes(count));

/** One person, her server, and as many devices of hers as a test wants. */
export const openRecovery = async () => {
	const accounts = await createTestAccounts();
	const host = await createTestHost(accounts);
	await accounts.addPerson("ann");
	return {
		device: async (deviceId: string) => {
			const client = await createEngineClient(host.host, (await signIn(accounts.database, ann, deviceId)).viewer);
			await client.sendAll();
			return { ...client, recovery: recoveryOf(client) };
		},
		[Symbol.asyncDispose]: async () => {
			await host[Symbol.asyncDispose]();
			await accounts[Symbol.asyncDispose]();
		},
	};
};

export type Device = Awaited<ReturnType<Awaited<ReturnType<typeof openRecovery>>["device"]>>;

export const prepared = (made: PreparedKey | string): PreparedKey => {
	if (typeof made === "string") throw new Error(made);
	return made;
};

/** A first device with an identity, a backup with these words' keys in it, and a recovery key that its person has. */
export const firstDevice = async (
	test: Awaited<ReturnType<typeof openRecovery>>,
	words: readonly string[] = ["hello"],
) => {
	const device = await test.device("PHONE");
	await device.bootstrap();
	expect(await settleBackup(device.recovery)).toMatchObject({ kind: "on" });
	const sealed: string[] = [];
	for (const [index, word] of words.entries()) sealed.push(await device.encrypt(`${roomId}${index}`, [ann], word));
	await sendToBackup(device.recovery);
	const made = prepared(await prepareRecoveryKey(device.recovery));
	expect(await confirmRecoveryKey(device.recovery, made)).toBe("done");
	return { device, sealed, recoveryKey: made.recoveryKey };
};

export const readWords = (device: Device, sealed: readonly string[]) =>
	Promise.all(sealed.map((one, index) => device.decrypt(`${roomId}${index}`, ann, one)));
