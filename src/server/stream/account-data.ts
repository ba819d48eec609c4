import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireAccountData } from "../../shared/wire/account-data.ts";
import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { privacyType } from "../../shared/wire/privacy-choices.ts";
import type { Viewer } from "../accounts/public.ts";
import type { AccountDataStore, Bus, StoredAccountData } from "./ports.ts";
import { type PrivacyChange, privacyIn, withChange } from "./privacy.ts";

interface AccountDataOptions {
	readonly store: AccountDataStore;
	readonly bus: Bus;
}

/** More than a client has use for. */
const maxTypes = 100;
const maxContentBytes = 16_384;

/** What a person keeps with the account, for their sessions alone. */
export const createAccountData = (options: AccountDataOptions) => ({
	readAccountData: ({ userId }: Viewer, type: string) => readAccountData(options.store, userId, type),
	setAccountData: ({ userId }: Viewer, data: WireAccountData) => setAccountData(options, userId, data),
	setPrivacy: ({ userId }: Viewer, change: PrivacyChange) => setPrivacy(options, userId, change),
});

/**
 * Keeps content with the account and tells the person's other devices. Throws `too-large` above 16 KiB or a hundred types.
 */
const setAccountData = async (
	{ store, bus }: AccountDataOptions,
	userId: UserId,
	{ type, content }: WireAccountData,
): Promise<void> => {
	const json = JSON.stringify(content);
	if (Buffer.byteLength(json) > maxContentBytes) throw new AppError("too-large");
	const position = await store.setAccountData({ userId, type, content: json }, maxTypes);
	if (position === undefined) throw new AppError("too-large", { detail: "too many types of account data" });
	bus.publish({ kind: "stream", position });
};

/** What was kept last of this type; undefined: nothing ever was. */
const readAccountData = async (
	store: AccountDataStore,
	userId: UserId,
	type: string,
): Promise<WireAccountData["content"] | undefined> => {
	const stored = await store.findAccountData(userId, type);
	return stored === undefined ? undefined : JSON.parse(stored.content);
};

export const readPrivacy = async (store: AccountDataStore, userId: string): Promise<WirePrivacy> => {
	const stored = await store.findAccountData(userId, privacyType);
	return privacyIn(stored === undefined ? [] : [stored]);
};

/** Changes some of the choices; answers all of them. */
const setPrivacy = async (options: AccountDataOptions, userId: UserId, change: PrivacyChange): Promise<WirePrivacy> => {
	const privacy = withChange(await readPrivacy(options.store, userId), change);
	await setAccountData(options, userId, { type: privacyType, content: privacy });
	return privacy;
};

export const toWireAccountData = (data: readonly StoredAccountData[]): WireAccountData[] =>
	data.map(({ type, content }) => ({ type, content: JSON.parse(content) }));
