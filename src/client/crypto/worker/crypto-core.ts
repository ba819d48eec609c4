/**
 * The engine without what a browser puts around it: opens the machine of one device, keeps it talking with the server, and
 * answers the calls of pages. A machine that broke down is never asked again: whatever comes of that is the host's, which
 * starts another one over the same store.
 */
import type { OlmMachine, RoomKeyInfo, RoomKeyWithheldInfo } from "@matrix-org/matrix-sdk-crypto-wasm";
import type {
	CryptoCallName,
	CryptoInput,
	CryptoNews,
	CryptoOutput,
	EngineAccount,
	ReadResult,
	SealedEvent,
} from "../crypto-message.ts";
import { createIdentityWait } from "./await-identities.ts";
import { createChangedIdentities } from "./changed-identities.ts";
import { createClaims } from "./claim-sessions.ts";
import { decryptEvents } from "./decrypt-events.ts";
import { createRoomEncryptor } from "./encrypt-event.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { createHistory } from "./history/history-calls.ts";
import { keepIdentity } from "./keep-identity.ts";
import type { KeyServer } from "./key-server.ts";
import { createSenderBook } from "./known-senders.ts";
import { createOutgoingLoop } from "./outgoing-loop.ts";
import { watchOwnDevice } from "./own-device.ts";
import { createNewsReceiver, type TakenNews } from "./receive-news.ts";
import type { KeyRef } from "./recovery/ports.ts";
import { createRecovery } from "./recovery/recovery-calls.ts";
import { createRoomReadiness } from "./room-readiness.ts";
import { storeFailureIn } from "./store-failure.ts";
import { createRoomChannel } from "./verification/room-channel.ts";
import { createVerification, type RunningVerification } from "./verification/verification-calls.ts";
import { watchMachine } from "./watch-machine.ts";

/** What a browser, or a test, gives the engine. */
export interface CryptoHost {
	/** Opens the machine over the device's store; `isNew`: there was none. */
	readonly openMachine: (account: EngineAccount) => Promise<{ readonly machine: OlmMachine; readonly isNew: boolean }>;
	readonly openMemory: (account: EngineAccount) => Promise<EngineMemory>;
	/** Deletes what the two above kept. */
	readonly forget: (account: EngineAccount) => Promise<void>;
	readonly server: KeyServer;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly tell: (news: CryptoNews) => void;
	/** The machine is no more. May be called again. */
	readonly onBroken: (error: unknown) => void;
}

/** Answers to every call but `start`, which makes them. */
export type CallHandlers = {
	readonly [C in Exclude<CryptoCallName, "start">]: (input: CryptoInput<C>) => Promise<CryptoOutput<C>>;
};

export interface StartedCrypto {
	readonly isNew: boolean;
	readonly handlers: CallHandlers;
	/** Ends the work; the store stays. */
	stop(): void;
}

export const startCrypto = async (host: CryptoHost, account: EngineAccount): Promise<StartedCrypto> => {
	const { later } = host;
	const { machine, close, isNew, memory } = await openMachine(host, account);
	const { server, assertOwn } = watchOwnDevice({
		...{ machine, server: host.server },
		onLost: () => host.tell({ kind: "trouble", trouble: "store-lost" }),
	});
	const tell = (news: CryptoNews): void => {
		if (news.kind === "people" || news.kind === "identity") readiness.doubt();
		recovery.hear(news);
		host.tell(news);
	};
	const readiness = createRoomReadiness(later);
	const loop = createOutgoingLoop({ machine, server, later, onRoomMessage: (request) => void channel.take(request) });
	const claims = createClaims(machine, loop);
	const changed = createChangedIdentities(machine, memory);
	const identities = createIdentityWait({ machine, loop, later });
	const encryptor = createRoomEncryptor({ machine, loop, claims, changed, identities, assertOwn, readiness });
	const channel = createRoomChannel({ machine, server, later, encrypt: encryptor.encryptForVerification });
	const onTaken = (taken: TakenNews): void => history.hear(taken);
	const receiver = createNewsReceiver({ machine, memory, server, loop, claims, onTaken });
	const senders = createSenderBook(machine, loop);
	const recovery = createRecovery({ machine, memory, server, loop, later, tell: host.tell, know: senders.know });
	const { restoreRoom } = recovery;
	const history = createHistory({ machine, memory, server, loop, claims, changed, restoreRoom, later });
	const identity = keepIdentity({ machine, server, loop, later, tell, onOther: changed.forget });
	const verification = createVerification({ machine, loop, channel, changed, know: senders.know, tell, later });
	tellOfKeys(machine, tell, identity.look);
	const stop = (): void => {
		for (const part of [verification, identity, history, recovery, loop]) part.stop();
		close();
	};
	return {
		...{ isNew, stop },
		handlers: {
			receive: async (input) => {
				assertOwn();
				if (input.isStart || input.news.changed.length + input.news.left.length > 0) readiness.doubt();
				await takeIn({ senders, verification, receiver }, input);
				return {};
			},
			acceptIdentities: async ({ userIds }) => {
				readiness.doubt();
				await changed.accept(userIds);
				// What they wrote since they changed may be opened now, and every window shows it.
				tell({ kind: "people", userIds });
				return {};
			},
			encrypt: async (message) => ({ content: await encryptor.encrypt(message) }),
			prepare: (readers) => encryptor.prepare(readers).then(() => ({})),
			decrypt: async ({ events }) => {
				await senders.know(events.map(({ sender }) => sender));
				const results = await decryptEvents(machine, memory, events);
				for (const key of missingKeys(events, results)) recovery.want(key);
				await verification.hear(events, results);
				return { results };
			},
			...recovery.handlers,
			...history.handlers,
			...verification.handlers,
			status: async () => {
				assertOwn();
				return { identity: await identity.status() };
			},
			inboxLosses: () => memory.losses(),
			forget: async () => {
				stop();
				await host.forget(account);
				return {};
			},
		},
	};
};

