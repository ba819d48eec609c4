import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { isCompliantUserId, parseUserId } from "../../../federation/identifiers/user-id.ts";
import { AppError } from "../../shared/app-error.ts";

const maximumLength = 64;

/** Names that people take for the server itself, or that mail and Matrix give a meaning of their own. */
const reservedLocalparts: ReadonlySet<string> = new Set(
	(
		"abuse admin admins administrator all anonymous bot everyone guest help here hostmaster info kith matrix me " +
		"moderator noreply no-reply notice notices nobody null operator owner postmaster root room security server " +
		"staff support sysadmin system undefined webmaster"
	).split(" "),
);

/**
 * The id that a new account with this name gets. The grammar is that of new Matrix user ids (v1.19 appendices, "User
 * Identifiers"), which are also never reused; a name begins with a letter or digit, because `_` begins the ids of
 * bridges. Throws AppError `username-invalid`.
 */
export const userIdOfLocalpart = (localpart: string, serverName: string): UserId => {
	const userId = localpart.length <= maximumLength ? parseUserId(`@${localpart}:${serverName}`) : undefined;
	const isValid = userId !== undefined && /^[a-z0-9]/.test(localpart) && isCompliantUserId(userId);
	if (!isValid || reservedLocalparts.has(localpart)) {
		throw new AppError("username-invalid");
	}
	return userId;
};

/** What somebody typed into a sign-in form as the name of a local account: `Ann`, `@ann` or `@ann:this.server`. */
export const localpartOfSignInName = (name: string, serverName: string): string => {
	const lowered = name.trim().toLowerCase().replace(/^@/, "");
	const suffix = `:${serverName.toLowerCase()}`;
	return lowered.endsWith(suffix) ? lowered.slice(0, -suffix.length) : lowered;
};
