import { afterAll, beforeAll, expect, it } from "vitest";
import { connect } from "../../../../../docs/examples/connect.ts";
import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { startScriptedOllama } from "../../../../../tests/setup/scripted-ollama.ts";
import { createTestAccounts, testPassword, testServerName } from "../../../../../tests/setup/test-accounts.ts";
import { chatOf } from "../../../../../tests/setup/test-assistant.ts";
import { createTestHost } from "../../../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../../../tests/setup/test-web-server.ts";
import type { WireRunEvent } from "../../../../shared/wire/assistant.ts";

const canary = "tangerine-4410-canary";
const idOf = (localpart: string) => `@${localpart}:${testServerName}` as UserId;

/** A server with an Ollama, the owner and two people over real sockets, and a room that the two are in. */
const openAll = async () => {
	const test = await createTestAccounts();
	await test.makeOwner();
	for (const localpart of ["ann", "ben"]) await test.addPerson(localpart);
	const ollama = await startScriptedOllama();
	const settings = {
		KITH_OLLAMA_URLS: ollama.url,
		KITH_ASSISTANT_MODEL: "chat:1b",
		KITH_ASSISTANT_EMBED_MODEL: "embed",
	};
	const testHost = await createTestHost(test, undefined, { settings });
	const server = await startTestWebServer(testHost.host);
	const signIn = (username: string) => connect({ origin: server.origin, username, password: testPassword });
	const [ann, ben, olive] = [await signIn("ann"), await signIn("ben"), await signIn("olive")];
	const make = (transactionId: string, encryption: boolean): Promise<RoomId> =>
		testHost.host.rooms.create({ creatorId: idOf("ann"), transactionId, kind: "group", inviteeIds: [], encryption });
	return {
		...{ test, ollama, ann: ann.api, ben: ben.api, olive: olive.api },
		origin: server.origin,
		rooms: { open: await make("open", false), encrypted: await make("encrypted", true) },
		[Symbol.asyncDispose]: async () => {
			for (const { close } of [ann, ben, olive]) close();
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await ollama[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

type All = Awaited<ReturnType<typeof openAll>>;
type Api = All["ann"];

let all: All;
beforeAll(async () => {
	all = await openAll();
});
afterAll(() => all[Symbol.asyncDispose]());

type Seen = { readonly id: string; readonly event: WireRunEvent };

/** What a run says from an event on, to its end, its failure, or as many as are wanted. */
const follow = (api: Api, input: { runId: string; lastEventId?: string }, most = 1000): Promise<Seen[] | string> =>
	new Promise((resolve) => {
		const seen: Seen[] = [];
		const end = (result: Seen[] | string): void => {
			resolve(result);
			subscription.unsubscribe();
		};
		const subscription = api.assistant.stream.subscribe(input, {
			onData: ({ id, data }) => {
				seen.push({ id, event: data });
				if (seen.length === most) end(seen);
			},
			onComplete: () => end(seen),
			onError: (error) => end(error.message),
		});
	});

/** Which tables hold a text anywhere. */
const tablesWith = async ({ test }: Pick<All, "test">, text: string) => {
	const { rows } = await test.database.pool.query(
		"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
	);
	const found: string[] = [];
	for (const { name } of rows) {
		const { rowCount } = await test.database.pool.query(`SELECT 1 FROM "${name}" t WHERE t::text LIKE $1 LIMIT 1`, [
			`%${text}%`,
		]);
		if (rowCount !== 0) found.push(name);
	}
	return { found, count: rows.length };
};

it("a run is its owner's alone, loses no word to a reconnect, and leaves none in a table, a log or an address", async () => {
	const { ann, ben, ollama, rooms } = all;
	const words = Array.from({ length: 12 }, (_, index) => `${canary}${index} `);
	ollama.script = {
		chat: async (_, answer) => {
			for (const word of words) await answer.say(word);
			await answer.end();
		},
	};
	const draft = { kind: "draft", roomId: rooms.open, language: "en", instruction: `say ${canary}` } as const;
	const { runId } = await ann.assistant.start.mutate({ ...draft, messages: chatOf([canary]) });
	expect(await follow(ben, { runId })).toBe("not-found");
	await expect(ben.assistant.cancel.mutate({ runId })).rejects.toThrow("not-found");
	const first = (await follow(ann, { runId }, 5)) as Seen[];
	const rest = (await follow(ann, { runId, lastEventId: first.at(-1)?.id ?? "" })) as Seen[];
	expect([...first, ...rest].map(({ id }) => id)).toEqual([...first, ...rest].map((_, index) => String(index + 1)));
	const text = [...first, ...rest].flatMap(({ event }) => (event.kind === "text" ? event.text : [])).join("");
	expect(text).toBe(words.join("").trim());
	expect(rest.at(-1)?.event).toMatchObject({ kind: "done" });

	const recorded = async () =>
		(await all.test.database.pool.query("SELECT user_id, room_id, kind, message_count, outcome FROM assistant_runs"))
			.rows;
	await expect
		.poll(recorded)
		.toEqual([{ user_id: idOf("ann"), room_id: rooms.open, kind: "draft", message_count: 1, outcome: "done" }]);
	const { found, count } = await tablesWith(all, canary);
	expect(found).toEqual([]);
	expect(count).toBeGreaterThan(30);
	expect((await tablesWith(all, idOf("ann"))).found).toContain("assistant_runs");
	expect(all.test.logLines.join("\n")).not.toContain(canary);
	expect(ollama.asked.join()).not.toContain(canary);
});

it("cancelling reaches Ollama, from the page's call on", async () => {
	const { ann, ollama, rooms } = all;
	ollama.script = { chat: (_, answer) => answer.say("word ").then(() => answer.gone) };
	const rewrite = { kind: "rewrite", roomId: rooms.open, language: "en", style: "fix", text: "helo" } as const;
	const begun = ollama.chats.length;
	const aborted = ollama.aborted.length;
	const { runId } = await ann.assistant.start.mutate(rewrite);
	await expect.poll(() => ollama.chats.length, { timeout: 10_000 }).toBe(begun + 1);
	await ann.assistant.cancel.mutate({ runId });
	await expect.poll(() => ollama.aborted.length, { interval: 5 }).toBe(aborted + 1);
	expect(((await follow(ann, { runId })) as Seen[]).at(-1)?.event).toEqual({ kind: "cancelled" });
});

it("a room's people decide, encrypted rooms begin with no, and who is not in it asks nothing about it", async () => {
	const { ann, ben, olive, ollama, rooms } = all;
	ollama.script = { chat: (_, answer) => answer.say("ok").then(() => answer.end()) };
	const ask = (api: Api, roomId: string) =>
		api.assistant.start.mutate({ kind: "translate", roomId, language: "de", text: "hello" }).then(
			() => "begun",
			(error: Error) => error.message,
		);
	const policy = (roomId: string) => ann.assistant.policy.query({ roomId });
	expect(await policy(rooms.open)).toEqual({
		policy: "personal",
		isDefault: true,
		canSet: true,
		isBotHere: false,
		isGreeting: false,
	});
	expect(await policy(rooms.encrypted)).toEqual({
		policy: "off",
		isDefault: true,
		canSet: true,
		isBotHere: false,
		isGreeting: false,
	});
	expect([await ask(ann, rooms.open), await ask(ann, rooms.encrypted)]).toEqual(["begun", "assistant-off"]);
	await ann.assistant.setPolicy.mutate({ roomId: rooms.encrypted, policy: "personal" });
	await ann.assistant.setPolicy.mutate({ roomId: rooms.open, policy: "off" });
	expect([await ask(ann, rooms.open), await ask(ann, rooms.encrypted)]).toEqual(["assistant-off", "begun"]);
	expect(await policy(rooms.open)).toEqual({
		policy: "off",
		isDefault: false,
		canSet: true,
		isBotHere: false,
		isGreeting: false,
	});
	expect(await ask(ben, rooms.encrypted)).toBe("not-a-member");
	await expect(ben.assistant.setPolicy.mutate({ roomId: rooms.open, policy: "personal" })).rejects.toThrow("forbidden");
	await expect(ben.assistant.setPolicy.mutate({ roomId: rooms.open, policy: "bot" })).rejects.toThrow("not-a-member");
	const unset = ann.assistant.setPolicy.mutate({ roomId: rooms.open, policy: "bot" });
	await expect(unset).rejects.toThrow("assistant-missing");
	expect(await ask(ann, "!nowhere:elsewhere.example")).toBe("not-found");

	const status = { host: testServerName, model: "chat:1b", contextTokens: 4096 };
	expect(await ben.assistant.status.query()).toMatchObject(status);
	await expect(ben.assistant.hosts.query()).rejects.toThrow("forbidden");
	await expect(ben.assistant.pullModel.mutate({ url: ollama.url, model: "chat:1b" })).rejects.toThrow("forbidden");
	expect((await olive.assistant.hosts.query()).items).toMatchObject([{ url: ollama.url, state: "ready" }]);
});

it("more than a run may carry is refused before it is looked at", async () => {
	const { ann, rooms, ollama } = all;
	const summary = { kind: "summary", roomId: rooms.open, language: "en" } as const;
	const asked = ollama.chats.length;
	const start = (messages: object[]) => ann.assistant.start.mutate({ ...summary, messages } as never);
	await expect(start(Array(2001).fill({}))).rejects.toThrow("too-large");
	await expect(start(Array(40).fill({ body: "x".repeat(15_000) }))).rejects.toThrow("too-large");
	await expect(start([{ body: "x" }])).rejects.toThrow("bad-input");
	expect(ollama.chats).toHaveLength(asked);
});

it("texts become vectors for who is in a room whose people want it, within bounds, and no word of them stays", async () => {
	const { ann, ben, ollama, rooms, origin } = all;
	ollama.script = { embed: (texts) => texts.map(() => [0, 1]) };
	const texts = [`${canary} in a message`];
	const asked = { use: "document", batchId: "batch-of-sixteen-1", roomId: rooms.encrypted, texts } as const;
	await ann.assistant.setPolicy.mutate({ roomId: rooms.encrypted, policy: "personal" });
	const vectors = [Buffer.from([0, 127]).toString("base64")];
	expect(await ann.assistant.embed.mutate(asked)).toEqual({ kind: "vectors", model: "embed", vectors });
	expect(ollama.embedded.at(-1)).toEqual(texts);
	const count = ollama.embedded.length;

	await expect(ben.assistant.embed.mutate(asked)).rejects.toThrow("not-a-member");
	const refused = (more: object) => ann.assistant.embed.mutate({ ...asked, ...more } as never);
	await expect(refused({ texts: Array(17).fill("x") })).rejects.toThrow("too-large");
	await expect(refused({ texts: ["x".repeat(2001)] })).rejects.toThrow("too-large");
	for (const more of [{ texts: [] }, { texts: [""] }, { texts: [1] }, { batchId: "a b" }, { roomId: undefined }]) {
		await expect(refused(more)).rejects.toThrow("bad-input");
	}
	await expect(refused({ use: "question", texts: ["x".repeat(1001)] })).rejects.toThrow("bad-input");
	await expect(refused({ use: "question", texts: ["x", "y"] })).rejects.toThrow("bad-input");
	await ann.assistant.setPolicy.mutate({ roomId: rooms.encrypted, policy: "off" });
	await expect(ann.assistant.embed.mutate(asked)).rejects.toThrow("assistant-off");
	const stranger = await fetch(`${origin}/api/trpc/assistant.embed`, {
		...{ method: "POST", body: JSON.stringify(asked) },
		headers: { "content-type": "application/json", origin },
	});
	expect(stranger.status).toBe(401);

	expect(ollama.embedded).toHaveLength(count);
	expect((await tablesWith(all, canary)).found).toEqual([]);
	expect(all.test.logLines.join("\n")).not.toContain(canary);
	expect(ollama.asked.join()).not.toContain(canary);
});

it("a command is looked for in the owner's own words alone, and answered with a line that nothing runs", async () => {
	const { ann, olive, ollama } = all;
	const suspend = { command: "people suspend", arguments: ["ben"] };
	ollama.script = { chat: (_, answer) => answer.say(JSON.stringify(suspend)).then(() => answer.end()) };
	const asked = ollama.chats.length;
	const wanted = { kind: "command", language: "en", words: `please suspend ben, ${canary}` } as const;
	await expect(ann.assistant.start.mutate(wanted)).rejects.toThrow("forbidden");
	expect(ollama.chats).toHaveLength(asked);
	const { runId } = await olive.assistant.start.mutate(wanted);
	const events = ((await follow(olive, { runId })) as Seen[]).map(({ event }) => event);
	expect(events).toContainEqual({ kind: "command", line: "/people suspend ben" });
	const { rows } = await all.test.database.pool.query("SELECT disabled_at FROM users WHERE localpart = 'ben'");
	expect(rows).toEqual([{ disabled_at: null }]);
	expect((await tablesWith(all, canary)).found).toEqual([]);
	expect(all.test.logLines.join("\n")).not.toContain(canary);
});

it("what Kith's documents say is found by words and read, without an Ollama, and nothing else on the disk is", async () => {
	const { ann, ollama } = all;
	const asked = ollama.asked.length;
	const { items } = await ann.assistant.lookUp.mutate({ question: "Where do I type my recovery key?" });
	const source = items.find(({ heading }) => heading.startsWith("Recovery key"));
	if (source === undefined) throw new Error("nothing was found");
	expect((await ann.assistant.passage.query(source)).words).toContain("twelve groups");
	for (const document of ["package.json", "../docs/help.md", "docs/help.md/"]) {
		await expect(ann.assistant.passage.query({ ...source, document })).rejects.toThrow("not-found");
	}
	expect(ollama.asked).toHaveLength(asked);
});
