/**
 * A copy of the recovery key that a passkey of the person opens, kept with the account. It is one more way to the same key:
 * a new recovery key makes it worthless.
 */
import { encodeBase64Url } from "../../../federation/json/base64.ts";
import { askForPasskey, canUsePasskeys, type PasskeyAnswer, type PasskeyQuestion } from "../session/passkeys.ts";
import { api } from "../trpc/trpc.ts";
import { type CopyOf, openForPasskey, type SealedCopy, sealForPasskey } from "./seal-for-passkey.ts";

const copiesType = "kith.passkey_recovery";
const defaultKeyType = "m.secret_storage.default_key";
/** What the passkey is asked about; its answer to this is given for nothing else. */
const question = new TextEncoder().encode("kith recovery key 1");

type Copies = ReadonlyMap<string, SealedCopy>;

/** True where this browser lets a passkey keep something, and the person has one. */
export async function canKeepWithPasskey(): Promise<boolean> {
	return (await knowsPrf()) && (await ownPasskeys()).length > 0;
}

/** Throws PasskeyCancelled. `no-secret`: this passkey keeps nothing; nothing was stored. */
export async function keepWithPasskey(of: CopyOf, recoveryKey: string): Promise<"kept" | "no-secret"> {
	const answer = await ask(await ownPasskeys());
	if (answer === undefined) return "no-secret";
	const before = await readCopies(of.keyId);
	const copy = await sealForPasskey(answer.given, of, recoveryKey);
	const copies = Object.fromEntries([...before, [answer.passkeyId, copy]]);
	await api.accountData.set.mutate({ type: copiesType, content: { keyId: of.keyId, copies } });
	return "kept";
}

/** True where a passkey opens the recovery key that counts now. */
export async function hasPasskeyCopy(): Promise<boolean> {
	return (await knowsPrf()) && (await currentCopies()).copies.size > 0;
}

/** The recovery key; undefined: the passkey does not open it. Throws PasskeyCancelled. */
export async function openWithPasskey(userId: string): Promise<string | undefined> {
	const { keyId, copies } = await currentCopies();
	const answer = await ask([...copies.keys()]);
	const copy = answer && copies.get(answer.passkeyId);
	return copy && openForPasskey(answer.given, { userId, keyId }, copy);
}

async function ask(passkeyIds: readonly string[]): Promise<{ passkeyId: string; given: BufferSource } | undefined> {
	const asked = {
		// No server checks this answer: what counts is what the passkey gives out.
		challenge: encodeBase64Url(crypto.getRandomValues(new Uint8Array(32))),
		userVerification: "required",
		allowCredentials: passkeyIds.map((id) => ({ id, type: "public-key" })),
		extensions: { prf: { eval: { first: question } } },
	} as unknown as PasskeyQuestion;
	const answer = (await askForPasskey(asked, "dialog")) as PasskeyAnswer & {
		readonly clientExtensionResults?: { readonly prf?: { readonly results?: { readonly first?: BufferSource } } };
	};
	const given = answer.clientExtensionResults?.prf?.results?.first;
	return given === undefined ? undefined : { passkeyId: answer.id, given };
}

async function knowsPrf(): Promise<boolean> {
	if (!canUsePasskeys()) return false;
	const known = PublicKeyCredential as unknown as {
		getClientCapabilities?: () => Promise<Readonly<Record<string, boolean>>>;
	};
	return (await known.getClientCapabilities?.().catch(() => undefined))?.["extension:prf"] === true;
}

async function ownPasskeys(): Promise<readonly string[]> {
	return (await api.passkeys.waysIn.query()).passkeys.map(({ id }) => id);
}

/** Copies of the recovery key that counts; those of one before it open nothing. */
async function currentCopies(): Promise<{ readonly keyId: string; readonly copies: Copies }> {
	const { content } = await api.accountData.get.query({ type: defaultKeyType });
	const keyId = content?.["key"];
	if (typeof keyId !== "string") return { keyId: "", copies: new Map() };
	return { keyId, copies: await readCopies(keyId) };
}

async function readCopies(keyId: string): Promise<Copies> {
	const { content } = await api.accountData.get.query({ type: copiesType });
	const copies = content?.["copies"];
	if (content?.["keyId"] !== keyId || typeof copies !== "object" || copies === null) return new Map();
	return new Map(Object.entries(copies).filter((entry): entry is [string, SealedCopy] => isCopy(entry[1])));
}

function isCopy(copy: unknown): copy is SealedCopy {
	if (typeof copy !== "object" || copy === null) return false;
	return "iv" in copy && typeof copy.iv === "string" && "ciphertext" in copy && typeof copy.ciphertext === "string";
}
