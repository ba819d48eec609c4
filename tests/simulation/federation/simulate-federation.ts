import type { ServerName, UserId } from "@federation/identifiers/identifier-types.ts";
import { userIdServer } from "@federation/identifiers/user-id.ts";
import { seededRandom } from "@federation/testing/seeded-random.ts";
import { compareCopies, missingEvents } from "./compare-copies.ts";
import { perform } from "./perform.ts";
import { type RoomCopy, readCopy } from "./room-copy.ts";
import { type Act, anchorOf, peopleOf, type Round, type Script, serverNames } from "./script.ts";
import { reunite, settle, speakEverywhere } from "./settle.ts";
import { type SimulatedKith, startSimulatedKith } from "./simulated-kith.ts";
import { createSimulatedNetwork } from "./simulated-network.ts";
import { createSimulatedTime, pause } from "./simulated-time.ts";
import type { SoakDatabase } from "./soak-databases.ts";
import { kithOf, type SharedRoom, type World } from "./world.ts";

/** What became of a simulation. */
export interface Simulated {
	/** Nothing: the servers agree, and nothing is lost. */
	readonly faults: readonly string[];
	readonly counts: Readonly<Record<"acts" | "refused" | "events" | "softFailed", number>>;
	readonly world: World;
}

/** Runs the script over four servers and looks what they have at its end. `disks` hold nothing, and are left full. */
export const simulateFederation = async (script: Script, disks: readonly SoakDatabase[]): Promise<Simulated> => {
	const world = await openWorld(script, disks);
	const outcome = await play(world, script).catch(async (error: unknown) => {
		await stopAll(world);
		throw error;
	});
	const [failure] = await stopAll(world);
	if (failure !== undefined) throw failure.reason;
	return outcome;
};

/** All of them, whatever becomes of one: what still ran would hold the disks of the next seed. */
const stopAll = async ({ kiths }: World): Promise<readonly PromiseRejectedResult[]> => {
	const ends = await Promise.allSettled([...kiths.values()].map((kith) => kith.stop()));
	return ends.filter((end) => end.status === "rejected");
};

const play = async (world: World, script: Script): Promise<Simulated> => {
	await begin(world, script);
	for (const round of script.rounds) await live(world, round);
	await settle(world);
	await checkUndelivered(world);
	await reunite(world);
	for (let turns = 0; turns < 2; turns += 1) {
		await speakEverywhere(world);
		await settle(world);
	}
	const counts = await checkEnd(world);
	return { faults: world.faults, counts: { ...world.counts, ...counts }, world };
};

const openWorld = async ({ seed, versionId, skewMs }: Script, disks: readonly SoakDatabase[]): Promise<World> => {
	const network = createSimulatedNetwork(seed);
	const time = createSimulatedTime();
	const kiths = new Map<ServerName, SimulatedKith>();
	for (const [at, name] of serverNames.entries()) {
		const disk = disks[at];
		if (disk === undefined) throw new Error("each server needs a database");
		const random = seededRandom(seed * 31 + at);
		const options = { clock: time.wrongBy(skewMs.get(name) ?? 0), random: () => random.int(1_000) / 1_000 };
		kiths.set(name, await startSimulatedKith({ name, disk, network, versionId, ...options }));
	}
	return { seed, kiths, network, time, rooms: [], acknowledged: [], faults: [], counts: { acts: 0, refused: 0 } };
};

/** People, and two rooms: one that all anchors are in, and one that is open to all. */
const begin = async (world: World, { guests }: Script): Promise<void> => {
	for (const [name, { disk }] of world.kiths) {
		for (const userId of peopleOf(name)) {
			const localpart = userId.slice(1).split(":")[0];
			await disk.rows(`INSERT INTO users (id, localpart, display_name, password_hash) VALUES ($1, $2, $2, 'none')`, [
				userId,
				localpart,
			]);
		}
	}
	const [first, second, ...others] = serverNames;
	if (first === undefined || second === undefined) throw new Error("servers are needed");
	const main = await openRoom(world, anchorOf(first), "main");
	for (const name of [second, ...others]) {
		const userId = anchorOf(name);
		await kithOf(world, name)
			.now()
			.rooms.join({ userId, room: main.roomId, via: [first] });
		await kithOf(world, first)
			.now()
			.rooms.setRole({ userId: main.creatorId, roomId: main.roomId, targetId: userId, role: "admin" });
	}
	await openRoom(world, anchorOf(second), "wild");
	await settle(world);
	for (const userId of guests)
		await kithOf(world, userIdServer(userId)).now().rooms.join({ userId, room: main.roomId });
};

