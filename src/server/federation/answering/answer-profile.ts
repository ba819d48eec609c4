import { missingParam, notFound } from "../../../../federation/handshakes/refusal.ts";
import { parseUserId, userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";

/** `GET /query/profile`: how a person of this server wants to be shown. */
export const answerProfile = async (
	{ directory, serverName }: AnsweringDependencies,
	asked: { readonly userId: string | null; readonly field: string | null },
): Promise<Answer> => {
	if (asked.userId === null) return missingParam("user_id");
	const userId = parseUserId(asked.userId);
	if (userId === undefined || userIdServer(userId) !== serverName) return nobody;
	const profile = (await directory.profilesOf([userId])).get(userId);
	if (profile === undefined) return nobody;
	const fields: [string, string | undefined][] = [
		["displayname", profile.displayName],
		["avatar_url", profile.avatarUrl],
	];
	const wanted = fields.flatMap(([name, value]): [string, string][] =>
		value === undefined || (asked.field !== null && asked.field !== name) ? [] : [[name, value]],
	);
	return { kind: "answered", content: jsonObject(wanted) };
};

const nobody = notFound("There is nobody of that name on this server");
