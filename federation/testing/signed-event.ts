/** Signed PDUs for tests of format, hashes and signatures. */
import { hashAndSignEvent } from "../events/hash-and-sign-event.ts";
import { parseEvent } from "../events/parse-event.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { jsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { testSigner } from "./noble-signer.ts";

/** Members of a PDU that a test changes; `undefined` takes one away. */
export type PduChanges = { readonly [member: string]: JsonValue | undefined };

/** 43 characters of an event id that names no event. */
export const someHash = "Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg";

/** A well-formed PDU of the version: a message of @alice:one.example, signed by her server after the changes. */
export const signedPdu = (versionId: RoomVersionId, changes: PduChanges = {}): JsonObject => {
	const version = roomVersions[versionId];
	const members: PduChanges = {
		auth_events: [`$${someHash}`],
		content: { body: "hello" },
		depth: 12,
		origin_server_ts: 1_000_000,
		prev_events: [`$${someHash}`],
		room_id: version.roomIdIsCreateHash ? `!${someHash}` : "!room:one.example",
		sender: "@alice:one.example",
		type: "m.room.message",
		...changes,
	};
	const present = Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
	return hashAndSignEvent(jsonObject(present), version, testSigner("one.example")).json;
};

/** The event of such a PDU; throws when the PDU is none. */
export const signedEvent = (versionId: RoomVersionId, changes: PduChanges = {}): RoomEvent => {
	const parsing = parseEvent(signedPdu(versionId, changes), roomVersions[versionId]);
	if (parsing.kind === "refused") {
		throw new Error(`${parsing.rule}: ${parsing.detail}`);
	}
	return parsing.event;
};
