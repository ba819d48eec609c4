import { describe, expect, it, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { createVolatileMemory } from "../../src/client/crypto/worker/engine-memory.ts";
import { type KeyServer, Refused } from "../../src/client/crypto/worker/key-server.ts";
import { StoreLost } from "../../src/client/crypto/worker/own-device.ts";
import { Hung } from "../../src/client/crypto/worker/watch-machine.ts";
import { type CoreClient, keyServerOf, passingTime } from "./core-client.ts";
import { newsFor } from "./device-news.ts";
import { ann, bob, openHost, verified } from "./open-host.ts";

const roomId = "!room:kith.test";

/** Devices, whose engines may be started again and again over a memory that stays, or over nothing. */
const open = async () => {
	const opened = await openHost();
	return {
		device: async (userId: UserId, deviceId: string) => {
			const viewer = await opened.signIn(userId, deviceId);
			const server = keyServerOf(opened.host, viewer);
			const memory = createVolatileMemory();
			return {
				...{ server, memory },
				news: () => newsFor(opened.host, viewer),
				start: (changes: Partial<KeyServer> = {}) =>
					opened.start(viewer, { ...server, ...changes }, { openMemory: async () => memory }),
			};
		},
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
};

const seal = (core: CoreClient) =>
	core.encrypt({
		...{ roomId, type: "m.room.message", settings: { historyVisibility: "shared" }, userIds: [ann, bob] },
		content: { msgtype: "m.text", body: "hello" },
	});

describe("a device of which something is gone", { timeout: 60_000 }, () => {
	it("says so when its store was emptied: it seals nothing, and lets the server let go of nothing", async () => {
		await using test = await open();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		const [first, others] = [await anns.start(), await bobs.start()];
		await Promise.all([verified(first), verified(others)]);
		await seal(others);
		first.stop();
		const emptied = await anns.start();
		await vi.waitFor(() => expect(emptied.news).toContainEqual({ kind: "trouble", trouble: "store-lost" }));
		await expect(seal(emptied)).rejects.toBeInstanceOf(StoreLost);
		await expect(emptied.status({})).rejects.toBeInstanceOf(StoreLost);
		const waiting = await anns.news();
		expect(waiting.toDevice.length).toBeGreaterThan(0);
		await expect(emptied.receive({ isStart: true, news: waiting })).rejects.toBeInstanceOf(StoreLost);
		expect((await anns.news()).toDevice).toEqual(waiting.toDevice);
	});

	it("seals nothing even before the server has refused its keys", async () => {
		await using test = await open();
		const anns = await test.device(ann, "ANNS");
		const first = await anns.start();
		await verified(first);
		first.stop();
		// The very first thing that is asked of it.
		await expect(seal(await anns.start())).rejects.toBeInstanceOf(StoreLost);
	});

	it("is not lost because a one-time key of that name was taken", async () => {
		await using test = await open();
		const anns = await test.device(ann, "ANNS");
		const upload = vi.fn(anns.server.upload);
		const core = await anns.start({ upload });
		await verified(core);
		upload.mockRejectedValue(new Refused("key-taken"));
		upload.mockClear();
		const news = { ...(await anns.news()), oneTimeKeyCounts: { signed_curve25519: 0 } };
		await core.receive({ isStart: false, news });
		await vi.waitFor(() => expect(upload).toHaveBeenCalled());
		using _time = passingTime([core]);
		await expect(seal(core)).resolves.toHaveProperty("content");
		expect(core.news).not.toContainEqual(expect.objectContaining({ kind: "trouble" }));
	});
});

describe("an engine that ends", { timeout: 60_000 }, () => {
	it("is given up when a call never settles, and the next one takes in what it was at", async () => {
		await using test = await open();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		const [core, others] = [await anns.start(), await bobs.start()];
		await Promise.all([verified(core), verified(others)]);
		const { content } = await seal(core);
		const news = await bobs.news();
		vi.spyOn(others.machine, "receiveSyncChanges").mockReturnValue(new Promise(() => undefined));
		const hanging = others.receive({ isStart: false, news });
		hanging.catch(() => undefined);
		await vi.waitFor(() => expect(others.machine.receiveSyncChanges).toHaveBeenCalled());
		expect(others.isBroken()).toBe(false);
		// Its time passes.
		for (let step = 0; step < 70; step += 1) await others.pass();
		await expect(hanging).rejects.toBeInstanceOf(Hung);
		expect(others.isBroken()).toBe(true);
		expect(await bobs.memory.toDevicePosition()).toBeUndefined();
		expect((await bobs.news()).toDevice).toEqual(news.toDevice);
		vi.restoreAllMocks();
		await others.receive({ isStart: false, news: await bobs.news() });
		const sealed = { roomId, eventId: "$1", sender: ann, originServerTs: 1, content };
		expect((await others.decrypt({ events: [sealed] })).results).toMatchObject([{ kind: "read" }]);
		expect(await bobs.memory.losses()).toEqual({ dropped: 0, setAside: 0 });
	});

	it("over one message, three times, lets go of that message alone: it is counted and acknowledged", async () => {
		await using test = await open();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		const [core, others] = [await anns.start(), await bobs.start()];
		await Promise.all([verified(core), verified(others)]);
		const messages = { [bob]: { BOBS: { poison: true } } };
		await anns.server.sendToDevice({ event_type: "m.poison", txn_id: "1", messages });
		const { content } = await seal(core);
		const poisoned = <Method extends "receiveSyncChanges" | "receiveSyncChangesMsc4186">(method: Method) => {
			const own = others.machine[method].bind(others.machine) as (...input: unknown[]) => Promise<never>;
			vi.spyOn(others.machine, method as "receiveSyncChanges").mockImplementation(async (...input: unknown[]) => {
				if (String(input[0]).includes('"poison":true')) throw new WebAssembly.RuntimeError("unreachable");
				return own(...input);
			});
		};
		poisoned("receiveSyncChanges");
		poisoned("receiveSyncChangesMsc4186");
		const news = await bobs.news();
		for (let engine = 0; engine < 3; engine += 1) {
			await expect(others.receive({ isStart: false, news })).rejects.toBeInstanceOf(WebAssembly.RuntimeError);
		}
		await others.receive({ isStart: false, news });
		expect(await others.inboxLosses({})).toEqual({ dropped: 0, setAside: 1 });
		await vi.waitFor(async () => expect((await bobs.news()).toDevice).toEqual([]));
		const sealed = { roomId, eventId: "$1", sender: ann, originServerTs: 1, content };
		expect((await others.decrypt({ events: [sealed] })).results).toMatchObject([{ kind: "read" }]);
	});

	it("counts what the server had no room for once, however often it says it", async () => {
		await using test = await open();
		const bobs = await test.device(bob, "BOBS");
		const core = await bobs.start();
		await verified(core);
		const news = { ...(await bobs.news()), droppedToDevice: 3 };
		await core.receive({ isStart: false, news });
		await core.receive({ isStart: false, news: { ...news, droppedToDevice: 4 } });
		await core.receive({ isStart: false, news: await bobs.news() });
		expect(await core.inboxLosses({})).toEqual({ dropped: 4, setAside: 0 });
	});
});
