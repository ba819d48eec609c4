import { describe, expect, it, vi } from "vitest";
import type { VerificationStep } from "../../src/client/crypto/verification-call.ts";
import { IdentityChanged } from "../../src/client/crypto/worker/encrypt-event.ts";
import { testPassword } from "../setup/test-accounts.ts";
import { ann, becomes, bob, inTime } from "./open-host.ts";
import { type Device, only, openVerifications, type Verifications } from "./verification-devices.ts";

const settings = { historyVisibility: "shared" } as const;

/** What a server does to the events of a chat on their way. */
type Relay = (events: readonly ChatEvent[]) => readonly ChatEvent[];
type ChatEvent = Parameters<Device["decrypt"]>[0]["events"][number];

/** Ann and Bob with a device each, and an encrypted chat between them. */
const openPair = async (test: Verifications) => {
	const [anns, bobs] = [await test.device(ann, "ANNS"), await test.device(bob, "BOBS")];
	await Promise.all([becomes(anns, "verified"), becomes(bobs, "verified")]);
	const { roomId } = await anns.call.rooms.create({ kind: "direct", inviteeIds: [bob], transactionId: "direct" });
	await bobs.call.rooms.join({ room: roomId, via: [] });
	await anns.call.rooms.enableEncryption({ roomId }).catch(() => undefined);
	const place = { roomId, userIds: [ann, bob], settings };
	/** What is new in the chat, opened as a window of that device would. */
	const sync = async (device: Device, relay: Relay = (events) => events): Promise<void> => {
		await device.sync();
		const { items } = await device.call.messages.page({ roomId, limit: 50, direction: "backwards" });
		const sealed = items.filter(({ type }) => type === "m.room.encrypted");
		const events = sealed.map(({ eventId, sender, originServerTs, content }) => ({
			...{ roomId, eventId, sender, originServerTs, content },
		}));
		await device.decrypt({ events: [...relay(events)] });
	};
	const until = async (kinds: readonly VerificationStep["kind"][], relay?: Relay) => {
		await vi.waitFor(async () => {
			for (const device of [anns, bobs]) await sync(device, relay);
			const steps = await Promise.all([anns, bobs].map(only));
			expect(steps.map(({ step }) => step.kind)).toEqual(kinds);
		}, inTime);
		return (await Promise.all([anns, bobs].map(only))).map(({ step }) => step);
	};
	return { anns, bobs, roomId, place, sync, until };
};

const trustIn = async (device: Device, userId: string) =>
	(await device.trustOf({ userIds: [userId] })).people[0]?.trust;

