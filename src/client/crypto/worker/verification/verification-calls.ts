/** Verification as part of a running engine: answers its calls, and goes on with what comes. */
import {
	DeviceId,
	EventId,
	type OlmMachine,
	OtherUserIdentity,
	OwnUserIdentity,
	Qr,
	QrCodeScan,
	RoomId,
	type RoomMessageRequest,
	Sas,
	UserId,
	VerificationMethod,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput, CryptoNews, CryptoOutput, ReadResult, SealedEvent } from "../../crypto-message.ts";
import type { VerificationSnapshot, verificationCalls } from "../../verification-call.ts";
import type { ChangedIdentities } from "../changed-identities.ts";
import { type EngineRequest, isForRoom, type OutgoingLoop } from "../outgoing-loop.ts";
import { knowAskers } from "./known-askers.ts";
import { createEventIntake, isVerificationEvent, type OpenedMessage, type RoomChannel } from "./room-channel.ts";
import { createVerificationFlows, type Flow, type FlowName, type VerificationFlows } from "./verification-flows.ts";

type VerificationHandlers = {
	readonly [C in keyof typeof verificationCalls]: (input: CryptoInput<C>) => Promise<CryptoOutput<C>>;
};

interface VerificationParts {
	readonly machine: OlmMachine;
	readonly loop: Pick<OutgoingLoop, "run" | "send">;
	readonly channel: RoomChannel;
	readonly changed: Pick<ChangedIdentities, "prepareAnew" | "trustOf" | "forget">;
	readonly know: (userIds: readonly string[]) => Promise<void>;
	readonly tell: (news: CryptoNews) => void;
	readonly later: (callback: () => void, delayMs: number) => () => void;
}

export interface RunningVerification {
	readonly handlers: VerificationHandlers;
	/** Something is about to come for the device. */
	prepare(messages: CryptoInput<"receive">["news"]["toDevice"]): Promise<void>;
	/** It has come. */
	look(): Promise<void>;
	/** Events were opened: some may belong to a verification. */
	hear(events: readonly SealedEvent[], results: readonly ReadResult[]): Promise<void>;
	stop(): void;
}

export const createVerification = (parts: VerificationParts): RunningVerification => {
	const { machine, loop, channel, tell, later } = parts;
	/** By the way that the request is for: to a device, or through a chat. */
	const send = (request: Outgoing): Promise<void> => sendEither(parts, request);
	const onDone = (done: VerificationSnapshot): void => void takeUpTrust(parts, done).catch(() => undefined);
	const flows = createVerificationFlows({ machine, send, tell, later, onDone });
	const takeIn = createEventIntake(machine, Date.now);
	const goOn = async (): Promise<void> => {
		await flows.look();
		// What is sent brings it forward too.
		if (flows.list().length > 0) void loop.run().then(flows.look);
	};
	// What an engine before this one had begun is lost, which its pages have to hear.
	tell({ kind: "verifications", verifications: [], isNewEngine: true });
	return {
		prepare: (messages) => knowAskers(machine, loop, messages),
		look: goOn,
		stop: flows.stop,
		hear: async (events, results) => {
			let hasNews = false;
			for (const message of verificationsAmong(events, results)) {
				flows.heed(message.sender);
				await knowAskers(machine, loop, [message]);
				hasNews = (await takeIn(message)) || hasNews;
			}
			if (hasNews) await goOn();
		},
		handlers: {
			verifications: async () => ({ verifications: flows.list() }),
			...askCalls(parts, flows, goOn),
			...answerCalls(flows, { send, goOn, open: channel.open, prepareAnew: parts.changed.prepareAnew }),
			...codeCalls(flows, { send, goOn }),
			devicesOf: async ({ userId }) => ({ devices: await devicesOf(machine, userId) }),
			verifiedAmong: async ({ userIds }) => {
				const verified: string[] = [];
				for (const userId of userIds) {
					if ((await parts.changed.trustOf(userId)) === "verified") verified.push(userId);
				}
				return { userIds: verified };
			},
			trustOf: async ({ userIds }) => {
				await parts.know(userIds);
				const trusts = await Promise.all(userIds.map(parts.changed.trustOf));
				return { people: trusts.map((trust, index) => ({ userId: userIds[index] ?? "", trust })) };
			},
		},
	};
};

