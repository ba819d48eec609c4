import { AppError } from "../../shared/app-error.ts";
import type { Accounts, Viewer } from "../accounts/public.ts";

/** Switches an account off, which ends its sessions, or on again. Throws `forbidden` for one's own. */
export const setPersonDisabled = async (
	{ operator }: Accounts,
	viewer: Viewer,
	{ userId, isDisabled }: { readonly userId: string; readonly isDisabled: boolean },
): Promise<void> => {
	refuseOwn(viewer, userId);
	await (isDisabled ? operator.disableAccount(userId) : operator.enableAccount(userId));
};

/** Signs every device of a person out. Throws `forbidden` for oneself: the settings do that, and ask first whether it is them. */
export const signPersonOut = async (
	{ operator }: Accounts,
	viewer: Viewer,
	userId: string,
): Promise<{ count: number }> => {
	refuseOwn(viewer, userId);
	const { count } = await operator.signOutEverywhere(userId);
	return { count };
};

/**
 * Gives a random password, answered once, and signs every device of the person out. Throws `forbidden` for one's own: it
 * would sign the owner out, and the settings change it with the old one.
 */
export const resetPersonsPassword = async (
	{ operator }: Accounts,
	viewer: Viewer,
	userId: string,
): Promise<{ password: string }> => {
	refuseOwn(viewer, userId);
	const { password } = await operator.resetPassword({ name: userId });
	return { password };
};

const refuseOwn = (viewer: Viewer, userId: string): void => {
	if (viewer.userId === userId) throw new AppError("forbidden");
};
