/**
 * Hands the keys of a room's past to people whom the person of this device invited: those sessions that were begun while the
 * room let newcomers read, and no others; the machine keeps that with each. Whoever has no device yet is owed them, over
 * restarts, and until they are in the room: the device that they join with may be another one than they were invited with.
 * Matrix v1.19 Client-Server API, "Sharing keys of past messages" (MSC4268).
 */
import { CollectStrategy, type OlmMachine, RoomId, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { ChangedIdentities } from "../changed-identities.ts";
import type { Claims } from "../claim-sessions.ts";
import type { EngineMemory, HistoryDebt } from "../engine-memory.ts";
import { Unanswered } from "../key-server.ts";
import type { OutgoingLoop } from "../outgoing-loop.ts";
import { createTurns } from "../turns.ts";
import { unlessBroken } from "../unless-broken.ts";
import type { HistoryServer } from "./history-server.ts";

interface SharingParts {
	readonly machine: Pick<
		OlmMachine,
		"getUserDevices" | "queryKeysForUsers" | "buildRoomKeyBundle" | "shareRoomKeyBundleData" | "updateTrackedUsers"
	>;
	readonly memory: Pick<EngineMemory, "debts" | "putDebt" | "dropDebt">;
	readonly server: HistoryServer;
	readonly loop: Pick<OutgoingLoop, "send">;
	readonly claims: Claims;
	readonly changed: Pick<ChangedIdentities, "among">;
	/** Brings what the backup has of a room: what this device never had is part of its past too. */
	readonly restoreRoom: (roomId: string) => Promise<unknown>;
	readonly later: (callback: () => void, delayMs: number) => () => void;
}

export interface HistorySharing {
	owe(roomId: string, userIds: readonly string[]): Promise<void>;
	/** Something about these people is new; without people: about anybody. */
	look(userIds?: readonly string[]): Promise<void>;
	stop(): void;
}

const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;

export const createHistorySharing = (parts: SharingParts): HistorySharing => {
	const { memory, later } = parts;
	const turns = createTurns();
	let failures = 0;
	let forgetRetry: () => void = () => undefined;
	const settle = createSettling(parts);
	const settleAll = async (userIds: readonly string[] | undefined): Promise<void> => {
		const debts = await memory.debts();
		const due = debts.filter(({ userId }) => userIds?.includes(userId) ?? true);
		let isOpen = due.length < debts.length;
		for (const debt of due) isOpen = !(await settle(debt).catch(unlessBroken)) || isOpen;
		if (due.length === 0 || !isOpen) return;
		// Of a server that was away nothing may be heard when it is back.
		forgetRetry();
		forgetRetry = later(() => void look(), Math.min(firstPauseMs * 2 ** failures, longestPauseMs));
		failures += 1;
	};
	// The machine may be closed meanwhile; what is left of it is another engine's.
	const look = (userIds?: readonly string[]): Promise<void> =>
		turns.inTurn("", () => settleAll(userIds)).catch(unlessBroken);
	return {
		owe: async (roomId, userIds) => {
			for (const userId of userIds) await memory.putDebt({ roomId, userId, deviceIds: [] });
			failures = 0;
			void look(userIds);
		},
		look,
		stop: () => forgetRetry(),
	};
};

/** One debt at a time. True: nothing is left of it. */
const createSettling = ({ machine, memory, server, loop, claims, changed, restoreRoom }: SharingParts) => {
	const restored = new Set<string>();
	const hand = async ({ roomId, userId }: HistoryDebt): Promise<boolean> => {
		if (!restored.has(roomId)) await restoreRoom(roomId).catch(onlyUnanswered);
		restored.add(roomId);
		using bundle = await machine.buildRoomKeyBundle(new RoomId(roomId));
		const info = bundle?.mediaEncryptionInfo;
		// Nothing was written yet that they may read.
		if (bundle === undefined || info === undefined) return true;
		const address = await server.putFile(bundle.encryptedData);
		await claims.claim([userId]);
		const strategy = CollectStrategy.identityBasedStrategy();
		const [person, room] = [new UserId(userId), new RoomId(roomId)];
		const requests = await machine.shareRoomKeyBundleData(person, room, address, info, strategy);
		for (const request of requests) await loop.send(request);
		return requests.length > 0;
	};
	return async (debt: HistoryDebt): Promise<boolean> => {
		const { roomId, userId } = debt;
		const membership = await server.membershipOf(roomId, userId);
		if (membership !== "join" && membership !== "invite") {
			await memory.dropDebt(debt);
			return true;
		}
		await machine.updateTrackedUsers([new UserId(userId)]);
		await loop.send(machine.queryKeysForUsers([new UserId(userId)]));
		// To an identity that changed nothing goes before the person of this device has seen that.
		if ((await changed.among([userId])).length > 0) return false;
		const deviceIds = await vouchedFor(machine, userId);
		const isHanded = deviceIds.every((deviceId) => debt.deviceIds.includes(deviceId)) || (await hand(debt));
		if (deviceIds.length === 0 || !isHanded) return false;
		if (membership === "join") await memory.dropDebt(debt);
		else await memory.putDebt({ ...debt, deviceIds });
		return membership === "join";
	};
};

/** A backup that is another one now, or damaged, keeps nobody from what this device has. */
const onlyUnanswered = (error: unknown): void => {
	if (error instanceof Unanswered) throw error;
	unlessBroken(error);
};

/** The devices of a person that they vouch for: no other gets keys. */
const vouchedFor = async (machine: Pick<OlmMachine, "getUserDevices">, userId: string): Promise<readonly string[]> => {
	using devices = await machine.getUserDevices(new UserId(userId));
	return devices.devices().flatMap((device) => {
		const found = device.isCrossSignedByOwner() ? [device.deviceId.toString()] : [];
		device.free();
		return found;
	});
};
