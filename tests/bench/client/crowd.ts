import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { WireSyncItem } from "../../../src/shared/wire/sync.ts";
import type { SocketCaller } from "../../server-process/socket-caller.ts";
import type { BenchServer } from "../bench-server.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { inParallel, range } from "../statistics.ts";
import { subscribeAll } from "../subscribe-all.ts";

/** Somebody with an open socket, and how often each of the numbered messages has come over it. */
interface Listener {
	readonly socket: SocketCaller;
	readonly arrivals: Map<number, number>;
	/** Whether they write and pause all the time, and read each message as it comes. */
	readonly isActive: boolean;
	/** Up to where what came is to be acknowledged; undefined: that is done. */
	reached: string | undefined;
}

/** The people of one room, all of them connected. */
export interface CrowdedRoom {
	readonly roomId: string;
	readonly listeners: readonly Listener[];
}

export interface Conversing {
	readonly durationMs: number;
	readonly messagesPerSecond: number;
}

/** A message that somebody wrote into a room. */
export interface Written {
	readonly room: CrowdedRoom;
	readonly number: number;
}

const lanes = 8;
const activePerRoom = 2;
/** Somebody writes for so long, and thinks for so long before they go on. */
const writingMs = 2500;
const thinkingMs = 1500;
/** A device tells how far it has come at most so often. */
const acknowledgeEveryMs = 1000;
const numbered = /Message number (\d+)\.$/;
let lastNumber = 0;

/** Makes rooms of so many people each, and subscribes everybody. */
export async function gatherCrowd(server: BenchServer, peopleCount: number, roomSize: number): Promise<CrowdedRoom[]> {
	const people = await server.people(peopleCount);
	const sockets = await server.openSockets(people);
	return inParallel(range(peopleCount / roomSize), lanes, async (room) => {
		const [from, to] = [room * roomSize, (room + 1) * roomSize];
		const roomId = await server.makeRoom(people.slice(from, to));
		const listeners = sockets.slice(from, to).map(
			(socket, index): Listener => ({
				...{ socket, arrivals: new Map(), isActive: index < activePerRoom, reached: undefined },
			}),
		);
		for (const listener of listeners) await subscribeAll([listener.socket], (frame) => hear(roomId, listener, frame));
		return { roomId, listeners };
	});
}

function hear(roomId: string, listener: Listener, frame: string): void {
	const { result }: { result?: { data?: { id: string; data: WireSyncItem } } } = JSON.parse(frame);
	if (result?.data === undefined || result.data.data.kind === "ephemeral") return;
	listener.reached = result.data.id;
	for (const { eventId, content } of result.data.data.rooms.flatMap(({ events }) => events)) {
		const [, number] = numbered.exec(String(content["body"])) ?? [];
		if (number === undefined) continue;
		listener.arrivals.set(Number(number), (listener.arrivals.get(Number(number)) ?? 0) + 1);
		if (listener.isActive) unheeded(listener.socket.mutate("messages.markRead", { roomId, eventId, kind: "public" }));
	}
}

/**
 * Lets the active ones write and pause and everybody acknowledge what comes, while messages are sent in all rooms by
 * turns; answers them.
 */
export async function converse(rooms: readonly CrowdedRoom[], conversing: Conversing): Promise<readonly Written[]> {
	const stop = new AbortController();
	// Everybody waits for it.
	setMaxListeners(0, stop.signal);
	const busy = rooms.flatMap(({ roomId, listeners }) =>
		listeners.flatMap((one) => [
			acknowledge(one, stop.signal),
			...(one.isActive ? [writeAndPause(roomId, one, stop.signal)] : []),
		]),
	);
	const written = await sendMessages(rooms, conversing);
	stop.abort();
	await Promise.all(busy);
	return written;
}

/** How many times a message did not come to somebody of its room, or came to them more than once. */
export function countAstray(written: readonly Written[]): number {
	return written.reduce(
		(sum, { room, number }) => sum + room.listeners.filter(({ arrivals }) => arrivals.get(number) !== 1).length,
		0,
	);
}

async function writeAndPause(roomId: string, { socket }: Listener, signal: AbortSignal): Promise<void> {
	// Not all at the same moment.
	await pause(Math.random() * (writingMs + thinkingMs), signal);
	while (!signal.aborted) {
		await socket.mutate("sync.setTyping", { roomId, isTyping: true });
		await pause(writingMs, signal);
		await socket.mutate("sync.setTyping", { roomId, isTyping: false });
		await pause(thinkingMs, signal);
	}
}

async function acknowledge(listener: Listener, signal: AbortSignal): Promise<void> {
	await pause(Math.random() * acknowledgeEveryMs, signal);
	while (!signal.aborted) {
		const { reached: position } = listener;
		listener.reached = undefined;
		if (position !== undefined) unheeded(listener.socket.mutate("sync.acknowledge", { position }));
		await pause(acknowledgeEveryMs, signal);
	}
}

async function sendMessages(rooms: readonly CrowdedRoom[], conversing: Conversing): Promise<readonly Written[]> {
	const count = Math.floor((conversing.durationMs / 1000) * conversing.messagesPerSecond);
	const written: Written[] = [];
	const sending: Promise<unknown>[] = [];
	for (const index of range(count)) {
		const room = rooms[index % rooms.length];
		const writer = room?.listeners.at(-1);
		if (room === undefined || writer === undefined) continue;
		lastNumber += 1;
		const body = `${messageBody} Message number ${lastNumber}.`;
		written.push({ room, number: lastNumber });
		const { roomId } = room;
		sending.push(writer.socket.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body }));
		await delay(1000 / conversing.messagesPerSecond);
	}
	await Promise.all(sending);
	return written;
}

async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
	await delay(durationMs, undefined, { signal }).catch(() => undefined);
}

/** Nobody waits for the answer; a socket that broke is seen by the messages that do not come. */
function unheeded(call: Promise<unknown>): void {
	call.catch(() => undefined);
}
