import { describe, expect, it } from "vitest";
import type { JsonValue } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { eventId, roomId, userId } from "../testing/identifiers.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { someHash } from "../testing/signed-event.ts";
import { type BuildContext, buildEvent, type ProtoEvent } from "./build-event.ts";
import { hashMatches } from "./hash-matches.ts";
import { parseEvent } from "./parse-event.ts";
import type { RoomEvent } from "./room-event.ts";
import { verifyEventSignatures } from "./verify-event-signatures.ts";

const everyVersion = Object.keys(roomVersions) as RoomVersionId[];
const signer = testSigner("one.example");
const someId = eventId(`$${someHash}`);

const contextOf = (versionId: RoomVersionId, changes: Partial<BuildContext> = {}): BuildContext => ({
	version: roomVersions[versionId],
	signer,
	prevEvents: [{ eventId: someId, depth: 4 }],
	authEvents: [someId],
	originServerTs: 5000,
	...changes,
});
const protoOf = (versionId: RoomVersionId, changes: Partial<ProtoEvent> = {}): ProtoEvent => ({
	roomId: roomId(versionId === "12" ? `!${someHash}` : "!room:one.example"),
	sender: userId("@alice:one.example"),
	type: "m.room.message",
	content: { body: "hello" },
	...changes,
});
const built = (proto: ProtoEvent, context: BuildContext): RoomEvent => {
	const building = buildEvent(proto, context);
	if (building.kind === "refused") {
		throw new Error(`${building.rule}: ${building.detail}`);
	}
	return building.event;
};
const refusal = (proto: ProtoEvent, context: BuildContext) => {
	const building = buildEvent(proto, context);
	return building.kind === "refused" ? building.rule : building.kind;
};

describe("buildEvent", () => {
	it.each(everyVersion)("EVT-16 makes what a receiver of version %s accepts as the same event", (versionId) => {
		const version = roomVersions[versionId];
		const event = built(protoOf(versionId, { stateKey: "k" }), contextOf(versionId));
		expect(parseEvent(event.json, version)).toEqual({ kind: "ok", event });
		expect(hashMatches(event)).toBe(true);
		const keys = () => ({ kind: "old", publicKey: signer.publicKey, expiredTs: 5000 }) as const;
		expect(verifyEventSignatures(event, { version, keys, verifier: nobleVerifier })).toEqual({ kind: "verified" });
		expect([event.stateKey, event.originServerTs, event.depth]).toEqual(["k", 5000, 5]);
	});

	it("EVT-16 opens a room of version 12 with a create event that has no room id", () => {
		const proto = protoOf("12", { roomId: undefined, type: "m.room.create", stateKey: "", content: {} });
		const create = built(proto, contextOf("12", { prevEvents: [], authEvents: [] }));
		expect(Object.hasOwn(create.json, "room_id")).toBe(false);
		expect(create.roomId).toBe(`!${create.eventId.slice(1)}`);
		expect(create.depth).toBe(1);
	});

	it("EVT-16 is one deeper than the deepest predecessor, up to the limit", () => {
		const depthAfter = (...depths: number[]) =>
			built(protoOf("12"), contextOf("12", { prevEvents: depths.map((depth) => ({ eventId: someId, depth })) })).depth;
		expect([depthAfter(), depthAfter(0), depthAfter(3, 9, 5), depthAfter(2 ** 53 - 1)]).toEqual([
			1,
			1,
			10,
			2 ** 53 - 1,
		]);
	});

	it.each(everyVersion)("EVT-16 puts what is redacted where version %s wants it", (versionId) => {
		const proto = protoOf(versionId, { type: "m.room.redaction", content: { reason: "r" }, redacts: someId });
		const event = built(proto, contextOf(versionId));
		const inContent = versionId === "11" || versionId === "12";
		expect(event.redacts).toBe(someId);
		expect(event.content).toEqual(inContent ? { reason: "r", redacts: someId } : { reason: "r" });
		expect(event.json["redacts"]).toBe(inContent ? undefined : someId);
	});

	it("EVT-16 refuses by the rules that hold for received events", () => {
		const context = contextOf("12");
		const ofContent = (content: { [key: string]: JsonValue }) => refusal(protoOf("12", { content }), context);
		expect(ofContent({ a: 0.5 })).toBe("EVT-01");
		expect(ofContent({ a: "\ud800" })).toBe("EVT-01");
		expect(ofContent({ a: "x".repeat(65_536) })).toBe("EVT-02");
		expect(refusal(protoOf("12", { roomId: undefined }), context)).toBe("EVT-05");
		expect(refusal(protoOf("12", { type: "m.room.create", stateKey: "" }), context)).toBe("EVT-06");
		expect(refusal(protoOf("12", { type: "x".repeat(256) }), context)).toBe("EVT-07");
		expect(refusal(protoOf("12", { stateKey: "x".repeat(256) }), context)).toBe("EVT-08");
		expect(refusal(protoOf("12"), contextOf("12", { authEvents: Array(11).fill(someId) }))).toBe("EVT-09");
		expect(refusal(protoOf("12"), contextOf("12", { prevEvents: Array(21).fill({ eventId: someId, depth: 1 }) }))).toBe(
			"EVT-09",
		);
	});
});
