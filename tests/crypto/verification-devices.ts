import { expect, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import type { VerificationSnapshot, VerificationStep } from "../../src/client/crypto/verification-call.ts";
import type { KeyServer } from "../../src/client/crypto/worker/key-server.ts";
import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";
import { type CoreParts, keyServerOf, realTime } from "./core-client.ts";
import { newsFor } from "./device-news.ts";
import { ann, becomes, inTime, openHost } from "./open-host.ts";
import { callerOf } from "./procedure-server.ts";

type Message = WireDeviceNews["toDevice"][number];
/** What becomes of messages on their way to a device. */
export type Relay = (messages: readonly Message[]) => readonly Message[];

/** Devices of people at one server, each with the worker's engine; without a clock of its own it waits for `pass`. */
export const openVerifications = async (parts: Pick<CoreParts, "later"> = { later: realTime }) => {
	const { host, ...opened } = await openHost();
	return {
		device: async (
			userId: UserId,
			deviceId: string,
			changes: (server: KeyServer) => Partial<KeyServer> = () => ({}),
		) => {
			const viewer = await opened.signIn(userId, deviceId);
			const server = keyServerOf(host, viewer);
			const core = await opened.start(viewer, { ...server, ...changes(server) }, parts);
			const sync = async (relay: Relay = (messages) => messages): Promise<void> => {
				const news = await newsFor(host, viewer);
				await core.receive({ isStart: true, news: { ...news, toDevice: [...relay(news.toDevice)] } });
			};
			return { ...core, userId, deviceId, sync, call: callerOf(host, viewer) };
		},
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
};

export type Verifications = Awaited<ReturnType<typeof openVerifications>>;
export type Device = Awaited<ReturnType<Verifications["device"]>>;

/** The one verification of a device. */
export const only = async (device: Device): Promise<VerificationSnapshot> => {
	const { verifications } = await device.verifications({});
	const [one] = verifications;
	if (one === undefined || verifications.length > 1) throw new Error(`${verifications.length} verifications`);
	return one;
};

export const stepOf = async (device: Device): Promise<VerificationStep> => (await only(device)).step;

/** Carries messages to and fro until all stand as wanted. */
export const until = async (devices: readonly Device[], kinds: readonly VerificationStep["kind"][], relay?: Relay) => {
	await vi.waitFor(async () => {
		for (const device of devices) await device.sync(relay);
		const steps = await Promise.all(devices.map(stepOf));
		expect(steps.map(({ kind }) => kind)).toEqual(kinds);
	}, inTime);
	return Promise.all(devices.map(stepOf));
};

/** A phone that is verified, and a laptop that has just signed in and asked. */
export const asking = async (test: Verifications, changes?: (server: KeyServer) => Partial<KeyServer>) => {
	const phone = await test.device(ann, "PHONE", changes);
	await becomes(phone, "verified");
	await phone.recoveryStatus({});
	const laptop = await test.device(ann, "LAPTOP");
	await becomes(laptop, "unverified");
	const { flowId } = await laptop.askOwnDevices({ canScan: true });
	if (flowId === undefined) throw new Error("nobody was asked");
	const flow = { userId: ann, flowId };
	await until([phone, laptop], ["asked", "asked"]);
	return { phone, laptop, flow };
};

/** The same, and the phone has said yes. */
export const ready = async (test: Verifications, changes?: (server: KeyServer) => Partial<KeyServer>) => {
	const { phone, laptop, flow } = await asking(test, changes);
	await phone.acceptVerification({ ...flow, canScan: true });
	await until([phone, laptop], ["ready", "ready"]);
	return { phone, laptop, flow };
};
