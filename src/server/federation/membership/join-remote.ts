import { askToJoin, type JoinProgress } from "../../../../federation/handshakes/membership/ask-to-join.ts";
import type { HandshakeFailure } from "../../../../federation/handshakes/membership/asking.ts";
import type { JoinedRoom } from "../../../../federation/handshakes/membership/check-join-answer.ts";
import type { RoomAlias, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { roomAliasServer } from "../../../../federation/identifiers/room-alias.ts";
import { roomIdServer } from "../../../../federation/identifiers/room-id.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";
import { turnAround } from "../receiving/store-outliers.ts";
import { handshakeError, mostTelling } from "./handshake-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import type { Standing } from "./ports.ts";
import { receiveWithGap } from "./receive-with-gap.ts";
import { resolveRemoteAlias } from "./resolve-remote-alias.ts";

export interface RemoteJoinInput {
	readonly userId: UserId;
	readonly room: RoomId | RoomAlias;
	/** Servers that are said to be in the room. */
	readonly via: readonly ServerName[];
	/** How the person is shown, as the member event carries it. */
	readonly shown: JsonObject;
}

/** What became of it: in the room, or (somebody of this server is in already) to be joined as a room of this server. */
export type RemoteJoin = { readonly kind: "joined" | "here"; readonly roomId: RoomId };

/** So many servers are asked before giving up. */
const maxServers = 6;

/**
 * Joins a room that nobody of this server is in yet, through one of the servers that are. Joining again what was joined
 * is success. Rooms of one id are joined one after the other: whoever comes second finds the room here. `underway` holds
 * the last join of each room until it has ended, well or not.
 */
export const createRemoteJoins = (dependencies: MembershipDependencies, underway: Map<RoomId, Promise<unknown>>) => {
	return async (input: RemoteJoinInput): Promise<RemoteJoin> => {
		const { room } = input;
		const isAlias = room.startsWith("#");
		if (isAlias) progressTeller(dependencies, input)(roomAliasServer(room as RoomAlias), undefined);
		const found = isAlias
			? await resolveRemoteAlias(dependencies, room as RoomAlias)
			: { roomId: room as RoomId, servers: [] };
		const { roomId } = found;
		const before = underway.get(roomId) ?? Promise.resolve();
		const join = before.then(() => joinThrough(dependencies, input, { roomId, servers: found.servers }));
		const settled = join.catch(() => undefined);
		underway.set(roomId, settled);
		try {
			return await join;
		} finally {
			if (underway.get(roomId) === settled) underway.delete(roomId);
		}
	};
};

interface Whereabouts {
	readonly roomId: RoomId;
	readonly servers: readonly ServerName[];
}

const joinThrough = async (
	dependencies: MembershipDependencies,
	input: RemoteJoinInput,
	{ roomId, servers }: Whereabouts,
): Promise<RemoteJoin> => {
	const { memberships, clock, log } = dependencies;
	const { userId, shown: content } = input;
	const tell = progressTeller(dependencies, input);
	const standing = await memberships.standing(roomId, userId);
	if (standing?.isHere === true) return { kind: "here", roomId };
	const failures: HandshakeFailure[] = [];
	for (const server of candidates(dependencies, { input, roomId, servers, standing })) {
		tell(server, undefined);
		const onProgress = async (progress: JoinProgress): Promise<void> => {
			tell(server, progress);
			await turnAround();
		};
		const wish = { server, roomId, userId, content, originServerTs: clock.now(), mayOmitMembers: true, onProgress };
		const joined = await askPatiently(dependencies, wish, standing);
		const failure = joined.kind === "joined" ? await storeAndClose(dependencies, joined, { userId, server }) : joined;
		if (failure === undefined) return { kind: "joined", roomId };
		log.info({ peer: server, room: roomId, ...reasonOf(failure) }, "a room could not be joined through a server");
		failures.push(failure);
	}
	const telling = mostTelling(failures);
	throw telling === undefined ? new AppError("not-found", { detail: "no server to ask" }) : handshakeError(telling);
};

const storeAndClose = async (
	dependencies: MembershipDependencies,
	joined: JoinedRoom,
	by: { readonly userId: UserId; readonly server: ServerName },
): Promise<HandshakeFailure | undefined> => {
	try {
		return await takeIn(dependencies, joined, by);
	} finally {
		await joined.close();
	}
};

/** Who joins is told how far it has come, a few times a second. */
const tellEveryMs = 250;

const progressTeller = ({ clock, tellJoining }: MembershipDependencies, { userId, room }: RemoteJoinInput) => {
	let toldAt = 0;
	return (server: ServerName, progress: JoinProgress | undefined): void => {
		if (progress !== undefined && clock.now() < toldAt + tellEveryMs) return;
		toldAt = clock.now();
		const { stage = "asking", done = 0, total } = progress ?? {};
		tellJoining({ userId, room, server, stage, done, total });
	};
};

const inviterTries = 5;
const inviterPauseMs = 300;

/**
 * An invitation is here before the inviting server has put it into the room: whoever follows it at once is refused there
 * for a moment, and asks again.
 */
const askPatiently = async (
	dependencies: MembershipDependencies,
	wish: Parameters<typeof askToJoin>[1],
	standing: Standing | undefined,
): ReturnType<typeof askToJoin> => {
	const isInviter = inviterOf(standing).some((userId) => userIdServer(userId) === wish.server);
	for (let tries = 1; ; tries++) {
		const joined = await askToJoin(dependencies, wish);
		const isEarly = isInviter && joined.kind === "refused" && joined.status === 403;
		if (!isEarly || tries === inviterTries) return joined;
		await dependencies.pause(inviterPauseMs);
	}
};

const inviterOf = (standing: Standing | undefined): readonly UserId[] =>
	standing?.membership === "invite" && standing.sender !== undefined ? [standing.sender] : [];

const reasonOf = (failure: HandshakeFailure): object => {
	if (failure.kind === "refused") return { status: failure.status, errcode: failure.errcode };
	return failure.kind === "misbehaved" ? { rule: failure.rule, detail: failure.detail } : failure;
};

/** Who invites knows best; then whom the person names, the alias, and the server in the room's id. */
const candidates = (
	{ serverName }: MembershipDependencies,
	asked: {
		readonly input: RemoteJoinInput;
		readonly roomId: RoomId;
		readonly servers: readonly ServerName[];
		readonly standing: Standing | undefined;
	},
): readonly ServerName[] => {
	const { input, roomId, servers, standing } = asked;
	const ofRoom = roomIdServer(roomId);
	const all = [
		...inviterOf(standing).map(userIdServer),
		...input.via,
		...servers,
		...(ofRoom === undefined ? [] : [ofRoom]),
	];
	return [...new Set(all)].filter((server) => server !== serverName).slice(0, maxServers);
};

/** So many of the events that are left out of a room have a line of the log each. */
const mostNamed = 20;

/** Undefined: the room is here now, and the person in it. */
const takeIn = async (
	dependencies: MembershipDependencies,
	joined: JoinedRoom,
	{ userId, server }: { readonly userId: UserId; readonly server: ServerName },
): Promise<HandshakeFailure | undefined> => {
	const { receiving, log, serverName, announceArriving } = dependencies;
	const { event, version, state, stateIds, events, leftOut, isPartial } = joined;
	const { roomId } = event;
	for (const { eventId, rule } of leftOut.slice(0, mostNamed)) {
		log.warn({ peer: server, room: roomId, event: eventId, rule }, "an event of a joined room was left out");
	}
	if (leftOut.length > mostNamed) {
		log.warn({ peer: server, room: roomId, count: leftOut.length }, "many events of a joined room were left out");
	}
	const creatorId = state.get("m.room.create", "")?.sender;
	if (creatorId === undefined) throw new Error("a room without a beginning was believed");
	const servers = new Set([server, ...joined.serversInRoom]);
	servers.delete(serverName);
	const imported = await receiving.importRoom({
		...{ roomId, version, creatorId, stateIds },
		kind: kindOf(joined, userId),
		event: event.json,
		events: events.oldestFirst(),
		arriving: isPartial ? [...servers] : undefined,
	});
	// Somebody else brought the room meanwhile, as it was before or after this join.
	const received = imported.kind === "incomplete" ? await receiveWithGap(dependencies, event, server) : imported;
	const isIn = (received.kind === "stored" || received.kind === "known") && received.status === "accepted";
	if (isIn && isPartial) announceArriving();
	if (isIn) return undefined;
	const detail = "status" in received ? received.status : received.kind;
	return { kind: "misbehaved", rule: "MEM-STATE", detail: `the join could not be stored: ${detail}` };
};

const kindOf = ({ state }: JoinedRoom, userId: UserId): WireRoomKind => {
	if (state.get("m.room.join_rules", "")?.content["join_rule"] === "public") return "public";
	return state.get("m.room.member", userId)?.content["is_direct"] === true ? "direct" : "group";
};
