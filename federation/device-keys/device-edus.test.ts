import { describe, expect, it } from "vitest";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import { serverName, userId } from "../testing/identifiers.ts";
import { placeOfUpdate, readDeviceListUpdate, readDirectToDevice, readSigningKeyUpdate } from "./device-edus.ts";

const one = serverName("one.example");
const ann = userId("@ann:one.example");
const object = (members: Readonly<Record<string, JsonValue>>): JsonObject => jsonObject(Object.entries(members));
const update = object({ user_id: ann, device_id: "A", stream_id: 5, prev_id: [4], keys: jsonObject() });

describe("DEV-23: a server speaks for its own people alone", () => {
	it("about devices", () => {
		expect(readDeviceListUpdate(update, one)).toMatchObject({ userId: ann, deviceId: "A", streamId: 5, prevIds: [4] });
		expect(readDeviceListUpdate(update, serverName("two.example"))).toBeUndefined();
		expect(readDeviceListUpdate(withKey(update, "deleted", true), one)?.keys).toBeUndefined();
		const odd: [string, JsonValue][] = [
			["stream_id", -1],
			["stream_id", "5"],
			["prev_id", 4],
			["prev_id", ["4"]],
			["device_id", "x".repeat(256)],
			["user_id", "ann"],
		];
		for (const [key, value] of odd) expect(readDeviceListUpdate(withKey(update, key, value), one)).toBeUndefined();
	});

	it("about cross-signing keys", () => {
		const content = object({ user_id: ann, master_key: jsonObject() });
		expect(readSigningKeyUpdate(content, one)).toMatchObject({ userId: ann, self_signing: undefined });
		expect(readSigningKeyUpdate(content, serverName("two.example"))).toBeUndefined();
	});

	it("in messages to devices, of which odd ones are left out", () => {
		const messages = object({
			"@bob:two.example": object({ B1: object({ body: "x" }), B2: "no object", "x\u0000y": jsonObject() }),
			nobody: object({ X: jsonObject() }),
		});
		const content = object({ sender: ann, type: "m.room.encrypted", message_id: "m1", messages });
		const read = readDirectToDevice(content, one);
		expect(read?.messages.map(({ deviceId }) => deviceId)).toEqual(["B1"]);
		expect(readDirectToDevice(content, serverName("evil.example"))).toBeUndefined();
		for (const key of ["sender", "type", "message_id", "messages"]) {
			expect(readDirectToDevice(withKey(content, key, 1), one)).toBeUndefined();
		}
	});
});

describe("DEV-22: an update of a list", () => {
	it("is the next one, a known one, or shows that something is missing", () => {
		expect(placeOfUpdate({ streamId: 5, prevIds: [4] }, 4)).toBe("next");
		expect(placeOfUpdate({ streamId: 5, prevIds: [4] }, 3)).toBe("gap");
		expect(placeOfUpdate({ streamId: 5, prevIds: [4, 3] }, 4)).toBe("gap");
		expect(placeOfUpdate({ streamId: 5, prevIds: [4] }, 5)).toBe("known");
		expect(placeOfUpdate({ streamId: 5, prevIds: [] }, 4)).toBe("gap");
		expect(placeOfUpdate({ streamId: 5, prevIds: [] }, 0)).toBe("next");
	});
});
