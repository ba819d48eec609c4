import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";

type Machine = Pick<OlmMachine, "getUserDevices" | "trackedUsers">;

/** Whose devices made the keys that were handed on, as far as devices are known. For one batch: it remembers what it found. */
export const createKeyMakers = (machine: Machine) => {
	const found = new Map<string, boolean>();
	const has = async (userId: UserId, curve25519: string): Promise<boolean> => {
		using devices = await machine.getUserDevices(userId);
		return devices.devices().some((device) => {
			const key = device.curve25519Key?.toBase64();
			device.free();
			return key === curve25519;
		});
	};
	const look = async (sender: string, curve25519: string): Promise<boolean> => {
		if (await has(new UserId(sender), curve25519)) return false;
		for (const userId of await machine.trackedUsers()) if (await has(userId, curve25519)) return true;
		// A device that is gone, or that nobody asked for yet.
		return false;
	};
	return {
		/** True: a device of somebody else made the key, and none of the sender's. */
		isOthers: async (sender: string, curve25519: string): Promise<boolean> => {
			const name = `${sender} ${curve25519}`;
			const known = found.get(name) ?? (await look(sender, curve25519));
			found.set(name, known);
			return known;
		},
	};
};
