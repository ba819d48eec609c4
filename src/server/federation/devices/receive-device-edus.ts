import {
	type DeviceListUpdate,
	placeOfUpdate,
	readDeviceListUpdate,
	readDirectToDevice,
	readSigningKeyUpdate,
} from "../../../../federation/device-keys/device-edus.ts";
import { goodCrossSigning, readRemoteDevice } from "../../../../federation/device-keys/remote-devices.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { CanonicalJsonError, encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Edu } from "../../../../federation/transport/transaction.ts";
import { maxContentLength, mostWaiting } from "../../to-device/public.ts";
import type { DevicesDependencies } from "./devices-dependencies.ts";

/**
 * Takes in what another server says of its people's devices, and what they send to devices of this one. All of it is on the
 * disk when this resolves, in its order; the same again changes nothing. Throws AppError `unavailable`.
 */
export const receiveDeviceEdus = async (
	dependencies: DevicesDependencies,
	origin: ServerName,
	edus: readonly Edu[],
): Promise<void> => {
	let hasChanged = false;
	for (const { type, content } of edus) {
		if (type === "m.direct_to_device")
			hasChanged = (await receiveToDevice(dependencies, origin, content)) || hasChanged;
		else if (type === "m.device_list_update")
			hasChanged = (await receiveUpdate(dependencies, origin, content)) || hasChanged;
		else if (type === "m.signing_key_update")
			hasChanged = (await receiveKeys(dependencies, origin, content)) || hasChanged;
	}
	if (!hasChanged) return;
	dependencies.bus.publish({ kind: "stream", position: await dependencies.streamPosition() });
	dependencies.bus.publish({ kind: "federation" });
};

type Receive = (dependencies: DevicesDependencies, origin: ServerName, content: JsonObject) => Promise<boolean>;

const receiveToDevice: Receive = async ({ toDevice, serverName, log }, origin, content) => {
	const read = readDirectToDevice(content, origin);
	if (read === undefined) {
		log.info({ peer: origin, rule: "DEV-23" }, "messages to devices were refused");
		return false;
	}
	const messages = read.messages.flatMap(({ userId, deviceId, content: message }) => {
		if (userIdServer(userId) !== serverName) return [];
		const json = encodeCanonicalJson(message);
		return json.length > maxContentLength ? [] : [{ userId, deviceId, content: json }];
	});
	const { sender, type, messageId } = read;
	const batch = { origin: sender, messageId, sender, type, messages, elsewhere: [], onlyWith: origin };
	return (await toDevice.send(batch, mostWaiting)) !== undefined;
};

const receiveUpdate: Receive = async (dependencies, origin, content) => {
	const { remoteDevices, log } = dependencies;
	const update = readDeviceListUpdate(content, origin);
	if (update === undefined) {
		log.info({ peer: origin, rule: "DEV-23" }, "an update of devices was refused");
		return false;
	}
	const [known] = await remoteDevices.listsOf([update.userId]);
	// Of who shares no room with anybody here nothing is kept; what is known from before is not to become wrong.
	if (known === undefined && !(await remoteDevices.sharing([update.userId])).has(update.userId)) return false;
	const place = known === undefined || known.isStale ? "gap" : placeOfUpdate(update, known.streamId);
	if (place === "known") return false;
	if (place === "next" && known !== undefined) {
		const json = goodKeys(dependencies, update);
		if (json !== "refused") {
			const { streamId, deviceId } = update;
			const from = known.streamId;
			if (await remoteDevices.applyUpdate(update.userId, { from, streamId, deviceId, json })) return true;
		}
	}
	await remoteDevices.noteChange(update.userId);
	return true;
};

/** Undefined: the device is gone. What does not hold together is asked for anew: the server may mend it. */
const goodKeys = (
	{ verifier, log }: DevicesDependencies,
	{ userId, deviceId, keys }: DeviceListUpdate,
): string | undefined | "refused" => {
	if (keys === undefined) return undefined;
	try {
		const read = readRemoteDevice(deviceId, keys, { userId, verifier });
		if (read !== undefined) return encodeCanonicalJson(read.json);
	} catch (error) {
		if (!(error instanceof CanonicalJsonError)) throw error;
	}
	log.info({ peer: userIdServer(userId), rule: "DEV-21" }, "the keys of a device were refused");
	return "refused";
};

const receiveKeys: Receive = async ({ remoteDevices, verifier, log }, origin, content) => {
	const update = readSigningKeyUpdate(content, origin);
	if (update === undefined) {
		log.info({ peer: origin, rule: "DEV-23" }, "new cross-signing keys were refused");
		return false;
	}
	const { userId } = update;
	const [known] = await remoteDevices.listsOf([userId]);
	if (known === undefined && !(await remoteDevices.sharing([userId])).has(userId)) return false;
	const keys = goodCrossSigning(update, { userId, verifier });
	// Who has no whole list asks for all of it; so does whoever was told something that does not hold.
	if (known === undefined || known.isStale || keys.length < 2) await remoteDevices.noteChange(userId);
	else {
		const stored = keys.map(({ usage, json }) => ({ usage, json: encodeCanonicalJson(json) }));
		await remoteDevices.putCrossSigning(userId, stored);
	}
	return true;
};
