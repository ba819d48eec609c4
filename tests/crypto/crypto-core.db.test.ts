import { describe, expect, it, vi } from "vitest";
import type { SealedEvent } from "../../src/client/crypto/crypto-message.ts";
import { DeviceUnverified, IdentityChanged } from "../../src/client/crypto/worker/encrypt-event.ts";
import type { KeyServer } from "../../src/client/crypto/worker/key-server.ts";
import type { WireJson } from "../../src/shared/wire/key-calls.ts";
import { testPassword } from "../setup/test-accounts.ts";
import type { CoreClient } from "./core-client.ts";
import { type Changes, openCores } from "./open-cores.ts";
import { ann, bob, verified } from "./open-host.ts";

const roomId = "!room:kith.test";
const settings = { historyVisibility: "shared" } as const;

const seal = async (core: Pick<CoreClient, "encrypt">, body: string, type = "m.room.message") =>
	(await core.encrypt({ ...{ roomId, type, settings, userIds: [ann, bob] }, content: { msgtype: "m.text", body } }))
		.content;

const eventOf = (content: SealedEvent["content"], changes: Partial<SealedEvent> = {}): SealedEvent => ({
	...{ roomId, eventId: "$1", sender: ann, originServerTs: 1, content, ...changes },
});

const patience = { timeout: 20_000 };

