import { isRefusal } from "../../../../federation/handshakes/membership/answering.ts";
import { askToJoin } from "../../../../federation/handshakes/membership/ask-to-join.ts";
import { findAuthoriser, meetsConditions } from "../../../../federation/handshakes/membership/restricted-join.ts";
import type { Refusal } from "../../../../federation/handshakes/refusal.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { receiveWithGap } from "./receive-with-gap.ts";
import { createResidentRooms } from "./resident-rooms.ts";

export interface RestrictedJoinInput {
	readonly userId: UserId;
	/** A room of this server. */
	readonly roomId: RoomId;
	/** How the person is shown, as the member event carries it. */
	readonly shown: JsonObject;
}

/** So many other servers are asked to let the person in. */
const maxServers = 4;

/**
 * Joins a restricted room that is here: whoever is in a room that opens it is let in by somebody here who may invite, or
 * where nobody here may, or this server does not know all members yet, through another server. Throws `forbidden`,
 * `members-arriving`.
 */
export const joinRestricted = async (
	dependencies: MembershipDependencies,
	input: RestrictedJoinInput,
): Promise<void> => {
	const { roomId, userId } = input;
	const { serverName } = dependencies;
	const rooms = createResidentRooms(dependencies, serverName);
	if ((await dependencies.graph.room(roomId))?.areMembersArriving === true)
		return joinThroughOthers(dependencies, input, "members-arriving");
	const room = await rooms.room(roomId, [userId]);
	if (room === undefined) throw new AppError("not-found");
	const met = await meetsConditions(rooms, room, userId);
	const authoriser = met === true ? await findAuthoriser(rooms, room, serverName) : met;
	if (!isRefusal(authoriser)) return joinAuthorised(dependencies, input, authoriser);
	if (!isForOthersToSay(authoriser)) throw new AppError("forbidden", { rule: "AUTH-JOIN-RESTRICTED" });
	await joinThroughOthers(dependencies, input, "forbidden");
};

/** Not that the person may not come in, but that this server cannot tell or let them in. */
const isForOthersToSay = ({ errcode }: Refusal): boolean => errcode !== "M_FORBIDDEN";

const joinAuthorised = (
	{ lane }: MembershipDependencies,
	{ userId, roomId, shown }: RestrictedJoinInput,
	authoriser: UserId,
): Promise<void> =>
	lane.submit({
		rooms: [roomId],
		users: [userId, authoriser],
		plan: (context) => {
			context.room(roomId).add({
				type: "m.room.member",
				sender: userId,
				stateKey: userId,
				content: { membership: "join", ...shown, join_authorised_via_users_server: authoriser },
			});
		},
	});

const joinThroughOthers = async (
	dependencies: MembershipDependencies,
	{ userId, roomId, shown: content }: RestrictedJoinInput,
	otherwise: "forbidden" | "members-arriving",
): Promise<void> => {
	const { memberships, clock, serverName } = dependencies;
	const servers = (await memberships.serversIn(roomId)).filter((server) => server !== serverName);
	for (const server of servers.slice(0, maxServers)) {
		// Of the room nothing is wanted but the signed join.
		const wish = { server, roomId, userId, content, originServerTs: clock.now(), mayOmitMembers: true };
		const joined = await askToJoin(dependencies, wish);
		if (joined.kind !== "joined") continue;
		await joined.close();
		const received = await receiveWithGap(dependencies, joined.event, server);
		if ("status" in received && received.status === "accepted") return;
	}
	throw otherwise === "forbidden"
		? new AppError("forbidden", { rule: "AUTH-JOIN-RESTRICTED" })
		: new AppError("members-arriving", { retryAfterMs: 5_000 });
};
