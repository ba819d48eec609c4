import { DeviceId, type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { OutgoingLoop } from "../outgoing-loop.ts";
import { isVerificationEvent } from "./room-channel.ts";

interface Asking {
	readonly sender: string;
	readonly type: string;
	readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Gets to know the devices that ask. The machine takes no notice of a request from one that it does not know, and a device
 * that has just signed in comes together with the news that there is one.
 */
export const knowAskers = async (
	machine: Pick<OlmMachine, "getDevice" | "queryKeysForUsers">,
	loop: Pick<OutgoingLoop, "send">,
	messages: readonly Asking[],
): Promise<void> => {
	const strangers = new Set<string>();
	for (const { sender, type, content } of messages) {
		const deviceId = content["from_device"];
		if (!isVerificationEvent(type, content) || typeof deviceId !== "string" || strangers.has(sender)) continue;
		using device = await machine.getDevice(new UserId(sender), new DeviceId(deviceId));
		if (device === undefined) strangers.add(sender);
	}
	if (strangers.size === 0) return;
	const userIds = [...strangers].map((userId) => new UserId(userId));
	// Where nobody answers the request is lost, and will be made again.
	await loop.send(machine.queryKeysForUsers(userIds)).catch(() => undefined);
};
