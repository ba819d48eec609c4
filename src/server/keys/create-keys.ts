import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Viewer } from "../accounts/public.ts";
import { claimKeys } from "./claim-keys.ts";
import {
	type DehydratedUpload,
	putDehydratedDevice,
	readDehydratedDevice,
	readDehydratedEvents,
	removeDehydratedDevice,
} from "./dehydrated-device.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { DeviceRef, WantedKey } from "./ports.ts";
import { type AskedDevices, queryKeys } from "./query-keys.ts";
import { tellOfKeys } from "./tell-of-keys.ts";
import { type CrossSigningRequest, uploadCrossSigning } from "./upload-cross-signing.ts";
import { type KeyUpload, uploadKeys } from "./upload-keys.ts";
import { type SignedKeys, uploadSignatures } from "./upload-signatures.ts";

/** Devices repeat an upload within moments; a name may be used anew after months. */
const claimedHeldMs = 90 * 86_400_000;
/** Somebody who was away that long may still have to be told apart while their server is silent. */
const unfollowedHeldMs = 30 * 86_400_000;

/** The keys of devices and people, bound to what they stand on. */
export const createKeys = (dependencies: KeysDependencies) => {
	const { store, bus, clock } = dependencies;
	const forgetEnded = async (userId?: UserId): Promise<void> => {
		if ((await store.forgetEnded(userId)) > 0) await tellOfKeys(store, bus);
	};
	return {
		upload: (device: DeviceRef, upload: KeyUpload) => uploadKeys(dependencies, device, upload),
		query: (askerId: UserId, asked: AskedDevices) => queryKeys(dependencies, askerId, asked),
		claim: (wanted: readonly WantedKey[]) => claimKeys(dependencies, wanted),
		uploadCrossSigning: (viewer: Viewer, request: CrossSigningRequest) =>
			uploadCrossSigning(dependencies, viewer, request),
		uploadSignatures: (signerId: UserId, signed: readonly SignedKeys[]) =>
			uploadSignatures(dependencies, signerId, signed),
		dehydrated: {
			put: (userId: UserId, upload: DehydratedUpload) => putDehydratedDevice(dependencies, userId, upload),
			read: (userId: UserId) => readDehydratedDevice(dependencies, userId),
			remove: (userId: UserId) => removeDehydratedDevice(dependencies, userId),
			events: (userId: UserId, query: Parameters<typeof readDehydratedEvents>[2]) =>
				readDehydratedEvents(dependencies, userId, query),
		},
		/** Whose devices changed; without an end, up to now. */
		changes: async (userId: UserId, range: { readonly from: number; readonly to?: number | undefined }) =>
			store.changesFor(userId, { from: range.from, to: range.to ?? (await store.position()) }),
		/** Lets go what devices had that are signed out: of one person, whose sessions just ended, or of everybody. */
		forgetEnded,
		sweep: async (): Promise<void> => {
			await forgetEnded();
			await store.forgetClaimed(clock.now() - claimedHeldMs);
			await store.forgetUnfollowed(clock.now() - unfollowedHeldMs);
		},
	};
};

export type Keys = ReturnType<typeof createKeys>;
