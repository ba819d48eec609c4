import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import { withKey, withoutKeys } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { eventId } from "../testing/identifiers.ts";
import { type PduChanges, signedEvent, signedPdu, someHash } from "../testing/signed-event.ts";
import { hashMatches } from "./hash-matches.ts";
import { parseEvent, restoreEvent } from "./parse-event.ts";

const everyVersion = Object.keys(roomVersions) as RoomVersionId[];
const outcome = (json: JsonObject, versionId: RoomVersionId = "12") => {
	const parsing = parseEvent(json, roomVersions[versionId]);
	return parsing.kind === "ok" ? "ok" : parsing.rule;
};
/** Changes after signing, where hashing would throw or the member is made by it. */
const altered = (member: string, value: JsonValue, versionId: RoomVersionId = "12") =>
	withKey(signedPdu(versionId), member, value);
const signedOutcome = (changes: PduChanges, versionId: RoomVersionId = "12") =>
	outcome(signedPdu(versionId, changes), versionId);
const ids = (count: number) => Array.from({ length: count }, () => `$${someHash}`);

describe("parseEvent", () => {
	it.each(everyVersion)("EVT-03 reads an event of version %s", (versionId) => {
		const event = signedEvent(versionId, { state_key: "", type: "m.room.topic", content: { topic: "t" } });
		expect(event).toMatchObject({
			sender: "@alice:one.example",
			type: "m.room.topic",
			stateKey: "",
			content: { topic: "t" },
			prevEvents: ids(1),
			authEvents: ids(1),
			depth: 12,
			originServerTs: 1_000_000,
			redacts: undefined,
		});
		expect(hashMatches(event)).toBe(true);
		expect(signedEvent(versionId).stateKey).toBeUndefined();
	});

	it("EVT-01 refuses what has no canonical form", () => {
		expect(outcome(altered("content", { a: 1.5 }))).toBe("EVT-01");
		expect(outcome(altered("x", 2 ** 53))).toBe("EVT-01");
		expect(outcome(altered("x", "\ud800"))).toBe("EVT-01");
		expect(outcome(altered("x", JSON.parse("[".repeat(600) + "]".repeat(600))))).toBe("EVT-01");
	});

	it.each(everyVersion)("EVT-02 allows 65,536 bytes in canonical form and no more, version %s", (versionId) => {
		const padded = (length: number) =>
			signedPdu(versionId, { content: { body: "é".repeat(10), pad: "x".repeat(length) } });
		const overhead = Buffer.byteLength(encodeCanonicalJson(padded(0)));
		expect(outcome(padded(65_536 - overhead), versionId)).toBe("ok");
		expect(outcome(padded(65_537 - overhead), versionId)).toBe("EVT-02");
	});

	it("EVT-02 does not count unsigned", () => {
		expect(outcome(altered("unsigned", { pad: "x".repeat(70_000) }))).toBe("ok");
	});

	it.each([
		"sender",
		"type",
		"content",
		"origin_server_ts",
		"hashes",
		"signatures",
		"depth",
		"prev_events",
		"auth_events",
		"room_id",
	])("EVT-03 refuses an event without %s", (member) => {
		const rules: Record<string, string> = {
			sender: "EVT-04",
			room_id: "EVT-05",
			prev_events: "EVT-09",
			auth_events: "EVT-09",
			depth: "EVT-10",
		};
		expect(outcome(withoutKeys(signedPdu("12"), [member]))).toBe(rules[member] ?? "EVT-03");
	});

	it("EVT-03 refuses members of the wrong kind", () => {
		const wrong: [string, JsonValue][] = [
			["type", 1],
			["content", []],
			["content", "x"],
			["origin_server_ts", "1"],
			["hashes", {}],
			["hashes", { sha256: 1 }],
			["signatures", []],
			["signatures", { "one.example": "x" }],
			["signatures", { "one.example": { "ed25519:1": 1 } }],
		];
		expect(wrong.map(([member, value]) => outcome(altered(member, value)))).toEqual(wrong.map(() => "EVT-03"));
	});

	it("EVT-03 lets unknown members pass, as they are signed", () => {
		expect(signedOutcome({ "org.example.extra": { a: [1] }, __proto__x: 1 })).toBe("ok");
	});

	it("EVT-04 refuses a sender that is no user id of at most 255 bytes", () => {
		const senderOf = (bytes: number) => `@${"a".repeat(bytes - 5)}:o.e`;
		expect(signedOutcome({ sender: senderOf(255) })).toBe("ok");
		for (const sender of [senderOf(256), "alice", "@alice", "@a:b c", "", 1, null]) {
			expect(signedOutcome({ sender })).toBe("EVT-04");
		}
	});

	it("EVT-05 wants a room id with a server up to version 11 and a hash from 12 on", () => {
		for (const versionId of everyVersion) {
			const isHash = versionId === "12";
			expect(signedOutcome({ room_id: `!${someHash}` }, versionId)).toBe(isHash ? "ok" : "EVT-05");
			expect(signedOutcome({ room_id: "!room:one.example" }, versionId)).toBe(isHash ? "EVT-05" : "ok");
			for (const room of ["", "room", "!room", "#room:one.example", 1, `!${"r".repeat(250)}:o.ex`]) {
				expect(signedOutcome({ room_id: room }, versionId)).toBe("EVT-05");
			}
		}
	});

	it("EVT-06 wants no room id in the create event of version 12, and one before", () => {
		const create = { type: "m.room.create", state_key: "", content: {}, prev_events: [], auth_events: [] };
		expect(signedOutcome({ ...create, room_id: undefined })).toBe("ok");
		expect(signedOutcome({ ...create, room_id: `!${someHash}` })).toBe("EVT-06");
		expect(signedOutcome({ ...create, room_id: undefined }, "11")).toBe("EVT-05");
		expect(signedOutcome({ room_id: undefined })).toBe("EVT-05");
	});

	it("EVT-07 allows types of 255 bytes without NUL", () => {
		expect(signedOutcome({ type: `${"é".repeat(127)}x` })).toBe("ok");
		expect(signedOutcome({ type: "é".repeat(128) })).toBe("EVT-07");
		expect(signedOutcome({ type: "m.room\u0000x" })).toBe("EVT-07");
		expect(signedOutcome({ type: "" })).toBe("ok");
	});

	it("EVT-08 allows state keys of 255 bytes that are strings", () => {
		expect(signedOutcome({ state_key: `${"é".repeat(127)}x` })).toBe("ok");
		expect(signedOutcome({ state_key: "é".repeat(128) })).toBe("EVT-08");
		expect(signedOutcome({ state_key: null })).toBe("EVT-08");
		expect(signedOutcome({ state_key: 1 })).toBe("EVT-08");
	});

	it("EVT-09 allows 20 prev_events and 10 auth_events, event ids all", () => {
		expect(signedOutcome({ prev_events: ids(20), auth_events: ids(10) })).toBe("ok");
		expect(signedOutcome({ prev_events: [], auth_events: [] })).toBe("ok");
		for (const prev of [ids(21), ["$x:one.example"], [1], {}, [[`$${someHash}`, {}]]]) {
			expect(signedOutcome({ prev_events: prev })).toBe("EVT-09");
		}
		expect(signedOutcome({ auth_events: ids(11) })).toBe("EVT-09");
	});

	it("EVT-10 allows depths from 0 to 2^53-1", () => {
		expect([0, 2 ** 53 - 1].map((depth) => signedOutcome({ depth }))).toEqual(["ok", "ok"]);
		expect([-1, "1", null].map((depth) => signedOutcome({ depth }))).toEqual(Array(3).fill("EVT-10"));
		expect(outcome(altered("depth", 2 ** 53))).toBe("EVT-10");
	});

	it("EVT-11 the id covers what redaction keeps, and nothing else", () => {
		const json = signedPdu("12");
		const idOf = (pdu: JsonObject) => {
			const parsing = parseEvent(pdu, roomVersions["12"]);
			return parsing.kind === "ok" && parsing.event.eventId;
		};
		const id = idOf(json);
		expect(id).toMatch(/^\$[\w-]{43}$/);
		expect(idOf(withKey(json, "content", { body: "other" }))).toBe(id);
		expect(idOf(withKey(json, "signatures", {}))).toBe(id);
		expect(idOf(withKey(json, "unsigned", { age: 1 }))).toBe(id);
		for (const [member, value] of [
			["depth", 13],
			["origin_server_ts", 1],
			["state_key", ""],
			["sender", "@b:c"],
		] as const) {
			expect(idOf(withKey(json, member, value))).not.toBe(id);
		}
		expect(idOf(withKey(json, "hashes", { sha256: "x" }))).not.toBe(id);
	});

	it("EVT-11 the room id of version 12 is the create event's id with another sigil", () => {
		const create = signedEvent("12", { type: "m.room.create", state_key: "", room_id: undefined, content: { a: 1 } });
		expect(create.roomId).toBe(`!${create.eventId.slice(1)}`);
		expect(signedEvent("12").roomId).toBe(`!${someHash}`);
	});

	it("EVT-14 content and hash are compared, and junk for a hash does not match", () => {
		const json = signedPdu("12");
		const matches = (pdu: JsonObject) => {
			const parsing = parseEvent(pdu, roomVersions["12"]);
			return parsing.kind === "ok" && hashMatches(parsing.event);
		};
		expect(matches(json)).toBe(true);
		expect(matches(withKey(json, "unsigned", { age: 1 }))).toBe(true);
		expect(matches(withKey(json, "content", {}))).toBe(false);
		expect(matches(withKey(json, "extra", 1))).toBe(false);
		for (const junk of ["", "!!!", "AAAA", "A".repeat(43)]) {
			expect(matches(withKey(json, "hashes", { sha256: junk }))).toBe(false);
		}
	});

	it("EVT-15 drops unsigned and keeps the rest of the PDU as it was", () => {
		const json = signedPdu("12");
		const parsing = parseEvent(withKey(json, "unsigned", { age: 1 }), roomVersions["12"]);
		expect(parsing.kind === "ok" && parsing.event.json).toEqual(json);
	});

	it.each(everyVersion)("EVT-17 reads what a redaction names where version %s keeps it", (versionId) => {
		const target = `$${someHash}`;
		const inContent = signedEvent(versionId, { type: "m.room.redaction", content: { redacts: target } });
		const onTop = signedEvent(versionId, { type: "m.room.redaction", redacts: target });
		const expected = versionId === "11" || versionId === "12" ? [target, undefined] : [undefined, target];
		expect([inContent.redacts, onTop.redacts]).toEqual(expected);
		expect(signedEvent(versionId, { redacts: target, content: { redacts: target } }).redacts).toBeUndefined();
		expect(
			signedEvent(versionId, { type: "m.room.redaction", redacts: 1, content: { redacts: "x" } }).redacts,
		).toBeUndefined();
	});

	it("EVT-03 never throws, whatever a member holds", () => {
		const members = Object.keys(signedPdu("11", { state_key: "", unsigned: {}, redacts: "" }));
		fc.assert(
			fc.property(
				fc.constantFrom(...members),
				fc.jsonValue(),
				fc.constantFrom(...everyVersion),
				(member, value, versionId) => {
					const json = withKey(signedPdu(versionId), member, value as JsonValue);
					expect(["ok", "refused"]).toContain(parseEvent(json, roomVersions[versionId]).kind);
				},
			),
			{ numRuns: 300 },
		);
	});
});

describe("restoreEvent", () => {
	it("EVT-11 gives back the event that was parsed", () => {
		const event = signedEvent("12", { type: "m.room.create", state_key: "", room_id: undefined });
		expect(restoreEvent(event.json, roomVersions["12"], event.eventId)).toEqual(event);
	});

	it("throws on a stored object that is no event", () => {
		expect(() => restoreEvent({}, roomVersions["12"], eventId(`$${someHash}`))).toThrow("EVT-03");
	});
});
