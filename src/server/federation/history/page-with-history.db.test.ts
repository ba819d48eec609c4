import { describe, expect, it } from "vitest";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { PeerAnswer, PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import { streamsOver } from "../../../../federation/testing/list-streams.ts";
import { createMemoryShelf } from "../../../../federation/testing/memory-shelf.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestNetwork, createTestServer, type TestServer } from "../../../../tests/setup/test-server.ts";
import { openPrivacy } from "../../../shared/wire/privacy-choices.ts";
import { nodeVerifier } from "../../adapters/crypto-node/node-verifier.ts";
import { createAnsweringStore } from "../../adapters/prisma/federation/answering-store.ts";
import { createHistoryStore } from "../../adapters/prisma/federation/history-store.ts";
import { createTransactionStore } from "../../adapters/prisma/federation/transaction-store.ts";
import { createTimelineStore } from "../../adapters/prisma/timeline/timeline-store.ts";
import { createTimeline } from "../../timeline/public.ts";
import { createAnswering } from "../answering/create-answering.ts";
import { createPaging, type PagingDependencies } from "./page-with-history.ts";
import { silentMs } from "./silent-servers.ts";

const dayMs = 86_400_000;
const firstDay = Date.UTC(2024, 0, 1, 12);

/** A server that answers for its rooms, or is away. */
const peerOf = (one: TestServer) => {
	const answering = createAnswering({
		serverName: one.name,
		graph: one.graph,
		store: createAnsweringStore(one.database.pool),
		directory: one.directory,
		clock: Date,
	});
	const asked: string[] = [];
	let isAway = false;
	const origin = "two.example" as ServerName;
	const ask = (kind: string, roomId: string, query: URLSearchParams) => {
		const eventId = query.get("event_id") ?? "";
		if (kind === "backfill") {
			return answering.backfill({ origin, roomId, from: query.getAll("v"), limit: query.get("limit") });
		}
		if (kind === "state_ids") return answering.stateIds({ origin, roomId, eventId });
		if (kind === "event") return answering.event({ origin, eventId: roomId });
		return answering.timestamp({ origin, roomId, ts: query.get("ts"), direction: query.get("dir") });
	};
	const answer = async (url: URL): Promise<PeerAnswer> => {
		const [kind = "", roomId = ""] = url.pathname.split("/").slice(4).map(decodeURIComponent);
		const { searchParams: query } = url;
		const given = await ask(kind, roomId, query);
		if (given.kind === "refused") return { ...given, retryAfterMs: undefined };
		if (given.kind !== "answered") throw new Error("an answer in pieces");
		return { kind: "answered", content: (JSON.parse(JSON.stringify(given.content)) as JsonObject) ?? jsonObject() };
	};
	const peers: PeerTransport = {
		request: async (_to, { uri }) => {
			const url = new URL(uri, "https://one.example");
			asked.push(url.pathname.split("/")[4] ?? "");
			return isAway ? { kind: "unreachable", reason: "connection", detail: "" } : answer(url);
		},
	};
	return {
		...{ peers, asked },
		setAway: (away: boolean) => {
			isAway = away;
		},
	};
};

/** Bob joins a room of another server in which Alice wrote a message a day, and reads up. */
const open = async (count: number) => {
	const network = createTestNetwork();
	let now = firstDay;
	const one = await createTestServer("one.example", { network, isStopped: true, clock: { now: () => now } });
	const two = await createTestServer("two.example", { network, isStopped: true });
	const alice = await one.addPerson("alice");
	const bob = await two.addPerson("bob");
	const roomId = await one.rooms.create({ creatorId: alice, transactionId: "r", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: alice, roomId, joinRule: "public" });
	for (let day = 0; day < count; day += 1) {
		now = firstDay + day * dayMs;
		await one.messages.send({ userId: alice, roomId, transactionId: `m${day}`, body: `day ${day}` });
	}
	await two.join(bob, roomId, { resident: one });
	const peer = peerOf(one);
	let clock = Date.now();
	const paging = createPaging({
		serverName: two.name,
		receiving: two.receiving,
		graph: two.graph,
		keys: two.keys,
		verifier: nodeVerifier,
		transactions: createTransactionStore(two.database.pool),
		timeline: createTimeline({ store: createTimelineStore(two.database.pool), privacyOf: async () => openPrivacy }),
		history: createHistoryStore(two.database.pool),
		peers: peer.peers,
		streams: streamsOver(peer.peers),
		openShelf: createMemoryShelf,
		clock: { now: () => clock },
		log: silentLog,
	} as PagingDependencies);
	const page = (cursor?: string, isRetry = false) =>
		paging.page(bob, { roomId, direction: "backwards", limit: 50, cursor, isRetry });
	const bodyAt = async (ts: number) => {
		const { eventId } = await paging.atDate(bob, { roomId, ts });
		return (await two.rows<{ json: string }>("SELECT json FROM events WHERE event_id = $1", [eventId])).map(
			({ json }) => JSON.parse(json).content.body,
		)[0];
	};
	return {
		...{ peer, page, bodyAt },
		pass: (ms: number) => {
			clock += ms;
		},
		[Symbol.asyncDispose]: async () => {
			await two[Symbol.asyncDispose]();
			await one[Symbol.asyncDispose]();
		},
	};
};

describe("scrolling up past what this server has", { timeout: 60_000 }, () => {
	it("says whom the next page asks, and brings what was before", async () => {
		await using room = await open(8);
		const first = await room.page();
		expect(first).toMatchObject({ olderFrom: ["one.example"] });
		expect(room.peer.asked).toEqual([]);
		const second = await room.page(first.nextCursor);
		const bodies = second.items.flatMap(({ content }) => content["body"] ?? []);
		expect(bodies).toEqual(Array.from({ length: 8 }, (_, day) => `day ${day}`));
		expect(room.peer.asked).toEqual(["backfill"]);
	});

	it("asks servers that are away once, and again only when somebody wants it, or after some minutes", async () => {
		await using room = await open(3);
		room.peer.setAway(true);
		const { nextCursor } = await room.page();
		const up = (isRetry?: boolean) => room.page(nextCursor, isRetry);
		for (let at = 0; at < 3; at += 1) await expect(up()).rejects.toMatchObject({ code: "history-away" });
		expect(room.peer.asked).toHaveLength(1);
		await expect(up(true)).rejects.toMatchObject({ code: "history-away" });
		expect(room.peer.asked).toHaveLength(2);
		room.peer.setAway(false);
		await expect(up()).rejects.toMatchObject({ code: "history-away" });
		room.pass(silentMs + 1);
		expect((await up()).items.length).toBeGreaterThan(3);
	});
});

describe("going to a day", { timeout: 60_000 }, () => {
	it("finds its first message, bringing what lies between from another server", async () => {
		await using room = await open(140);
		expect(await room.bodyAt(firstDay + 3 * dayMs - 3_600_000)).toBe("day 3");
		expect(room.peer.asked.filter((kind) => kind === "backfill")).toHaveLength(2);
		const before = room.peer.asked.length;
		expect(await room.bodyAt(firstDay + 100 * dayMs)).toBe("day 100");
		expect(await room.bodyAt(Date.now() + dayMs)).toBe("day 139");
		expect(room.peer.asked).toHaveLength(before);
		expect(await room.bodyAt(0)).toBe("day 0");
	});

	it("says so when the servers that were there then are away", async () => {
		await using room = await open(3);
		room.peer.setAway(true);
		await expect(room.bodyAt(firstDay)).rejects.toMatchObject({ code: "history-away" });
		room.pass(silentMs + 1);
		room.peer.setAway(false);
		expect(await room.bodyAt(firstDay)).toBe("day 0");
	});
});
