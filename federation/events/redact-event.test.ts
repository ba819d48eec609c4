import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { signedEvent, someHash } from "../testing/signed-event.ts";
import { eventIdOf } from "./parse-event.ts";
import { redactEvent, redactJson } from "./redact-event.ts";

const everyVersion = Object.keys(roomVersions) as RoomVersionId[];
const since = (first: number, versionId: RoomVersionId) => Number(versionId) >= first;
/** What is left of a content in which every key that any version keeps, and one more, is set. */
const keptContent = (versionId: RoomVersionId, type: string, content: JsonObject) =>
	redactJson({ type, content: { ...content, "org.example.other": 1 } }, roomVersions[versionId])["content"];

describe.each(everyVersion)("redaction in version %s", (versionId) => {
	const version = roomVersions[versionId];

	it("EVT-12 keeps the members that the protocol needs", () => {
		const always = ["event_id", "type", "room_id", "sender", "state_key", "hashes", "signatures", "depth"];
		const kept = [...always, "prev_events", "auth_events", "origin_server_ts"];
		const until10 = ["prev_state", "origin", "membership"];
		const lost = ["unsigned", "redacts", "age_ts", "org.example.other", "replaces_state"];
		const json = Object.fromEntries([...kept, ...until10, ...lost].map((key) => [key, "x"]));
		const expected = ["content", ...kept, ...(since(11, versionId) ? [] : until10)];
		expect(Object.keys(redactJson({ ...json, content: {} }, version)).sort()).toEqual(expected.sort());
	});

	it("EVT-13 keeps of a membership", () => {
		const signed = { mxid: "@b:c", token: "t", signatures: {} };
		const content = {
			membership: "join",
			displayname: "x",
			avatar_url: "x",
			reason: "x",
			join_authorised_via_users_server: "@a:b",
			third_party_invite: { display_name: "x", signed },
		};
		expect(keptContent(versionId, "m.room.member", content)).toEqual({
			membership: "join",
			...(since(9, versionId) ? { join_authorised_via_users_server: "@a:b" } : {}),
			...(since(11, versionId) ? { third_party_invite: { signed } } : {}),
		});
	});

	it("EVT-13 keeps an empty third_party_invite for one without signed, and none that is no object", () => {
		const ofInvite = (invite: string | JsonObject) =>
			keptContent(versionId, "m.room.member", { third_party_invite: invite });
		expect(ofInvite({ display_name: "x" })).toEqual(since(11, versionId) ? { third_party_invite: {} } : {});
		expect(ofInvite("x")).toEqual({});
	});

	it("EVT-13 keeps of a create event", () => {
		const content = { creator: "@a:b", room_version: versionId, predecessor: {}, "m.federate": false };
		expect(keptContent(versionId, "m.room.create", content)).toEqual(
			since(11, versionId) ? { ...content, "org.example.other": 1 } : { creator: "@a:b" },
		);
	});

	it("EVT-13 keeps of join rules", () => {
		expect(keptContent(versionId, "m.room.join_rules", { join_rule: "restricted", allow: [{}] })).toEqual({
			join_rule: "restricted",
			...(since(8, versionId) ? { allow: [{}] } : {}),
		});
	});

	it("EVT-13 keeps of power levels", () => {
		const kept = {
			ban: 1,
			events: {},
			events_default: 2,
			kick: 3,
			redact: 4,
			state_default: 5,
			users: {},
			users_default: 6,
		};
		expect(keptContent(versionId, "m.room.power_levels", { ...kept, invite: 7, notifications: { room: 8 } })).toEqual({
			...kept,
			...(since(11, versionId) ? { invite: 7 } : {}),
		});
	});

	it("EVT-13 keeps of history visibility and redactions", () => {
		const visibility = { history_visibility: "shared" };
		expect(keptContent(versionId, "m.room.history_visibility", visibility)).toEqual(visibility);
		expect(keptContent(versionId, "m.room.redaction", { redacts: "$x", reason: "r" })).toEqual(
			since(11, versionId) ? { redacts: "$x" } : {},
		);
	});

	it.each([
		"m.room.message",
		"m.room.aliases",
		"m.room.name",
		"m.room.server_acl",
		"m.room.third_party_invite",
		"__proto__",
	])("EVT-13 keeps nothing of %s", (type) => {
		expect(keptContent(versionId, type, { aliases: ["#a:b"], body: "x", membership: "join" })).toEqual({});
	});

	it("EVT-11 changes neither ids nor itself a second time", () => {
		const content = { membership: "join", displayname: "x" };
		const event = signedEvent(versionId, { type: "m.room.member", state_key: "@alice:one.example", content });
		const redacted = redactEvent(event, version);
		expect(redacted).toMatchObject({ eventId: event.eventId, roomId: event.roomId, content: { membership: "join" } });
		expect(eventIdOf(redacted.json, version)).toBe(event.eventId);
		expect(redactEvent(redacted, version)).toEqual(redacted);
		expect(event.content).toEqual(content);
	});

	it("EVT-17 a redacted redaction names its target only where redaction keeps it", () => {
		const target = `$${someHash}`;
		const changes = { type: "m.room.redaction", redacts: target, content: { redacts: target } };
		const event = signedEvent(versionId, changes);
		expect(event.redacts).toBe(target);
		expect(redactEvent(event, version).redacts).toBe(since(11, versionId) ? target : undefined);
	});
});
