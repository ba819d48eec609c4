import type { ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import { encodeCanonicalJson } from "../../../federation/json/canonical-json.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import type { Viewer } from "../accounts/public.ts";
import type { Bus } from "../stream/public.ts";
import type { ToDeviceStore } from "./ports.ts";

export interface ToDeviceDependencies {
	readonly store: ToDeviceStore;
	readonly bus: Pick<Bus, "publish">;
	readonly serverName: ServerName;
	readonly clock: { now(): number };
	/** An id that nobody used before, at most 24 characters. */
	readonly newMessageId: () => string;
}

/** One message for each device that is named. */
export interface ToDeviceRequest {
	readonly type: string;
	/** Chosen by the device: sent again under the same id it is sent once. */
	readonly transactionId: string;
	readonly messages: readonly ToDeviceMessage[];
}

export interface ToDeviceMessage {
	readonly userId: UserId;
	/** `*`: all of the person's devices. */
	readonly deviceId: string;
	readonly content: JsonObject;
}

/** As an event may be long. */
export const maxContentLength = 65_536;
/** More than a device that comes back within months misses. */
export const mostWaiting = 10_000;
/** What other servers take without trouble, in characters. */
const eduLength = 50_000;

/**
 * Sends messages to devices, here and elsewhere. It is on the disk before it answers; devices get them in order, until they
 * say that they have them. Throws AppError `too-large`. Matrix v1.19 Client-Server API, "Send-to-Device messaging".
 */
export const sendToDevice = async (
	{ store, bus, serverName, newMessageId }: ToDeviceDependencies,
	viewer: Viewer,
	{ type, transactionId, messages }: ToDeviceRequest,
): Promise<void> => {
	const written = messages.map((message) => ({ ...message, json: encodeCanonicalJson(message.content) }));
	if (written.some(({ json }) => json.length > maxContentLength)) throw new AppError("too-large");
	const isLocal = ({ userId }: ToDeviceMessage): boolean => userIdServer(userId) === serverName;
	const local = written.filter(isLocal).map(({ userId, deviceId, json }) => ({ userId, deviceId, content: json }));
	const remote = written.filter((message) => !isLocal(message));
	const servers = new Set(remote.map(({ userId }) => userIdServer(userId)));
	const elsewhere = [...servers].flatMap((server) => {
		const own = remote.filter(({ userId }) => userIdServer(userId) === server);
		return inParts(own).map((part) => ({
			server,
			content: jsonObject([
				["sender", viewer.userId],
				["type", type],
				["message_id", newMessageId()],
				["messages", byPerson(part)],
			]),
		}));
	});
	const sent = { origin: viewer.sessionId, messageId: transactionId, sender: viewer.userId, type };
	const position = await store.send({ ...sent, messages: local, elsewhere, onlyWith: undefined }, mostWaiting);
	if (position === undefined) return;
	bus.publish({ kind: "stream", position });
	if (elsewhere.length > 0) bus.publish({ kind: "federation" });
};

const inParts = <Message extends { readonly json: string }>(messages: readonly Message[]): readonly Message[][] => {
	const parts: Message[][] = [];
	let length = 0;
	for (const message of messages) {
		const last = parts.at(-1);
		if (last === undefined || length + message.json.length > eduLength) {
			parts.push([message]);
			length = message.json.length;
			continue;
		}
		last.push(message);
		length += message.json.length;
	}
	return parts;
};

const byPerson = (messages: readonly ToDeviceMessage[]): JsonObject => {
	const people = new Map<string, [string, JsonObject][]>();
	for (const { userId, deviceId, content } of messages) {
		people.set(userId, [...(people.get(userId) ?? []), [deviceId, content]]);
	}
	return jsonObject([...people].map(([userId, devices]) => [userId, jsonObject(devices)]));
};
