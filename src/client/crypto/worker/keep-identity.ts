/**
 * Gives a person an identity the first time one of their devices begins, without a question: three keys that vouch for
 * their devices and for others. Who has one already gets none. Matrix v1.19 Client-Server API, "Cross-signing".
 */
import { type KeysUploadRequest, type OlmMachine, OwnUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoNews, IdentityStatus } from "../crypto-message.ts";
import { type KeyServer, Refused } from "./key-server.ts";
import type { OutgoingLoop } from "./outgoing-loop.ts";

interface IdentityParts {
	readonly machine: OlmMachine;
	readonly server: Pick<KeyServer, "uploadSigningKeys">;
	readonly loop: OutgoingLoop;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly tell: (news: CryptoNews) => void;
	/** Somebody else's identity may be another one. */
	readonly onOther: (userId: string) => void;
}

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

export interface KeptIdentity {
	/** How the device stands; not known before it was set up, or was found to be. */
	status(): Promise<IdentityStatus>;
	/** Looks how the device stands, after something that may have changed it. */
	look(): Promise<void>;
	stop(): void;
}

/** Sets the identity up as soon as the server answers, and tells whenever the device stands otherwise with it. */
export const keepIdentity = (parts: IdentityParts): KeptIdentity => {
	const { machine, later, tell } = parts;
	let told: IdentityStatus | undefined;
	let isStopped = false;
	// While it is being set up a device stands in between.
	let isSettled = false;
	let forgetRetry: () => void = () => undefined;
	const tellStatus = async (): Promise<void> => {
		const status = isStopped ? told : await readIdentityStatus(machine);
		if (status === undefined || status === told || isStopped) return;
		told = status;
		tell({ kind: "identity", status });
	};
	const attempt = async (failures: number): Promise<void> => {
		const isDone = await setUpIdentity(parts).catch(() => false);
		if (isStopped) return;
		isSettled ||= isDone;
		if (isSettled) await tellStatus();
		const pauseMs = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
		if (!isDone) forgetRetry = later(() => void attempt(failures + 1), pauseMs);
	};
	const look = async (): Promise<void> => {
		if (isSettled) await tellStatus();
	};
	const own = machine.userId.toString();
	machine.registerUserIdentityUpdatedCallback(async (userId: UserId) => {
		const changed = userId.toString();
		if (changed === own) return look();
		parts.onOther(changed);
		tell({ kind: "people", userIds: [changed] });
	});
	void attempt(0);
	return {
		look,
		status: async () => {
			const status = await readIdentityStatus(machine);
			return status === "verified" || isSettled ? status : "unknown";
		},
		stop: () => {
			isStopped = true;
			forgetRetry();
		},
	};
};

/** An attempt that was cut short is taken up where it was: the keys are the same ones, which the server takes again. */
const setUpIdentity = async ({ machine, server, loop }: IdentityParts): Promise<boolean> => {
	await loop.send(machine.queryKeysForUsers([new UserId(machine.userId.toString())]));
	if (!(await loop.run())) return false;
	using identity = await machine.getIdentity(machine.userId);
	using secrets = await machine.crossSigningStatus();
	const isOwn = secrets.hasMaster && secrets.hasSelfSigning && secrets.hasUserSigning;
	if (identity !== undefined && !isOwn) return true;
	if (identity !== undefined && (await isVouchedFor(machine))) return true;
	using requests = await machine.bootstrapCrossSigning(!isOwn);
	if (requests.uploadKeysRequest !== undefined) await loop.send(requests.uploadKeysRequest as KeysUploadRequest);
	try {
		await server.uploadSigningKeys(JSON.parse(requests.uploadSigningKeysRequest.body));
	} catch (error) {
		// Another device was faster: the next look finds its identity, and the machine lets go of this one.
		if (error instanceof Refused && error.code === "confirmation-needed") return false;
		throw error;
	}
	await loop.send(requests.uploadSignaturesRequest);
	await loop.send(machine.queryKeysForUsers([new UserId(machine.userId.toString())]));
	return loop.run();
};

const readIdentityStatus = async (machine: OlmMachine): Promise<IdentityStatus> => {
	using identity = await machine.getIdentity(machine.userId);
	if (!(identity instanceof OwnUserIdentity)) return "unknown";
	return (await isVouchedFor(machine)) ? "verified" : "unverified";
};

/** Whether the person's identity vouches for this device. */
export const isVouchedFor = async (
	machine: Pick<OlmMachine, "getDevice" | "userId" | "deviceId">,
): Promise<boolean> => {
	using device = await machine.getDevice(machine.userId, machine.deviceId);
	return device?.isCrossSignedByOwner() ?? false;
};