describe("the engine of the worker", { timeout: 60_000 }, () => {
	it("gives a person an identity by itself, seals and opens, both ways", async () => {
		await using test = await openCores();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		const content = await seal(anns, "hello");
		expect(JSON.stringify(content)).not.toContain("hello");
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		const { results } = await bobs.decrypt({ events: [eventOf(content)] });
		expect(results).toEqual([
			{ kind: "read", type: "m.room.message", content: { msgtype: "m.text", body: "hello" }, isVouched: true },
		]);
		const answer = await seal(bobs, "hello, ann");
		await anns.receive({ isStart: true, news: await test.news(anns.viewer) });
		const opened = await anns.decrypt({ events: [eventOf(answer, { sender: bob, eventId: "$2" })] });
		expect(opened.results[0]).toMatchObject({ kind: "read", content: { body: "hello, ann" } });
	});

	it("hands the key out to whom somebody begins to write, and asks for nothing when they have written", async () => {
		await using test = await openCores();
		const asked: string[] = [];
		const noting = (server: KeyServer): Changes => ({
			claim: (body) => server.claim(body).finally(() => asked.push("claim")),
			sendToDevice: (message) => server.sendToDevice(message).finally(() => asked.push(message.event_type)),
		});
		const [anns, bobs] = [await test.device(ann, "ANNS", noting), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		await anns.prepare({ roomId, settings, userIds: [ann, bob] });
		const whatWasAsked = asked.filter((one) => one !== "m.secret.request");
		expect(whatWasAsked).toEqual(["claim", "m.room.encrypted"]);
		asked.length = 0;
		await seal(anns, "hello");
		expect(asked).toEqual([]);
	});

	it("lets the server let go of a message only when it has processed it, and opens none twice", async () => {
		await using test = await openCores();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		const content = await seal(anns, "hello");
		const news = await test.news(bobs.viewer);
		expect(news.toDevice.filter(({ type }) => type === "m.room.encrypted")).toHaveLength(1);
		expect((await bobs.decrypt({ events: [eventOf(content)] })).results).toMatchObject([{ reason: "no-key" }]);
		const [receive] = [vi.spyOn(bobs.machine, "receiveSyncChanges")];
		await bobs.receive({ isStart: false, news });
		// A second window's subscription brings it again, and something new behind it.
		await bobs.receive({ isStart: false, news });
		expect(receive.mock.calls.map(([messages]) => JSON.parse(messages).length)).toEqual([news.toDevice.length, 0]);
		expect(bobs.news.filter(({ kind }) => kind === "roomKeys")).toHaveLength(1);
		expect((await bobs.decrypt({ events: [eventOf(content)] })).results[0]?.kind).toBe("read");
		await vi.waitFor(async () => expect((await test.news(bobs.viewer)).toDevice).toEqual([]));
	});

	it("opens no ciphertext as two events, however it is written", async () => {
		await using test = await openCores();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		const content = await seal(anns, "pay him");
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		const again = eventOf(content, { eventId: "$again" });
		const { results } = await bobs.decrypt({ events: [eventOf(content), again] });
		expect(results).toMatchObject([{ kind: "read" }, { kind: "unreadable", reason: "replayed" }]);
		const third = await bobs.decrypt({ events: [again, eventOf(content)] });
		expect(third.results).toMatchObject([{ reason: "replayed" }, { kind: "read" }]);
		const padded = { ...content, ciphertext: `${content["ciphertext"]}=` };
		const fourth = await bobs.decrypt({ events: [eventOf(padded, { eventId: "$padded" })] });
		expect(fourth.results).toMatchObject([{ kind: "unreadable", reason: "damaged" }]);
	});

	it("believes no event that names another sender", async () => {
		await using test = await openCores();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		const content = await seal(anns, "I resign");
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		const { results } = await bobs.decrypt({ events: [eventOf(content, { sender: bob })] });
		expect(results).toMatchObject([{ kind: "unreadable", reason: "sender-mismatch" }]);
	});

	it("gives a key to no device that its person does not vouch for, and says so to it", async () => {
		await using test = await openCores();
		const anns = await test.device(ann, "ANNS");
		const bobs = await test.device(bob, "BOBS");
		await Promise.all([verified(anns), verified(bobs)]);
		// Whoever signs in as bob has no keys of his identity.
		const second = await test.device(bob, "SECOND");
		await vi.waitFor(async () => expect(await second.status({})).toEqual({ identity: "unverified" }));
		const content = await seal(anns, "for bob's phone");
		await second.receive({ isStart: true, news: await test.news(second.viewer) });
		const { results } = await second.decrypt({ events: [eventOf(content)] });
		expect(results).toMatchObject([{ kind: "unreadable", reason: "withheld-unverified" }]);
		const { session_id: sessionId } = content;
		expect(second.news).toContainEqual({ kind: "roomKeys", sessions: [{ roomId, sessionId }] });
	});

	it("seals nothing on a device that its person does not vouch for, until they do", async () => {
		await using test = await openCores();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		const second = await test.device(bob, "SECOND");
		await vi.waitFor(async () => expect(await second.status({})).toEqual({ identity: "unverified" }));
		await expect(seal(second, "hello")).rejects.toThrow(DeviceUnverified);
		const { masterKey, self_signing_key, userSigningKey } = (await bobs.machine.exportCrossSigningKeys()) ?? {};
		await second.machine.importCrossSigningKeys(masterKey, self_signing_key, userSigningKey);
		const own = await second.machine.getDevice(second.machine.userId, second.machine.deviceId);
		await second.server.uploadSignatures(JSON.parse((await own?.verify())?.body ?? "{}"));
		await second.receive({ isStart: true, news: await test.news(second.viewer) });
		await verified(second);
		const content = await seal(second, "hello");
		await anns.receive({ isStart: true, news: await test.news(anns.viewer) });
		const { results } = await anns.decrypt({ events: [eventOf(content, { sender: bob })] });
		expect(results).toMatchObject([{ kind: "read", isVouched: true }]);
	});

	it("seals nothing for an identity that is not the one it knew, until the person goes on with it", async () => {
		await using test = await openCores();
		const anns = await test.device(ann, "ANNS");
		const bobs = await test.device(bob, "BOBS");
		await Promise.all([verified(anns), verified(bobs)]);
		await seal(anns, "hello");
		const again = await bobs.machine.bootstrapCrossSigning(true);
		const proof = { kind: "password", password: testPassword };
		await bobs.server.uploadSigningKeys({ ...JSON.parse(again.uploadSigningKeysRequest.body), proof });
		await bobs.server.uploadSignatures(JSON.parse(again.uploadSignaturesRequest.body));
		await anns.receive({ isStart: true, news: await test.news(anns.viewer) });
		await vi.waitFor(() => expect(seal(anns, "still you?")).rejects.toThrow(IdentityChanged));
		const before = anns.news.length;
		await anns.acceptIdentities({ userIds: [ann, bob] });
		expect(anns.news.slice(before)).toContainEqual({ kind: "people", userIds: [ann, bob] });
		const content = await seal(anns, "it is you");
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		const { results } = await bobs.decrypt({ events: [eventOf(content)] });
		expect(results[0]?.kind).toBe("read");
	});

	it("waits with the first message for somebody who has keys and no identity yet", async () => {
		await using test = await openCores();
		let release: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		const anns = await test.device(ann, "ANNS");
		await verified(anns);
		const bobs = await test.device(bob, "BOBS", (server) => ({
			uploadSigningKeys: async (body) => {
				await held;
				return server.uploadSigningKeys(body);
			},
		}));
		await vi.waitFor(async () => {
			const { device_keys } = (await anns.server.query({ device_keys: { [bob]: [] } })) as WireJson;
			expect((device_keys as Record<string, object>)[bob]).toHaveProperty("BOBS");
		});
		const sealing = seal(anns, "welcome");
		await anns.pass();
		expect(await Promise.race([sealing, undefined])).toBeUndefined();
		release();
		await verified(bobs);
		await vi.waitFor(async () => {
			await anns.pass();
			expect(await Promise.race([sealing, undefined])).toBeDefined();
		}, patience);
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		const { results } = await bobs.decrypt({ events: [eventOf(await sealing)] });
		expect(results).toMatchObject([{ kind: "read", content: { body: "welcome" } }]);
	});

	it("seals nothing while nobody says whose devices there are, and goes on when somebody does", async () => {
		await using test = await openCores();
		let isAway = false;
		const away = (server: KeyServer): Changes => ({
			query: async (body) => {
				if (isAway) throw new Error("away");
				return server.query(body);
			},
		});
		const anns = await test.device(ann, "ANNS", away);
		const bobs = await test.device(bob, "BOBS");
		await Promise.all([verified(anns), verified(bobs)]);
		isAway = true;
		await expect(seal(anns, "hello")).rejects.toThrow("whose devices there are");
		isAway = false;
		const content = await seal(anns, "hello");
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		expect((await bobs.decrypt({ events: [eventOf(content)] })).results[0]?.kind).toBe("read");
	});

	it("hands a key out again that did not arrive, with the next message", async () => {
		await using test = await openCores();
		let failures = 1;
		const losing = (server: KeyServer): Changes => ({
			sendToDevice: async (message) => {
				// What else a device sends is no key.
				if (message.event_type === "m.room.encrypted") failures -= 1;
				else return server.sendToDevice(message);
				if (failures >= 0) throw new Error("lost");
				return server.sendToDevice(message);
			},
		});
		const anns = await test.device(ann, "ANNS", losing);
		const bobs = await test.device(bob, "BOBS");
		await Promise.all([verified(anns), verified(bobs)]);
		await expect(seal(anns, "hello")).rejects.toThrow("lost");
		const content = await seal(anns, "hello");
		await bobs.receive({ isStart: true, news: await test.news(bobs.viewer) });
		expect((await bobs.decrypt({ events: [eventOf(content)] })).results[0]?.kind).toBe("read");
	});

	it("makes a new key when somebody left, at the room's own pace, and never rarer than every 100 messages", async () => {
		await using test = await openCores();
		const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
		await Promise.all([verified(anns), verified(bobs)]);
		const send = async (userIds: readonly string[], own: object = {}, inRoom = roomId) => {
			const message = { roomId: inRoom, type: "m.room.message", content: { body: "x" }, userIds: [...userIds] };
			return (await anns.encrypt({ ...message, settings: { ...settings, ...own } })).content["session_id"];
		};
		const first = await send([ann, bob]);
		expect(await send([ann, bob])).toBe(first);
		const without = await send([ann]);
		expect(without).not.toBe(first);
		const paced = [];
		for (let at = 0; at < 5; at += 1) paced.push(await send([ann], { rotationPeriodMessages: 2 }, "!paced:kith.test"));
		expect(new Set(paced).size).toBe(3);
		const rare = [];
		const patient = { rotationPeriodMessages: 100_000, rotationPeriodMs: 1e12 };
		for (let at = 0; at < 201; at += 1) rare.push(await send([ann], patient, "!rare:kith.test"));
		expect(new Set(rare).size).toBe(3);
	});

	it("has one identity for two devices that begin at once", async () => {
		await using test = await openCores();
		const devices = await Promise.all([test.device(ann, "ONE"), test.device(ann, "TWO")]);
		await vi.waitFor(
			async () => {
				for (const device of devices) await device.pass();
				const all = await Promise.all(devices.map(async (device) => (await device.status({})).identity));
				expect(all.sort()).toEqual(["unverified", "verified"]);
			},
			{ timeout: 10_000 },
		);
	});
});
