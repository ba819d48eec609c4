import type { EventId, RoomId, ServerName, UserId } from "@federation/identifiers/identifier-types.ts";
import { userIdServer } from "@federation/identifiers/user-id.ts";
import type { JsonObject } from "@federation/json/json-value.ts";
import { isAppError } from "../../../src/shared/app-error.ts";
import type { Act, Deed } from "./script.ts";
import { serverNames } from "./script.ts";
import type { KithProcess } from "./simulated-kith.ts";
import { kithOf, type SharedRoom, type World } from "./world.ts";

/** Does what the act says, as far as it is allowed; a defect is noted. True: the process ended in the middle, and it may be tried again. */
export const perform = async (world: World, act: Act): Promise<boolean> => {
	const server = userIdServer(act.userId);
	const process = kithOf(world, server).now();
	const room = world.rooms[act.room];
	world.counts.acts += 1;
	if (room === undefined) return false;
	try {
		await doDeed({ world, process, act, room, server });
	} catch (error) {
		if (!process.isUp) return true;
		if (!isAppError(error)) world.faults.push(`act ${act.id} (${act.deed.kind}) broke: ${textOf(error)}`);
		world.counts.refused += 1;
	}
	return false;
};

const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

interface Doing {
	readonly world: World;
	readonly process: KithProcess;
	readonly act: Act;
	readonly room: SharedRoom;
	readonly server: ServerName;
}

const doDeed = async (doing: Doing): Promise<unknown> => {
	const { process, act, room } = doing;
	const { deed, userId } = act;
	const { rooms } = process;
	const own = { userId, roomId: room.roomId };
	switch (deed.kind) {
		case "write":
		case "reply":
		case "edit":
		case "react":
		case "redact":
		case "read":
			return write(doing, deed);
		case "join":
			return rooms.join({ userId, room: room.roomId, via: serverNames });
		case "leave":
			return userId === room.creatorId || (act.room === 0 && userId.startsWith("@anchor:"))
				? undefined
				: rooms.leave(own);
		case "invite":
		case "kick":
		case "ban":
		case "unban":
			return rooms[deed.kind]({ ...own, targetId: deed.targetId });
		case "role":
			return rooms.setRole({ ...own, targetId: deed.targetId, role: deed.role });
		case "name":
			return rooms.setName({ ...own, name: deed.text });
		case "topic":
			return rooms.setTopic({ ...own, topic: deed.text });
		case "direct":
			return makeDirect(doing, deed.targetId);
		default:
			return doRarely(doing, deed);
	}
};

type Rare = Exclude<
	Deed,
	{
		readonly kind:
			| Said["kind"]
			| "join"
			| "leave"
			| "invite"
			| "kick"
			| "ban"
			| "unban"
			| "role"
			| "name"
			| "topic"
			| "direct";
	}
>;

const doRarely = async ({ world, process, act, room }: Doing, deed: Rare): Promise<unknown> => {
	const { userId } = act;
	const { roomId } = room;
	const own = { userId, roomId };
	switch (deed.kind) {
		case "joinRule":
			return deed.joinRule === "restricted"
				? setState(process, own, { type: "m.room.join_rules", content: restrictedTo(world) })
				: process.rooms.setJoinRule({ ...own, joinRule: deed.joinRule });
		case "visibility":
			return process.rooms.setHistoryVisibility({ ...own, historyVisibility: deed.visibility });
		case "acl":
			return setState(process, own, { type: "m.room.server_acl", content: aclWithout(deed.denied) });
		case "typing":
			return process.bus.publish({
				kind: "typing",
				changes: [{ roomNid: await nidOf(process, roomId), roomId, userId, isTyping: true }],
			});
		case "scroll":
			return process.federation.paging.page(userId, { roomId, direction: "backwards", limit: 20 } as never);
		case "showProfile":
			await process.database.pool.query("UPDATE users SET display_name = $2 WHERE id = $1", [
				userId,
				`shown ${act.id}`,
			]);
			return process.rooms.showProfile(userId);
	}
};

const restrictedTo = (world: World): JsonObject => ({
	join_rule: "restricted",
	allow: [{ type: "m.room_membership", room_id: world.rooms[0]?.roomId ?? "" }],
});

/** Nobody shuts themselves out: a room that no server may speak in could not be checked. */
export const aclWithout = (denied: ServerName | undefined): JsonObject => ({
	allow: ["*"],
	deny: denied === undefined || denied === serverNames[1] ? [] : [denied],
	allow_ip_literals: false,
});

/** A state event for which Kith has no button. */
export const setState = (
	process: KithProcess,
	{ userId, roomId }: { readonly userId: UserId; readonly roomId: RoomId },
	state: { readonly type: string; readonly content: JsonObject },
): Promise<unknown> =>
	process.lane.submit({
		rooms: [roomId],
		users: [userId],
		plan: (context) => void context.room(roomId).add({ ...state, sender: userId, stateKey: "" }),
	});

const nidOf = async ({ database }: KithProcess, roomId: RoomId): Promise<number> => {
	const { rows } = await database.pool.query<{ nid: number }>("SELECT nid FROM rooms WHERE id = $1", [roomId]);
	return rows[0]?.nid ?? 0;
};

type Said = Extract<Deed, { readonly kind: "write" } | { readonly chance: number }>;

const write = async (doing: Doing, deed: Said) => {
	const { world, process, act, room, server } = doing;
	const { messages } = process;
	const own = { userId: act.userId, roomId: room.roomId, transactionId: `act.${act.id}` };
	const body = `message ${act.id} of ${act.userId}`;
	if (deed.kind === "write") return note(await messages.send({ ...own, body }));
	const said = world.acknowledged.filter(({ roomId }) => roomId === room.roomId);
	const targetEventId = said[Math.floor(deed.chance * said.length)]?.eventId;
	if (targetEventId === undefined) return undefined;
	switch (deed.kind) {
		case "reply":
			return note(await messages.send({ ...own, body, replyTo: targetEventId }));
		case "edit":
			return note(await messages.edit({ ...own, targetEventId, body: `edited ${body}` }));
		case "react":
			return messages.react({ ...own, targetEventId, key: "+" });
		case "redact":
			return messages.redact({ ...own, targetEventId });
		case "read":
			return messages.markRead({ ...own, eventId: targetEventId, kind: "public" });
	}
	function note({ eventId }: { readonly eventId: EventId }): void {
		world.acknowledged.push({ server, roomId: room.roomId, eventId, body });
	}
};

const makeDirect = async ({ world, process, act }: Doing, targetId: UserId): Promise<void> => {
	const roomId = await process.rooms.create({
		creatorId: act.userId,
		transactionId: `act.${act.id}`,
		kind: "direct",
		inviteeIds: [targetId],
	});
	if (world.rooms.every((room) => room.roomId !== roomId))
		world.rooms.push({ roomId, creatorId: act.userId, kind: "direct" });
};
