import { authEventKeys } from "../../../federation/authorization/select-auth-events.ts";
import { buildEvent, type ProtoEvent } from "../../../federation/events/build-event.ts";
import type { RoomEvent } from "../../../federation/events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../../federation/events/state-key.ts";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersionId } from "../../../federation/room-versions/room-version.ts";
import { roomVersions } from "../../../federation/room-versions/room-versions.ts";
import { type HostilePeer, sendJson } from "./hostile-peer.ts";

/** What somebody sends into the room; the room itself goes without saying. */
export type Said = Omit<ProtoEvent, "roomId" | "sender"> & { readonly sender?: UserId };

/** Where an event stands, where it is not at the room's end or not signed by the host. */
export interface Standing {
	readonly signer?: HostilePeer["signer"];
	readonly prevEvents?: readonly RoomEvent[];
	readonly authEvents?: readonly EventId[];
	readonly originServerTs?: number;
}

/** A public room that a hostile server made, and that others may join as far as it tells the truth. */
export interface HostileRoom {
	readonly roomId: RoomId;
	/** Who made it. */
	readonly owner: UserId;
	/** Every event by its id. */
	readonly events: ReadonlyMap<EventId, RoomEvent>;
	/** Makes an event without putting it into the room. */
	build(said: Said, standing?: Standing): RoomEvent;
	/** Makes an event and puts it at the room's end, whether or not it may be there. */
	append(said: Said, standing?: Standing): RoomEvent;
	state(type: string, stateKey?: string): RoomEvent | undefined;
	/** What the next `send_join` answers, from what would be the truth. */
	lie(alter: (answer: JoinAnswer) => JsonObject): void;
}

/** The lists of an answer to a join. */
export interface JoinAnswer extends JsonObject {
	readonly state: readonly JsonObject[];
	readonly auth_chain: readonly JsonObject[];
}

interface RoomWishes {
	readonly version?: RoomVersionId;
	/** Before version 12: what the room's id ends in; absent: the server's own name. */
	readonly server?: string;
}

let made = 0;

/** Makes a room of somebody of this server, and has the server answer for it. */
export const makeHostileRoom = (peer: HostilePeer, wishes: RoomWishes = {}): HostileRoom => {
	made += 1;
	const version = roomVersions[wishes.version ?? "12"];
	const owner = `@owner-${made}:${peer.name}` as UserId;
	const events = new Map<EventId, RoomEvent>();
	const current = new Map<StateMapKey, EventId>();
	const named = version.roomIdIsCreateHash ? undefined : (`!hostile${made}:${wishes.server ?? peer.name}` as RoomId);
	let roomId = named;
	let last: RoomEvent | undefined;
	let alter: (answer: JoinAnswer) => JsonObject = (answer) => answer;
	const authEventsOf = (proto: ProtoEvent): readonly EventId[] =>
		authEventKeys({ stateKey: undefined, ...proto }, version).flatMap(
			([type, key]) => current.get(stateMapKey(type, key)) ?? [],
		);
	const build = (said: Said, standing: Standing = {}): RoomEvent => {
		const proto: ProtoEvent = { roomId, sender: owner, ...said };
		const built = buildEvent(proto, {
			version,
			signer: standing.signer ?? peer.signer,
			prevEvents: standing.prevEvents ?? (last === undefined ? [] : [last]),
			authEvents: standing.authEvents ?? authEventsOf(proto),
			originServerTs: standing.originServerTs ?? Date.now(),
		});
		if (built.kind === "refused") throw new Error(`${built.rule}: ${built.detail}`);
		return built.event;
	};
	const append = (said: Said, standing: Standing = {}): RoomEvent => {
		const event = build(said, standing);
		events.set(event.eventId, event);
		last = event;
		if (event.stateKey !== undefined) current.set(stateMapKey(event.type, event.stateKey), event.eventId);
		return event;
	};
	const creator = version.creatorIsSender ? {} : { creator: owner };
	const create = append({ type: "m.room.create", stateKey: "", content: { room_version: version.id, ...creator } });
	roomId = create.roomId;
	append({ type: "m.room.member", stateKey: owner, content: { membership: "join" } });
	const users = version.privilegedCreators ? {} : { [owner]: 100 };
	append({ type: "m.room.power_levels", stateKey: "", content: { users } });
	append({ type: "m.room.join_rules", stateKey: "", content: { join_rule: "public" } });
	const room: HostileRoom = {
		roomId,
		owner,
		events,
		build,
		append,
		state: (type, stateKey = "") => events.get(current.get(stateMapKey(type, stateKey)) ?? ("" as EventId)),
		lie: (next) => {
			alter = next;
		},
	};
	answerJoins(peer, room, {
		versionId: version.id,
		stateIds: () => [...current.values()],
		authEventsOf,
		end: () => last ?? create,
		alter: (answer) => alter(answer),
	});
	return room;
};

interface Answers {
	readonly versionId: RoomVersionId;
	stateIds(): readonly EventId[];
	authEventsOf(proto: ProtoEvent): readonly EventId[];
	end(): RoomEvent;
	alter(answer: JoinAnswer): JsonObject;
}

const answerJoins = (peer: HostilePeer, { roomId, events }: HostileRoom, answers: Answers): void => {
	const at = `/_matrix/federation/v1/make_join/${encodeURIComponent(roomId)}/`;
	peer.answer(at, ({ uri }, response) => {
		const sender = decodeURIComponent(uri.slice(at.length).split("?")[0] ?? "") as UserId;
		const content = { membership: "join" };
		const end = answers.end();
		const event = {
			...{ type: "m.room.member", room_id: roomId, sender, state_key: sender, content },
			auth_events: answers.authEventsOf({ roomId, sender, type: "m.room.member", stateKey: sender, content }),
			...{ prev_events: [end.eventId], depth: end.depth + 1, origin_server_ts: Date.now() },
		};
		sendJson(response, 200, { room_version: answers.versionId, event });
	});
	peer.answer(`/_matrix/federation/v2/send_join/${encodeURIComponent(roomId)}/`, ({ body }, response) => {
		const state = answers.stateIds().flatMap((eventId) => events.get(eventId) ?? []);
		const chain = new Set(state.flatMap(({ authEvents }) => authEvents));
		for (const eventId of chain) for (const id of events.get(eventId)?.authEvents ?? []) chain.add(id);
		const answer = {
			origin: peer.name,
			event: JSON.parse(body) as JsonObject,
			state: state.map(({ json }) => json),
			auth_chain: [...chain].flatMap((eventId) => events.get(eventId) ?? []).map(({ json }) => json),
			members_omitted: false,
			servers_in_room: [peer.name],
		};
		sendJson(response, 200, answers.alter(answer));
	});
};
