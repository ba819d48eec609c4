import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";
import type { CryptoServer } from "./crypto-client.ts";
import { type SignedObject, withSignature } from "./libolm-client/canonical-text.ts";

type ByDevice<Value> = Map<string, Value>;
type Messages = Record<string, Record<string, Record<string, unknown>>>;

/** What a server holds for devices, without any check: what the implementations refuse, they refuse by themselves. */
export const createMemoryServer = () => {
	const deviceKeys = new Map<string, Record<string, SignedObject>>();
	const signingKeys = { master_keys: {}, self_signing_keys: {}, user_signing_keys: {} } as Record<
		string,
		Record<string, SignedObject>
	>;
	const oneTimeKeys: ByDevice<[string, SignedObject][]> = new Map();
	const fallbackKeys: ByDevice<[string, SignedObject]> = new Map();
	let lastPosition = 0;
	const inbox: ByDevice<WireDeviceNews["toDevice"][number][]> = new Map();

	const addSignatures = (target: SignedObject | undefined, added: SignedObject): SignedObject => {
		let signed = target ?? added;
		for (const [signer, signatures] of Object.entries(added.signatures ?? {})) {
			for (const [keyId, signature] of Object.entries(signatures)) {
				signed = withSignature(signed, { signer, keyId, signature });
			}
		}
		return signed;
	};
	const claimOne = (name: string): Record<string, SignedObject> => {
		const key = oneTimeKeys.get(name)?.shift() ?? fallbackKeys.get(name);
		return key === undefined ? {} : { [key[0]]: key[1] };
	};
	const serverOf = (userId: string, deviceId: string): CryptoServer => {
		const name = `${userId} ${deviceId}`;
		return {
			upload: async (body) => {
				const { device_keys, one_time_keys = {}, fallback_keys = {} } = body as Record<string, Record<string, never>>;
				if (device_keys !== undefined) {
					deviceKeys.set(userId, { ...deviceKeys.get(userId), [deviceId]: device_keys as SignedObject });
				}
				oneTimeKeys.set(name, [...(oneTimeKeys.get(name) ?? []), ...Object.entries(one_time_keys)]);
				for (const key of Object.entries(fallback_keys)) fallbackKeys.set(name, key);
				return { one_time_key_counts: { signed_curve25519: oneTimeKeys.get(name)?.length ?? 0 } };
			},
			query: async (body) => {
				const asked = Object.keys((body as { device_keys: object }).device_keys);
				const of = (people: Record<string, SignedObject> | undefined) =>
					Object.fromEntries(Object.entries(people ?? {}).filter(([id]) => asked.includes(id)));
				return {
					device_keys: Object.fromEntries(asked.map((id) => [id, deviceKeys.get(id) ?? {}])),
					...Object.fromEntries(Object.entries(signingKeys).map(([usage, people]) => [usage, of(people)])),
					failures: {},
				};
			},
			claim: async (body) => {
				const { one_time_keys } = body as { one_time_keys: Record<string, Record<string, string>> };
				const claimed = Object.entries(one_time_keys).map(([id, devices]) => [
					id,
					Object.fromEntries(Object.keys(devices).map((device) => [device, claimOne(`${id} ${device}`)])),
				]);
				return { one_time_keys: Object.fromEntries(claimed), failures: {} };
			},
			uploadSignatures: async (body) => {
				for (const [id, targets] of Object.entries(body as Record<string, Record<string, SignedObject>>)) {
					for (const [target, added] of Object.entries(targets)) {
						const devices = deviceKeys.get(id) ?? {};
						const masters = signingKeys["master_keys"] ?? {};
						if (devices[target] === undefined) masters[id] = addSignatures(masters[id], added);
						else devices[target] = addSignatures(devices[target], added);
					}
				}
				return { failures: {} };
			},
			uploadSigningKeys: async (body) => {
				for (const [usage, key] of Object.entries(body as Record<string, SignedObject>)) {
					const people = signingKeys[`${usage}s`];
					if (people !== undefined) people[userId] = key;
				}
				return {};
			},
			sendToDevice: async ({ event_type, body }) => {
				for (const [id, devices] of Object.entries((body as { messages: Messages }).messages)) {
					for (const [device, content] of Object.entries(devices)) {
						const waiting = inbox.get(`${id} ${device}`) ?? [];
						lastPosition += 1;
						const message = { position: `${lastPosition}`, sender: userId, type: event_type, content };
						inbox.set(`${id} ${device}`, [...waiting, message]);
					}
				}
				return {};
			},
			putBackedUpKeys: async () => ({}),
		};
	};
	return {
		serverOf,
		/** Everything that waits for a device; it is gone from here. */
		newsFor: (userId: string, deviceId: string): WireDeviceNews => {
			const name = `${userId} ${deviceId}`;
			const toDevice = inbox.get(name) ?? [];
			inbox.delete(name);
			return {
				...{ toDevice, changed: [], left: [], unusedFallbackKeys: ["signed_curve25519"] },
				oneTimeKeyCounts: { signed_curve25519: oneTimeKeys.get(name)?.length ?? 0 },
			};
		},
	};
};
