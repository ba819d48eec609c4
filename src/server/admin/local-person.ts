import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { isCompliantUserId, parseUserId, userIdServer } from "../../../federation/identifiers/user-id.ts";
import { AppError } from "../../shared/app-error.ts";

/** Whom of this server somebody means by a username, with or without its `@`, or a whole id. Throws `user-unknown`. */
export const localPerson = (name: string, serverName: string): UserId => {
	const plain = name.trim().normalize("NFC");
	const userId = parseUserId(plain.includes(":") ? plain : `@${plain.replace(/^@/, "")}:${serverName}`);
	if (userId === undefined || userIdServer(userId) !== serverName || !isCompliantUserId(userId)) {
		throw new AppError("user-unknown");
	}
	return userId;
};