describe("verification of another person", { timeout: 90_000 }, () => {
	it("by emoji, in their chat: each vouches for the other, and a server sees ciphertext alone", async () => {
		await using test = await openVerifications();
		const { anns, bobs, roomId, place, until } = await openPair(test);
		expect(await trustIn(anns, bob)).toBe("known");
		const { flowId = "" } = await anns.askPerson({ userId: bob, place, canScan: true });
		await until(["asked", "asked"]);
		expect(await only(bobs)).toMatchObject({ userId: ann, isSelf: false, isOurs: false, roomId, flowId });
		await bobs.acceptVerification({ userId: ann, flowId, place, canScan: true });
		await until(["ready", "ready"]);
		await bobs.compareEmoji({ userId: ann, flowId });
		const [one, two] = await until(["compare", "compare"]);
		expect(one).toEqual(two);
		await anns.confirmVerification({ userId: bob, flowId });
		await bobs.confirmVerification({ userId: ann, flowId });
		await until(["done", "done"]);
		await vi.waitFor(async () => {
			for (const device of [anns, bobs]) await device.sync();
			expect([await trustIn(anns, bob), await trustIn(bobs, ann)]).toEqual(["verified", "verified"]);
		}, inTime);
		const { items } = await bobs.call.messages.page({ roomId, limit: 50, direction: "backwards" });
		expect(items.filter(({ type }) => type.startsWith("m.key.verification"))).toEqual([]);
		expect(JSON.stringify(items)).not.toContain("verification");
	});

	it("by code", async () => {
		await using test = await openVerifications();
		const { anns, bobs, place, until } = await openPair(test);
		const { flowId = "" } = await anns.askPerson({ userId: bob, place, canScan: true });
		await until(["asked", "asked"]);
		await bobs.acceptVerification({ userId: ann, flowId, place, canScan: true });
		await until(["ready", "ready"]);
		const { bytes = [] } = await bobs.verificationCode({ userId: ann, flowId });
		await anns.scanCode({ userId: bob, flowId, bytes });
		await until(["waiting", "scanned"]);
		await bobs.confirmVerification({ userId: ann, flowId });
		await until(["done", "done"]);
		await vi.waitFor(async () => expect(await trustIn(anns, bob)).toBe("verified"), inTime);
	});

	it("begins with nothing that history brings, nor twice with one event", async () => {
		await using test = await openVerifications();
		const { anns, bobs, place, sync, until } = await openPair(test);
		await anns.askPerson({ userId: bob, place, canScan: true });
		const old: Relay = (events) => events.map((event) => ({ ...event, originServerTs: Date.now() - 11 * 60_000 }));
		await sync(bobs, old);
		expect(await bobs.verifications({})).toEqual({ verifications: [] });
		await until(["asked", "asked"]);
		await sync(bobs);
		expect((await bobs.verifications({})).verifications).toHaveLength(1);
	});

	it("stops sending when a verified person's identity is another one, until it is accepted or verified anew", async () => {
		await using test = await openVerifications();
		const { anns, bobs, roomId, place, until } = await openPair(test);
		const { flowId = "" } = await anns.askPerson({ userId: bob, place, canScan: true });
		await until(["asked", "asked"]);
		await bobs.acceptVerification({ userId: ann, flowId, place, canScan: true });
		await until(["ready", "ready"]);
		await anns.scanCode({
			userId: bob,
			flowId,
			bytes: (await bobs.verificationCode({ userId: ann, flowId })).bytes ?? [],
		});
		await until(["waiting", "scanned"]);
		await bobs.confirmVerification({ userId: ann, flowId });
		await until(["done", "done"]);
		for (const device of [anns, bobs]) await device.endVerification({ userId: device === anns ? bob : ann, flowId });
		await vi.waitFor(async () => {
			await anns.sync();
			expect(await trustIn(anns, bob)).toBe("verified");
		}, inTime);

		const proof = { kind: "password", password: testPassword } as const;
		expect(await bobs.resetIdentity({ proof })).toEqual({ kind: "done" });
		const words = { ...place, type: "m.room.message", content: { msgtype: "m.text", body: "secret" } };
		await vi.waitFor(async () => {
			await anns.sync();
			expect(await trustIn(anns, bob)).toBe("was-verified");
		}, inTime);
		await expect(anns.encrypt(words)).rejects.toThrow(IdentityChanged);

		// Asking anew is possible, and lets nothing else out.
		const again = await anns.askPerson({ userId: bob, place, canScan: true });
		expect(again.flowId).toBeDefined();
		expect(await trustIn(anns, bob)).toBe("was-verified");
		await expect(anns.encrypt(words)).rejects.toThrow(IdentityChanged);
		await until(["asked", "asked"]);
		const flow = again.flowId ?? "";
		await bobs.acceptVerification({ userId: ann, flowId: flow, place, canScan: true });
		await until(["ready", "ready"]);
		await anns.compareEmoji({ userId: bob, flowId: flow });
		await until(["compare", "compare"]);
		await anns.confirmVerification({ userId: bob, flowId: flow });
		await bobs.confirmVerification({ userId: ann, flowId: flow });
		await until(["done", "done"]);
		await vi.waitFor(async () => {
			await anns.sync();
			expect(await trustIn(anns, bob)).toBe("verified");
			expect(await anns.encrypt(words)).toHaveProperty("content");
		}, inTime);
		expect(roomId).toMatch(/^!/);
	});
});
