import { randomUUID } from "node:crypto";
import { hashAndSignEvent } from "../../../federation/events/hash-and-sign-event.ts";
import { eventIdOf } from "../../../federation/events/parse-event.ts";
import type { EventId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { roomVersions } from "../../../federation/room-versions/room-versions.ts";
import type { KithHomeserver } from "../kith/kith-homeserver.ts";
import { askKith, type Told } from "./ask-kith.ts";
import type { HostilePeer } from "./hostile-peer.ts";

/** An event as it is put into a room, with its id. */
export interface Forged {
	readonly eventId: EventId;
	readonly json: JsonObject;
}

/** Somebody of the hostile server who is in a Kith's room, and can say anything there. */
export interface HostileGuest {
	readonly userId: UserId;
	readonly roomId: string;
	/** Their join: what the next event may build on. */
	readonly join: Forged;
	/** The state before it, as the Kith told it: `type state_key` leads to the id. */
	readonly state: ReadonlyMap<string, EventId>;
	/** What a message of theirs has to cite: the power levels and their join. */
	readonly authEvents: readonly EventId[];
	/** A message by them, correct in everything that `changes` does not say otherwise. */
	forge(changes?: JsonObject): Forged;
	/** Sends events in one transaction, and answers what became of each. */
	send(events: readonly (Forged | JsonObject)[], edus?: readonly JsonObject[]): Promise<Told>;
}

/** Joins a public room of version 12 as any server would. Throws unless the Kith lets them in. */
export const joinAsGuest = async (
	kith: KithHomeserver,
	peer: HostilePeer,
	{ roomId, localpart }: { readonly roomId: string; readonly localpart: string },
): Promise<HostileGuest> => {
	const version = roomVersions["12"];
	const userId = `@${localpart}:${peer.name}` as UserId;
	const place = [roomId, userId].map(encodeURIComponent).join("/");
	const made = await askKith(kith, peer, { method: "GET", uri: `/_matrix/federation/v1/make_join/${place}?ver=12` });
	const template = made.content["event"];
	if (made.status !== 200 || !isObject(template)) throw new Error(`make_join: ${JSON.stringify(made)}`);
	const join = signed({ ...template, origin_server_ts: Date.now() }, version, peer);
	const target = [roomId, join.eventId].map(encodeURIComponent).join("/");
	const entered = await askKith(kith, peer, {
		method: "PUT",
		uri: `/_matrix/federation/v2/send_join/${target}`,
		content: join.json,
	});
	if (entered.status !== 200) throw new Error(`send_join: ${JSON.stringify(entered)}`);
	const state = new Map(
		(entered.content["state"] as readonly JsonObject[]).map((event) => [
			`${event["type"]} ${event["state_key"]}`,
			eventIdOf(event, version),
		]),
	);
	const levels = state.get("m.room.power_levels ");
	if (levels === undefined) throw new Error("the room has no power levels");
	const authEvents = [levels, join.eventId];
	return {
		userId,
		roomId,
		join,
		state,
		authEvents,
		forge: (changes = {}) =>
			signed(
				{
					type: "m.room.message",
					room_id: roomId,
					sender: userId,
					content: { msgtype: "m.text", body: randomUUID() },
					prev_events: [join.eventId],
					auth_events: authEvents,
					depth: Number(template["depth"]) + 1,
					origin_server_ts: Date.now(),
					...changes,
				},
				version,
				peer,
			),
		send: (events, edus = []) =>
			askKith(kith, peer, {
				method: "PUT",
				uri: `/_matrix/federation/v1/send/${randomUUID()}`,
				content: {
					origin: peer.name,
					origin_server_ts: Date.now(),
					pdus: events.map((event) => ("eventId" in event ? (event as Forged).json : (event as JsonObject))),
					edus,
				},
			}),
	};
};

/** An event of a room of version 12 with the peer's hash and signature, whatever it says. */
export const signForged = (event: JsonObject, peer: HostilePeer): Forged => signed(event, roomVersions["12"], peer);

const signed = (event: JsonObject, version: RoomVersion, peer: HostilePeer): Forged =>
	hashAndSignEvent(event, version, peer.signer);

const isObject = (value: unknown): value is JsonObject =>
	typeof value === "object" && value !== null && !Array.isArray(value);
