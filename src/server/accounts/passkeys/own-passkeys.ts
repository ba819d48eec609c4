import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { cleanName } from "../check-display-name.ts";
import { confirmPerson, type PersonProof } from "../confirm-person.ts";
import { isConfirmedByIdentity } from "../identities/confirm-with-identity.ts";
import { giveGrant } from "../one-time-grants.ts";
import { newUserHandle } from "../random-names.ts";
import type { Viewer } from "../viewer.ts";
import type { PasskeyOptions, RelyingParty } from "./ceremonies.ts";
import { addChallenge, type PasskeyAnswer, readNewPasskey, takeChallenge } from "./passkey-challenge.ts";

/** More than anybody has authenticators. */
const mostPasskeys = 20;

export interface PasskeyView {
	readonly id: string;
	readonly name: string;
	readonly createdAt: number;
	readonly lastUsedAt: number | undefined;
}

export interface WaysIn {
	readonly passkeys: readonly PasskeyView[];
	readonly hasPassword: boolean;
	/** Whether the identity provider has just said, in this session, that the person is there. */
	readonly isConfirmed: boolean;
}

/** How the person can sign in. */
export const listWaysIn = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	confirmationTicket: string | undefined,
): Promise<WaysIn> => {
	const { store } = environment;
	const [account, passkeys, isConfirmed] = await Promise.all([
		store.findAccountById(viewer.userId),
		store.listPasskeys(viewer.userId),
		isConfirmedByIdentity(environment, viewer, confirmationTicket),
	]);
	return {
		isConfirmed,
		hasPassword: account?.passwordHash !== undefined,
		passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
	};
};

/**
 * What the browser is asked to make another passkey of the person, who has to prove that they are there: a passkey is a
 * way in, and proves the same. Throws what `confirmPerson` throws.
 */
export const beginAddPasskey = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	{ relyingParty, proof }: { readonly relyingParty: RelyingParty; readonly proof: PersonProof },
): Promise<PasskeyOptions> => {
	const { store, ceremonies, limiters, randomBytes } = environment;
	await confirmPerson(environment, viewer, proof);
	limiters.profileByAccount.begin(viewer.userId);
	const [account, known] = await Promise.all([store.findAccountById(viewer.userId), store.listPasskeys(viewer.userId)]);
	if (account === undefined) throw new AppError("not-signed-in");
	const userHandle = known[0]?.userHandle ?? newUserHandle(randomBytes);
	const { localpart, displayName } = account;
	const options = await ceremonies.creationOptions({
		...{ relyingParty, userHandle, displayName, known },
		userName: localpart,
	});
	const data = { sessionId: viewer.sessionId, userHandle };
	await giveGrant(environment, addChallenge, { secret: options.challenge, data });
	return options;
};

/** Throws AppError `passkey-refused`; `forbidden` when the person has too many. */
export const addPasskey = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	request: PasskeyAnswer & { readonly name: string },
): Promise<void> => {
	const taken = await takeChallenge(environment, addChallenge, request);
	if (taken === undefined || taken.data.sessionId !== viewer.sessionId) throw new AppError("passkey-refused");
	const { challenge, data } = taken;
	const name = cleanName(request.name, "passkey");
	const passkey = await readNewPasskey(environment, request, { challenge, name, userHandle: data.userHandle });
	if (passkey === undefined) throw new AppError("passkey-refused");
	const outcome = await environment.store.addPasskey({ ...passkey, userId: viewer.userId }, mostPasskeys);
	if (outcome === "known") throw new AppError("passkey-refused");
	if (outcome === "too-many") throw new AppError("forbidden");
	environment.log.info({ userId: viewer.userId, deviceId: viewer.deviceId }, "passkey added");
};

/** Throws AppError `not-found` for a passkey that is not the person's own. */
export const renamePasskey = async (
	{ store }: AccountsEnvironment,
	viewer: Viewer,
	renaming: { readonly id: string; readonly name: string },
): Promise<void> => {
	const name = cleanName(renaming.name, "passkey");
	if (!(await store.renamePasskey({ userId: viewer.userId, id: renaming.id, name }))) throw new AppError("not-found");
};

/**
 * For whoever proves to be the person. Throws AppError `last-way-in` when nobody could sign in any more, and what
 * `confirmPerson` throws; one that is gone already changes nothing.
 */
export const removePasskey = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	{ id, proof }: { readonly id: string; readonly proof: PersonProof },
): Promise<void> => {
	const { store, log } = environment;
	await confirmPerson(environment, viewer, proof);
	const outcome = await store.removePasskey({ userId: viewer.userId, id });
	if (outcome === "last-way-in") throw new AppError("last-way-in");
	if (outcome === "removed") log.info({ userId: viewer.userId, deviceId: viewer.deviceId }, "passkey removed");
};
