import { describe, expect, it, onTestFinished, vi } from "vitest";
import "../../src/shared/text/en/verification.ts";
import { text } from "../../src/shared/text/text.ts";
import { ann, becomes, inTime } from "./open-host.ts";
import { asking, type Device, only, openVerifications, ready, stepOf, until } from "./verification-devices.ts";

/** One has read the code that the other shows, whose person says that it is so. */
const endByCode = async (shows: Device, reads: Device, flow: { userId: string; flowId: string }): Promise<void> => {
	await until([shows, reads], ["scanned", "waiting"]);
	await shows.confirmVerification(flow);
	await until([shows, reads], ["done", "done"]);
};

/** The new device is vouched for by the other. */
const becomesVerified = (fresh: Device, other: Device): Promise<void> =>
	vi.waitFor(async () => {
		await fresh.sync();
		await other.sync();
		expect(await fresh.status({})).toEqual({ identity: "verified" });
	}, inTime);

describe("verification of an own device", { timeout: 90_000 }, () => {
	it("by emoji: the new device is vouched for, and gets what opens older messages", async () => {
		await using test = await openVerifications();
		const { phone, laptop, flow } = await asking(test);
		expect(await only(phone)).toMatchObject({ isSelf: true, isOurs: false, deviceId: "LAPTOP" });
		expect(await only(laptop)).toMatchObject({ isSelf: true, isOurs: true });
		await phone.acceptVerification({ ...flow, canScan: true });
		await until([phone, laptop], ["ready", "ready"]);
		await laptop.compareEmoji(flow);
		const [one, two] = await until([phone, laptop], ["compare", "compare"]);
		expect(one).toEqual(two);
		expect(one).toMatchObject({ emoji: { length: 7 }, numbers: { length: 3 } });
		await phone.confirmVerification(flow);
		await until([phone, laptop], ["waiting", "compare"]);
		await laptop.confirmVerification(flow);
		await until([phone, laptop], ["done", "done"]);
		await vi.waitFor(
			async () => {
				await laptop.sync();
				await phone.sync();
				expect(await laptop.status({})).toEqual({ identity: "verified" });
				expect(await laptop.recoveryStatus({})).toMatchObject({ backup: { kind: "on" } });
				const secrets = await laptop.machine.crossSigningStatus();
				expect(secrets.hasSelfSigning && secrets.hasUserSigning && secrets.hasMaster).toBe(true);
			},
			{ timeout: 20_000, interval: 200 },
		);
		await laptop.endVerification(flow);
		expect(await laptop.verifications({})).toEqual({ verifications: [] });
	});

	it.each(["the new one", "the other"] as const)("by a code that %s shows", async (who) => {
		await using test = await openVerifications();
		const { phone, laptop, flow } = await ready(test);
		const [shows, reads] = who === "the other" ? [phone, laptop] : [laptop, phone];
		const { bytes } = await shows.verificationCode(flow);
		if (bytes === undefined) throw new Error("no code");
		expect(await stepOf(shows)).toMatchObject({ kind: "ready" });
		await reads.scanCode({ ...flow, bytes });
		await endByCode(shows, reads, flow);
		await becomesVerified(laptop, phone);
	});

	it("vouches for the new device once more when the server did not keep that it did", async () => {
		await using test = await openVerifications();
		let lost = 0;
		const { phone, laptop, flow } = await ready(test, (server) => ({
			uploadSignatures: async (body) => {
				if (lost > 0 || !JSON.stringify(body).includes("LAPTOP")) return server.uploadSignatures(body);
				lost += 1;
				return { failures: {} };
			},
		}));
		await laptop.scanCode({ ...flow, bytes: (await phone.verificationCode(flow)).bytes ?? [] });
		await endByCode(phone, laptop, flow);
		await becomesVerified(laptop, phone);
		expect(lost).toBe(1);
	});

	it("asks all, and is answered by one: the others put it away", async () => {
		await using test = await openVerifications();
		const { phone, laptop, flow } = await ready(test);
		await laptop.scanCode({ ...flow, bytes: (await phone.verificationCode(flow)).bytes ?? [] });
		await until([phone, laptop], ["scanned", "waiting"]);
		await phone.confirmVerification(flow);
		await until([phone, laptop], ["done", "done"]);
		await vi.waitFor(async () => {
			await laptop.sync();
			expect(await laptop.status({})).toEqual({ identity: "verified" });
		}, inTime);
		for (const device of [phone, laptop]) await device.endVerification(flow);
		const tablet = await test.device(ann, "TABLET");
		await becomes(tablet, "unverified");
		await tablet.askOwnDevices({ canScan: false });
		await until([phone, laptop, tablet], ["asked", "asked", "asked"]);
		const again = await only(phone);
		await phone.acceptVerification({ ...again, canScan: true });
		const [, there, here] = await until([phone, laptop, tablet], ["ready", "ended", "ready"]);
		expect(there).toEqual({ kind: "ended", why: "elsewhere" });
		// A device without a camera is shown no code.
		expect(await stepOf(phone)).toEqual({ kind: "ready", canShow: false, canScan: true, canCompare: true });
		expect(here).toEqual({ kind: "ready", canShow: true, canScan: false, canCompare: true });
	});

	it("ends both when two ask at once, and says so", async () => {
		await using test = await openVerifications();
		const { phone, laptop } = await asking(test);
		await laptop.askOwnDevices({ canScan: true });
		await vi.waitFor(async () => {
			await phone.sync();
			await laptop.sync();
			const { verifications } = await phone.verifications({});
			expect(verifications.map(({ step }) => step.kind)).toEqual(["ended"]);
		}, inTime);
		await phone.endVerification(await only(phone));
		for (const { flowId, userId } of (await laptop.verifications({})).verifications) {
			await laptop.endVerification({ userId, flowId });
		}
		await laptop.askOwnDevices({ canScan: true });
		await until([phone, laptop], ["asked", "asked"]);
	});

	it("is over when somebody says no, or that the emoji differ, and nobody is trusted", async () => {
		await using test = await openVerifications();
		const { phone, laptop, flow } = await ready(test);
		await phone.compareEmoji(flow);
		await until([phone, laptop], ["compare", "compare"]);
		await phone.denyVerification(flow);
		const [here, there] = await until([phone, laptop], ["ended", "ended"]);
		expect([here, there]).toEqual([
			{ kind: "ended", why: "mismatch" },
			{ kind: "ended", why: "mismatch" },
		]);
		await laptop.endVerification(flow);
		await phone.endVerification(flow);
		await laptop.askOwnDevices({ canScan: true });
		await until([phone, laptop], ["asked", "asked"]);
		await phone.endVerification(await only(phone));
		await vi.waitFor(async () => {
			await laptop.sync();
			expect(await stepOf(laptop)).toEqual({ kind: "ended", why: "declined" });
		}, inTime);
		expect(await laptop.status({})).toEqual({ identity: "unverified" });
	});

	it("is over after ten minutes in which nobody answered, without anything having come, and says so", async () => {
		await using test = await openVerifications({});
		const { phone, laptop, flow } = await asking(test);
		const { now } = performance;
		const clock = vi.spyOn(performance, "now").mockImplementation(() => now.call(performance) + passedMs);
		onTestFinished(() => clock.mockRestore());
		let passedMs = 9 * 60_000;
		const lastTold = (device: Device) => device.news.findLast((news) => news.kind === "verifications")?.verifications;
		for (const device of [phone, laptop]) {
			await device.sync();
			expect(lastTold(device)).toMatchObject([{ step: { kind: "asked" } }]);
		}
		passedMs = 10 * 60_000 + 2_000;
		for (const device of [phone, laptop]) {
			await device.pass();
			await vi.waitFor(() => expect(lastTold(device)).toMatchObject([{ step: { kind: "ended", why: "timeout" } }]));
		}
		expect(text("verify.end-timeout")).toBe("Nobody answered for ten minutes.");
		// Whoever says yes then is too late.
		await phone.acceptVerification({ ...flow, canScan: true });
		for (const device of [laptop, phone]) {
			await device.sync();
			expect(await stepOf(device)).toMatchObject({ kind: "ended", why: "timeout" });
		}
		expect(await laptop.status({})).toEqual({ identity: "unverified" });
	});

	it("is lost with the engine, which says so before anything else", async () => {
		await using test = await openVerifications();
		const { laptop } = await ready(test);
		expect(laptop.news.find(({ kind }) => kind === "verifications")).toEqual({
			kind: "verifications",
			verifications: [],
			isNewEngine: true,
		});
		const phoneAgain = await test.device(ann, "PHONE2");
		expect(await phoneAgain.verifications({})).toEqual({ verifications: [] });
		expect(await phoneAgain.compareEmoji({ userId: ann, flowId: "gone" })).toEqual({});
	});

	it("says nothing of a code in what it tells by itself", async () => {
		await using test = await openVerifications();
		const { phone, flow } = await ready(test);
		const { bytes = [] } = await phone.verificationCode(flow);
		expect(bytes.length).toBeGreaterThan(60);
		const secret = bytes.slice(-8);
		const told = JSON.stringify([phone.news, await phone.verifications({})]);
		expect(told).not.toContain(JSON.stringify(secret).slice(1, -1));
		expect(told).not.toContain(Buffer.from(secret).toString("base64").slice(0, 9));
	});
});
