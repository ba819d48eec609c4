import { randomUUID } from "node:crypto";
import type { Worker } from "node:worker_threads";
import { initAsync, RoomId as RoomIdOf } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import { messageIndexOf } from "../../src/client/crypto/worker/message-index.ts";
import type { Container } from "../../src/server/running-container.ts";
import { getContainer } from "../../src/server/running-container.ts";
import type { WireEvent } from "../../src/shared/wire/event.ts";
import { type OllamaScript, startScriptedOllama } from "../setup/scripted-ollama.ts";
import { createTestAccounts, type TestAccounts, testServerName } from "../setup/test-accounts.ts";
import { createTestHost } from "../setup/test-host.ts";
import { signIn } from "../setup/test-keys.ts";
import { newsFor } from "./device-news.ts";
import { createEngineClient, type EngineClient } from "./procedure-server.ts";

/** A real model takes its time on a small machine. */
const waitMs = 90_000;

const waiting =
	(log: readonly string[]) =>
	async <T>(look: () => Promise<T | undefined>, what: string): Promise<T> => {
		const end = performance.now() + waitMs;
		for (;;) {
			const found = await look();
			if (found !== undefined) return found;
			if (performance.now() > end) throw new Error(`it did not come: ${what}; the log: ${log.join("\n")}`);
			await new Promise((resolve) => setTimeout(resolve, 30));
		}
	};

/** A person with a device whose crypto is an engine in Node. */
export interface BotPerson extends EngineClient {
	readonly userId: UserId;
	/** Says something in an encrypted room, to everybody who is in it or invited. */
	say(roomId: RoomId, body: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
	/** By which sessions, and which place in them, somebody sealed what they said in the room. */
	sealsOf(roomId: RoomId, senderId: UserId): Promise<readonly string[]>;
	/** What the assistant said in the room, the oldest first, as this device reads it. */
	heard(roomId: RoomId): Promise<readonly string[]>;
	/** On which messages it said each of that to rest. */
	cited(roomId: RoomId): Promise<readonly unknown[]>;
}

/** The newest thread of this process that is not one of the test's own. */
const threads: Worker[] = [];
const watchThreads = (): void => {
	if (threads.length > 0) return;
	process.on("worker", (worker) => {
		threads.push(worker);
		worker.once("exit", () => threads.splice(threads.indexOf(worker), 1));
	});
};

const killThread = async (): Promise<void> => void (await threads.at(-1)?.terminate());

/** A whole server with an assistant as a member, over an Ollama that says what the test wants it to. */
export const createBotWorld = async (script: OllamaScript = {}) => {
	const ollama = await startScriptedOllama(script);
	const world = await openBotWorld({ url: ollama.url, chatModel: "chat:1b", embedModel: "embed" });
	return {
		...{ ...world, ollama },
		[Symbol.asyncDispose]: async () => {
			await world[Symbol.asyncDispose]();
			await ollama[Symbol.asyncDispose]();
		},
	};
};

/** The same over an Ollama that is there. */
export const openBotWorld = async ({ url, chatModel, embedModel }: NamedOllama) => {
	watchThreads();
	await initAsync();
	const test = await createTestAccounts();
	const settings = {
		...{ KITH_OLLAMA_URLS: url, KITH_ASSISTANT_MODEL: chatModel, KITH_ASSISTANT_EMBED_MODEL: embedModel },
		KITH_WRITES_PER_MINUTE: "0",
	};
	const until = waiting(test.logLines);
	const start = () => createTestHost(test, undefined, { settings });
	let host = await start();
	await getContainer().bot.switchOn();
	const container = (): Container => getContainer();
	const botId = (await container().bot.userId()) as UserId;
	return {
		...{ test, botId, container },
		/** Ends the server, and starts it again when the work is done. */
		restart: async (meanwhile: () => Promise<unknown>): Promise<void> => {
			const running = getContainer();
			await running.bot.stop();
			await meanwhile();
			await host[Symbol.asyncDispose]();
			host = await start();
		},
		/** Ends the thread of its crypto engine where it is. */
		killEngine: () => killThread(),
		person: (localpart: string) => openPerson(test, container, { localpart, botId }),
		/** Resolves when the assistant stands so in the room. */
		membership: (roomId: RoomId, viewer: BotPerson, wanted: "join" | "leave" | "invite") =>
			until(async () => {
				const { items } = await container().timeline.members(viewer.userId, { roomId, limit: 100 });
				const now = items.find(({ userId }) => userId === botId)?.membership ?? "leave";
				return now === wanted ? true : undefined;
			}, `the assistant's ${wanted}`),
		until,
		[Symbol.asyncDispose]: async () => {
			await host[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

interface NamedOllama {
	readonly url: string;
	readonly chatModel: string;
	readonly embedModel: string;
}

export type BotWorld = Awaited<ReturnType<typeof createBotWorld>>;

const openPerson = async (
	test: TestAccounts,
	container: () => Container,
	{ localpart, botId }: { readonly localpart: string; readonly botId: UserId },
): Promise<BotPerson> => {
	await test.addPerson(localpart);
	const userId = `@${localpart}:${testServerName}` as UserId;
	const { viewer } = await signIn(test.database, userId, `DEVICE${localpart.toUpperCase()}`);
	const host = new Proxy({} as Container, { get: (_, name) => Reflect.get(container(), name) });
	const client = await createEngineClient(host, viewer);
	await client.bootstrap();
	const membersOf = async (roomId: RoomId): Promise<readonly string[]> => {
		const { items } = await client.call.rooms.members({ roomId, limit: 100 });
		return items
			.filter(({ membership }) => membership === "join" || membership === "invite")
			.map((member) => member.userId);
	};
	const eventsOf = async (roomId: RoomId): Promise<readonly WireEvent[]> =>
		(await client.call.messages.page({ roomId, direction: "backwards", limit: 200 })).items;
	const heardFrom = async (roomId: RoomId): Promise<readonly Record<string, unknown>[]> => {
		await client.track([botId]);
		const news = await newsFor(host, viewer);
		await client.receive(news);
		if (news.toDevicePosition !== undefined) {
			await client.call.toDevice.acknowledge({ position: news.toDevicePosition });
		}
		const contents: Record<string, unknown>[] = [];
		for (const { type, sender, content } of await eventsOf(roomId)) {
			if (type !== "m.room.encrypted" || sender !== botId) continue;
			contents.push(await client.open(roomId, sender, JSON.stringify(content)));
		}
		return contents;
	};
	return {
		...{ ...client, userId },
		say: async (roomId, body, more = {}) => {
			const content = { msgtype: "m.text", body, ...more };
			const userIds = await membersOf(roomId);
			// Hands the key out to whoever is there by now.
			await client.encrypt(roomId, userIds, "unsent");
			const text = JSON.stringify(content);
			const sealed = JSON.parse(await client.machine.encryptRoomEvent(new RoomIdOf(roomId), "m.room.message", text));
			const sent = { roomId, transactionId: randomUUID(), content: sealed };
			return (await client.call.messages.sendEncrypted(sent)).eventId;
		},
		sealsOf: async (roomId, senderId) =>
			(await eventsOf(roomId))
				.filter(({ type, sender }) => type === "m.room.encrypted" && sender === senderId)
				.map(({ content }) => `${content["session_id"]} ${messageIndexOf(String(content["ciphertext"]))}`),
		heard: async (roomId) => (await heardFrom(roomId)).map(({ body }) => String(body)),
		cited: async (roomId) => (await heardFrom(roomId)).map((content) => content["kith.cites"]),
	};
};
