import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { ClientRequest } from "node:http";
import { request } from "node:https";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signRequest } from "../../../federation/transport/signed-request.ts";
import { peakMemory } from "../../server-process/peak-memory.ts";
import { eventually } from "../eventually.ts";
import type { Person } from "../homeserver.ts";
import { sees } from "../scenario.ts";
import { askKith } from "./ask-kith.ts";
import { type Forged, joinAsGuest } from "./hostile-guest.ts";
import type { HostilePeer } from "./hostile-peer.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";
import { readStoredRoom, waitingPdus } from "./stored-room.ts";

const megabyte = 1_048_576;
const flooding = 10_000;
const slowOnes = 40;
const atOnce = 8;

describe("a server that gives more than anybody can take", { timeout: 240_000 }, () => {
	let setting: HostileSetting;
	let ada: Person;
	let slow: readonly ClientRequest[];
	let ended: Promise<unknown>;
	beforeAll(async () => {
		setting = await hostileSetting();
		ada = await setting.kith.register("ada");
		slow = Array.from({ length: slowOnes }, () => openUpload(setting.peer));
		// Each says a little now and then, for as long as it is let.
		const drip = setInterval(() => {
			for (const upload of slow) upload.write(" ");
		}, 1_000);
		const closed = slow.map((upload) => new Promise((resolve) => upload.once("close", resolve)));
		ended = Promise.all(closed).finally(() => clearInterval(drip));
	});
	afterAll(() => setting?.[Symbol.asyncDispose]());
	const makeRoom = () => ada.createRoom({ version: "12", name: "Square", aliasLocalpart: randomUUID() });

	/** Begins a transaction whose body has no end yet. */
	const openUpload = (peer: HostilePeer, headers: Readonly<Record<string, string>> = {}): ClientRequest => {
		const { kith } = setting;
		const uri = `/_matrix/federation/v1/send/${randomUUID()}`;
		const authorization = signRequest(
			{ method: "PUT", uri, destination: kith.name as never, content: {} },
			peer.signer,
		);
		const upload = request(`https://${kith.name}${uri}`, {
			...{ method: "PUT", ca: kith.ca, agent: false },
			headers: { authorization, "content-type": "application/json", "transfer-encoding": "chunked", ...headers },
		});
		upload.on("error", () => undefined);
		upload.write("{");
		return upload;
	};

	it("is told of a body that is too long as soon as it is, though it never said how long it would be", async () => {
		const { kith, peer } = setting;
		const memory = peakMemory(kith.pid);
		const upload = openUpload(peer);
		const piece = Buffer.alloc(megabyte, " ");
		let sent = 0;
		const more = (): void => {
			while (!upload.destroyed && upload.write(piece)) sent += piece.length;
			sent += piece.length;
			upload.once("drain", more);
		};
		more();
		const [response] = await once(upload, "response");
		expect(response.statusCode).toBe(413);
		upload.destroy();
		expect(sent).toBeLessThan(64 * megabyte);
		expect(await memory.grownBy()).toBeLessThan(100 * megabyte);
	});

	it("has nothing unpacked that it compressed", async () => {
		const { kith, peer } = setting;
		const memory = peakMemory(kith.pid);
		const bomb = gzipSync(Buffer.alloc(512 * megabyte, " "));
		const upload = openUpload(peer, { "content-encoding": "gzip" });
		const answered = once(upload, "response");
		upload.end(bomb);
		const [response] = await answered;
		expect(response.statusCode).toBe(400);
		response.resume();
		expect(await memory.grownBy()).toBeLessThan(100 * megabyte);
	});

	it("keeps nobody waiting with ten thousand events that all stand beside each other", async () => {
		const { kith, peer, other } = setting;
		const [flooded, calm, home] = [await makeRoom(), await makeRoom(), await makeRoom()];
		const mallory = await joinAsGuest(kith, peer, { roomId: flooded, localpart: "mallory" });
		const olga = await joinAsGuest(kith, other, { roomId: calm, localpart: "olga" });
		const events = Array.from({ length: flooding }, () => mallory.forge());
		const memory = peakMemory(kith.pid);
		const statuses = await sendAll(mallory.send, events);
		expect(statuses.every((status) => status === 200 || status === 429)).toBe(true);

		// While thousands wait, somebody else is heard, and people write.
		const word = olga.forge();
		await olga.send([word]);
		await ada.send(home, "At home");
		await sees(ada, calm, { eventId: word.eventId, body: String((word.json["content"] as { body: string }).body) });
		expect(await waitingPdus(kith, flooded)).toBeGreaterThan(0);

		const taken = statuses.filter((status) => status === 200).length * perTransaction;
		await eventually(async () => expect(await waitingPdus(kith, flooded)).toBe(0), 200);
		expect((await readStoredRoom(kith, flooded)).shown.length).toBeGreaterThanOrEqual(taken);
		expect(await memory.grownBy()).toBeLessThan(300 * megabyte);
		const answer = await ada.send(flooded, "That was a lot");
		const uri = `/_matrix/federation/v1/event/${encodeURIComponent(answer)}`;
		const { content } = await askKith(kith, peer, { method: "GET", uri });
		const [pdu] = content["pdus"] as readonly { readonly prev_events: readonly string[] }[];
		expect(pdu?.prev_events.length).toBeLessThanOrEqual(20);
	});

	it("is hung up on when its bodies never come to an end, and others are answered meanwhile", async () => {
		const { kith, other } = setting;
		const version = await askKith(kith, other, { method: "GET", uri: "/_matrix/federation/v1/version" });
		expect(version.status).toBe(200);
		await ended;
		expect(slow.every(({ destroyed }) => destroyed)).toBe(true);
		expect(await askKith(kith, other, { method: "GET", uri: "/_matrix/federation/v1/version" })).toEqual(version);
	});
});

const perTransaction = 50;

/** In transactions of fifty, some at a time; their statuses. */
const sendAll = async (
	send: (events: readonly Forged[]) => Promise<{ readonly status: number }>,
	events: readonly Forged[],
): Promise<readonly number[]> => {
	const statuses: number[] = [];
	const lane = async (): Promise<void> => {
		for (;;) {
			const at = statuses.push(0) - 1;
			const batch = events.slice(at * perTransaction, (at + 1) * perTransaction);
			if (batch.length === 0) return void statuses.pop();
			statuses[at] = (await send(batch)).status;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return statuses;
};
