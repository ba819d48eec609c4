import type { Person } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { openServerDatabase } from "../../server-process/server-database.ts";
import type { BenchContext } from "../bench-context.ts";
import { type BenchServer, startBenchServer } from "../bench-server.ts";
import { atMost, type Figure, withoutTarget } from "../figure.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { inParallel, range } from "../statistics.ts";

const lanes = 16;
const messageCount = 4000;
/** As many in the small room as in the big one: everybody of a group leaves and comes back. */
const changeCount = 1200;
const smallRoom = 200;
const bigRoom = 2000;
const mostPerMessage = 1200;
/** Pages are filled to different degrees: what does not grow with the room differs by less than this. */
const widestSpread = 1.25;

/** Bytes on disk, tables and indexes after a VACUUM, beyond the JSON that is stored. */
export async function benchStorage({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	const people = await server.people(bigRoom);
	say(
		`storage: ${messageCount} messages, and ${changeCount} membership changes with ${smallRoom} and ${bigRoom} members`,
	);
	const small = await server.makeRoom(people.slice(0, smallRoom));
	const perMessage = await measureGrowth(server, () => writeMessages(server, { person: people[0], roomId: small }));
	const inSmall = await measureGrowth(server, () => changeMembers(server, small, people.slice(1, smallRoom)));
	const big = await server.makeRoom(people);
	const inBig = await measureGrowth(server, () => changeMembers(server, big, people.slice(1)));
	return [
		atMost(mostPerMessage, { id: "storage.message", value: perMessage, unit: "bytes" }),
		withoutTarget({ id: "storage.membership.small-room", value: inSmall, unit: "bytes" }),
		atMost(inSmall * widestSpread, {
			...{ id: "storage.membership", value: inBig, unit: "bytes" },
			note: `${widestSpread}× of what it takes in a room of ${smallRoom}`,
		}),
	];
}

/** Bytes per event that the work stored, without the events' JSON. */
async function measureGrowth(server: BenchServer, work: () => Promise<void>): Promise<number> {
	const before = await readSizes(server);
	await work();
	const after = await readSizes(server);
	const events = after.events - before.events;
	if (events < changeCount / 2) throw new Error(`only ${events} events were stored`);
	return (after.stored - before.stored - (after.json - before.json)) / events;
}

async function readSizes(server: BenchServer): Promise<{ stored: number; json: number; events: number }> {
	await using client = await openServerDatabase(server.process.dataFolder);
	await client.query("VACUUM");
	const { rows } = await client.query<{ stored: string; json: string; events: string }>(
		`SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class
				WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) AS stored,
			sum(octet_length(json)) AS json, count(*) AS events FROM events`,
	);
	const [sizes] = rows;
	return { stored: Number(sizes?.stored), json: Number(sizes?.json), events: Number(sizes?.events) };
}

interface Writing {
	readonly person: Person | undefined;
	readonly roomId: string;
}

async function writeMessages(server: BenchServer, { person, roomId }: Writing): Promise<void> {
	const caller = createHttpCaller(server.process.origin, person?.cookie ?? "");
	await inParallel(range(messageCount), lanes, () =>
		caller.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body: messageBody }),
	);
	caller.close();
}

async function changeMembers(server: BenchServer, roomId: string, members: readonly Person[]): Promise<void> {
	const rounds = Math.ceil(changeCount / 2 / members.length);
	const perRound = members.slice(0, Math.ceil(changeCount / 2 / rounds));
	for (let round = 0; round < rounds; round += 1) {
		for (const [path, input] of [
			["rooms.leave", { roomId }],
			["rooms.join", { room: roomId }],
		] as const) {
			await inParallel(perRound, lanes, async ({ cookie }) => {
				const caller = createHttpCaller(server.process.origin, cookie);
				await caller.mutate(path, input);
				caller.close();
			});
		}
	}
}
