import type { UserId } from "../../../federation/identifiers/identifier-types.ts";

/** A device of a person of this server. */
export interface StreamDevice {
	readonly userId: string;
	readonly deviceId: string;
}

/** A message that waits for a device. */
export interface WaitingToDevice {
	readonly position: number;
	readonly sender: string;
	readonly type: string;
	/** JSON of an object. */
	readonly content: string;
}

/** What is for devices and their crypto engines, on the disk. */
export interface DeviceNewsStore {
	/** The oldest messages between two positions. */
	toDevice(
		device: StreamDevice,
		query: { readonly after: number; readonly upTo: number; readonly limit: number },
	): Promise<readonly WaitingToDevice[]>;
	/** The device has processed everything up to there. */
	acknowledgeToDevice(device: StreamDevice, position: number): Promise<void>;
	/** What is left to hand out, and how many messages the device never got. */
	keyCounts(device: StreamDevice): Promise<{
		readonly oneTimeKeys: Readonly<Record<string, number>>;
		readonly unusedFallbackKeys: readonly string[];
		readonly dropped: number;
	}>;
	listChangesFor(
		userId: UserId,
		range: { readonly from: number; readonly to: number },
	): Promise<{ readonly changed: readonly string[]; readonly left: readonly string[] }>;
	/** The people of this server who share a room with one of these, themselves among them. */
	sharersOf(userIds: readonly string[]): Promise<readonly string[]>;
}
