import type { RoomId } from "@federation/identifiers/identifier-types.ts";
import { userIdServer } from "@federation/identifiers/user-id.ts";
import { isAppError } from "../../../src/shared/app-error.ts";
import { aclWithout, setState } from "./perform.ts";
import { anchorOf, serverNames } from "./script.ts";
import { calm } from "./simulated-network.ts";
import { pause } from "./simulated-time.ts";
import { kithOf, type SharedRoom, type World } from "./world.ts";

/** A busy machine takes its time. */
const longestMs = 90_000;
const patienceMs = 2_000;
const lookMs = 25;
const minuteMs = 60_000;

/** Fair weather, and time, until nothing waits anywhere. What still does after a long while is a fault. */
export const settle = async (world: World): Promise<void> => {
	world.network.join();
	world.network.setWeather(calm);
	const beganMs = performance.now();
	for (let tries = 0; ; tries += 1) {
		world.time.skip(tries < 3 ? 10 * minuteMs : 61 * minuteMs);
		await wakeAll(world);
		if (await comesToRest(world)) return;
		if (performance.now() - beganMs > longestMs) break;
	}
	world.faults.push(`does not come to rest: ${(await waitingIn(world)).join(", ")}`);
};

const wakeAll = async ({ kiths }: World): Promise<void> => {
	for (const kith of kiths.values()) {
		const { federation, bus } = kith.now();
		for (const other of serverNames) if (other !== kith.name) await federation.exchange.destinations.retryNow(other);
		bus.publish({ kind: "federation" });
	}
};

const comesToRest = async (world: World): Promise<boolean> => {
	const beganMs = performance.now();
	for (let quiet = 0; performance.now() - beganMs < patienceMs; ) {
		const isQuiet = world.network.underWay() === 0 && (await waitingIn(world)).length === 0;
		quiet = isQuiet ? quiet + 1 : 0;
		if (quiet === 2) return true;
		await pause(lookMs);
	}
	return false;
};

const waitingIn = async ({ kiths }: World): Promise<readonly string[]> => {
	const counts = await Promise.all(
		[...kiths.values()].map(async ({ name, disk }) => {
			const [found] = await disk.rows<{ out: number; in: number }>(
				`SELECT (SELECT count(*)::int FROM outbox_entries) AS out, (SELECT count(*)::int FROM received_pdus) AS in`,
			);
			return { name, out: found?.out ?? 0, in: found?.in ?? 0 };
		}),
	);
	return counts
		.filter((each) => each.out + each.in > 0)
		.map((each) => `${each.name} has ${each.out} to send and ${each.in} to check`);
};

/** Everybody may take part again, and each server's anchor does: what rooms are must be the same for all in them. */
export const reunite = async (world: World): Promise<void> => {
	for (const room of world.rooms) {
		if (room.kind === "wild") await openDoors(world, room);
	}
	await settle(world);
	for (const room of world.rooms) {
		for (const server of serverNames) await comeBack(world, room, server);
	}
	await settle(world);
};

const openDoors = async (world: World, { roomId, creatorId }: SharedRoom): Promise<void> => {
	const process = kithOf(world, userIdServer(creatorId)).now();
	const own = { userId: creatorId, roomId };
	await setState(process, own, { type: "m.room.server_acl", content: aclWithout(undefined) });
	await process.rooms.setJoinRule({ ...own, joinRule: "public" });
	for (const server of serverNames) await process.rooms.unban({ ...own, targetId: anchorOf(server) });
};

/** The anchor joins the wild room; elsewhere whoever is a member for others while the server does not have the room. */
const comeBack = async (
	world: World,
	{ roomId, creatorId, kind }: SharedRoom,
	server: (typeof serverNames)[number],
) => {
	const host = userIdServer(creatorId);
	if (server === host) return;
	const missing = kind === "wild" ? [anchorOf(server)] : await lostMembers(world, { roomId, host, server });
	for (const userId of missing) {
		try {
			await kithOf(world, server)
				.now()
				.rooms.join({ userId, room: roomId, via: [host] });
		} catch (error) {
			const code = isAppError(error) ? `${error.code} ${error.message}` : String(error);
			world.faults.push(`${userId} does not come into the ${kind} room again: ${code}`);
		}
	}
};

const joinedOf = `SELECT m.user_id FROM memberships m JOIN rooms r ON r.nid = m.room_nid AND r.state_group_id IS NOT NULL
	WHERE r.id = $1 AND m.membership = 'join' ORDER BY m.user_id`;

const lostMembers = async (
	world: World,
	{
		roomId,
		host,
		server,
	}: { readonly roomId: RoomId; readonly host: typeof server; readonly server: (typeof serverNames)[number] },
) => {
	const members = await kithOf(world, host).disk.rows<{ user_id: SharedRoom["creatorId"] }>(joinedOf, [roomId]);
	const own = members.map((row) => row.user_id).filter((userId) => userIdServer(userId) === server);
	const here = await kithOf(world, server).disk.rows<{ user_id: SharedRoom["creatorId"] }>(joinedOf, [roomId]);
	return here.some((row) => userIdServer(row.user_id) === server) ? [] : own.slice(0, 1);
};

/** Somebody of each server says something in each room, so that no end of a graph is left that one server hides. */
export const speakEverywhere = async (world: World): Promise<void> => {
	await Promise.all(
		[...world.kiths.values()].map(async ({ name }) => {
			for (const { roomId } of world.rooms) await speakIn(world, name, roomId);
		}),
	);
};

let spoken = 0;

const speakIn = async (world: World, server: (typeof serverNames)[number], roomId: RoomId): Promise<void> => {
	const { disk, now } = kithOf(world, server);
	const members = await disk.rows<{ user_id: SharedRoom["creatorId"] }>(joinedOf, [roomId]);
	for (const { user_id: userId } of members.filter((row) => userIdServer(row.user_id) === server)) {
		spoken += 1;
		const body = `last word ${spoken}`;
		try {
			const { eventId } = await now().messages.send({ userId, roomId, transactionId: `last.${spoken}`, body });
			world.acknowledged.push({ server, roomId, eventId, body });
			return;
		} catch (error) {
			if (!isAppError(error)) throw error;
		}
	}
};
