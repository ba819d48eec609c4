import { describe, expect, it } from "vitest";
import { relatedEventId, wireEncryptedContent } from "./encrypted-content.ts";

const content = {
	algorithm: "m.megolm.v1.aes-sha2",
	ciphertext: "AwgAEnACgAkLmt6qF84IK",
	session_id: "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
	sender_key: "Szl29ksW/L8yZGWAX+8dY1XyFi+i5wm+DRhTGkbMiwU",
	device_id: "JLAFKJWSCS",
};

const accepts = (changed: Record<string, unknown>): boolean =>
	wireEncryptedContent.safeParse({ ...content, ...changed }).success;

describe("wireEncryptedContent", () => {
	it("takes what the specification has, and relations of the three kinds", () => {
		expect(wireEncryptedContent.parse(content)).toEqual(content);
		expect(accepts({ sender_key: undefined, device_id: undefined })).toBe(true);
		for (const relation of [
			{ "m.in_reply_to": { event_id: "$a" } },
			{ rel_type: "m.replace", event_id: "$a" },
			{ rel_type: "m.reference", event_id: "$a" },
		]) {
			const parsed = wireEncryptedContent.parse({ ...content, "m.relates_to": relation });
			expect(relatedEventId(parsed)).toBe("$a");
		}
		expect(relatedEventId(wireEncryptedContent.parse(content))).toBeUndefined();
	});

	it.each([
		["another algorithm", { algorithm: "m.olm.v1.curve25519-aes-sha2" }],
		["a ciphertext by device, as Olm has it", { ciphertext: { abc: { type: 0, body: "x" } } }],
		["a ciphertext that is no base64", { ciphertext: "hello there" }],
		["no ciphertext", { ciphertext: "" }],
		["a ciphertext that fits no event", { ciphertext: "A".repeat(65_537) }],
		["no session", { session_id: undefined }],
		["words in clear beside it", { body: "hello" }],
		["mentions in clear", { "m.mentions": { user_ids: ["@bob:kith.example"] } }],
		["a reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: "$a", key: "x" } }],
		["new content in clear", { "m.new_content": { body: "hello" } }],
		["two relations at once", { "m.relates_to": { rel_type: "m.replace", event_id: "$a", "m.in_reply_to": {} } }],
	])("refuses %s", (_, changed) => {
		expect(accepts(changed)).toBe(false);
	});
});
