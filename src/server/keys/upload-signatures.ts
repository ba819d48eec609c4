import { crossSigningPublicKey } from "../../../federation/device-keys/cross-signing-keys.ts";
import { signingKeyOf } from "../../../federation/device-keys/device-keys.ts";
import { keyNameOf } from "../../../federation/device-keys/signed-by.ts";
import {
	checkUploadedSignature,
	type SignedKind,
	type SigningKeys,
} from "../../../federation/device-keys/uploaded-signatures.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { AddedKeySignature, StoredCrossSigningKey, StoredDeviceKeys } from "./ports.ts";
import { canonical, storedObject } from "./stored-json.ts";
import { tellOfKeys } from "./tell-of-keys.ts";

/** Keys with signatures on them, by their person and by what names them: a device id or a master key. */
export interface SignedKeys {
	readonly userId: UserId;
	readonly target: string;
	readonly json: JsonObject;
}

/** Signatures that were not taken, and why. */
export interface SignatureFailure {
	readonly userId: UserId;
	readonly target: string;
	readonly rule: string;
	readonly errcode: "M_INVALID_SIGNATURE" | "M_NOT_FOUND";
}

/**
 * Adds the person's signatures to keys; those that do not hold are left out and named in the answer. Matrix v1.19
 * Client-Server API, `POST /keys/signatures/upload`.
 */
export const uploadSignatures = async (
	dependencies: KeysDependencies,
	signerId: UserId,
	signed: readonly SignedKeys[],
): Promise<readonly SignatureFailure[]> => {
	const { store, bus } = dependencies;
	const known = await loadKnown(dependencies, signerId, signed);
	const added: AddedKeySignature[] = [];
	const failures: SignatureFailure[] = [];
	for (const each of signed) {
		canonical(each.json);
		const place = findTarget(known, signerId, each);
		if (place === undefined) {
			failures.push({ userId: each.userId, target: each.target, rule: "DEV-08", errcode: "M_NOT_FOUND" });
			continue;
		}
		const { signing } = known;
		const check = { signerId, uploaded: each.json, signing, verifier: dependencies.verifier, ...place };
		const checked = checkUploadedSignature(check);
		if (checked.kind === "refused") {
			const { rule } = checked;
			failures.push({ userId: each.userId, target: each.target, rule, errcode: "M_INVALID_SIGNATURE" });
			continue;
		}
		const { userId, target } = each;
		added.push(...checked.added.map((signature) => ({ signerId, userId, target, ...signature })));
	}
	if (added.length > 0) {
		await store.addSignatures(added);
		await tellOfKeys(store, bus);
	}
	return failures;
};

interface KnownKeys {
	readonly devices: readonly StoredDeviceKeys[];
	readonly crossSigning: readonly StoredCrossSigningKey[];
	readonly signing: SigningKeys;
}

const loadKnown = async (
	{ store, remote, serverName }: KeysDependencies,
	signerId: UserId,
	signed: readonly SignedKeys[],
): Promise<KnownKeys> => {
	const userIds = [...new Set([signerId, ...signed.map(({ userId }) => userId)])];
	const local = userIds.filter((userId) => userIdServer(userId) === serverName);
	const elsewhere = userIds.filter((userId) => userIdServer(userId) !== serverName);
	const [devices, crossSigning, others] = await Promise.all([
		store.devicesOf([signerId]),
		store.crossSigningOf(local),
		elsewhere.length === 0 ? undefined : remote.query(new Map(elsewhere.map((userId) => [userId, []]))),
	]);
	const own = (usage: string): Uint8Array | undefined => {
		const found = crossSigning.find((key) => key.userId === signerId && key.usage === usage);
		return found === undefined ? undefined : crossSigningPublicKey(storedObject(found.json));
	};
	return {
		devices,
		crossSigning: [...crossSigning, ...(others?.crossSigning ?? [])],
		signing: {
			selfSigning: own("self_signing"),
			userSigning: own("user_signing"),
			devices: new Map(
				devices.map(({ deviceId, json }) => [deviceId, signingKeyOf(storedObject(json), deviceId)] as const),
			),
		},
	};
};

const findTarget = (
	{ devices, crossSigning }: KnownKeys,
	signerId: UserId,
	{ userId, target }: SignedKeys,
): { readonly kind: SignedKind; readonly stored: JsonObject } | undefined => {
	const device = userId === signerId ? devices.find(({ deviceId }) => deviceId === target) : undefined;
	if (device !== undefined) return { kind: "own-device", stored: storedObject(device.json) };
	const master = crossSigning.find((key) => key.userId === userId && key.usage === "master");
	const stored = master === undefined ? undefined : storedObject(master.json);
	if (stored === undefined || keyNameOf(crossSigningPublicKey(stored)) !== target) return undefined;
	return { kind: userId === signerId ? "own-master" : "other-master", stored };
};
