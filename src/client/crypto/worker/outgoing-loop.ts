/**
 * Brings what the engine has to say to the server: device keys, questions for others' devices, messages to devices. One
 * request after the other in the engine's order; what fails stays the engine's and goes out with a later round.
 */
import {
	type KeysBackupRequest,
	type KeysClaimRequest,
	type KeysQueryRequest,
	type KeysUploadRequest,
	type OlmMachine,
	RequestType,
	type RoomMessageRequest,
	type SignatureUploadRequest,
	type ToDeviceRequest,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { WireJson } from "../../../shared/wire/key-calls.ts";
import type { KeyServer } from "./key-server.ts";

export type EngineRequest =
	| KeysUploadRequest
	| KeysQueryRequest
	| KeysClaimRequest
	| ToDeviceRequest
	| SignatureUploadRequest
	| KeysBackupRequest;

export interface OutgoingLoop {
	/** Sends what is there, and what comes of it. True: nothing is left. Otherwise it tries again by itself. */
	run(): Promise<boolean>;
	/** True while the server has not answered whose devices there are, though it was asked. */
	isQueryUnanswered(): boolean;
	/** True while a server did not say what devices its people have, when it was last asked through ours. */
	isSilent(serverName: string): boolean;
	/** Sends one request that the engine made to be sent now. Rejects as the server's call does. */
	send(request: EngineRequest): Promise<void>;
	stop(): void;
}

interface LoopParts {
	readonly machine: Pick<OlmMachine, "outgoingRequests" | "markRequestAsSent">;
	readonly server: KeyServer;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	/** What goes into a room is sealed first, for which there is another way. */
	readonly onRoomMessage?: ((request: RoomMessageRequest) => void) | undefined;
	/** Called after a request was answered, before the next one is sent. */
	readonly onSent?: ((request: EngineRequest) => void) | undefined;
}

/** An answer may make new requests; an engine that never comes to an end is left for the next round. */
const mostRounds = 20;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

export const createOutgoingLoop = ({ machine, server, later, onRoomMessage, onSent }: LoopParts): OutgoingLoop => {
	let current: Promise<boolean> | undefined;
	let isWantedAgain = false;
	let failures = 0;
	let forgetRetry: () => void = () => undefined;
	let isStopped = false;
	let isQueryUnanswered = false;
	const silent = new Set<string>();
	const send = async (request: EngineRequest): Promise<void> => {
		const answer = await answerTo(server, request);
		if (request.type === RequestType.KeysQuery) noteSilent(silent, request, answer);
		// A server that does not hand out its people's keys now is asked again with the next message.
		if (request.type === RequestType.KeysClaim && hasFailures(answer)) return;
		const told = JSON.stringify(request.type === RequestType.KeysQuery ? withoutFailures(answer) : answer);
		if (request.id !== undefined) await machine.markRequestAsSent(request.id, request.type, told);
		onSent?.(request);
	};
	/** People of a server that does not answer are asked for with each run, and not twice in one. */
	const isNewIn = (asked: Set<string>, request: EngineRequest): boolean => {
		if (request.type !== RequestType.KeysQuery) return true;
		const people = peopleAskedFor(request);
		const isNew = people.length === 0 || people.some((userId) => !asked.has(userId));
		for (const userId of people) asked.add(userId);
		return isNew;
	};
	const runRound = async (asked: Set<string>): Promise<"empty" | "sent" | "failed"> => {
		const all = forServer((await machine.outgoingRequests()) as AnyRequest[], onRoomMessage);
		const requests = all.filter((request) => isNewIn(asked, request));
		let hasFailed = false;
		for (const request of requests) {
			if (isStopped) return "failed";
			// What one of them meets must not hold up the others.
			const isSent = await send(request).then(
				() => true,
				() => false,
			);
			hasFailed ||= !isSent;
			if (request.type === RequestType.KeysQuery) isQueryUnanswered = !isSent;
		}
		if (hasFailed) return "failed";
		return requests.length === 0 ? "empty" : "sent";
	};
	const runAll = async (): Promise<boolean> => {
		forgetRetry();
		const asked = new Set<string>();
		for (let round = 0; round < mostRounds && !isStopped; round += 1) {
			isWantedAgain = false;
			const outcome = await runRound(asked);
			if (outcome === "failed") break;
			if (outcome === "empty" && !isWantedAgain) {
				failures = 0;
				return true;
			}
		}
		if (!isStopped) forgetRetry = later(() => void run(), Math.min(firstPauseMs * 2 ** failures, longestPauseMs));
		failures += 1;
		return false;
	};
	const run = (): Promise<boolean> => {
		isWantedAgain = true;
		current ??= runAll().finally(() => {
			current = undefined;
		});
		return current;
	};
	return {
		run,
		send,
		isQueryUnanswered: () => isQueryUnanswered,
		isSilent: (serverName) => silent.has(serverName),
		stop: () => {
			isStopped = true;
			forgetRetry();
		},
	};
};

type AnyRequest = EngineRequest | RoomMessageRequest;

const forServer = (all: readonly AnyRequest[], onRoomMessage: LoopParts["onRoomMessage"]): readonly EngineRequest[] =>
	all.filter((request): request is EngineRequest => {
		if (isForRoom(request)) onRoomMessage?.(request);
		return !isForRoom(request);
	});

/** Whether it goes into a room, sealed, and not to a key call of the server. */
export const isForRoom = (request: AnyRequest): request is RoomMessageRequest =>
	request.type === RequestType.RoomMessage;

const answerTo = (server: KeyServer, request: EngineRequest): Promise<unknown> => {
	const body = JSON.parse(request.body) as WireJson;
	switch (request.type) {
		case RequestType.KeysUpload:
			return server.upload(body);
		case RequestType.KeysQuery:
			return server.query(body);
		case RequestType.KeysClaim:
			return server.claim(body);
		case RequestType.SignatureUpload:
			return server.uploadSignatures(body);
		case RequestType.ToDevice: {
			const { event_type, txn_id } = request as ToDeviceRequest;
			return server.sendToDevice({ event_type, txn_id, messages: body["messages"] as WireJson });
		}
		case RequestType.KeysBackup:
			return server.putBackedUpKeys({ ...body, version: (request as KeysBackupRequest).version });
		default:
			throw new Error("the engine made a request of another kind");
	}
};

const peopleAskedFor = (request: EngineRequest): readonly string[] =>
	Object.keys(JSON.parse(request.body).device_keys ?? {});

/** Of the servers whose people were asked for, those that did not answer. */
const noteSilent = (silent: Set<string>, request: EngineRequest, answer: unknown): void => {
	const failures = typeof answer === "object" && answer !== null && "failures" in answer ? answer.failures : undefined;
	const failed = new Set(Object.keys(failures ?? {}));
	for (const name of new Set(peopleAskedFor(request).map(serverOf))) {
		if (failed.has(name)) silent.add(name);
		else silent.delete(name);
	}
};

export const serverOf = (userId: string): string => userId.slice(userId.indexOf(":") + 1);

const hasFailures = (answer: unknown): boolean =>
	typeof answer === "object" &&
	answer !== null &&
	"failures" in answer &&
	Object.keys(answer.failures ?? {}).length > 0;

/**
 * The machine leaves everybody of a server alone for up to a quarter of an hour that is named as failing, and messages do not
 * reach them meanwhile. Left out, they are asked for again with the next message.
 */
const withoutFailures = (answer: unknown): unknown =>
	typeof answer === "object" && answer !== null ? { ...answer, failures: {} } : answer;
