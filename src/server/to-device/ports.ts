import type { ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";

/** A message to one device, or to all of a person's by `*`. */
export interface NewToDevice {
	readonly userId: UserId;
	readonly deviceId: string;
	/** JSON. */
	readonly content: string;
}

/** What one call, or one other server, sends at once. */
export interface ToDeviceBatch {
	/** Who sends it and under which id: the same again is taken in once. */
	readonly origin: string;
	readonly messageId: string;
	readonly sender: UserId;
	readonly type: string;
	/** For devices of this server. */
	readonly messages: readonly NewToDevice[];
	/** For other servers: the contents of `m.direct_to_device`, in order. */
	readonly elsewhere: readonly { readonly server: ServerName; readonly content: JsonObject }[];
	/** Given: only people get it who share a room with somebody of that server, or are invited to one. */
	readonly onlyWith: ServerName | undefined;
}

/** Messages to devices on the disk. Throws AppError `unavailable` when the database cannot be reached. */
export interface ToDeviceStore {
	/**
	 * Puts everything down in one commit. Answers the stream's new position; undefined, and nothing is stored: it was before.
	 * Devices that are not signed in are left out. Of what waits for a device about `most` messages are kept, long ones
	 * counted as several: what is not encrypted goes first, the oldest of it, then what is newest, each time of whichever
	 * other server, or person of this one, takes most of the inbox.
	 */
	send(batch: ToDeviceBatch, most: number): Promise<number | undefined>;
	/** Forgets what was taken in before. */
	forgetReceived(before: number): Promise<void>;
}
