import { createHash } from "node:crypto";
import Olm from "@matrix-org/olm";
import { canonicalText } from "./canonical-text.ts";
import type { LibolmAccount } from "./libolm-account.ts";

/** A message of a verification, without the transaction that all of them name. */
export interface SasMessage {
	readonly type: string;
	readonly content: Readonly<Record<string, unknown>>;
}

interface Party {
	readonly userId: string;
	readonly deviceId: string;
}

interface SasOptions {
	readonly own: LibolmAccount;
	readonly other: Party;
	/** The other's keys that are to be found the same, by key id. */
	readonly otherKeys: Readonly<Record<string, string>>;
	readonly transactionId: string;
}

const macMethod = "hkdf-hmac-sha256.v2";

/**
 * One verification by short authentication string over libolm. Matrix v1.19 Client-Server API, "Short Authentication
 * String (SAS) verification". It answers each message with those that follow from it; that both saw the same is `confirm`.
 */
export const openLibolmSas = ({ own, other, otherKeys, transactionId }: SasOptions) => {
	const sas = new Olm.SAS();
	const ownKey = sas.get_pubkey();
	let hasStarted = false;
	let otherKey: string | undefined;
	let commitment: unknown;
	let startContent: Readonly<Record<string, unknown>> = {};
	let hasConfirmed = false;
	let isVouchedFor = false;
	let result: "done" | string | undefined;
	const message = (type: string, content: object): SasMessage => ({
		type: `m.key.verification.${type}`,
		content: { ...content, transaction_id: transactionId },
	});
	const cancel = (code: string): SasMessage[] => {
		result = code;
		return [message("cancel", { code, reason: code })];
	};
	const commitmentTo = (key: string): string =>
		createHash("sha256")
			.update(`${key}${canonicalText(startContent)}`)
			.digest("base64")
			.replaceAll("=", "");
	const info = (): string => {
		const mine = `${own.userId}|${own.deviceId}|${ownKey}`;
		const theirs = `${other.userId}|${other.deviceId}|${otherKey}`;
		const [first, second] = hasStarted ? [mine, theirs] : [theirs, mine];
		return `MATRIX_KEY_VERIFICATION_SAS|${first}|${second}|${transactionId}`;
	};
	const macInfo = (from: Party, to: Party): string =>
		`MATRIX_KEY_VERIFICATION_MAC${from.userId}${from.deviceId}${to.userId}${to.deviceId}${transactionId}`;
	const takeMac = (content: Readonly<Record<string, unknown>>): SasMessage[] => {
		const macs = content["mac"] as Record<string, string>;
		const base = macInfo(other, own);
		const names = Object.keys(macs).sort();
		if (content["keys"] !== sas.calculate_mac_fixed_base64(names.join(","), `${base}KEY_IDS`)) {
			return cancel("m.key_mismatch");
		}
		const isRight = names.every((name) => {
			const key = otherKeys[name];
			return key !== undefined && macs[name] === sas.calculate_mac_fixed_base64(key, `${base}${name}`);
		});
		if (!isRight || names.length === 0) return cancel("m.key_mismatch");
		isVouchedFor = true;
		return hasConfirmed ? [message("done", {})] : [];
	};
	return {
		/** How it ended: done, or with the code it was cancelled with. */
		result: () => result,
		ready: (): SasMessage => message("ready", { from_device: own.deviceId, methods: ["m.sas.v1"] }),
		request: (): SasMessage =>
			message("request", { from_device: own.deviceId, methods: ["m.sas.v1"], timestamp: Date.now() }),
		start: (): SasMessage => {
			hasStarted = true;
			const started = message("start", {
				...{ from_device: own.deviceId, method: "m.sas.v1", hashes: ["sha256"] },
				...{ key_agreement_protocols: ["curve25519-hkdf-sha256"], message_authentication_codes: [macMethod] },
				short_authentication_string: ["decimal", "emoji"],
			});
			startContent = started.content;
			return started;
		},
		/** Answers what came from the other. */
		receive: ({ type, content }: SasMessage): readonly SasMessage[] => {
			switch (type) {
				case "m.key.verification.start":
					startContent = content;
					return [
						message("accept", {
							...{ commitment: commitmentTo(ownKey), hash: "sha256", message_authentication_code: macMethod },
							...{ key_agreement_protocol: "curve25519-hkdf-sha256" },
							short_authentication_string: ["decimal", "emoji"],
						}),
					];
				case "m.key.verification.accept":
					commitment = content["commitment"];
					return [message("key", { key: ownKey })];
				case "m.key.verification.key":
					otherKey = String(content["key"]);
					if (hasStarted && commitment !== commitmentTo(otherKey)) return cancel("m.mismatched_commitment");
					sas.set_their_key(otherKey);
					return hasStarted ? [] : [message("key", { key: ownKey })];
				case "m.key.verification.mac":
					return takeMac(content);
				case "m.key.verification.done":
					result ??= "done";
					return [];
				case "m.key.verification.cancel":
					result = String(content["code"]);
					return [];
				default:
					return [];
			}
		},
		/** Which seven of the 64 emoji are shown. */
		emojiIndices: (): readonly number[] => {
			const bits = [...sas.generate_bytes(info(), 6)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
			return Array.from({ length: 7 }, (_, at) => Number.parseInt(bits.slice(at * 6, at * 6 + 6), 2));
		},
		/** Both see the same: vouches for these keys of one's own. */
		confirm: (keys: Readonly<Record<string, string>>): readonly SasMessage[] => {
			hasConfirmed = true;
			const base = macInfo(own, other);
			const names = Object.keys(keys).sort();
			const mac = message("mac", {
				keys: sas.calculate_mac_fixed_base64(names.join(","), `${base}KEY_IDS`),
				mac: Object.fromEntries(
					names.map((name) => [name, sas.calculate_mac_fixed_base64(keys[name] ?? "", `${base}${name}`)]),
				),
			});
			return isVouchedFor ? [mac, message("done", {})] : [mac];
		},
	};
};