type Outgoing = EngineRequest | RoomMessageRequest | undefined;

const devicesOf = async (machine: OlmMachine, userId: string): Promise<CryptoOutput<"devicesOf">["devices"]> => {
	using devices = await machine.getUserDevices(new UserId(userId));
	return devices.devices().flatMap((device) => {
		const { displayName: name, isDehydrated } = device;
		const line = { deviceId: device.deviceId.toString(), isVouchedFor: device.isCrossSignedByOwner() };
		device.free();
		return isDehydrated ? [] : [{ ...line, ...(name !== undefined && { name }) }];
	});
};

const verificationsAmong = (events: readonly SealedEvent[], results: readonly ReadResult[]): readonly OpenedMessage[] =>
	results.flatMap((result, index) => {
		const event = events[index];
		if (event === undefined || result.kind !== "read") return [];
		const { type, content } = result;
		return isVerificationEvent(type, content) ? [{ ...event, type, content }] : [];
	});

/** The signature goes out, and comes back with the keys that it is on: only then the machine counts it. */
const takeUpTrust = async (
	parts: VerificationParts,
	{ userId, deviceId, isSelf }: VerificationSnapshot,
): Promise<void> => {
	const { machine, loop, changed, tell } = parts;
	await loop.run();
	await loop.send(machine.queryKeysForUsers([new UserId(userId)]));
	if (isSelf && deviceId !== undefined) await vouchAgain(parts, new DeviceId(deviceId));
	changed.forget(userId);
	tell({ kind: "people", userIds: [userId] });
};

/**
 * A device that was let in waits for the signature, and does nothing until it has it. One that did not stay at the server is
 * given once more, for the very keys that were verified here.
 */
const vouchAgain = async ({ machine, loop }: VerificationParts, deviceId: DeviceId): Promise<void> => {
	using device = await machine.getDevice(machine.userId, deviceId);
	using secrets = await machine.crossSigningStatus();
	if (device === undefined || device.isCrossSignedByOwner() || !device.isLocallyTrusted()) return;
	if (!secrets.hasSelfSigning) return;
	await loop.send(await device.verify());
};

const sendEither = async ({ loop, channel }: VerificationParts, request: Outgoing): Promise<void> => {
	if (request === undefined) return;
	if (isForRoom(request)) await channel.take(request);
	else await loop.send(request);
};

const methodsFor = (canScan: boolean): VerificationMethod[] => [
	VerificationMethod.SasV1,
	VerificationMethod.QrCodeShowV1,
	VerificationMethod.ReciprocateV1,
	...(canScan ? [VerificationMethod.QrCodeScanV1] : []),
];

const askCalls = (
	{ machine, loop, channel, changed, know }: VerificationParts,
	flows: VerificationFlows,
	goOn: () => Promise<void>,
): Pick<VerificationHandlers, "askOwnDevices" | "askPerson"> => ({
	askOwnDevices: async ({ deviceId, canScan }) => {
		await loop.send(machine.queryKeysForUsers([new UserId(machine.userId.toString())]));
		const asked =
			deviceId === undefined ? await askAll(machine, canScan) : await askOne(machine, new DeviceId(deviceId), canScan);
		if (asked === undefined) return {};
		const [request, message] = asked;
		const { flowId } = flows.add(request);
		await loop.send(message as EngineRequest);
		await goOn();
		return { flowId };
	},
	askPerson: async ({ userId, place, canScan }) => {
		await know([userId]);
		await loop.send(machine.queryKeysForUsers([new UserId(userId)]));
		using identity = await machine.getIdentity(new UserId(userId));
		if (!(identity instanceof OtherUserIdentity)) return {};
		await changed.prepareAnew(userId);
		channel.open(place);
		flows.heed(userId);
		const methods = methodsFor(canScan);
		const { roomId } = place;
		const content = JSON.parse(identity.verificationRequestContent(methods));
		const eventId = await channel.send({
			...{ roomId, type: "m.room.message", content },
			transactionId: crypto.randomUUID(),
		});
		const request = identity.requestVerification(new RoomId(roomId), new EventId(eventId), methods);
		const { flowId } = flows.add(request);
		await goOn();
		return { flowId };
	},
});

