import { AppError } from "../../../shared/app-error.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { cleanName } from "../check-display-name.ts";
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
}

/** How the person can sign in. */
export const listWaysIn = async ({ store }: AccountsEnvironment, viewer: Viewer): Promise<WaysIn> => {
	const [account, passkeys] = await Promise.all([
		store.findAccountById(viewer.userId),
		store.listPasskeys(viewer.userId),
	]);
	return {
		hasPassword: account?.passwordHash !== undefined,
		passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
	};
};

/** What the browser is asked to make another passkey of the person. */
export const beginAddPasskey = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	relyingParty: RelyingParty,
): Promise<PasskeyOptions> => {
	const { store, ceremonies, limiters, randomBytes } = environment;
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

/** Throws AppError `last-way-in` when nobody could sign in any more; one that is gone already changes nothing. */
export const removePasskey = async ({ store, log }: AccountsEnvironment, viewer: Viewer, id: string): Promise<void> => {
	const outcome = await store.removePasskey({ userId: viewer.userId, id });
	if (outcome === "last-way-in") throw new AppError("last-way-in");
	if (outcome === "removed") log.info({ userId: viewer.userId, deviceId: viewer.deviceId }, "passkey removed");
};
