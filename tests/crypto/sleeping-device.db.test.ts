import { DehydratedDeviceKey, DeviceId, UserId as MachineUserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { describe, expect, it, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import type { SealedEvent } from "../../src/client/crypto/crypto-message.ts";
import { createVolatileMemory, type EngineMemory } from "../../src/client/crypto/worker/engine-memory.ts";
import { type KeyServer, Unanswered } from "../../src/client/crypto/worker/key-server.ts";
import type { Viewer } from "../../src/server/accounts/public.ts";
import { testPassword } from "../setup/test-accounts.ts";
import { type CoreClient, type CoreParts, keyServerOf } from "./core-client.ts";
import { ann, becomes, bob, openHost } from "./open-host.ts";
import { callerOf } from "./procedure-server.ts";

const roomId = "!room:kith.test";

interface Kept extends Pick<CoreClient, "machine"> {
	readonly viewer: Viewer;
	readonly memory: EngineMemory;
}

const open = async () => {
	const { host, accounts, ...opened } = await openHost();
	const start = async (viewer: Viewer, server: KeyServer, parts: CoreParts & { readonly memory: EngineMemory }) => {
		const core = await opened.start(viewer, server, { ...parts, openMemory: async () => parts.memory });
		return { ...core, viewer, memory: parts.memory, call: callerOf(host, viewer) };
	};
	return {
		device: async (
			userId: UserId,
			deviceId: string,
			changes: (server: KeyServer) => Partial<KeyServer> = () => ({}),
		) => {
			const viewer = await opened.signIn(userId, deviceId);
			const server = keyServerOf(host, viewer);
			return start(viewer, { ...server, ...changes(server) }, { memory: createVolatileMemory() });
		},
		/** The device's next engine, on what the one before kept. */
		reopened: ({ viewer, machine, memory }: Kept) =>
			start(viewer, keyServerOf(host, viewer), { memory, openMachine: async () => ({ machine, isNew: false }) }),
		end: async ({ viewer, stop }: { readonly viewer: Viewer; readonly stop: () => void }) => {
			stop();
			await accounts.accounts.signOut(viewer);
		},
		age: (days: number) =>
			accounts.database.pool.query("UPDATE dehydrated_devices SET created_at = created_at - $1 * interval '1 day'", [
				days,
			]),
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
};

type Device = Awaited<ReturnType<Awaited<ReturnType<typeof open>>["device"]>>;

const sealTo = async (core: Pick<CoreClient, "encrypt">, body: string): Promise<SealedEvent> => {
	const settings = { historyVisibility: "shared" } as const;
	const { content } = await core.encrypt({
		...{ roomId, type: "m.room.message", settings, userIds: [ann, bob] },
		content: { msgtype: "m.text", body },
	});
	return { roomId, eventId: `$${body}`, sender: bob, originServerTs: 1, content };
};

const recoveryKeyOf = async (core: CoreClient): Promise<string> => {
	const made = await core.prepareRecoveryKey({});
	if (made.kind !== "prepared") throw new Error(made.why);
	expect(await core.confirmRecoveryKey(made)).toEqual({ kind: "done" });
	return made.recoveryKey;
};

const asleep = async ({ call }: Pick<Device, "call">) => (await call.dehydratedDevice.read()).device_id;

const isAsleep = (device: Device) =>
	vi.waitFor(
		async () => {
			await device.pass();
			return asleep(device);
		},
		{ timeout: 20_000 },
	);

const readsSoon = (device: Device, events: SealedEvent[], bodies: readonly string[]) =>
	vi.waitFor(
		async () => {
			await device.pass();
			const { results } = await device.decrypt({ events });
			expect(results).toMatchObject(bodies.map((body) => ({ kind: "read", content: { body } })));
		},
		{ timeout: 20_000, interval: 200 },
	);

describe("a device left asleep", { timeout: 90_000 }, () => {
	it("gets what is sent while its person has no device, and gives it to the next one", async () => {
		await using test = await open();
		const [phone, bobs] = [await test.device(ann, "PHONE"), await test.device(bob, "BOBS")];
		await Promise.all([becomes(phone, "verified"), becomes(bobs, "verified")]);
		const recoveryKey = await recoveryKeyOf(phone);
		const first = await isAsleep(phone);
		// Nobody is signed in with it, and the person's identity vouches for it.
		expect(await phone.ownDevices({})).toEqual({ devices: [{ deviceId: "PHONE", isVerified: true }] });
		await vi.waitFor(async () => {
			await phone.ownDevices({});
			const device = await phone.machine.getDevice(new MachineUserId(ann), new DeviceId(first));
			expect(device).toMatchObject({ isDehydrated: true });
			expect(device?.isCrossSignedByOwner()).toBe(true);
		});
		await test.end(phone);

		const words = Array.from({ length: 3 }, (_, day) => `day ${day}`);
		const sent: SealedEvent[] = [];
		for (const word of words) sent.push(await sealTo(bobs, word));

		const laptop = await test.device(ann, "LAPTOP");
		await becomes(laptop, "unverified");
		expect((await laptop.decrypt({ events: sent })).results).toMatchObject(words.map(() => ({ reason: "no-key" })));
		expect(await laptop.unlock({ typed: recoveryKey })).toMatchObject({ kind: "unlocked" });
		await readsSoon(laptop, sent, words);
		await vi.waitFor(async () => expect(await asleep(laptop)).not.toBe(first), { timeout: 20_000 });
		expect(laptop.news.some(({ kind }) => kind === "roomKeys")).toBe(true);
	});

	it("is woken as soon as the server answers, when it did not at first", async () => {
		await using test = await open();
		const [phone, bobs] = [await test.device(ann, "PHONE"), await test.device(bob, "BOBS")];
		await Promise.all([becomes(phone, "verified"), becomes(bobs, "verified")]);
		const recoveryKey = await recoveryKeyOf(phone);
		await isAsleep(phone);
		await test.end(phone);
		const sent = await sealTo(bobs, "hello");
		const asked = vi.fn<KeyServer["sleepingDevice"]>();
		const laptop = await test.device(ann, "LAPTOP", ({ sleepingDevice }) => ({
			sleepingDevice: asked.mockRejectedValueOnce(new Unanswered("away")).mockImplementation(sleepingDevice),
		}));
		await becomes(laptop, "unverified");
		expect(await laptop.unlock({ typed: recoveryKey })).toMatchObject({ kind: "unlocked" });
		await readsSoon(laptop, [sent], ["hello"]);
		expect(asked.mock.calls.length).toBeGreaterThan(1);
	});

	it("is woken by the engine that opens the store next, when the tab was closed before it could be", async () => {
		await using test = await open();
		const [phone, bobs] = [await test.device(ann, "PHONE"), await test.device(bob, "BOBS")];
		await Promise.all([becomes(phone, "verified"), becomes(bobs, "verified")]);
		const recoveryKey = await recoveryKeyOf(phone);
		const first = await isAsleep(phone);
		await test.end(phone);
		const sent = await sealTo(bobs, "hello");
		const laptop = await test.device(ann, "LAPTOP");
		await becomes(laptop, "unverified");
		expect(await laptop.unlock({ typed: recoveryKey })).toMatchObject({ kind: "unlocked" });
		// Nothing that waits for its time in this tab comes to pass any more.
		expect(await asleep(laptop)).toBe(first);
		const next = await test.reopened(laptop);
		await becomes(next, "verified");
		await readsSoon(next, [sent], ["hello"]);
		await vi.waitFor(async () => expect(await asleep(next)).not.toBe(first), { timeout: 20_000 });
		// Done is done: the one that sleeps now is left asleep.
		const fresh = await asleep(next);
		const last = await test.reopened(next);
		await becomes(last, "verified");
		await last.pass();
		expect(await last.decrypt({ events: [sent] })).toMatchObject({ results: [{ kind: "read" }] });
		expect(await asleep(last)).toBe(fresh);
	});

	it("is renewed after a week, by whoever has its key, and what it got is taken out first", async () => {
		await using test = await open();
		const phone = await test.device(ann, "PHONE");
		await becomes(phone, "verified");
		await recoveryKeyOf(phone);
		const first = await isAsleep(phone);
		await phone.pass();
		expect(await asleep(phone)).toBe(first);
		await test.age(8);
		await vi.waitFor(
			async () => {
				await phone.pass();
				expect(await asleep(phone)).not.toBe(first);
			},
			{ timeout: 20_000 },
		);
	});

	it("is left alone by a device whose key is not its own any more", async () => {
		await using test = await open();
		const phone = await test.device(ann, "PHONE");
		await becomes(phone, "verified");
		await recoveryKeyOf(phone);
		const theirs = await isAsleep(phone);
		using devices = phone.machine.dehydratedDevices();
		await devices.saveDehydratedDeviceKey(DehydratedDeviceKey.createRandomKey());
		await test.age(8);
		await vi.waitFor(
			async () => {
				await phone.pass();
				expect(await devices.getDehydratedDeviceKey()).toBeUndefined();
			},
			{ timeout: 20_000 },
		);
		expect(await asleep(phone)).toBe(theirs);
	});

	it("goes with the identity that it slept for", async () => {
		await using test = await open();
		const phone = await test.device(ann, "PHONE");
		await becomes(phone, "verified");
		await recoveryKeyOf(phone);
		await isAsleep(phone);
		const proof = { kind: "password", password: testPassword } as const;
		expect(await phone.resetIdentity({ proof })).toEqual({ kind: "done" });
		await expect(asleep(phone)).rejects.toThrow("not-found");
		await recoveryKeyOf(phone);
		await isAsleep(phone);
	});

	it("keeps nobody from their account when the server hands out rubbish for it", async () => {
		await using test = await open();
		const phone = await test.device(ann, "PHONE");
		await becomes(phone, "verified");
		const recoveryKey = await recoveryKeyOf(phone);
		await isAsleep(phone);
		const lie = { device_id: "LIE", device_data: { algorithm: "org.matrix.msc3814.v2" }, created_ts: 0 };
		const laptop = await test.device(ann, "LAPTOP", () => ({ sleepingDevice: async () => lie }));
		await becomes(laptop, "unverified");
		expect(await laptop.unlock({ typed: recoveryKey })).toMatchObject({ kind: "unlocked", backup: { kind: "on" } });
		await becomes(laptop, "verified");
	});
});
