export { claimedObject, claimLocalKeys } from "./claim-keys.ts";
export { createKeys, type Keys } from "./create-keys.ts";
export type {
	AddedKeySignature,
	ClaimedKey,
	CrossSigningChange,
	DehydratedStore,
	DeviceRef,
	KeyCounts,
	KeyStore,
	ListChanges,
	NewDehydratedDevice,
	NewDeviceKeys,
	NewOneTimeKey,
	RemoteDevices,
	RemoteKeys,
	StoredCrossSigningKey,
	StoredDehydratedDevice,
	StoredDeviceKeys,
	WantedKey,
} from "./ports.ts";
export { composeAnswer, shownCrossSigningKey, shownDevice } from "./query-keys.ts";
export { storedObject } from "./stored-json.ts";
