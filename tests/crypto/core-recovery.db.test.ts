import { describe, expect, it, vi } from "vitest";
import type { SealedEvent } from "../../src/client/crypto/crypto-message.ts";
import type { KeyServer } from "../../src/client/crypto/worker/key-server.ts";
import { testPassword } from "../setup/test-accounts.ts";
import type { CoreClient } from "./core-client.ts";
import { openCores } from "./open-cores.ts";
import { ann, becomes } from "./open-host.ts";

const roomId = "!room:kith.test";

/** Devices of one person. */
const open = async () => {
	const cores = await openCores();
	return {
		device: async (deviceId: string, changes: Partial<KeyServer> = {}) => {
			const device = await cores.device(ann, deviceId, () => changes);
			return { ...device, newsHere: () => cores.news(device.viewer) };
		},
		[Symbol.asyncDispose]: () => cores[Symbol.asyncDispose](),
	};
};

const seal = async (core: Pick<CoreClient, "encrypt">, body: string): Promise<SealedEvent> => {
	const settings = { historyVisibility: "shared" } as const;
	const { content } = await core.encrypt({
		...{ roomId, type: "m.room.message", settings, userIds: [ann] },
		content: { msgtype: "m.text", body },
	});
	return { roomId, eventId: `$${body}`, sender: ann, originServerTs: 1, content };
};

const recoveryKeyOf = async (core: CoreClient): Promise<string> => {
	const made = await core.prepareRecoveryKey({});
	if (made.kind !== "prepared") throw new Error(made.why);
	expect(await core.confirmRecoveryKey(made)).toEqual({ kind: "done" });
	return made.recoveryKey;
};

