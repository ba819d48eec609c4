import { describe, expect, it, vi } from "vitest";
import { ann, inTime } from "./open-host.ts";
import { openVerifications, type Relay, ready, stepOf } from "./verification-devices.ts";

describe("a server between two devices", { timeout: 90_000 }, () => {
	const withContent =
		(type: string, change: (content: Record<string, unknown>) => object): Relay =>
		(messages) =>
			messages.map((message) =>
				message.type === `m.key.verification.${type}`
					? { ...message, content: { ...message.content, ...change(message.content) } }
					: message,
			);

	it.each([
		["exchanges the keys", withContent("key", () => ({ key: "A".repeat(43) })), ["tampered", "mismatch", "confused"]],
		[
			"alters what vouches for the keys",
			withContent("mac", () => ({ keys: "A".repeat(43) })),
			["mismatch", "tampered"],
		],
		[
			"vouches for a device of its own",
			withContent("mac", ({ mac }) => ({ mac: { ...(mac as object), "ed25519:EVIL": "A".repeat(43) } })),
			["mismatch", "tampered"],
		],
	] as const)("%s: it ends, in words, and nobody is trusted", async (_, relay, why) => {
		await using test = await openVerifications();
		const { phone, laptop, flow } = await ready(test);
		await laptop.compareEmoji(flow);
		await vi.waitFor(async () => {
			for (const device of [phone, laptop]) await device.sync(relay);
			for (const device of [phone, laptop]) {
				if ((await stepOf(device)).kind === "compare") await device.confirmVerification(flow);
			}
			const steps = [await stepOf(phone), await stepOf(laptop)];
			const ends = steps.flatMap((step) => (step.kind === "ended" ? [step.why] : []));
			expect(ends).toHaveLength(2);
			for (const end of ends) expect(why).toContain(end);
		}, inTime);
		await laptop.sync();
		expect(await laptop.status({})).toEqual({ identity: "unverified" });
		expect(await phone.ownDevices({})).toMatchObject({
			devices: expect.arrayContaining([{ deviceId: "LAPTOP", isVerified: false }]),
		});
	});

	it("sends everything twice: it goes on, or it ends; it is never finished by that", async () => {
		await using test = await openVerifications();
		const twice: Relay = (messages) => messages.flatMap((message) => [message, message]);
		const { phone, laptop, flow } = await ready(test);
		await laptop.compareEmoji(flow);
		await vi.waitFor(async () => {
			for (const device of [phone, laptop]) await device.sync(twice);
			expect(["compare", "ended"]).toContain((await stepOf(phone)).kind);
		}, inTime);
		expect(await laptop.status({})).toEqual({ identity: "unverified" });
	});

	it("turns the order round, or cancels in somebody's name: nobody is trusted by that", async () => {
		await using test = await openVerifications();
		const backwards: Relay = (messages) => [...messages].reverse();
		const { phone, laptop, flow } = await ready(test);
		await laptop.compareEmoji(flow);
		for (let round = 0; round < 3; round++) for (const device of [phone, laptop]) await device.sync(backwards);
		const forged = {
			...{ position: "999999", sender: ann, type: "m.key.verification.cancel" },
			content: { transaction_id: flow.flowId, code: "m.user", reason: "" },
		};
		await phone.sync((messages) => [...messages, forged]);
		expect(await stepOf(phone)).toEqual({ kind: "ended", why: "declined" });
		expect(await laptop.status({})).toEqual({ identity: "unverified" });
	});

	it.each([
		["no code at all", () => 0],
		["another's flow", () => 12],
		["another device's key", (length: number) => length - 16 - 64 + 3],
		["another identity's key", (length: number) => length - 16 - 32 + 3],
	] as const)("hands over a code with a byte altered, %s: it is refused", async (_what, at) => {
		await using test = await openVerifications();
		const { phone, laptop, flow } = await ready(test);
		const { bytes = [] } = await laptop.verificationCode(flow);
		await phone.scanCode({
			...flow,
			bytes: bytes.map((byte, index) => (index === at(bytes.length) ? byte ^ 1 : byte)),
		});
		expect(await stepOf(phone)).toEqual({ kind: "ended", why: "other-code" });
		await vi.waitFor(async () => {
			await laptop.sync();
			expect(await stepOf(laptop)).toMatchObject({ kind: "ended" });
		}, inTime);
		expect(await laptop.status({})).toEqual({ identity: "unverified" });
	});
});
