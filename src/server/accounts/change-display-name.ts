import type { AccountsEnvironment } from "./accounts-environment.ts";
import { checkDisplayName } from "./check-display-name.ts";
import type { Viewer } from "./viewer.ts";

/**
 * The name first, then every room that shows it. A call that broke half way is made again with the same name. Throws
 * AppError `bad-input`.
 */
export const changeDisplayName = async (
	{ store, memberships, limiters }: AccountsEnvironment,
	viewer: Viewer,
	displayName: string,
): Promise<{ displayName: string }> => {
	const checked = checkDisplayName(displayName);
	limiters.profileByAccount.begin(viewer.userId);
	await store.setDisplayName(viewer.userId, checked);
	await memberships.showProfile(viewer.userId);
	return { displayName: checked };
};