const openRoom = async (world: World, creatorId: UserId, kind: "main" | "wild"): Promise<SharedRoom> => {
	const { rooms } = kithOf(world, userIdServer(creatorId)).now();
	const roomId = await rooms.create({ creatorId, transactionId: kind, kind: "public", name: kind, inviteeIds: [] });
	const room: SharedRoom = { roomId, creatorId, kind };
	world.rooms.push(room);
	return room;
};

/** The people of each server do what they do one after the other, while those of the others do theirs. */
const live = async (world: World, round: Round): Promise<void> => {
	const { network, time } = world;
	network.join();
	if (round.groups !== undefined) network.split(round.groups);
	network.setWeather(round.weather);
	for (const name of round.impatient) await tryAgain(world, name);
	const acting = [...round.acts.values()].map((acts) => actAll(world, acts));
	if (round.end !== undefined) {
		await pause(round.end.afterMs);
		await kithOf(world, round.end.server)[round.end.kind]();
	}
	await Promise.all(acting);
	await pause(round.restMs);
	time.skip(round.skipMs);
};

const tryAgain = async (world: World, name: ServerName): Promise<void> => {
	const { federation } = kithOf(world, name).now();
	for (const other of serverNames) if (other !== name) await federation.exchange.destinations.retryNow(other);
};

/** What was interrupted by the end of the process is done again, under its old transaction id. */
const actAll = async (world: World, acts: readonly Act[]): Promise<void> => {
	for (const act of acts) {
		for (let tries = 0; tries < 3 && (await perform(world, act)); tries += 1) await pause(50);
	}
};

/** Before anybody says anything more: what the main room's servers sent has reached all, for all were in it all the time. */
const checkUndelivered = async (world: World): Promise<void> => {
	const main = world.rooms.slice(0, 1);
	for (const { roomId } of main) {
		const copies = await copiesOf(world, roomId);
		world.faults.push(...missingEvents(copies).map((fault) => `before the last words: ${fault}`));
	}
};

const copiesOf = async (world: World, roomId: SharedRoom["roomId"]): Promise<readonly RoomCopy[]> =>
	(await Promise.all([...world.kiths.values()].map((kith) => readCopy(kith, roomId)))).filter(
		(copy) => copy !== undefined,
	);

const checkEnd = async (world: World): Promise<{ readonly events: number; readonly softFailed: number }> => {
	let [events, softFailed] = [0, 0];
	for (const { roomId, kind } of world.rooms) {
		const copies = await copiesOf(world, roomId);
		world.faults.push(...compareCopies(copies).map((fault) => `${kind} room ${roomId}: ${fault}`));
		const ids = new Set(copies.flatMap((copy) => [...copy.events.keys()]));
		events += ids.size;
		softFailed += copies.flatMap((copy) => [...copy.events.values()].filter(({ verdict }) => verdict === 2)).length;
		checkAcknowledged(world, roomId, copies);
	}
	for (const [name, { log }] of world.kiths) {
		const broken = log.lines.filter(({ level }) => level === "error");
		world.faults.push(...broken.map(({ message, fields }) => `${name} logged: ${message} ${textOf(fields["err"])}`));
	}
	return { events, softFailed };
};

const textOf = (err: unknown): string => (err instanceof Error ? (err.stack ?? err.message) : "");

/** What was said to be stored is, once. */
const checkAcknowledged = (world: World, ofRoom: SharedRoom["roomId"], copies: readonly RoomCopy[]): void => {
	for (const copy of copies) {
		const bodies = new Map<unknown, number>();
		for (const event of copy.events.values()) {
			const { body } = event.content;
			if (event.type === "m.room.message" && body !== undefined) bodies.set(body, (bodies.get(body) ?? 0) + 1);
		}
		for (const [body, count] of bodies) if (count > 1) world.faults.push(`${copy.server} has "${body}" ${count} times`);
	}
	for (const { server, roomId, eventId, body } of world.acknowledged) {
		const copy = roomId === ofRoom ? copies.find((each) => each.server === server) : undefined;
		if (copy === undefined || copy.events.has(eventId)) continue;
		world.faults.push(`${server} acknowledged "${body}" (${eventId}) and has it no more`);
	}
};