/** The machine, watched, and what is remembered beside it. */
const openMachine = async (host: CryptoHost, account: EngineAccount) => {
	const [{ machine: opened, isNew }, memory] = await Promise.all([host.openMachine(account), host.openMemory(account)]);
	const { machine, close } = watchMachine(opened, {
		later: host.later,
		onEnd: (error) => {
			if (storeFailureIn(error) === "storage-full") host.tell({ kind: "trouble", trouble: "storage-full" });
			host.onBroken(error);
		},
	});
	// A key that did not come is fetched from the backup: asking other devices for it would make them answer anybody.
	machine.roomKeyRequestsEnabled = false;
	machine.roomKeyForwardingEnabled = false;
	return { machine, close, isNew, memory };
};

interface Intake {
	readonly senders: ReturnType<typeof createSenderBook>;
	readonly verification: Pick<RunningVerification, "prepare" | "look">;
	readonly receiver: ReturnType<typeof createNewsReceiver>;
}

const takeIn = async ({ senders, verification, receiver }: Intake, input: CryptoInput<"receive">): Promise<void> => {
	const { toDevice } = input.news;
	// Before a key of theirs is taken in: whose identity is not known then is not believed later, once their device is gone.
	await senders.know(toDevice.map(({ sender }) => sender));
	await verification.prepare(toDevice);
	await receiver.receive(input);
	await verification.look();
};

/** What the backup may put right: another device of the person may have got the key, or an earlier one. */
const repairable: ReadonlySet<string> = new Set(["no-key", "withheld", "withheld-unverified", "key-begins-later"]);

/** The keys that the backup may have. */
const missingKeys = (events: readonly SealedEvent[], results: readonly ReadResult[]): readonly KeyRef[] =>
	results.flatMap((result, index) => {
		const roomId = events[index]?.roomId;
		if (result.kind === "read" || result.sessionId === undefined || roomId === undefined) return [];
		return repairable.has(result.reason) ? [{ roomId, sessionId: result.sessionId }] : [];
	});

/** What could not be read for want of a key may be tried again, and what was known of people may be old. */
const tellOfKeys = (machine: OlmMachine, tell: CryptoHost["tell"], onOwnDevices: () => Promise<void>): void => {
	const own = machine.userId.toString();
	const tellOf = async (keys: readonly (RoomKeyInfo | RoomKeyWithheldInfo)[]): Promise<void> => {
		const sessions = keys.map((key) => ({ roomId: key.roomId.toString(), sessionId: key.sessionId }));
		for (const key of keys) key.free();
		tell({ kind: "roomKeys", sessions });
	};
	machine.registerRoomKeyUpdatedCallback(tellOf);
	// That a key is kept from this device is another reason than that it has not come.
	machine.registerRoomKeysWithheldCallback(tellOf);
	machine.registerDevicesUpdatedCallback(async (userIds: string[]) => {
		tell({ kind: "people", userIds });
		if (userIds.includes(own)) await onOwnDevices();
	});
};
