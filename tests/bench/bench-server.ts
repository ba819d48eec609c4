import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPeople, type Person } from "../server-process/add-people.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { openSocketCaller, type SocketCaller } from "../server-process/socket-caller.ts";
import { portOf, type ServerProcess, startServerProcess } from "../server-process/start-server-process.ts";
import { inParallel, range } from "./statistics.ts";

/** A server of one bench and the people on it. */
export interface BenchServer extends AsyncDisposable {
	readonly process: ServerProcess;
	/** The first `count` people of this server; who is missing is added. */
	people(count: number): Promise<readonly Person[]>;
	/** A public room with the people as its members, the first of them as its owner; the rest join by themselves. */
	makeRoom(people: readonly Person[]): Promise<string>;
	/** Stops the server and starts it again on the same data. */
	restart(): Promise<void>;
	openSockets(people: readonly Person[]): Promise<readonly SocketCaller[]>;
}

let roomCount = 0;
const lanes = 16;
/** What is measured is the server, not what it allows one person. */
const unlimited = { KITH_WRITES_PER_MINUTE: "0" };

/** Starts a server on an empty data directory. */
export async function startBenchServer(settings: Readonly<Record<string, string>> = {}): Promise<BenchServer> {
	const env = { ...unlimited, ...settings };
	const folder = await realpath(await mkdtemp(join(tmpdir(), "kith-bench-")));
	const dataFolder = join(folder, "data");
	let server = await startServerProcess({ dataFolder, env });
	const people: Person[] = [];
	const ensurePeople = async (count: number): Promise<readonly Person[]> => {
		const missing = range(count).slice(people.length);
		if (missing.length > 0) {
			people.push(
				...(await addPeople(
					dataFolder,
					missing.map((index) => `person${index}`),
				)),
			);
		}
		return people.slice(0, count);
	};
	return {
		get process() {
			return server;
		},
		people: ensurePeople,
		makeRoom: (members) => makeRoom(server.origin, members),
		openSockets: (owners) =>
			inParallel(owners, lanes, ({ cookie }, index) =>
				openSocketCaller(server.origin, cookie, { localAddress: addressOf(index) }),
			),
		restart: async () => {
			await server.stop();
			server = await startServerProcess({ dataFolder, port: portOf(server), env });
		},
		[Symbol.asyncDispose]: async () => {
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** As from machines of their own: the server lets no address open more than a thousand sockets. */
function addressOf(index: number): string {
	return `127.0.0.${1 + Math.floor(index / 1000)}`;
}

async function makeRoom(origin: string, members: readonly Person[]): Promise<string> {
	const [owner, ...others] = members;
	if (owner === undefined) throw new Error("a room needs an owner");
	roomCount += 1;
	const caller = createHttpCaller(origin, owner.cookie);
	const input = { kind: "public", name: `Room ${roomCount}`, aliasLocalpart: `room${roomCount}` };
	const transactionId = `create.${roomCount}`;
	const { roomId } = (await caller.mutate("rooms.create", { transactionId, ...input })) as { roomId: string };
	caller.close();
	await inParallel(others, lanes, async ({ cookie }) => {
		const own = createHttpCaller(origin, cookie);
		await own.mutate("rooms.join", { room: roomId });
		own.close();
	});
	return roomId;
}
