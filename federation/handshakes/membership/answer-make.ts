/**
 * The first half of joining, leaving and knocking, answering side: the place in the room where the other server may put
 * its person's event, where the rules would let it in now.
 * Matrix v1.19 Server-Server API, `make_join`, `make_leave`, `make_knock`; SPEC.md, "Membership".
 */
import { authorizerWith } from "../../authorization/authorize-event.ts";
import { authEventKeys } from "../../authorization/select-auth-events.ts";
import type { RoomEvent } from "../../events/room-event.ts";
import type { EventId, ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../identifiers/user-id.ts";
import { jsonObject } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { ResidentRoom } from "../../ports/resident-rooms.ts";
import { forbidden, incompatibleVersion, invalidParam, type Refusal, refusedBy } from "../refusal.ts";
import { type AnsweringPorts, isRefusal, openResidentRoom } from "./answering.ts";
import { knowsMembership, type WishedMembership } from "./membership-uris.ts";
import { findAuthoriser, isRestrictedFor, meetsConditions } from "./restricted-join.ts";

/** Who asks for what. */
export interface MakeQuestion {
	readonly origin: ServerName;
	readonly roomId: string;
	readonly userId: string;
	readonly membership: WishedMembership;
	/** Room versions that the other server understands; not asked of who leaves. */
	readonly versions: readonly string[];
	/** Milliseconds since the Unix epoch. */
	readonly now: number;
}

/** The template of the event, or a refusal. */
export const answerMake = async (
	ports: AnsweringPorts,
	question: MakeQuestion,
): Promise<{ readonly kind: "answered"; readonly content: JsonObject } | Refusal> =>
	refusedBy("MEM-MAKE", await propose(ports, question));

const propose = async (
	ports: AnsweringPorts,
	question: MakeQuestion,
): Promise<{ readonly kind: "answered"; readonly content: JsonObject } | Refusal> => {
	const { origin, membership, versions } = question;
	const userId = parseUserId(question.userId);
	if (userId === undefined) return invalidParam("Not a user ID");
	if (userIdServer(userId) !== origin) return forbidden("The person is of another server");
	const room = await openResidentRoom(ports, question, [userId]);
	if (isRefusal(room)) return room;
	const { version } = room;
	if (!knowsMembership(membership, version)) return forbidden("Rooms of this version know no knocking");
	if (membership !== "leave" && !versions.includes(version.id)) return incompatibleVersion(version.id);
	const authoriser = await authoriserFor(ports, room, { userId, membership });
	if (isRefusal(authoriser)) return authoriser;
	const content: JsonObject =
		authoriser === undefined ? { membership } : { membership, join_authorised_via_users_server: authoriser };
	const draft = {
		room: authoriser === undefined ? room : await withMember(ports, room, { userId, authoriser }),
		userId,
	};
	return template(ports, { ...draft, content, now: question.now });
};

const authoriserFor = async (
	ports: AnsweringPorts,
	room: ResidentRoom,
	{ userId, membership }: { readonly userId: UserId; readonly membership: WishedMembership },
): Promise<UserId | undefined | Refusal> => {
	if (membership !== "join" || !isRestrictedFor(room, userId)) return undefined;
	const met = await meetsConditions(ports.rooms, room, userId);
	return met === true ? findAuthoriser(ports.rooms, room, ports.signer.serverName) : refusedBy("MEM-RESTRICTED", met);
};

const withMember = async (
	{ rooms }: AnsweringPorts,
	room: ResidentRoom,
	{ userId, authoriser }: { readonly userId: UserId; readonly authoriser: UserId },
): Promise<ResidentRoom> => (await rooms.room(room.roomId, [userId, authoriser])) ?? room;

const template = (
	{ verifier }: AnsweringPorts,
	draft: {
		readonly room: ResidentRoom;
		readonly userId: UserId;
		readonly content: JsonObject;
		readonly now: number;
	},
): { readonly kind: "answered"; readonly content: JsonObject } | Refusal => {
	const { room, userId, content, now } = draft;
	const { version, state, roomId, ends } = room;
	const shape = { type: "m.room.member", sender: userId, stateKey: userId, content };
	const authEvents = authEventKeys(shape, version).flatMap(([type, key]) => state.get(type, key)?.eventId ?? []);
	const event: RoomEvent = {
		...shape,
		// The other server gives it its id; the rules look at everything else.
		eventId: "$" as EventId,
		roomId,
		prevEvents: ends.map(({ eventId }) => eventId),
		authEvents,
		depth: Math.min(1 + ends.reduce((deepest, { depth }) => Math.max(deepest, depth), 0), Number.MAX_SAFE_INTEGER),
		originServerTs: now,
		redacts: undefined,
		json: jsonObject(),
	};
	const decision = authorizerWith(verifier)(event, state, version);
	if (decision.kind === "refused") {
		return { ...forbidden(`Not allowed by the room's rules: ${decision.detail}`), rule: decision.rule };
	}
	return {
		kind: "answered",
		content: {
			room_version: version.id,
			event: {
				auth_events: event.authEvents,
				content,
				depth: event.depth,
				origin_server_ts: now,
				prev_events: event.prevEvents,
				room_id: roomId,
				sender: userId,
				state_key: userId,
				type: event.type,
			},
		},
	};
};
