import type { SpaceChildLink } from "../../../../federation/handshakes/space-links.ts";
import type { ToldRoom } from "../../../../federation/handshakes/told-room.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { roomIdServer } from "../../../../federation/identifiers/room-id.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { SpacePage, SpaceQuery, SpaceRoom } from "../../rooms/public.ts";
import type { AnsweringStore } from "../answering/ports.ts";
import { handshakeError, mostTelling } from "../membership/handshake-error.ts";
import type { MembershipDependencies } from "../membership/membership-dependencies.ts";
import { createLooks, type KeptTellings, type Looks } from "./look-at-space.ts";
import { mayBeShown, standingsFor } from "./may-be-shown.ts";
import { previewOf } from "./preview-of.ts";
import { readOwnLinks, readOwnRooms } from "./read-own-space.ts";

/** What walking through spaces stands on. */
export interface SpaceDependencies
	extends Pick<MembershipDependencies, "transport" | "memberships" | "serverName" | "clock"> {
	readonly spaces: Pick<AnsweringStore, "summariesOf" | "childrenOf">;
	readonly kept: KeptTellings;
}

/** So many rooms are looked at, whatever the links lead to. */
const mostRooms = 500;

/** A room on the way, with the links that go on from it. */
interface Place {
	readonly room: ToldRoom;
	readonly via: readonly ServerName[];
	readonly links: readonly SpaceChildLink[];
	/** What its server told of the rooms that the links lead to. */
	readonly told: ReadonlyMap<RoomId, ToldRoom>;
}

/**
 * A space and the rooms in it, each once: a room, then what is in it, in the order of its links. Rooms that this server has
 * are read here, others are asked for at the servers that the links name. Throws `not-found` where the person may not see
 * the space, and what `handshakeError` says where nobody tells of it.
 * Source: Matrix v1.19 Client-Server API, "GET /hierarchy".
 */
export const walkSpace = async (dependencies: SpaceDependencies, query: SpaceQuery): Promise<SpacePage> => {
	const { memberships } = dependencies;
	const { userId, offset, limit, maxDepth } = query;
	const looks = createLooks(dependencies, dependencies.kept, query.isSuggestedOnly);
	const walk: Walk = { dependencies, query, looks, seen: new Set([query.roomId]), items: [], passed: 0, unreached: 0 };
	const root = await findRoot(walk);
	const standings = await standingsFor(memberships, userId, [root.room]);
	if (!mayBeShown(root.room, standings)) throw new AppError("not-found");
	const membership = standings.get(root.room.roomId)?.membership;
	note(walk, { ...previewOf(root.room, { membership, via: root.via }), depth: 0, ...unlinked });
	if (maxDepth > 0) await walkOn(walk, root, 1);
	const hasMore = walk.items.length > limit;
	return {
		items: walk.items.slice(0, limit),
		nextOffset: hasMore ? offset + limit : undefined,
		unreachedCount: walk.unreached,
	};
};

const unlinked = { parentId: undefined, isSuggested: false } as const;

interface Walk {
	readonly dependencies: SpaceDependencies;
	readonly query: SpaceQuery;
	readonly looks: Looks;
	readonly seen: Set<RoomId>;
	readonly items: SpaceRoom[];
	/** Rooms that could be shown, those of earlier pages included. */
	passed: number;
	unreached: number;
}

/** One more than the page holds says that there is another. */
const isDone = ({ items, query, seen }: Walk): boolean => items.length > query.limit || seen.size > mostRooms;

const note = (walk: Walk, room: SpaceRoom): void => {
	walk.passed += 1;
	if (walk.passed > walk.query.offset) walk.items.push(room);
};

