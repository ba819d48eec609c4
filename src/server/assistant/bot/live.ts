import { setTimeout as delay } from "node:timers/promises";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { Log } from "../../../shared/log.ts";
import type { WireRoomSummary } from "../../../shared/wire/room.ts";
import type { Viewer } from "../../accounts/public.ts";
import type { BotAreas, BotStore, StoredBot } from "./bot-ports.ts";
import type { IdentitySeeds } from "./engine/engine-messages.ts";
import { type BotEngine, type EngineFile, type EngineGround, openEngine } from "./engine/open-engine.ts";
import { identitySeeds } from "./identity-seeds.ts";
import { seal, unseal } from "./seal.ts";
import { openVisits, type Visits } from "./visit-rooms.ts";

/** What the assistant does in the rooms that it is in. */
export type BotWork = Pick<Parameters<typeof openVisits>[0], "onEvent" | "onReadUp" | "onLeft"> & {
	/** Ends what is under way. */
	stop(): Promise<void>;
};

/** What one life of the assistant stands on. */
export interface LifeGround {
	readonly areas: BotAreas;
	readonly store: BotStore;
	readonly engineFile: EngineFile;
	/** Of its engine's store, and of what else of it is kept sealed. */
	readonly keys: { readonly store: Uint8Array; readonly identity: Uint8Array };
	readonly log: Log;
	/** Answers a call as the server answers those of browsers. */
	ask(viewer: Viewer, address: string, body: string | undefined): ReturnType<EngineGround["ask"]>;
	/** Begins its work in rooms. */
	beginWork(life: { readonly viewer: Viewer; readonly engine: BotEngine; readonly visits: () => Visits }): BotWork;
}

const deviceName = "Kith assistant";
/** A start brings so many rooms, and a little of each: what else was said is read up by itself. */
const window = { windowSize: 1000, timelineLimit: 20 };

/** Opens its engine and follows the stream, until the signal, the end of the engine or of its session. */
export const live = async (ground: LifeGround, bot: StoredBot, signal: AbortSignal): Promise<void> => {
	const { viewer, opened } = await openDevice(ground, bot);
	const ending = new AbortController();
	const life = AbortSignal.any([signal, ending.signal]);
	const { userId } = viewer;
	const news = createNews();
	const engine = await openEngine(
		ground.engineFile,
		{
			account: { userId, deviceId: viewer.deviceId },
			key: Uint8Array.from(ground.keys.store),
			identity: identityIn(ground, bot),
			records: opened.records,
		},
		{
			keep: (changes) => ground.store.keep({ userId, generation: opened.generation }, changes),
			ask: (address, body) => ground.ask(viewer, address, body),
			onIdentity: (seeds) => void keepIdentity(ground, userId, seeds),
			onNews: news.hear,
		},
	);
	void engine.ended.then(() => ending.abort());
	const whenLost = news.whenLost(() => ending.abort());
	try {
		await untilVouchedFor(ground, engine, life);
		await follow(ground, { bot, viewer, engine, signal: life, onKeys: news.onKeys });
	} finally {
		await engine.stop();
		// What the server has of this device is not what is kept: only another one is believed.
		if (whenLost.isLost()) await ground.store.beginDevice(userId, undefined);
	}
};

const lookMs = 100;

/** A device that nobody vouches for gets no keys: it goes nowhere before its identity stands. */
const untilVouchedFor = async ({ log }: LifeGround, engine: BotEngine, signal: AbortSignal): Promise<void> => {
	while (!signal.aborted) {
		const { identity } = await engine.call("status", {});
		if (identity === "verified") return;
		if (identity === "unverified") {
			log.error({}, "the assistant's identity does not open with secrets.json: put back the one that it was made with");
			throw new Error("nobody vouches for the assistant's device");
		}
		await delay(lookMs);
	}
};

/** Its device as it was, with what its engine kept; another one where either is gone. */
const openDevice = async (
	{ areas, store, log }: LifeGround,
	{ userId, sessionId }: StoredBot,
): Promise<{ readonly viewer: Viewer; readonly opened: Awaited<ReturnType<BotStore["open"]>> }> => {
	const known = sessionId === undefined ? undefined : await areas.accounts.resolveSession(sessionId);
	if (known !== undefined) {
		const opened = await store.open(userId);
		if (opened.records.length > 0) return { viewer: known, opened };
	}
	const viewer = await areas.accounts.bot.openDevice({ userId, deviceName });
	await store.beginDevice(userId, viewer.sessionId);
	log.info({ userId, deviceId: viewer.deviceId }, "the assistant has a new device");
	return { viewer, opened: await store.open(userId) };
};

