import { randomBytes } from "node:crypto";
import type { Recovery, ServerBackup } from "../../src/client/crypto/worker/recovery/ports.ts";
import type { EngineClient } from "./procedure-server.ts";

/** An engine's recovery over the procedures. */
export const recoveryOf = (client: EngineClient): Recovery => {
	const { call, machine, send } = client;
	return {
		...{ machine, send },
		random: (count) => new Uint8Array(randomBytes(count)),
		server: {
			accountData: async (type) => (await call.accountData.get({ type })).content,
			setAccountData: async (type, content) => void (await call.accountData.set({ type, content: { ...content } })),
			currentBackup: async (): Promise<ServerBackup | undefined> => {
				try {
					return await call.keyBackup.version({});
				} catch (error) {
					if (error instanceof Error && error.message === "not-found") return undefined;
					throw error;
				}
			},
			createBackup: (backup) => call.keyBackup.create({ ...backup, auth_data: { ...backup.auth_data } }),
			backedUpKeys: (question) => call.keyBackup.keys({ ...question }),
		},
	};
};
