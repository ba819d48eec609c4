/**
 * What servers tell each other of devices and send to them. A server speaks for its own people alone.
 * Source: Matrix v1.19 Server-Server API, "Device Management", "Send-to-device messaging", `m.signing_key_update`.
 */
import type { ServerName, UserId } from "../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../identifiers/user-id.ts";
import { getInteger, getObject, getString, getValue, isJsonArray, isJsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";

/** One change of somebody's list of devices. */
export interface DeviceListUpdate {
	readonly userId: UserId;
	readonly deviceId: string;
	readonly streamId: number;
	/** The changes that it follows. */
	readonly prevIds: readonly number[];
	/** Undefined: the device is gone, or encrypts nothing. */
	readonly keys: JsonObject | undefined;
}

const maxNameLength = 255;
const mostPrevIds = 20;

/** Reads `m.device_list_update`; `undefined` for what is none, or of somebody who is not of the server (DEV-23). */
export const readDeviceListUpdate = (content: JsonObject, origin: ServerName): DeviceListUpdate | undefined => {
	const userId = personOf(content, "user_id", origin);
	const deviceId = getString(content, "device_id");
	const streamId = getInteger(content, "stream_id");
	const prev = getValue(content, "prev_id") ?? [];
	if (userId === undefined || deviceId === undefined || deviceId.length > maxNameLength) return undefined;
	if (streamId === undefined || streamId < 0 || !isJsonArray(prev) || prev.length > mostPrevIds) return undefined;
	const prevIds = prev.filter((id): id is number => Number.isSafeInteger(id));
	if (prevIds.length !== prev.length) return undefined;
	const isDeleted = getValue(content, "deleted") === true;
	return { userId, deviceId, streamId, prevIds, keys: isDeleted ? undefined : getObject(content, "keys") };
};

/** What an update is to who knows a list up to a place of the chain (DEV-22). */
export const placeOfUpdate = (
	{ streamId, prevIds }: Pick<DeviceListUpdate, "streamId" | "prevIds">,
	known: number,
): "next" | "known" | "gap" => {
	if (streamId <= known) return "known";
	const follows = prevIds.length === 0 ? known === 0 : prevIds.every((id) => id === known);
	return follows ? "next" : "gap";
};

/** New cross-signing keys of somebody. */
export interface SigningKeyUpdate {
	readonly userId: UserId;
	readonly master: JsonObject | undefined;
	readonly self_signing: JsonObject | undefined;
}

/** Reads `m.signing_key_update`; `undefined` for what is none, or of somebody who is not of the server (DEV-23). */
export const readSigningKeyUpdate = (content: JsonObject, origin: ServerName): SigningKeyUpdate | undefined => {
	const userId = personOf(content, "user_id", origin);
	if (userId === undefined) return undefined;
	return { userId, master: getObject(content, "master_key"), self_signing: getObject(content, "self_signing_key") };
};

/** Messages of one person to devices of others. */
export interface DirectToDevice {
	readonly sender: UserId;
	readonly type: string;
	/** Names them among those of the sender: sent again they are taken in once. */
	readonly messageId: string;
	readonly messages: readonly { readonly userId: UserId; readonly deviceId: string; readonly content: JsonObject }[];
}

/** More devices than an honest server puts into one. */
const mostMessages = 5_000;

/** Reads `m.direct_to_device`; `undefined` for what is none, or from somebody who is not of the server (DEV-23). */
export const readDirectToDevice = (content: JsonObject, origin: ServerName): DirectToDevice | undefined => {
	const sender = personOf(content, "sender", origin);
	const type = nameIn(content, "type");
	const messageId = nameIn(content, "message_id");
	const people = getObject(content, "messages");
	if (sender === undefined || type === undefined || messageId === undefined || people === undefined) return undefined;
	const messages = Object.keys(people).flatMap((user) => {
		const userId = parseUserId(user);
		const devices = getObject(people, user);
		if (userId === undefined || userId.includes("\u0000") || devices === undefined) return [];
		return Object.entries(devices).flatMap(([deviceId, message]) =>
			isJsonObject(message) && isName(deviceId) ? [{ userId, deviceId, content: message }] : [],
		);
	});
	return { sender, type, messageId, messages: messages.slice(0, mostMessages) };
};

/** A name that no column could hold is nobody's. */
const isName = (text: string): boolean => text.length <= maxNameLength && !text.includes("\u0000");

const nameIn = (content: JsonObject, key: string): string | undefined => {
	const name = getString(content, key);
	return name !== undefined && isName(name) ? name : undefined;
};

const personOf = (content: JsonObject, key: string, origin: ServerName): UserId | undefined => {
	const userId = parseUserId(getString(content, key) ?? "");
	return userId !== undefined && isName(userId) && userIdServer(userId) === origin ? userId : undefined;
};
