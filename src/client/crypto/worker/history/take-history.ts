/**
 * Takes the keys of a room's past from whoever invited the person of this device. What they hand over is as good as they
 * are: whoever hands on a key could have made it up. So it is taken from the inviter alone, from a device that they vouch
 * for, once, and within a month of the invitation being accepted: they may not be there at once.
 * Matrix v1.19 Client-Server API, "Sharing keys of past messages" (MSC4268).
 */
import { type OlmMachine, RoomId, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { Unanswered } from "../key-server.ts";
import type { OutgoingLoop } from "../outgoing-loop.ts";
import { createTurns } from "../turns.ts";
import { unlessBroken } from "../unless-broken.ts";
import { isEnd } from "../watch-machine.ts";
import type { HistoryServer } from "./history-server.ts";

interface TakingParts {
	readonly machine: Pick<
		OlmMachine,
		| "storeRoomPendingKeyBundle"
		| "clearRoomPendingKeyBundle"
		| "getAllRoomsPendingKeyBundles"
		| "getReceivedRoomKeyBundleData"
		| "receiveRoomKeyBundle"
		| "queryKeysForUsers"
	>;
	readonly server: Pick<HistoryServer, "readFile">;
	readonly loop: Pick<OutgoingLoop, "send">;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly now: () => number;
}

export interface HistoryTaking {
	expect(roomId: string, inviterId: string): Promise<void>;
	/** Something may have come that was expected. */
	look(): Promise<void>;
	stop(): void;
}

const longestWaitMs = 30 * 86_400_000;
const retryMs = 60_000;

export const createHistoryTaking = ({ machine, server, loop, later, now }: TakingParts): HistoryTaking => {
	const turns = createTurns();
	let forgetRetry: () => void = () => undefined;
	/** Files that were not what the inviter's device said of them: another one may come. */
	const refused = new Set<string>();
	const take = async (roomId: string, inviterId: string): Promise<void> => {
		const data = await machine.getReceivedRoomKeyBundleData(new RoomId(roomId), new UserId(inviterId));
		if (data === undefined || refused.has(data.url)) return;
		const { url } = data;
		try {
			// It belongs to the machine from then on.
			await machine.receiveRoomKeyBundle(data, await server.readFile(url));
			await machine.clearRoomPendingKeyBundle(new RoomId(roomId));
		} catch (error) {
			if (!(error instanceof Unanswered) && !isEnd(error)) refused.add(url);
			throw error;
		}
	};
	const lookNow = async (): Promise<void> => {
		const expected = (await machine.getAllRoomsPendingKeyBundles()).map((one) => {
			const room = {
				roomId: one.roomId.toString(),
				inviterId: one.inviterId.toString(),
				since: one.inviteAcceptedAtMillis,
			};
			one.free();
			return room;
		});
		for (const { roomId, inviterId, since } of expected) {
			if (now() - since > longestWaitMs) await machine.clearRoomPendingKeyBundle(new RoomId(roomId));
			else await take(roomId, inviterId).catch(retryLater);
		}
	};
	const retryLater = (error: unknown): void => {
		unlessBroken(error);
		if (!(error instanceof Unanswered)) return;
		forgetRetry();
		forgetRetry = later(() => void look(), retryMs);
	};
	// The machine may be closed meanwhile; what is expected stays in its store.
	const look = (): Promise<void> => turns.inTurn("", lookNow).catch(unlessBroken);
	return {
		expect: async (roomId, inviterId) => {
			await machine.storeRoomPendingKeyBundle(new RoomId(roomId), new UserId(inviterId));
			// Whether a device is the inviter's is decided by what is known of them now.
			await loop.send(machine.queryKeysForUsers([new UserId(inviterId)])).catch(unlessBroken);
			void look();
		},
		look,
		stop: () => forgetRetry(),
	};
};