const identityIn = ({ keys }: LifeGround, { sealedIdentity }: StoredBot): IdentitySeeds | undefined => {
	const opened = sealedIdentity === undefined ? undefined : unseal(keys.identity, sealedIdentity);
	return opened === undefined ? undefined : identitySeeds.safeParse(JSON.parse(Buffer.from(opened).toString())).data;
};

const keepIdentity = async ({ keys, store, log }: LifeGround, userId: UserId, seeds: IdentitySeeds): Promise<void> => {
	const sealed = seal(keys.identity, Buffer.from(JSON.stringify(seeds)));
	await store.setIdentity(userId, sealed).catch((err) => log.warn({ err }, "the assistant's identity was not kept"));
};

interface Following {
	readonly bot: StoredBot;
	readonly viewer: Viewer;
	readonly engine: BotEngine;
	readonly signal: AbortSignal;
	onKeys(listener: (sessions: Parameters<Visits["retry"]>[0]) => void): void;
}

/** Takes in item after item: first what is for the engine, then what happened in rooms; then the position counts. */
const follow = async (ground: LifeGround, { bot, viewer, engine, signal, onKeys }: Following): Promise<void> => {
	const { areas, store, log } = ground;
	let visits: Visits | undefined;
	const work = ground.beginWork({ viewer, engine, visits: () => requireOpen(visits) });
	visits = await openVisits({ ...{ areas, store, engine, viewer, log }, ...work });
	const opened = visits;
	let turn: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
		const next = turn.then(step);
		turn = next.catch(() => undefined);
		return next;
	};
	onKeys((sessions) => void inTurn(() => opened.retry(sessions)).catch(() => undefined));
	let reached = bot.streamPosition;
	let visiting: Promise<void> | undefined;
	try {
		const { userId, sessionId, deviceId } = viewer;
		const from = { userId, sessionId, deviceId, since: reached, ...window, signal };
		for await (const { position, item } of areas.stream.subscribe(from)) {
			if (signal.aborted) break;
			if (item.kind === "ephemeral") continue;
			const { keys: news } = item;
			if (news !== undefined) await engine.call("receive", { news, isStart: item.kind === "start" });
			await inTurn(() => opened.take(item));
			if (position !== reached) await store.setPosition(userId, position);
			// Others' messages are delivered once every member's device has them: so has this one.
			areas.stream.acknowledge(viewer, position);
			reached = position;
			visiting ??= visitAll(ground, { viewer, signal }, (room) => inTurn(() => opened.visit(room)));
		}
	} finally {
		await work.stop();
		await visiting;
	}
};

const roomsAtOnce = 100;

/** Looks into the rooms in which nothing happened since it was here last: somebody may wait for an answer that broke off. */
const visitAll = async (
	{ areas, log }: LifeGround,
	{ viewer, signal }: Pick<Following, "viewer" | "signal">,
	visit: (summary: WireRoomSummary) => Promise<void>,
): Promise<void> => {
	try {
		let cursor: string | undefined;
		do {
			const page = await areas.timeline.roomList(viewer.userId, { limit: roomsAtOnce, cursor });
			for (const summary of page.items) if (!signal.aborted) await visit(summary);
			cursor = signal.aborted ? undefined : page.nextCursor;
		} while (cursor !== undefined);
	} catch (err) {
		log.warn({ err }, "the assistant did not look into all of its rooms");
	}
};

const requireOpen = (visits: Visits | undefined): Visits => {
	if (visits === undefined) throw new Error("the rooms are not open yet");
	return visits;
};

/** What the engine tells unasked, as far as it matters here. */
const createNews = () => {
	let onKeys: (sessions: Parameters<Visits["retry"]>[0]) => void = () => undefined;
	let onLost: () => void = () => undefined;
	let isLost = false;
	const hear: EngineGround["onNews"] = (news) => {
		if (news.kind === "roomKeys") onKeys(news.sessions);
		if (news.kind === "trouble" && news.trouble === "store-lost") {
			isLost = true;
			onLost();
		}
	};
	return {
		hear,
		onKeys: (listener: typeof onKeys): void => {
			onKeys = listener;
		},
		whenLost: (listener: () => void) => {
			onLost = listener;
			if (isLost) listener();
			return { isLost: () => isLost };
		},
	};
};
