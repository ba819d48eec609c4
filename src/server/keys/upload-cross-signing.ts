import {
	type CrossSigningUsage,
	checkCrossSigningUpload,
	crossSigningPublicKey,
} from "../../../federation/device-keys/cross-signing-keys.ts";
import { signingKeyOf } from "../../../federation/device-keys/device-keys.ts";
import { keyNameOf } from "../../../federation/device-keys/signed-by.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import type { PersonProof, Viewer } from "../accounts/public.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { StoredCrossSigningKey } from "./ports.ts";
import { canonical, keysRefused, storedObject } from "./stored-json.ts";
import { tellOfKeys } from "./tell-of-keys.ts";

export interface CrossSigningRequest {
	readonly keys: Partial<Record<CrossSigningUsage, JsonObject>>;
	/** Wanted where keys that are there are replaced. */
	readonly proof?: PersonProof | undefined;
}

/**
 * Takes in the person's own cross-signing keys. The first ones need nothing more; others take their place only for whoever
 * proves to be the person. The same keys again change nothing. Throws `keys-refused` with a rule, `confirmation-needed`,
 * and what `confirmPerson` throws. Matrix v1.19 Client-Server API, `POST /keys/device_signing/upload`.
 */
export const uploadCrossSigning = async (
	dependencies: KeysDependencies,
	viewer: Viewer,
	{ keys, proof }: CrossSigningRequest,
): Promise<void> => {
	const { store, bus, log } = dependencies;
	const { userId } = viewer;
	for (const json of Object.values(keys)) canonical(json);
	const [stored, devices] = await Promise.all([store.crossSigningOf([userId]), store.devicesOf([userId])]);
	const checked = checkCrossSigningUpload({
		...{ userId, uploaded: keys, storedMaster: jsonOf(stored, "master") },
		deviceKey: (deviceId) => {
			const device = devices.find((each) => each.deviceId === deviceId);
			return device === undefined ? undefined : signingKeyOf(storedObject(device.json), deviceId);
		},
		verifier: dependencies.verifier,
	});
	if (checked.kind === "refused") throw keysRefused(checked);
	const uploaded = checked.keys.map(({ usage, json }) => ({ userId, usage, json: canonical(json) }));
	const fresh = uploaded.filter((key) => !stored.some((old) => isSameKey(old, key)));
	if (fresh.length === 0) return;
	if (fresh.some(({ usage }) => stored.some((old) => old.usage === usage))) {
		if (proof === undefined) throw new AppError("confirmation-needed");
		await dependencies.confirmPerson(viewer, proof);
	}
	const isNewMaster = fresh.some(({ usage }) => usage === "master");
	// What the old master key signed is not signed by the new one.
	const kept = isNewMaster ? [] : stored.filter((old) => !fresh.some(({ usage }) => usage === old.usage));
	const next = [...kept, ...(isNewMaster ? uploaded : fresh)];
	const gone = stored.map(nameOf).filter((name) => !next.some((key) => nameOf(key) === name));
	if (!(await store.changeCrossSigning({ userId, expected: stored, keys: next, gone }))) {
		throw new AppError("confirmation-needed", { detail: "another device was faster" });
	}
	log.info({ userId, deviceId: viewer.deviceId, count: fresh.length }, "cross-signing keys changed");
	await tellOfKeys(store, bus);
};

const jsonOf = (keys: readonly StoredCrossSigningKey[], usage: CrossSigningUsage): JsonObject | undefined => {
	const found = keys.find((key) => key.usage === usage);
	return found === undefined ? undefined : storedObject(found.json);
};

const nameOf = ({ json }: { readonly json: string }): string => keyNameOf(crossSigningPublicKey(storedObject(json)));

/** More signatures do not make another key of it. */
const isSameKey = (
	old: StoredCrossSigningKey,
	key: { readonly userId: UserId; readonly usage: CrossSigningUsage; readonly json: string },
): boolean => old.usage === key.usage && nameOf(old) === nameOf(key);
