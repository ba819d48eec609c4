/** The past of rooms as part of a running engine: handing its keys on, and taking them. */
import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput, CryptoOutput } from "../../crypto-message.ts";
import type { historyCalls } from "../../history-call.ts";
import type { ChangedIdentities } from "../changed-identities.ts";
import type { Claims } from "../claim-sessions.ts";
import type { EngineMemory } from "../engine-memory.ts";
import type { OutgoingLoop } from "../outgoing-loop.ts";
import type { TakenNews } from "../receive-news.ts";
import type { HistoryServer } from "./history-server.ts";
import { createHistorySharing } from "./share-history.ts";
import { createHistoryTaking } from "./take-history.ts";

type HistoryHandlers = {
	readonly [C in keyof typeof historyCalls]: (input: CryptoInput<C>) => Promise<CryptoOutput<C>>;
};

interface HistoryParts {
	readonly machine: OlmMachine;
	readonly memory: EngineMemory;
	readonly server: HistoryServer;
	readonly loop: OutgoingLoop;
	readonly claims: Claims;
	readonly changed: ChangedIdentities;
	readonly restoreRoom: (roomId: string) => Promise<unknown>;
	readonly later: (callback: () => void, delayMs: number) => () => void;
}

export interface RunningHistory {
	readonly handlers: HistoryHandlers;
	/** What the stream brought was taken in. */
	hear(news: TakenNews): void;
	stop(): void;
}

/** What an engine before this one left to do waits until the page has what it needs. */
const beginAfterMs = 5_000;

export const createHistory = (parts: HistoryParts): RunningHistory => {
	const sharing = createHistorySharing(parts);
	const taking = createHistoryTaking({ ...parts, now: Date.now });
	const forgetBegin = parts.later(() => {
		void sharing.look();
		void taking.look();
	}, beginAfterMs);
	return {
		handlers: {
			shareHistory: async ({ roomId, userIds }) => {
				await sharing.owe(roomId, userIds);
				return {};
			},
			expectHistory: async ({ roomId, inviterId }) => {
				await taking.expect(roomId, inviterId);
				return {};
			},
		},
		hear: ({ people, hasMessages, isStart }) => {
			if (isStart || people.length > 0) void sharing.look(isStart ? undefined : people);
			if (isStart || hasMessages) void taking.look();
		},
		stop: () => {
			forgetBegin();
			sharing.stop();
			taking.stop();
		},
	};
};
