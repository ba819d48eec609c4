import type { CrossSigningUsage } from "../../../../federation/device-keys/cross-signing-keys.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { StoredDeviceKeys } from "../../keys/public.ts";

/** What is known of the list of devices of a person of another server. */
export interface KnownList {
	readonly userId: UserId;
	/** As the other server counts. */
	readonly streamId: number;
	/** Something was missed. */
	readonly isStale: boolean;
}

/** A list that is to be asked for. */
export interface DueList {
	readonly userId: UserId;
	/** How often something was missed until now. */
	readonly misses: number;
	/** How often it could not be had. */
	readonly attempts: number;
}

export interface NewRemoteDevice {
	readonly deviceId: string;
	/** JSON. */
	readonly json: string;
}

export interface NewRemoteCrossSigningKey {
	readonly usage: CrossSigningUsage;
	/** JSON. */
	readonly json: string;
}

/** The devices of other servers' people, as far as this server follows them. */
export interface RemoteDeviceStore {
	listsOf(userIds: readonly UserId[]): Promise<readonly KnownList[]>;
	/** Those who share a room with somebody of this server. */
	sharing(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>;
	/** As they were last known: also those whose lists were let go. */
	devicesOf(userIds: readonly UserId[]): Promise<readonly StoredDeviceKeys[]>;
	/** From now on their lists are followed; until they are here they count as stale. */
	follow(userIds: readonly UserId[]): Promise<void>;
	/**
	 * The whole list, in place of what was known. Whoever shares a room with the person is told when it is another one. It stays
	 * stale where more was missed than when it was asked for.
	 */
	putList(
		userId: UserId,
		list: {
			readonly streamId: number;
			/** How often something had been missed when it was asked for. */
			readonly misses: number;
			readonly devices: readonly NewRemoteDevice[];
			readonly crossSigning: readonly NewRemoteCrossSigningKey[];
		},
	): Promise<void>;
	/** One change, where the list is still at `from`: false where it is not. Without keys the device is gone. */
	applyUpdate(
		userId: UserId,
		update: {
			readonly from: number;
			readonly streamId: number;
			readonly deviceId: string;
			readonly json: string | undefined;
		},
	): Promise<boolean>;
	putCrossSigning(userId: UserId, keys: readonly NewRemoteCrossSigningKey[]): Promise<void>;
	/** Something of the person is new; where the list is followed it is to be asked for anew. */
	noteChange(userId: UserId): Promise<void>;
	/** Stale lists whose time has come. */
	due(now: number, limit: number): Promise<readonly DueList[]>;
	/** Counts one attempt more. */
	failed(userId: UserId, nextTryAt: number): Promise<void>;
	/** It is followed no more, until somebody asks for it; what was known of it stays for a while. */
	forget(userId: UserId): Promise<void>;
	/** Those people of this server who share a room with that server, or are invited to one that it is in. */
	peopleFor(server: ServerName, userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>;
	/** The `stream_id` of the newest update of a person of this server; 0: there was none. */
	listId(userId: UserId): Promise<number>;
	/** How far what follows was done; undefined: it never was. */
	settledUpTo(): Promise<number | undefined>;
	noteSettled(position: number): Promise<void>;
	/** People of this server who came into rooms: servers that shared none with them before are told of their devices. */
	tellNewServers(range: { readonly from: number; readonly to: number }): Promise<number>;
	/** People of other servers with whom the last common room is gone are followed no more: of them nobody would hear. */
	forgetParted(range: { readonly from: number; readonly to: number }): Promise<void>;
}
