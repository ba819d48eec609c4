import Olm from "@matrix-org/olm";
import { type SignedObject, signedText, withSignature } from "./canonical-text.ts";

export const olmAlgorithm = "m.olm.v1.curve25519-aes-sha2";
export const megolmAlgorithm = "m.megolm.v1.aes-sha2";

/** The keys of one device, made and held by libolm. */
export const openLibolmAccount = (userId: string, deviceId: string) => {
	const account = new Olm.Account();
	account.create();
	const { curve25519, ed25519 }: { curve25519: string; ed25519: string } = JSON.parse(account.identity_keys());
	const sign = <Signed extends SignedObject>(json: Signed): Signed =>
		withSignature(json, { signer: userId, keyId: `ed25519:${deviceId}`, signature: account.sign(signedText(json)) });
	const deviceKeys = sign({
		user_id: userId,
		device_id: deviceId,
		algorithms: [olmAlgorithm, megolmAlgorithm],
		keys: { [`curve25519:${deviceId}`]: curve25519, [`ed25519:${deviceId}`]: ed25519 },
	});
	const named = (made: string, more: object = {}): Record<string, SignedObject> =>
		Object.fromEntries(
			Object.entries<string>(JSON.parse(made).curve25519).map(([id, key]) => [
				`signed_curve25519:${id}`,
				sign({ key, ...more }),
			]),
		);
	return {
		...{ account, userId, deviceId, curve25519, ed25519, deviceKeys, sign },
		/** So many new keys, to be uploaded once. */
		makeOneTimeKeys: (count: number): Record<string, SignedObject> => {
			account.generate_one_time_keys(count);
			const keys = named(account.one_time_keys());
			account.mark_keys_as_published();
			return keys;
		},
		/** What is handed out when no one-time key is left; the one before is still understood. */
		makeFallbackKey: (): Record<string, SignedObject> => {
			account.generate_fallback_key();
			const keys = named(account.unpublished_fallback_key(), { fallback: true });
			account.mark_keys_as_published();
			return keys;
		},
	};
};

export type LibolmAccount = ReturnType<typeof openLibolmAccount>;