describe("recovery in the engine of the worker", { timeout: 90_000 }, () => {
	it("backs up by itself, and a device that has nothing reads everything with the recovery key", async () => {
		await using test = await open();
		const phone = await test.device("PHONE");
		await becomes(phone, "verified");
		const before = await seal(phone, "before");
		expect(await phone.recoveryStatus({})).toMatchObject({ backup: { kind: "on" }, hasRecoveryKey: false });
		const recoveryKey = await recoveryKeyOf(phone);
		expect(await phone.recoveryStatus({})).toMatchObject({ hasRecoveryKey: true });

		const laptop = await test.device("LAPTOP");
		await becomes(laptop, "unverified");
		expect(await laptop.recoveryStatus({})).toMatchObject({ backup: { kind: "locked" }, hasRecoveryKey: true });
		expect(await laptop.prepareRecoveryKey({})).toEqual({ kind: "failed", why: "not-verified" });
		expect(await laptop.unlock({ typed: "EsTc" })).toEqual({ kind: "refused", why: "length" });
		expect(await laptop.unlock({ typed: recoveryKey })).toMatchObject({ kind: "unlocked", backup: { kind: "on" } });
		await becomes(laptop, "verified");
		await vi.waitFor(() => expect(laptop.news).toContainEqual({ kind: "identity", status: "verified" }));
		expect(await laptop.restoreKeys({})).toEqual({ progress: { done: 1, total: 1, damaged: 0 } });
		expect(laptop.news).toContainEqual({ kind: "restore", progress: { done: 1, total: 1, damaged: 0 } });
		expect((await laptop.decrypt({ events: [before] })).results).toMatchObject([
			{ kind: "read", content: { body: "before" } },
		]);
		const { devices } = await phone.ownDevices({});
		expect(devices).toEqual(
			expect.arrayContaining([
				{ deviceId: "PHONE", isVerified: true },
				{ deviceId: "LAPTOP", isVerified: true },
			]),
		);
	});

	it("shows keys in two windows at once; the one that is confirmed counts, and the other no more", async () => {
		await using test = await open();
		const phone = await test.device("PHONE");
		await becomes(phone, "verified");
		const [one, two] = await Promise.all([phone.prepareRecoveryKey({}), phone.prepareRecoveryKey({})]);
		if (one.kind !== "prepared" || two.kind !== "prepared") throw new Error("no key");
		expect(await phone.confirmRecoveryKey(one)).toEqual({ kind: "done" });
		expect(await phone.confirmRecoveryKey(two)).toEqual({ kind: "failed", why: "not-readable" });
		const laptop = await test.device("LAPTOP");
		await becomes(laptop, "unverified");
		expect(await laptop.unlock({ typed: two.recoveryKey })).toEqual({ kind: "refused", why: "other-key" });
		expect(await laptop.unlock({ typed: one.recoveryKey })).toMatchObject({ kind: "unlocked" });
	});

	it("fetches the one key that a message waits for, and tells when it is here", async () => {
		await using test = await open();
		const phone = await test.device("PHONE");
		await becomes(phone, "verified");
		const before = await seal(phone, "before");
		const recoveryKey = await recoveryKeyOf(phone);
		const laptop = await test.device("LAPTOP");
		await becomes(laptop, "unverified");
		// Wanted before there is a way to it; tried again as soon as there is.
		expect((await laptop.decrypt({ events: [before] })).results).toMatchObject([{ reason: "no-key" }]);
		await laptop.unlock({ typed: recoveryKey });
		await vi.waitFor(() => expect(laptop.news.map(({ kind }) => kind)).toContain("roomKeys"), { timeout: 20_000 });
		expect((await laptop.decrypt({ events: [before] })).results[0]?.kind).toBe("read");
	});

	it("gets the backup's key from the device that let it in", async () => {
		await using test = await open();
		const phone = await test.device("PHONE");
		await becomes(phone, "verified");
		const before = await seal(phone, "before");
		expect(await phone.recoveryStatus({})).toMatchObject({ backup: { kind: "on" } });
		const laptop = await test.device("LAPTOP");
		await becomes(laptop, "unverified");
		// What approving does, without its screens: the identity comes over, the backup's key not yet.
		const secrets = await phone.machine.exportCrossSigningKeys();
		await laptop.machine.importCrossSigningKeys(secrets?.masterKey, secrets?.self_signing_key, secrets?.userSigningKey);
		const own = await laptop.machine.getDevice(laptop.machine.userId, laptop.machine.deviceId);
		const signatures = await own?.verify();
		if (signatures === undefined) throw new Error("the device does not know itself");
		await laptop.server.uploadSignatures(JSON.parse(signatures.body));
		await laptop.ownDevices({});
		await becomes(laptop, "verified");
		await phone.ownDevices({});
		await vi.waitFor(
			async () => {
				for (const one of [phone, laptop]) await one.receive({ news: await one.newsHere(), isStart: false });
				expect(laptop.news).toContainEqual({ kind: "backup", state: expect.objectContaining({ kind: "on" }) });
			},
			{ timeout: 30_000, interval: 500 },
		);
		expect(await laptop.restoreKeys({})).toEqual({ progress: { done: 1, total: 1, damaged: 0 } });
		expect((await laptop.decrypt({ events: [before] })).results[0]?.kind).toBe("read");
	});

	it("begins anew only for who proves to be there, and lets go of what the old identity vouched for", async () => {
		await using test = await open();
		const phone = await test.device("PHONE");
		await becomes(phone, "verified");
		const before = await seal(phone, "before");
		await recoveryKeyOf(phone);
		const laptop = await test.device("LAPTOP");
		await becomes(laptop, "unverified");
		const wrong = { kind: "password", password: "not hers at all" } as const;
		expect(await laptop.resetIdentity({ proof: wrong })).toEqual({ kind: "refused", code: "wrong-credentials" });
		expect(await laptop.resetIdentity({ proof: { kind: "password", password: testPassword } })).toEqual({
			kind: "done",
		});
		await becomes(laptop, "verified");
		expect(await laptop.recoveryStatus({})).toMatchObject({ backup: { kind: "on" }, hasRecoveryKey: false });
		expect((await laptop.decrypt({ events: [before] })).results).toMatchObject([{ kind: "unreadable" }]);
		const { devices } = await laptop.ownDevices({});
		expect(devices).toEqual(expect.arrayContaining([{ deviceId: "PHONE", isVerified: false }]));
		// The phone hears that its backup is another one now, and puts nothing into it.
		await phone.ownDevices({});
		await becomes(phone, "unverified");
		await vi.waitFor(() => expect(phone.news).toContainEqual({ kind: "identity", status: "unverified" }));
	});

	it("goes on with the backup after the server did not answer", async () => {
		await using test = await open();
		let isDown = true;
		const phone = await test.device("PHONE");
		await becomes(phone, "verified");
		const laptop = await test.device("LAPTOP", {
			currentBackup: async () => {
				if (isDown) throw new Error("down");
				return undefined;
			},
		});
		await becomes(laptop, "unverified");
		await expect(laptop.recoveryStatus({})).rejects.toThrow("down");
		isDown = false;
		expect(await laptop.recoveryStatus({})).toMatchObject({ backup: { kind: "none" } });
	});
});
