/**
 * Takes in what the stream brings for the device. Messages are processed and stored before the server may let them go, and
 * those that another window's subscription brought already are left out: opened twice they would look like an attack.
 * Matrix v1.19 Client-Server API, "Send-to-Device messaging" and "Extensions to /sync".
 */
import { DeviceLists, type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput } from "../crypto-message.ts";
import type { Claims } from "./claim-sessions.ts";
import type { EngineMemory } from "./engine-memory.ts";
import type { KeyServer } from "./key-server.ts";
import type { OutgoingLoop } from "./outgoing-loop.ts";
import { createIntake, isBehind, toMachine } from "./take-messages.ts";
import { createTurns } from "./turns.ts";

interface NewsParts {
	readonly machine: Pick<OlmMachine, "receiveSyncChanges" | "receiveSyncChangesMsc4186" | "markAllTrackedUsersAsDirty">;
	readonly memory: Omit<EngineMemory, "firstSeen" | "losses">;
	readonly server: Pick<KeyServer, "acknowledgeToDevice">;
	readonly loop: Pick<OutgoingLoop, "run">;
	readonly claims: Claims;
	readonly onTaken: (taken: TakenNews) => void;
}

/** Of what was taken in: whose devices changed, and whether anything was sent to this one. */
export interface TakenNews {
	readonly people: readonly string[];
	readonly hasMessages: boolean;
	readonly isStart: boolean;
}

export const createNewsReceiver = ({ machine, memory, server, loop, claims, onTaken }: NewsParts) => {
	const turns = createTurns();
	const intake = createIntake({ machine, memory });
	const receive = async ({ news, isStart }: CryptoInput<"receive">): Promise<void> => {
		if (isStart) await machine.markAllTrackedUsersAsDirty();
		const processed = await memory.toDevicePosition();
		const fresh = news.toDevice.filter(({ position }) => processed === undefined || isBehind(position, processed));
		const people = (userIds: readonly string[]): UserId[] => userIds.map((userId) => new UserId(userId));
		await intake.handIn(fresh, async (part) => {
			// Everything else at once: an empty map of one-time keys would mean that none are left.
			const events = await machine.receiveSyncChanges(
				toMachine(part),
				new DeviceLists(people(news.changed), people(news.left)),
				new Map(Object.entries(news.oneTimeKeyCounts)),
				new Set(news.unusedFallbackKeys),
			);
			for (const event of events) event.free();
		});
		if (news.droppedToDevice !== undefined) await memory.noteDropped(news.droppedToDevice);
		const { toDevicePosition: position } = news;
		if (position !== undefined) {
			if (processed === undefined || isBehind(position, processed)) await memory.setToDevicePosition(position);
			// A lost acknowledgement is made good by the next one, and nothing is done twice until then.
			void server.acknowledgeToDevice(position).catch(() => undefined);
		}
		const taken = { people: news.changed, hasMessages: fresh.length > 0, isStart };
		void settle().then(
			() => onTaken(taken),
			() => undefined,
		);
	};
	/** What the news made to be said; a session that does not work any more is begun anew by a claim of its own. */
	const settle = async (): Promise<void> => {
		await loop.run();
		await claims.claim([]).catch(() => undefined);
	};
	return { receive: (input: CryptoInput<"receive">): Promise<void> => turns.inTurn("", () => receive(input)) };
};