const walkOn = async (walk: Walk, place: Place, depth: number): Promise<void> => {
	const { query, dependencies } = walk;
	const links = place.links.filter(({ roomId }) => !walk.seen.has(roomId));
	const rooms = await roomsBehind(walk, place, links);
	const standings = await standingsFor(dependencies.memberships, query.userId, [...rooms.values()]);
	for (const link of links) {
		if (isDone(walk)) return;
		// Another way may have led there meanwhile.
		if (walk.seen.has(link.roomId)) continue;
		walk.seen.add(link.roomId);
		const room = rooms.get(link.roomId);
		if (room === undefined || !mayBeShown(room, standings)) continue;
		const standing = standings.get(link.roomId);
		const via = standing?.isHere === true ? [] : link.via;
		const { isSuggested } = link;
		const preview = previewOf(room, { membership: standing?.membership, via });
		note(walk, { ...preview, depth, parentId: place.room.roomId, isSuggested });
		if (!room.isSpace || depth >= query.maxDepth) continue;
		await walkOn(walk, await placeOf(walk, room, via), depth + 1);
	}
};

/** What is known of the rooms that links lead to: by this server, by the space's, or by those that the links name. */
const roomsBehind = async (
	walk: Walk,
	place: Place,
	links: readonly SpaceChildLink[],
): Promise<ReadonlyMap<RoomId, ToldRoom>> => {
	const { memberships, spaces, serverName } = walk.dependencies;
	const ids = links.map(({ roomId }) => roomId);
	const standings = await memberships.standings(ids, walk.query.userId);
	const isHere = (roomId: RoomId): boolean => standings.get(roomId)?.isHere === true;
	const rooms = new Map(await readOwnRooms(spaces, ids.filter(isHere), serverName));
	const elsewhere = links.filter(({ roomId }) => !isHere(roomId));
	for (const { roomId } of elsewhere) {
		const room = place.told.get(roomId);
		if (room !== undefined) rooms.set(roomId, room);
	}
	await inTurns(
		elsewhere.filter(({ roomId }) => !rooms.has(roomId)),
		async ({ roomId, via }) => {
			const { told, failures } = await walk.looks.at(roomId, via);
			if (told !== undefined) rooms.set(roomId, told.room);
			else if (failures.some(({ kind }) => kind === "unreachable")) walk.unreached += 1;
		},
	);
	return rooms;
};

const atOnce = 6;

/** A few at a time. */
const inTurns = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
	const left = items.values();
	const worker = async (): Promise<void> => {
		for (const item of left) await work(item);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
};

/** A room with its links. `via` is empty for one that is here. */
const placeOf = async (walk: Walk, room: ToldRoom, via: readonly ServerName[]): Promise<Place> => {
	const { spaces } = walk.dependencies;
	const nothing = new Map<RoomId, ToldRoom>();
	if (via.length === 0) {
		const links = await readOwnLinks(spaces, room.roomId, walk.query.isSuggestedOnly);
		return { room, via, links, told: nothing };
	}
	const { told } = await walk.looks.at(room.roomId, via);
	if (told === undefined) walk.unreached += 1;
	return { room, via, links: told?.links ?? [], told: told?.children ?? nothing };
};

const findRoot = async (walk: Walk): Promise<Place> => {
	const { memberships, spaces, serverName } = walk.dependencies;
	const { roomId, userId, via } = walk.query;
	const standing = await memberships.standing(roomId, userId);
	if (standing?.isHere === true) {
		const room = (await readOwnRooms(spaces, [roomId], serverName)).get(roomId);
		if (room === undefined) throw new AppError("not-found");
		return placeOf(walk, room, []);
	}
	const inviter = standing?.membership === "invite" ? standing.sender : undefined;
	const ofRoom = roomIdServer(roomId);
	const named = [...(inviter === undefined ? [] : [userIdServer(inviter)]), ...via, ...(ofRoom ? [ofRoom] : [])];
	const servers = [...new Set(named)].filter((server) => server !== serverName);
	const { told, failures } = await walk.looks.at(roomId, servers);
	if (told !== undefined) return { room: told.room, via: servers, links: told.links, told: told.children };
	const telling = mostTelling(failures);
	throw telling === undefined ? new AppError("not-found", { detail: "no server to ask" }) : handshakeError(telling);
};
