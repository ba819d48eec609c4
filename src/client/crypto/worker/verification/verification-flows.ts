/**
 * The verifications that go on, and those that have just ended. The machine forgets what has ended with the next thing it
 * hears, so each is held here until its person has seen how it ended. A new engine knows of none: those are lost.
 */
import {
	type OlmMachine,
	type RoomMessageRequest,
	Sas,
	type ToDeviceRequest,
	UserId,
	type VerificationRequest,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoNews } from "../../crypto-message.ts";
import type { VerificationSnapshot } from "../../verification-call.ts";
import { type Agreed, agreedIn, readStep } from "./read-step.ts";

export interface FlowName {
	readonly userId: string;
	readonly flowId: string;
}

export interface Flow extends FlowName {
	readonly request: VerificationRequest;
	readonly isOurs: boolean;
	/** The machine forgets it when the verification is over. */
	deviceId: string | undefined;
	agreed: Agreed | undefined;
	/** What the code that was read here turned out to be. */
	isOtherCode: boolean;
}

export interface VerificationFlows {
	/** Looks at everything: what has come may have changed any of them, or begun one. */
	look(): Promise<void>;
	add(request: VerificationRequest): Flow;
	get(name: FlowName): Flow | undefined;
	drop(name: FlowName): void;
	/** From somebody who has asked in a chat; the machine tells of each person by themselves. */
	heed(userId: string): void;
	list(): VerificationSnapshot[];
	stop(): void;
}

interface FlowParts {
	readonly machine: Pick<OlmMachine, "userId" | "getVerificationRequests">;
	readonly send: (request: ToDeviceRequest | RoomMessageRequest) => Promise<void>;
	readonly tell: (news: CryptoNews) => void;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	/** One has come to its end: whom it was with stands otherwise. */
	readonly onDone: (done: VerificationSnapshot) => void;
}

/** So many are told of: a server could ask in the name of devices without end. */
const mostFlows = 6;
/** A request lives ten minutes; looked at a little later, it is over. */
const lifeMs = 10 * 60_000 + 2_000;

export const createVerificationFlows = ({ machine, send, tell, later, onDone }: FlowParts): VerificationFlows => {
	const flows = new Map<string, Flow>();
	const own = machine.userId.toString();
	const people = new Set([own]);
	let told = "[]";
	let isStopped = false;
	const snapshotOf = (flow: Flow): VerificationSnapshot => {
		const { request, userId, flowId, isOurs, isOtherCode, deviceId } = flow;
		const roomId = request.roomId?.toString();
		return {
			...{ flowId, userId, isOurs, isSelf: userId === own },
			...(deviceId !== undefined && { deviceId }),
			...(roomId !== undefined && { roomId }),
			step: isOtherCode ? { kind: "ended", why: "other-code" } : readStep(request, flow.agreed),
		};
	};
	const list = (): VerificationSnapshot[] => [...flows.values()].map(snapshotOf);
	const add = (request: VerificationRequest): Flow => {
		const [userId, flowId] = [request.otherUserId.toString(), request.flowId];
		const flow: Flow = {
			...{ request, userId, flowId, deviceId: request.otherDeviceId?.toString(), agreed: undefined },
			...{ isOurs: request.weStarted(), isOtherCode: false },
		};
		flows.set(nameOf(flow), flow);
		later(() => void look(), lifeMs);
		return flow;
	};
	const drop = (name: FlowName): void => {
		const flow = flows.get(nameOf(name));
		flows.delete(nameOf(name));
		flow?.request.free();
	};
	const takeUp = (): void => {
		for (const userId of people) {
			for (const request of machine.getVerificationRequests(new UserId(userId))) {
				const isNew = !flows.has(nameOf({ userId, flowId: request.flowId }));
				// One that two others are about, or that is over, is nobody's business here.
				const isOver = request.isDone() || request.isCancelled() || request.timedOut();
				if (isNew && !isOver && !request.isPassive() && flows.size < mostFlows) add(request);
				else request.free();
			}
		}
	};
	const look = async (): Promise<void> => {
		if (isStopped) return;
		takeUp();
		for (const flow of flows.values()) {
			flow.deviceId ??= flow.request.otherDeviceId?.toString();
			flow.agreed ??= agreedIn(flow.request);
			await acceptStart(flow.request, send);
		}
		if (isStopped) return;
		for (const repeated of repeatedEnds(list())) drop(repeated);
		const verifications = list();
		const news = JSON.stringify(verifications);
		if (news === told) return;
		for (const done of newlyDone(JSON.parse(told), verifications)) onDone(done);
		told = news;
		tell({ kind: "verifications", verifications, isNewEngine: false });
	};
	return {
		...{ look, add, list, drop },
		get: (name) => flows.get(nameOf(name)),
		heed: (userId) => void people.add(userId),
		stop: () => {
			isStopped = true;
		},
	};
};

/** Two at once with one person end each other, and may both have been seen before: their person is told of it once. */
const repeatedEnds = (all: readonly VerificationSnapshot[]): readonly VerificationSnapshot[] => {
	const told = new Set<string>();
	return all.filter(({ userId, step }) => {
		if (step.kind !== "ended") return false;
		const what = JSON.stringify([userId, step.why]);
		const isRepeated = told.has(what);
		told.add(what);
		return isRepeated;
	});
};

const newlyDone = (
	before: readonly VerificationSnapshot[],
	now: readonly VerificationSnapshot[],
): readonly VerificationSnapshot[] => {
	const ofDone = (all: readonly VerificationSnapshot[]) => all.filter(({ step }) => step.kind === "done");
	const known = new Set(ofDone(before).map(({ flowId }) => flowId));
	return ofDone(now).filter(({ flowId }) => !known.has(flowId));
};

/** The other has chosen emoji: both agreed to verify before, so nobody is asked once more. */
const acceptStart = async (request: VerificationRequest, send: FlowParts["send"]): Promise<void> => {
	using verification = request.getVerification();
	if (!(verification instanceof Sas) || verification.hasBeenAccepted() || verification.isCancelled()) return;
	// Nothing where it was begun here: that the other accepts.
	const accepting = verification.accept();
	if (accepting !== undefined) await send(accepting).catch(() => undefined);
};

const nameOf = ({ userId, flowId }: FlowName): string => JSON.stringify([userId, flowId]);
