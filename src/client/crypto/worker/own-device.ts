/**
 * A browser may empty the store while the session stays. The next engine then makes other keys under the same device, which no
 * server takes and nobody else would believe: nothing may be sealed by it, and only signing in as a new device helps.
 * Matrix v1.19 Client-Server API, "Key management API": the identity keys of a device never change.
 */
import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import { type KeyServer, Refused } from "./key-server.ts";

/** Under this device's name the server has keys that are not here. */
export class StoreLost extends Error {}

interface OwnDeviceParts {
	readonly machine: Pick<OlmMachine, "userId" | "deviceId" | "identityKeys">;
	readonly server: KeyServer;
	readonly onLost: () => void;
}

export interface OwnDevice {
	/** The server, whose refusals of this device's keys are noticed. */
	readonly server: KeyServer;
	/** Throws StoreLost from then on. */
	assertOwn(): void;
}

export const watchOwnDevice = ({ machine, server, onLost }: OwnDeviceParts): OwnDevice => {
	let isLost = false;
	const assertOwn = (): void => {
		if (isLost) throw new StoreLost("this device's keys are others than the server's");
	};
	const note = async (): Promise<void> => {
		if (isLost || !(await isAnothers(machine, server))) return;
		isLost = true;
		onLost();
	};
	return {
		assertOwn,
		server: {
			...server,
			upload: async (body) => {
				assertOwn();
				try {
					return await server.upload(body);
				} catch (error) {
					// One-time keys that were taken are refused by the same word, and made anew.
					if (error instanceof Refused && error.code === "key-taken") await note().catch(() => undefined);
					throw error;
				}
			},
		},
	};
};

/** Whether the server has other keys of this device. */
const isAnothers = async (
	{ userId, deviceId, identityKeys }: OwnDeviceParts["machine"],
	server: Pick<KeyServer, "query">,
): Promise<boolean> => {
	const [user, device] = [userId.toString(), deviceId.toString()];
	const answer = await server.query({ device_keys: { [user]: [device] } });
	const known = keysIn(answer, user, device)?.[`ed25519:${device}`];
	return typeof known === "string" && known !== identityKeys.ed25519.toBase64();
};

const keysIn = (answer: unknown, user: string, device: string): Record<string, unknown> | undefined => {
	const { device_keys: all } = answer as { device_keys?: Record<string, Record<string, { keys?: object }>> };
	return all?.[user]?.[device]?.keys as Record<string, unknown> | undefined;
};
