import type { AccountsEnvironment } from "../accounts-environment.ts";
import { checkDisplayName } from "../check-display-name.ts";
import type { ProfileChange } from "../ports.ts";
import type { Viewer } from "../viewer.ts";
import { showProfile } from "./show-profile.ts";

/** Throws AppError `bad-input`. */
export const changeDisplayName = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	displayName: string,
): Promise<{ displayName: string }> => {
	const checked = checkDisplayName(displayName);
	await change(environment, viewer, { displayName: checked });
	return { displayName: checked };
};

/** Takes a picture that the person has uploaded, or none. Throws AppError `bad-input`. */
export const changeAvatar = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	avatarUrl: string | null,
): Promise<void> => {
	if (avatarUrl !== null) await environment.pictures.requireOwnPicture(viewer.userId, avatarUrl);
	await change(environment, viewer, { avatarUrl });
};

/** The profile first, then every room that shows it. Once the profile is stored the rooms follow, now or a little later. */
const change = async (environment: AccountsEnvironment, { userId }: Viewer, profile: ProfileChange): Promise<void> => {
	environment.limiters.profileByAccount.begin(userId);
	await environment.store.setProfile(userId, profile);
	try {
		await showProfile(environment, userId);
	} catch (err) {
		environment.log.warn({ err }, "a new profile does not show everywhere yet; it will be tried again");
	}
};
