import { describe, expect, it } from "vitest";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { testDevice, testIdentity } from "../testing/device-factory.ts";
import { userId } from "../testing/identifiers.ts";
import { readDeviceList, readQueriedPerson } from "./remote-devices.ts";

const ann = userId("@ann:one.example");
const check = { userId: ann, verifier: nobleVerifier };
const phone = testDevice(ann, "PHONE");
const laptop = testDevice(ann, "LAPTOP");
const identity = testIdentity(ann);
const object = (members: Readonly<Record<string, JsonValue>>): JsonObject => jsonObject(Object.entries(members));
const entry = (deviceId: string, keys: JsonValue) => object({ device_id: deviceId, keys });
const list = (devices: readonly JsonValue[], members: Readonly<Record<string, JsonValue>> = {}) =>
	object({ user_id: ann, stream_id: 7, devices, ...members });

describe("DEV-21: what another server says of devices", () => {
	it("is read as far as each device holds together", () => {
		const forged = withKey(laptop.keys(), "algorithms", ["m.other"]);
		const read = readDeviceList(
			list([
				entry("PHONE", phone.keys()),
				entry("LAPTOP", forged),
				entry("OTHER", phone.keys()),
				"none",
				entry("X", 1),
			]),
			check,
		);
		expect(read?.streamId).toBe(7);
		expect(read?.devices.map(({ deviceId }) => deviceId)).toEqual(["PHONE"]);
	});

	it("is nothing when it is of somebody else, or no list", () => {
		expect(readDeviceList(withKey(list([]), "user_id", "@eve:one.example"), check)).toBeUndefined();
		expect(readDeviceList(withKey(list([]), "stream_id", "7"), check)).toBeUndefined();
		expect(readDeviceList(withKey(list([]), "devices", jsonObject()), check)).toBeUndefined();
	});

	it("holds a self-signing key only where the master key signed it", () => {
		const master = identity.signed("master");
		const usages = (selfSigning: JsonObject) =>
			readDeviceList(list([], { master_key: master, self_signing_key: selfSigning }), check)?.crossSigning.map(
				({ usage }) => usage,
			);
		expect(usages(identity.signed("self_signing"))).toEqual(["master", "self_signing"]);
		expect(usages(testIdentity(ann, "other").signed("self_signing"))).toEqual(["master"]);
		const alone = readDeviceList(list([], { self_signing_key: identity.signed("self_signing") }), check);
		expect(alone?.crossSigning).toEqual([]);
	});

	it("is read of a query for the person alone, in bounds", () => {
		const many = Array.from({ length: 600 }, (_, at) => [`D${at}`, jsonObject()] as const);
		const answer = object({
			device_keys: object({
				[ann]: jsonObject([["PHONE", phone.keys()], ...many]),
				"@eve:one.example": object({ PHONE: phone.keys() }),
			}),
			master_keys: object({ [ann]: identity.signed("master") }),
		});
		const read = readQueriedPerson(answer, check);
		expect(read.devices.map(({ deviceId }) => deviceId)).toEqual(["PHONE"]);
		expect(read.crossSigning).toHaveLength(1);
		expect(readQueriedPerson(jsonObject(), check)).toEqual({ devices: [], crossSigning: [] });
	});
});
