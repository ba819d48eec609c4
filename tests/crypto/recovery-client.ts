import { randomBytes } from "node:crypto";
import type { Recovery, RecoveryServer } from "../../src/client/crypto/worker/recovery/ports.ts";
import type { Caller, EngineClient } from "./procedure-server.ts";

const orNone = async <T>(answer: Promise<T>): Promise<T | undefined> => {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof Error && error.message === "not-found") return undefined;
		throw error;
	}
};

/** What recovery asks of the server, as procedures. */
export const recoveryServerOf = (call: Caller): RecoveryServer => ({
	accountData: async (type) => (await call.accountData.get({ type })).content,
	setAccountData: async (type, content) => void (await call.accountData.set({ type, content: { ...content } })),
	currentBackup: () => orNone(call.keyBackup.version({})),
	createBackup: (backup) => call.keyBackup.create({ ...backup, auth_data: { ...backup.auth_data } }),
	backedUpKeys: (question) => call.keyBackup.keys({ ...question }),
	sleepingDevice: () => orNone(call.dehydratedDevice.read()),
	putSleepingDevice: async (body) =>
		void (await call.dehydratedDevice.put(body as Parameters<typeof call.dehydratedDevice.put>[0])),
	sleepingDeviceEvents: (question) => call.dehydratedDevice.events(question),
	removeSleepingDevice: async () => void (await orNone(call.dehydratedDevice.remove())),
});

/** An engine's recovery over the procedures. */
export const recoveryOf = ({ call, machine, send }: EngineClient): Recovery => ({
	...{ machine, send },
	random: (count) => new Uint8Array(randomBytes(count)),
	server: recoveryServerOf(call),
});
