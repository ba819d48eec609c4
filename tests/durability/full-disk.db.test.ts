import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { sentOutput } from "../../src/shared/wire/message-calls.ts";
import { roomIdOutput } from "../../src/shared/wire/room-calls.ts";
import { addPeople } from "../server-process/add-people.ts";
import type { ApiCaller } from "../server-process/api-caller.ts";
import { ApiError } from "../server-process/api-error.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { startServerProcess } from "../server-process/start-server-process.ts";
import { createRoomReader } from "./room-reader.ts";
import { mountTinyDisk, type TinyDisk } from "./tiny-disk.ts";
import { bodyOf } from "./writer.ts";

const diskMb = 256;
const mostMessages = 3000;
const recoveryDeadlineMs = 30_000;
const writer = { name: "writer" };

interface Author {
	readonly caller: ApiCaller;
	readonly roomId: string;
	readonly acknowledged: string[];
}

/** Writes the next message; undefined: acknowledged, else the code of the refusal. */
async function writeNext({ caller, roomId, acknowledged }: Author): Promise<string | undefined> {
	const text = bodyOf(writer.name, acknowledged.length);
	try {
		const answer = await caller.mutate("messages.send", { roomId, transactionId: text, body: text });
		acknowledged.push(sentOutput.parse(answer).eventId);
		return undefined;
	} catch (error) {
		if (error instanceof ApiError) return error.code;
		throw error;
	}
}

async function writeUntilRefused(author: Author): Promise<string | undefined> {
	for (let sent = 0; sent < mostMessages; sent += 1) {
		const refusal = await writeNext(author);
		if (refusal !== undefined) return refusal;
	}
	return undefined;
}

/** PostgreSQL may have had to start again for want of room. */
async function writeWhenPossible(author: Author): Promise<string | undefined> {
	const deadline = performance.now() + recoveryDeadlineMs;
	let refusal = await writeNext(author);
	while (refusal !== undefined && performance.now() < deadline) {
		await delay(100);
		refusal = await writeNext(author);
	}
	return refusal;
}

async function faultsOf(origin: string, cookie: string, { roomId, acknowledged }: Author): Promise<readonly string[]> {
	const caller = createHttpCaller(origin, cookie);
	const reader = createRoomReader(roomId);
	await reader.readOn(caller);
	caller.close();
	return reader.faultsOf(writer, acknowledged);
}

async function openRoom(origin: string, cookie: string): Promise<Author> {
	const caller = createHttpCaller(origin, cookie);
	const input = { transactionId: "room", kind: "group", name: "Room" };
	return { caller, roomId: roomIdOutput.parse(await caller.mutate("rooms.create", input)).roomId, acknowledged: [] };
}

async function writeOnFullDisk(disk: TinyDisk): Promise<void> {
	const dataFolder = join(disk.folder, "data");
	await using server = await startServerProcess({ dataFolder, env: { KITH_WRITES_PER_MINUTE: "0" } });
	const { origin } = server;
	const [person] = await addPeople(dataFolder, [writer.name]);
	const cookie = person?.cookie ?? "";
	const author = await openRoom(origin, cookie);
	for (let sent = 0; sent < 20; sent += 1) expect(await writeNext(author)).toBeUndefined();
	await disk.fill();
	expect(await writeUntilRefused(author)).toBe("storage-full");
	expect(await faultsOf(origin, cookie, author)).toEqual([]);
	expect((await fetch(`${origin}/healthz`)).status).toBe(200);
	// There may be room in one file while another finds none: the next refusal is a matter of a few messages.
	expect(await writeUntilRefused(author), "still full").toBe("storage-full");
	await disk.free();
	expect(await writeWhenPossible(author)).toBeUndefined();
	for (let sent = 0; sent < 20; sent += 1) expect(await writeNext(author)).toBeUndefined();
	expect(await faultsOf(origin, cookie, author)).toEqual([]);
	expect(server.isRunning).toBe(true);
	author.caller.close();
}

it("a full disk refuses with storage-full, loses nothing, and serves again when there is room", async ({ skip }) => {
	const disk = await mountTinyDisk(diskMb);
	// skipped: only where this user or this machine may not mount a file system
	if ("refused" in disk) return skip(disk.refused);
	await using mounted = disk;
	await writeOnFullDisk(mounted);
}, 120_000);
