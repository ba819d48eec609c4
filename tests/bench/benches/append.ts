import type { SocketCaller } from "../../server-process/socket-caller.ts";
import { type BenchContext, runCount } from "../bench-context.ts";
import { type BenchServer, startBenchServer } from "../bench-server.ts";
import { atLeast, type Figure, withoutTarget } from "../figure.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import type { Peer } from "../peer/peer.ts";
import { inParallel, median, range } from "../statistics.ts";

/** Sends one message and waits until the server says that it is stored. */
type Send = () => Promise<unknown>;

/** What each writer does: all in one room, or each in fifty by turns. All are members of all rooms. */
interface Load {
	readonly oneRoom: readonly Send[];
	readonly fiftyRooms: readonly Send[];
}

const writerCount = 16;
const roomCount = 50;
const warmUpMs = 2000;
const measuredMs = 5000;
const leastRatio = 25;

/** Acknowledged messages per second: 16 writers, each of which waits for its answer before it writes again. */
export async function benchAppend({ peer, say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	say("append: making 51 rooms");
	const ours = await prepareOurs(server);
	const theirs = peer === undefined ? undefined : await preparePeer(peer);
	const figures: Figure[] = [];
	for (const [id, key] of [
		["append.one-room", "oneRoom"],
		["append.fifty-rooms", "fiftyRooms"],
	] as const) {
		const rates: number[] = [];
		const peerRates: number[] = [];
		for (let run = 0; run < runCount; run += 1) {
			rates.push(await measureRate(ours[key]));
			if (theirs !== undefined) peerRates.push(await measureRate(theirs[key]));
			say(
				`${id}: ${Math.round(rates.at(-1) ?? 0)}/s${peer === undefined ? "" : `, ${peer.name} ${peerRates.at(-1)?.toFixed(1)}/s`}`,
			);
		}
		figures.push(withoutTarget({ id: `${id}.rate`, value: median(rates), unit: "1/s" }));
		if (peer === undefined) continue;
		figures.push(withoutTarget({ id: `${id}.peer-rate`, value: median(peerRates), unit: "1/s", note: peer.name }));
		const ratio = median(rates) / median(peerRates);
		figures.push(atLeast(leastRatio, { id: `${id}.ratio`, value: ratio, unit: "×", note: `over ${peer.name}` }));
	}
	return figures;
}

async function measureRate(writers: readonly Send[]): Promise<number> {
	let acknowledged = 0;
	let isOver = false;
	const loops = writers.map(async (send) => {
		while (!isOver) {
			await send();
			acknowledged += 1;
		}
	});
	await new Promise((resolve) => setTimeout(resolve, warmUpMs));
	const before = acknowledged;
	const startMs = performance.now();
	await new Promise((resolve) => setTimeout(resolve, measuredMs));
	const rate = ((acknowledged - before) / (performance.now() - startMs)) * 1000;
	isOver = true;
	await Promise.all(loops);
	return rate;
}

async function prepareOurs(server: BenchServer): Promise<Load> {
	const people = await server.people(writerCount);
	const sockets = await server.openSockets(people);
	const oneRoom = await server.makeRoom(people);
	const rooms = await inParallel(range(roomCount), 4, () => server.makeRoom(people));
	const sender = (socket: SocketCaller, roomIds: readonly string[]): Send => {
		let turn = 0;
		return () => {
			turn += 1;
			const roomId = roomIds[turn % roomIds.length];
			return socket.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body: messageBody });
		};
	};
	return {
		oneRoom: sockets.map((socket) => sender(socket, [oneRoom])),
		fiftyRooms: sockets.map((socket, writer) => sender(socket, startingAt(writer, rooms))),
	};
}

async function preparePeer(peer: Peer): Promise<Load> {
	const people = await peer.addPeople(writerCount);
	const makeRoom = async (): Promise<string> => {
		const [owner, ...others] = people;
		const roomId = (await owner?.createRoom()) ?? "";
		await inParallel(others, 4, (person) => person.join(roomId));
		return roomId;
	};
	const oneRoom = await makeRoom();
	const rooms = await inParallel(range(roomCount), 4, makeRoom);
	const sender = (person: (typeof people)[number], roomIds: readonly string[]): Send => {
		let turn = 0;
		return () => {
			turn += 1;
			return person.send(roomIds[turn % roomIds.length] ?? "", messageBody);
		};
	};
	return {
		oneRoom: people.map((person) => sender(person, [oneRoom])),
		fiftyRooms: people.map((person, writer) => sender(person, startingAt(writer, rooms))),
	};
}

/** Each writer begins elsewhere, so that they spread over the rooms. */
const startingAt = (writer: number, rooms: readonly string[]): readonly string[] => {
	const first = Math.floor((writer * rooms.length) / writerCount);
	return [...rooms.slice(first), ...rooms.slice(0, first)];
};