const askAll = async (machine: OlmMachine, canScan: boolean) => {
	using identity = await machine.getIdentity(machine.userId);
	return identity instanceof OwnUserIdentity ? identity.requestVerification(methodsFor(canScan)) : undefined;
};

const askOne = async (machine: OlmMachine, deviceId: DeviceId, canScan: boolean) => {
	using device = await machine.getDevice(machine.userId, deviceId);
	return device?.requestVerification(methodsFor(canScan));
};

interface Means {
	readonly send: (request: Outgoing) => Promise<void>;
	readonly goOn: () => Promise<void>;
}

/** Works on a flow that is there; one that is not has ended, which its page hears otherwise. */
const onFlow =
	<Input extends FlowName>(
		flows: VerificationFlows,
		{ send, goOn }: Means,
		work: (flow: Flow, input: Input) => Promise<readonly unknown[]>,
	) =>
	async (input: Input): Promise<Record<never, never>> => {
		const flow = flows.get(input);
		if (flow === undefined) return {};
		for (const request of await work(flow, input)) await send(request as Outgoing);
		await goOn();
		return {};
	};

const answerCalls = (
	flows: VerificationFlows,
	means: Means & Pick<RoomChannel, "open"> & Pick<ChangedIdentities, "prepareAnew">,
): Pick<
	VerificationHandlers,
	"acceptVerification" | "compareEmoji" | "confirmVerification" | "denyVerification" | "endVerification"
> => ({
	acceptVerification: onFlow(flows, means, async ({ request }, { place, canScan }) => {
		if (place !== undefined) {
			// Whoever began anew themselves verified nobody with the identity that they have now.
			await means.prepareAnew(request.otherUserId.toString());
			means.open(place);
		}
		return [request.acceptWithMethods(methodsFor(canScan))];
	}),
	compareEmoji: onFlow(flows, means, async ({ request }) => [(await request.startSas())?.[1]]),
	confirmVerification: onFlow(flows, means, async ({ request }) => {
		using verification = request.getVerification();
		if (verification instanceof Sas) return verification.confirm();
		return [verification instanceof Qr ? verification.confirmScanning() : undefined];
	}),
	denyVerification: onFlow(flows, means, async (flow) => {
		using verification = flow.request.getVerification();
		return [verification?.cancelWithCode("m.mismatched_sas")];
	}),
	endVerification: onFlow(flows, means, async (flow) => {
		const { request } = flow;
		using verification = request.getVerification();
		const isOver = request.isDone() || request.isCancelled() || verification?.isDone() || verification?.isCancelled();
		const requests = isOver ? [] : [request.cancel()];
		// Whoever ends it need not be told how it ended.
		flows.drop(flow);
		return requests;
	}),
});

const codeCalls = (
	flows: VerificationFlows,
	means: Means,
): Pick<VerificationHandlers, "verificationCode" | "scanCode"> => ({
	verificationCode: async (name) => {
		const flow = flows.get(name);
		using shown = flow?.request.getVerification();
		if (shown instanceof Qr) return { bytes: [...shown.toBytes()] };
		using made = await flow?.request.generateQrCode();
		return made === undefined ? {} : { bytes: [...made.toBytes()] };
	},
	scanCode: onFlow(flows, means, async (flow, { bytes }) => {
		try {
			using scan = QrCodeScan.fromBytes(new Uint8ClampedArray(bytes));
			using qr = await flow.request.scanQrCode(scan);
			return [qr.reciprocate()];
		} catch (error) {
			if (error instanceof WebAssembly.RuntimeError) throw error;
			// A code of another device, or an altered one: what it vouches for is not what is here.
			flow.isOtherCode = true;
			return [flow.request.cancel()];
		}
	}),
});
